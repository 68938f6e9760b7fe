/// Something wrong with what was typed: what, where, and what would be right.
///
/// Layers that know only the tree make one from a message and a span. Whoever holds the text then attaches the
/// place with `located(in:)`, and `rendered()` shows it:
///
/// ```
/// report.nbk:3:12: error: there is no column `acton`
/// from t |> share acton
///                 ^^^^^
/// help: did you mean `action`?
/// ```
public struct Diagnostic: Error, Sendable, Equatable {
  /// The place in a text that a diagnostic speaks of, with what is needed to show it.
  public struct Excerpt: Sendable, Equatable {
    /// The name of the text, such as `report.nbk`.
    public let sourceName: String
    /// The line, counted from 1.
    public let line: Int
    /// The column in characters, counted from 1.
    public let column: Int
    /// The whole line, without its end.
    public let lineText: String
    /// How many characters of the line the caret line underlines; 0 at the end of the text.
    public let length: Int
  }

  /// What is wrong, in one sentence without a full stop.
  public var message: String
  /// Where, if the fault has a place in the text.
  public var span: SourceSpan?
  /// Further facts, one line each.
  public var notes: [String]
  /// What to do about it.
  public var help: String?
  /// The place, once it has been looked up in the text.
  public var excerpt: Excerpt?

  /// Makes a diagnostic without a place in a text yet.
  public init(_ message: String, at span: SourceSpan?, notes: [String] = [], help: String? = nil) {
    self.message = message
    self.span = span
    self.notes = notes
    self.help = help
  }

  /// The same diagnostic with its place looked up in `source`; unchanged if it has a place already, or no span.
  public func located(in source: SourceText) -> Diagnostic {
    guard excerpt == nil, let span else { return self }
    let (line, column) = source.location(of: span.start)
    let lineSpan = source.lineSpan(of: span.start)
    let marked = SourceSpan(start: span.start, end: min(span.end, lineSpan.end))
    var result = self
    result.excerpt = Excerpt(
      sourceName: source.name, line: line, column: column, lineText: source.text(lineSpan),
      length: source.text(marked).count)
    return result
  }
}
