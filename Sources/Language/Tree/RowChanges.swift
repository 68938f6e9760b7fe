/// `insert [or replace|ignore] into table [(columns)] rows`, also `replace into`.
public struct InsertStatement: Sendable, Hashable {
  /// What becomes of a row whose key is in the table already.
  public enum Conflict: String, Sendable, Hashable {
    /// The statement fails.
    case fail
    /// `or replace`, `replace into`: the row takes the place of the one in the table.
    case replace
    /// `or ignore`: the row is left out.
    case ignore
  }
  /// What is put in.
  public enum Rows: Sendable, Hashable {
    /// `values (1, 'a')`, or any other query
    case query(Query)
    /// `default values`: one row of nothing but defaults
    case defaults
  }
  /// `with ...` before the statement
  public let with: WithClause?
  /// The table.
  public let table: QualifiedName
  /// The columns that get values; empty for all of them.
  public let columns: [Identifier]
  /// What is put in.
  public let rows: Rows
  /// What becomes of a row whose key is there.
  public let conflict: Conflict
}

/// `update table [as name] set ... [from ...] [where ...]`.
public struct UpdateStatement: Sendable, Hashable {
  /// `column = value`, `(a, b) = (x, y)`
  public struct Assignment: Sendable, Hashable {
    /// The columns; one unless they stand in brackets.
    public let columns: [Identifier]
    /// Whether the columns stand in brackets: the value is a row then.
    public let isRow: Bool
    /// The new value.
    public let value: Expression
  }
  /// `with ...` before the statement
  public let with: WithClause?
  /// The table.
  public let table: QualifiedName
  /// `as name`
  public let alias: Identifier?
  /// The columns with their new values, at least one.
  public let assignments: [Assignment]
  /// `from`: tables whose columns the values may speak of
  public let from: TableReference?
  /// `where`: which rows change
  public let filter: Expression?
}

/// `delete from table [as name] [using ...] [where ...]`.
public struct DeleteStatement: Sendable, Hashable {
  /// `with ...` before the statement
  public let with: WithClause?
  /// The table.
  public let table: QualifiedName
  /// `as name`
  public let alias: Identifier?
  /// `using`: tables whose columns the condition may speak of
  public let using: TableReference?
  /// `where`: which rows go
  public let filter: Expression?
}

/// What a statement does with the changes since `begin`.
public enum TransactionStep: String, Sendable, Hashable {
  /// `begin [transaction]`: changes from here on can be taken back
  case begin
  /// `commit`: they stay
  case commit
  /// `rollback`: they are taken back
  case rollback
}

/// What `drop` names.
public enum DropTarget: String, Sendable, Hashable {
  case table
  case view
  case index
}
