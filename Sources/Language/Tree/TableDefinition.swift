/// `create [or replace] [temp] table [if not exists] name ...`.
public struct CreateTableStatement: Sendable, Hashable {
  /// What the table is made of.
  public enum Content: Sendable, Hashable {
    /// `(a integer not null, ..., primary key (a))`
    case columns([ColumnDefinition], constraints: [TableConstraint])
    /// `[(a, b)] as query`: new names for the columns, empty if not given
    case query(Query, columns: [Identifier])
  }
  /// Which words stand before the name.
  public let modifiers: CreateModifiers
  /// The table.
  public let name: QualifiedName
  /// What it is made of.
  public let content: Content
}

/// `create [or replace] [temp] view [if not exists] name [(columns)] as query`.
public struct CreateViewStatement: Sendable, Hashable {
  /// Which words stand before the name.
  public let modifiers: CreateModifiers
  /// The view.
  public let name: QualifiedName
  /// New names for the columns; empty if not given.
  public let columns: [Identifier]
  /// The query that the view stands for.
  public let query: Query
}

/// `create [unique] index [if not exists] [name] on table (keys) [where condition]`.
public struct CreateIndexStatement: Sendable, Hashable {
  /// `unique`
  public let isUnique: Bool
  /// `if not exists`
  public let ifNotExists: Bool
  /// The name, if given.
  public let name: Identifier?
  /// The table.
  public let table: QualifiedName
  /// What is indexed; at least one.
  public let keys: [OrderItem]
  /// `where`: the rows that are indexed
  public let filter: Expression?
}

/// The words between `create` and what is created.
public struct CreateModifiers: Sendable, Hashable {
  /// `or replace`
  public let orReplace: Bool
  /// `temp`, `temporary`
  public let isTemporary: Bool
  /// `if not exists`
  public let ifNotExists: Bool
}

/// `name type constraints` in `create table`.
public struct ColumnDefinition: Sendable, Hashable {
  /// The column's name.
  public let name: Identifier
  /// Its type.
  public let type: TypeName
  /// What its values must be, in the order in which it is written.
  public let constraints: [ColumnConstraint]
  /// Where it stands.
  public let span: SourceSpan
}

/// What the values of one column must be.
public struct ColumnConstraint: Sendable, Hashable {
  /// The kinds of constraints.
  public enum Kind: Sendable, Hashable {
    /// `not null`
    case notNull
    /// `null`: may be null, as is usual
    case null
    /// `primary key`
    case primaryKey
    /// `unique`
    case unique
    /// `default x`
    case `default`(Expression)
    /// `check (x)`
    case check(Expression)
    /// `references table (columns)`
    case references(ForeignReference)
    /// `collate name`
    case collate(Identifier)
  }
  /// `constraint name`, if given.
  public let name: Identifier?
  /// What it asks.
  public let kind: Kind
  /// Where it stands.
  public let span: SourceSpan
}

/// What the rows of a table must be, written apart from the columns.
public struct TableConstraint: Sendable, Hashable {
  /// The kinds of constraints.
  public enum Kind: Sendable, Hashable {
    /// `primary key (a, b)`
    case primaryKey([Identifier])
    /// `unique (a, b)`
    case unique([Identifier])
    /// `check (x)`
    case check(Expression)
    /// `foreign key (a, b) references table (c, d)`
    case foreignKey([Identifier], ForeignReference)
  }
  /// `constraint name`, if given.
  public let name: Identifier?
  /// What it asks.
  public let kind: Kind
  /// Where it stands.
  public let span: SourceSpan
}

/// `references table [(columns)] [on delete action] [on update action]`.
public struct ForeignReference: Sendable, Hashable {
  /// What becomes of rows whose counterpart goes.
  public enum Action: String, Sendable, Hashable, CaseIterable {
    case noAction = "no action"
    case restrict
    case cascade
    case setNull = "set null"
    case setDefault = "set default"
  }
  /// The other table.
  public let table: QualifiedName
  /// Its columns; empty if not given.
  public let columns: [Identifier]
  /// `on delete ...`
  public let onDelete: Action?
  /// `on update ...`
  public let onUpdate: Action?
}
