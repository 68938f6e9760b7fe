import ColumnStore
import Execution
import Language

/// What comes of statements that a program asks for.
struct Evaluation {
  var table: Table?
}

extension Session {
  /// Runs the statements of a text for a program in place of a person: gives the rows of the last one that has any, nil
  /// where none has. Nothing is printed, and nothing is kept for `save session`, so a session can be asked without end.
  ///
  /// - Throws: the `Diagnostic` of the first statement that fails, located in the text; `ExecutionError.cancelled`.
  public func evaluate(_ text: SourceText) throws -> Table? {
    let outer = (source, statementSpan, evaluation, depth)
    source = text
    evaluation = Evaluation()
    // Not the outermost statement of a person, so `run FILE` keeps none of it either.
    depth += 1
    defer { (source, statementSpan, evaluation, depth) = outer }
    for parsed in StatementSequence(text) {
      statementSpan = parsed.span
      do {
        if host.isInterrupted() { throw ExecutionError.cancelled }
        let statement = try parsed.get()
        forgetFiles()
        defer { forgetFiles() }
        try execute(statement)
      } catch let failure as FailedCheck {
        throw failure.diagnostic.located(in: text)
      } catch let failure as FailedScript {
        if failure.outcome == .interrupted { throw ExecutionError.cancelled }
        throw Diagnostic("the script failed", at: parsed.span).located(in: text)
      } catch {
        guard let diagnostic = diagnostic(for: error) else { throw ExecutionError.cancelled }
        throw diagnostic
      }
    }
    return evaluation?.table
  }
}
