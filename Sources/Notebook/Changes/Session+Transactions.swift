import Language

/// What a session holds at one moment. Tables are values that nobody changes, so keeping them costs nothing.
struct TransactionStart {
  let entries: [String: Session.Entry]
  let currentTable: String?
}

extension Session {
  /// `begin`, `commit`, `rollback`: tables and views as they were at `begin` come back with `rollback`.
  func execute(_ step: TransactionStep, _ span: SourceSpan) throws {
    switch step {
    case .begin:
      guard transaction == nil else {
        throw Diagnostic(
          "a transaction is open already", at: span, help: "end it first with `commit` or `rollback`")
      }
      transaction = TransactionStart(entries: entries, currentTable: currentTable)
    case .commit, .rollback:
      guard let before = transaction else {
        throw Diagnostic("no transaction is open", at: span, help: "`begin` opens one")
      }
      if step == .rollback {
        entries = before.entries
        currentTable = before.currentTable
      }
      transaction = nil
    }
  }
}
