import Language

/// What a session holds at one moment. Tables are values that nobody changes, so keeping them costs nothing.
struct Snapshot {
  let entries: [String: Session.Entry]
  let currentTable: String?
}

extension Session {
  /// `begin`, `commit`, `rollback`: tables and views as they were at `begin` come back with `rollback`.
  func execute(_ step: TransactionStep, _ span: SourceSpan) throws {
    switch step {
    case .begin:
      guard snapshot == nil else {
        throw Diagnostic(
          "a transaction is open already", at: span, help: "end it first with `commit` or `rollback`")
      }
      snapshot = Snapshot(entries: entries, currentTable: currentTable)
    case .commit, .rollback:
      guard let before = snapshot else {
        throw Diagnostic("no transaction is open", at: span, help: "`begin` opens one")
      }
      if step == .rollback {
        entries = before.entries
        currentTable = before.currentTable
      }
      snapshot = nil
    }
  }
}
