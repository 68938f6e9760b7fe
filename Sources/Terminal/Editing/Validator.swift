/// Whether a statement can be run as it stands.
public enum Completeness: Equatable, Sendable {
  /// It can; the editor gives it to the caller.
  case complete
  /// It goes on in the next line. An empty line runs it nevertheless, so that nobody is trapped.
  case incomplete
  /// It goes on in the next line, and an empty line belongs to it: a quote is open.
  case insideQuote
}

/// Tells a finished statement from one that goes on: the seam between the line editor and the language.
public protocol Validator {
  /// The state of `text`, one or more lines as typed so far. A statement that is wrong is complete: it is the
  /// language's task to say what is wrong with it.
  func completeness(of text: String) -> Completeness
}
