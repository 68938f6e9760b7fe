import ColumnStore
import Language

extension Session {
  /// Notes a statement that the input being run consists of and that changed something.
  func noteChange(_ statement: Statement) {
    guard depth == 1, openScripts.isEmpty, statement.changesSession else { return }
    changes.append(source.text(statement.span))
  }

  /// Runs one input of a person, so that `undo` can take back what it changes.
  func undoable<Result>(_ body: () throws -> Result) rethrows -> Result {
    // Scripts are run again rather than taken back, and must not pay for what they do not use.
    guard host.isInteractive, depth == 0, openScripts.isEmpty else { return try body() }
    let before = SessionState(of: self)
    changes = []
    defer {
      if !changes.isEmpty {
        undoHistory.add(UndoHistory.Step(state: before, statements: changes))
        undoHistory.forget(
          holdingMoreThan: MemoryBudget.shared.limit / 4, besides: SessionState(of: self))
      }
      changes = []
    }
    return try body()
  }

  /// `undo`: the session as it was before the last input that changed it.
  func undo(_ span: SourceSpan) throws {
    guard let step = undoHistory.undo(from: SessionState(of: self)) else {
      throw Diagnostic(
        "there is nothing to undo", at: span,
        help: host.isInteractive ? nil : "`undo` takes back what a person has typed; a script is changed instead")
    }
    step.state.restore(in: self)
    note("took back: \(Session.summary(of: step.statements)); `redo` does it again")
  }

  /// `redo`: the session as it was before `undo`.
  func redo(_ span: SourceSpan) throws {
    guard let step = undoHistory.redo(from: SessionState(of: self)) else {
      throw Diagnostic("there is nothing to do again", at: span)
    }
    step.state.restore(in: self)
    note("did again: \(Session.summary(of: step.statements))")
  }

  /// The first of some statements, in one line, and how many more there are.
  private static func summary(of statements: [String]) -> String {
    let words = (statements.first ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let first = words.count > 60 ? words.prefix(59) + "…" : words
    return statements.count > 1 ? "\(first), and \(statements.count - 1) more" : first
  }
}

extension Statement {
  /// Whether it changes what the session holds: tables, names, settings, the working folder.
  var changesSession: Bool {
    switch kind {
    case .load, .loadErrata, .tour, .drop, .createTable, .createView, .createIndex, .insert, .update, .delete,
      .truncate,
      .transaction, .use, .define, .run, .set, .timer, .format, .changeFolder:
      true
    default: false
    }
  }
}
