import ColumnStore
import Engines
import Execution
import Formats
import Language

extension Session {
  /// Runs `body`; an error of another layer comes out as a diagnostic at `span`.
  func located<Result>(_ span: SourceSpan?, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as LoadError {
      if case .cancelled = error { throw ExecutionError.cancelled }
      throw Diagnostic(error.message, at: span, help: error.help)
    } catch let error as SinkError {
      throw Diagnostic(error.description, at: span)
    }
  }

  /// Tells the host of an error that no statement is to blame for, such as a script that is not there, and says how the
  /// work ends with it.
  @discardableResult public func report(_ error: any Error) -> RunOutcome {
    guard let diagnostic = diagnostic(for: error) else {
      host.message("interrupted", .warning)
      return .interrupted
    }
    host.message(rendered(diagnostic), .error)
    return .failed
  }

  /// A diagnostic as it is told: its line of source as long as the window is wide, and without passwords.
  func rendered(_ diagnostic: Diagnostic) -> String {
    Secrets.removed(from: diagnostic.rendered(width: host.messageWidth()))
  }

  /// An error as a person reads it: nil for a statement that was stopped.
  func diagnostic(for error: any Error) -> Diagnostic? { diagnostic(for: error, in: source) }

  /// The same for an error in a text that is not being run, such as one that made a table.
  func diagnostic(for error: any Error, in source: SourceText) -> Diagnostic? {
    switch error {
    case let diagnostic as Diagnostic: diagnostic.located(in: source)
    case let error as ExecutionError: error.diagnostic?.located(in: source)
    case let error as MemoryError: Diagnostic(error.message, at: nil, help: error.help)
    case let error as LoadError: Diagnostic(error.message, at: nil, help: error.help)
    case let error as SinkError: Diagnostic(error.description, at: nil)
    default: Diagnostic("\(error)", at: nil)
    }
  }
}
