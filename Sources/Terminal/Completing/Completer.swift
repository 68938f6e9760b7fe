/// One way to go on from where the cursor is.
public struct CompletionCandidate: Equatable, Sendable {
  /// What it replaces: UTF-8 offsets into the statement text that the completer was given.
  public let range: Range<Int>
  /// What it puts there.
  public let text: String
  /// A few words on what it is, such as a type or a signature.
  public let description: String?
  /// What follows it when it is the only candidate: a space behind a word, a quote that closes, a slash behind a folder.
  public let suffix: String

  /// A candidate; see the properties.
  public init(range: Range<Int>, text: String, description: String? = nil, suffix: String = " ") {
    self.range = range
    self.text = text
    self.description = description
    self.suffix = suffix
  }
}

/// Knows how a statement can go on: the seam between the line editor and the language.
public protocol Completer {
  /// The candidates at `cursor`, a UTF-8 offset into `text`, best first.
  ///
  /// `text` is the whole statement so far with all its lines, also what stands behind the cursor.
  func candidates(in text: String, at cursor: Int) -> [CompletionCandidate]
}
