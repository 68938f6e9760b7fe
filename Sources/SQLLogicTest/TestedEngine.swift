import ColumnStore
import Language

/// What test files are run on: something that takes statements.
public protocol TestedEngine {
  /// Runs the statements of a text; the rows of the last one that has any.
  func rows(of text: String) throws -> Table?
}

/// An error as the regular expressions of test files see it: `message | at: the words it points at | help: what to do`.
func errorText(_ error: any Error) -> String {
  guard let diagnostic = error as? Diagnostic else { return "\(error)" }
  let words = diagnostic.span.flatMap { diagnostic.source?.text($0) } ?? ""
  return "\(diagnostic.message) | at: \(words) | help: \(diagnostic.help ?? "")"
}
