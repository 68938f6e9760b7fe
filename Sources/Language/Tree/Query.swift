/// A query in either spelling: `[with ...] body [order by ...] [limit ...] [|> operator ...]`.
///
/// ```
/// from t |> where x        body .from(t), operators [.where]
/// select a from t limit 3  body .select, limit
/// where x                  body .tableInUse, operators [.where]
/// ```
public struct Query: Sendable, Hashable {
  /// `with ...`
  public var with: WithClause?
  /// What the rows come from.
  public var body: QueryBody
  /// SQL's `order by`; a pipe's is an operator.
  public var orderBy: [OrderItem]
  /// SQL's `limit`; a pipe's is an operator.
  public var limit: LimitClause?
  /// The `|>` operators, applied in order after all of the above.
  public var operators: [PipeOperator]
  /// Where it stands; brackets around it are left out.
  public var span: SourceSpan

  /// Makes a query.
  public init(
    with: WithClause? = nil, body: QueryBody, orderBy: [OrderItem] = [], limit: LimitClause? = nil,
    operators: [PipeOperator] = [], span: SourceSpan
  ) {
    self.with = with
    self.body = body
    self.orderBy = orderBy
    self.limit = limit
    self.operators = operators
    self.span = span
  }
}

/// What the rows of a query come from.
public indirect enum QueryBody: Sendable, Hashable {
  /// `from t` with every column, where no `select` or other clause follows. Also a bare table name as a statement, and
  /// `_` for a statement that begins with `|>`.
  case from(TableReference)
  /// The table that `use` named; the span is empty and stands before the first operator.
  case tableInUse(SourceSpan)
  /// `select ...`, also `from t where ...` and `from t select ...`
  case select(SelectQuery)
  /// `values (1, 2), (3, 4)`: rows of equal length, at least one
  case values([[Expression]])
  /// `union`, `intersect`, `except`
  case setOperation(SetOperation)
  /// A query in brackets.
  case nested(Query)
}

/// `with [recursive] a as (...), b as (...)`.
public struct WithClause: Sendable, Hashable {
  /// `recursive`
  public let isRecursive: Bool
  /// The named queries in order.
  public let tables: [CommonTable]
  /// Where it stands.
  public let span: SourceSpan
}

/// `name [(columns)] as [not materialized] (query)`.
public struct CommonTable: Sendable, Hashable {
  /// The name.
  public let name: Identifier
  /// New names for the columns; empty if not given.
  public let columns: [Identifier]
  /// The query.
  public let query: Query
}

/// Which rows two queries give together.
public enum SetOperator: String, Sendable, Hashable {
  case union
  case intersect
  case except
}

/// `left union [all] [by name] right`.
public struct SetOperation: Sendable, Hashable {
  /// Which operation.
  public let operation: SetOperator
  /// `all`: equal rows are kept
  public let isAll: Bool
  /// `by name`: columns are matched by name, not by place
  public let isByName: Bool
  /// The first query.
  public let left: Query
  /// The second query.
  public let right: Query
}

/// `limit n [offset m]`; either may be missing, not both.
public struct LimitClause: Sendable, Hashable {
  /// The most rows to give; nil for `limit all` and where only an offset was written.
  public let count: Expression?
  /// The rows to leave out first.
  public let offset: Expression?
  /// Where it stands.
  public let span: SourceSpan
}

/// One key of an `order by`.
public struct OrderItem: Sendable, Hashable {
  /// What to order by.
  public enum Key: Sendable, Hashable {
    /// A value, a column's alias or its number.
    case expression(Expression)
    /// `order by all`: every column from left to right
    case all
  }
  /// What to order by.
  public let key: Key
  /// `desc`
  public let isDescending: Bool
  /// `nulls first` (true), `nulls last` (false), or not said
  public let nullsFirst: Bool?
  /// Where it stands.
  public let span: SourceSpan
}
