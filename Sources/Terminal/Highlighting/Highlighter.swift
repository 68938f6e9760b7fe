/// A part of a statement that is shown in a style of its own.
public struct StyledSpan: Equatable, Sendable {
  /// UTF-8 offsets into the statement.
  public let range: Range<Int>
  /// How it is shown.
  public let style: Style

  /// A part of a statement.
  public init(_ range: Range<Int>, _ style: Style) {
    self.range = range
    self.style = style
  }
}

/// Knows how the parts of a statement are shown while it is typed: the seam between the line editor and the language.
public protocol Highlighter {
  /// The parts of `text`, a whole statement so far with its earlier lines, that are not shown plainly: in order, none
  /// over another. `cursor` is a UTF-8 offset into the text: a word that ends there may be unfinished. Asked at every key.
  func spans(of text: String, cursor: Int) -> [StyledSpan]
}
