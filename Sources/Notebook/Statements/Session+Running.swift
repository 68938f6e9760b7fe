import Execution
import Formats
import Glibc
import Language

/// How a text of statements ended; the worst of what happened.
public enum RunOutcome: Int, Sendable, Comparable {
  /// Every statement did what it should.
  case succeeded = 0
  /// A statement failed.
  case failed = 1
  /// An `assert` did not hold, or a `check` failed.
  case checkFailed = 3
  /// Somebody pressed Ctrl-C.
  case interrupted = 130

  /// The worse one is larger.
  public static func < (left: RunOutcome, right: RunOutcome) -> Bool { left.rawValue < right.rawValue }
}

/// An `assert` that did not hold.
struct FailedCheck: Error {
  let diagnostic: Diagnostic
}

extension Session {
  /// Runs all statements of a text in order, up to the first that fails; with `keepsGoing` also those after it.
  ///
  /// - Throws: `BrokenPipe` when nobody reads the results any more.
  public func run(_ text: SourceText, keepsGoing: Bool = false) throws -> RunOutcome {
    if isChecking { return try check(text) }
    return try undoable { try runStatements(of: text, keepsGoing: keepsGoing) }
  }

  private func runStatements(of text: SourceText, keepsGoing: Bool) throws -> RunOutcome {
    let outer = (source, statementSpan)
    source = text
    defer { (source, statementSpan) = outer }
    var outcome = RunOutcome.succeeded
    var statements = StatementSequence(text).makeIterator()
    while let parsed = statements.next() {
      statementSpan = parsed.span
      let ended = try run(parsed)
      outcome = max(outcome, ended)
      guard wantsToQuit || ended == .interrupted || (ended != .succeeded && !keepsGoing) else { continue }
      var left = 0
      while statements.next() != nil { left += 1 }
      // Of a script, the exit status and the place of the error tell it.
      if left > 0, !wantsToQuit, host.isInteractive, depth == 0, openScripts.isEmpty {
        note("\(Session.counted(left, "statement")) behind it \(left == 1 ? "was" : "were") not run")
      }
      break
    }
    return outcome
  }

  private func run(_ parsed: ParsedStatement) throws -> RunOutcome {
    let start = Session.seconds()
    depth += 1
    if depth == 1 { printed = "" }
    defer { depth -= 1 }
    do {
      if host.isInterrupted() { throw ExecutionError.cancelled }
      let statement = try parsed.get()
      forgetFiles()
      defer { forgetFiles() }
      // What a script has done before it failed stays.
      if case .run = statement.kind { noteChange(statement) }
      defer { host.useTheme(settings.theme) }
      try execute(statement)
      if depth == 1 { keepCell(of: statement) }
      if case .run = statement.kind {} else { noteChange(statement) }
      if settings.timer { note("\(Session.text(seconds: Session.seconds() - start)) s") }
      return .succeeded
    } catch let error as BrokenPipe {
      throw error
    } catch let error as FailedCheck {
      try? output.flush()
      let diagnostic = error.diagnostic.located(in: source)
      noteFault(diagnostic)
      host.message(rendered(diagnostic), .error)
      return .checkFailed
    } catch let error as FailedScript {
      return error.outcome
    } catch {
      try? output.flush()
      guard let diagnostic = diagnostic(for: error) else {
        host.message("interrupted", .warning)
        return .interrupted
      }
      noteFault(diagnostic)
      host.message(rendered(diagnostic), .error)
      return .failed
    }
  }

  /// Keeps a statement that did something for `save session`.
  private func keepCell(of statement: Statement) {
    switch statement.kind {
    case .help, .history, .quit, .settings, .last, .saveSession, .edit, .undo, .redo, .tour, .watch, .listFolder,
      .workingFolder:
      return
    default: break
    }
    // SQL ends at a semicolon only, which is no part of the statement.
    let text = source.text(statement.span)
    let sqlWords = ["select", "with", "values", "create", "insert", "replace", "update", "delete"]
    let isSQL = sqlWords.contains(text.prefix { $0.isLetter }.lowercased())
    cells.append(Cell(statement: isSQL ? text + ";" : text, result: printed))
  }

  /// Runs the statements of standard input, when it is no terminal.
  ///
  /// - Throws: `Diagnostic` when it cannot be read, `BrokenPipe`.
  public func runStandardInput(keepsGoing: Bool = false) throws -> RunOutcome {
    guard
      let bytes = try ScriptFile.read(STDIN_FILENO, name: "standard input", isInterrupted: host.isInterrupted)
    else {
      return .interrupted
    }
    return try run(SourceText(name: "<stdin>", utf8: bytes), keepsGoing: keepsGoing)
  }

  /// Runs the person's own statements before the first prompt, if there are any: all of them, whatever fails.
  ///
  /// - Throws: `BrokenPipe`.
  public func runStartupFile() throws {
    guard ScriptFile.exists(ScriptFile.startupPath) else { return }
    do {
      _ = try runFile(ScriptFile.startupPath, keepsGoing: true)
    } catch let diagnostic as Diagnostic {
      report(diagnostic)
    }
    wantsToQuit = false
  }

  /// Runs the statements of a file.
  ///
  /// - Throws: `Diagnostic` when the file cannot be read, `BrokenPipe`.
  public func runFile(_ path: String, keepsGoing: Bool = false) throws -> RunOutcome {
    guard let bytes = try ScriptFile.read(path, isInterrupted: host.isInterrupted) else { return .interrupted }
    let place = ScriptFile.canonical(path)
    guard !openScripts.contains(place) else { throw Diagnostic("\(path) runs itself", at: nil) }
    guard openScripts.count < 64 else {
      throw Diagnostic("\(path) is run by a script that is run by a script, and so on 64 times", at: nil)
    }
    openScripts.append(place)
    defer { openScripts.removeLast() }
    return try run(SourceText(name: path, utf8: bytes), keepsGoing: keepsGoing)
  }

  static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Seconds with three decimals.
  static func text(seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
  }
}

/// A script that was run by another one failed; what was wrong has been said already.
struct FailedScript: Error {
  let outcome: RunOutcome
}
