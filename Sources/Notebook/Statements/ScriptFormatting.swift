import Formats
import Glibc
import Language

/// Brings the scripts of files into the one layout; see `formatted` in `Language`.
public struct ScriptFormatting {
  private let host: NotebookHost
  /// Whether files are only looked at: those that would change are listed, and left as they are.
  private let isCheck: Bool

  /// - Parameter host: gets what is wrong with scripts.
  public init(host: NotebookHost, isCheck: Bool) {
    self.host = host
    self.isCheck = isCheck
  }

  /// Formats files, and for `-` standard input, which is written to standard output. A file is written whole or not at
  /// all, and only if it changes. Goes on after a file that does not read, which is left alone.
  ///
  /// - Returns: `failed` if a file could not be formatted, or with `isCheck` would change.
  /// - Throws: `BrokenPipe` when nobody reads standard output any more.
  public func format(_ paths: [String]) throws -> RunOutcome {
    var outcome = RunOutcome.succeeded
    for path in paths { outcome = max(outcome, try format(path)) }
    return outcome
  }

  private func format(_ path: String) throws -> RunOutcome {
    do {
      let isInput = path == "-"
      let name = isInput ? "<stdin>" : path
      let read =
        isInput
        ? try ScriptFile.read(STDIN_FILENO, name: "standard input", isInterrupted: host.isInterrupted)
        : try ScriptFile.read(path, isInterrupted: host.isInterrupted)
      guard let bytes = read else { return .interrupted }
      let text = try formatted(SourceText(name: name, utf8: bytes))
      let isSame = text.utf8.elementsEqual(bytes)
      if isCheck {
        if !isSame { try write(name + "\n") }
        return isSame ? .succeeded : .failed
      }
      if isInput {
        try write(text)
      } else if !isSame {
        let sink = try AtomicFileSink(path: path)
        do {
          try sink.write(text)
          try sink.commit()
        } catch {
          sink.discard()
          throw error
        }
        host.message("formatted \(path)", .note)
      }
      return .succeeded
    } catch let error as BrokenPipe {
      throw error
    } catch {
      for diagnostic in diagnostics(for: error, path) { host.message(diagnostic.rendered(), .error) }
      return .failed
    }
  }

  private func write(_ text: String) throws {
    let sink = FileSink.standardOutput()
    try sink.write(text)
    try sink.flush()
  }

  private func diagnostics(for error: any Error, _ path: String) -> [Diagnostic] {
    switch error {
    case FormattingFailure.unreadable(let diagnostics): return diagnostics
    case FormattingFailure.changedMeaning(let source, let span):
      return [Diagnostic("this statement would not mean the same in another layout", at: span).located(in: source)]
    case let diagnostic as Diagnostic: return [diagnostic]
    case let error as SinkError: return [Diagnostic(error.description, at: nil)]
    default: return [Diagnostic("\(path): \(error)", at: nil)]
    }
  }
}
