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
  /// The text that the span speaks of, once it is known.
  public private(set) var source: SourceText?

  /// Makes a diagnostic without a place in a text yet.
  public init(_ message: String, at span: SourceSpan?, notes: [String] = [], help: String? = nil) {
    self.message = message
    self.span = span
    self.notes = notes
    self.help = help
  }

  /// The same diagnostic with the text that its span speaks of; unchanged if it has one already. Costs nothing: the
  /// place is looked up when it is asked for.
  public func located(in source: SourceText) -> Diagnostic {
    guard self.source == nil else { return self }
    var result = self
    result.source = source
    return result
  }

  /// The place in the text; nil without a text or a span. Costs a pass over the line.
  public var excerpt: Excerpt? {
    guard let source, let span else { return nil }
    let (line, column) = source.location(of: span.start)
    let lineSpan = source.lineSpan(of: span.start)
    let marked = SourceSpan(start: span.start, end: min(span.end, lineSpan.end))
    return Excerpt(
      sourceName: source.name, line: line, column: column, lineText: source.text(lineSpan),
      length: source.text(marked).count)
  }
}
