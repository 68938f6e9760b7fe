/// One step of a pipe: what follows a `|>`.
public struct PipeOperator: Sendable, Hashable {
  /// What it does.
  public let kind: Kind
  /// Where it stands, without the `|>`.
  public let span: SourceSpan
  /// `force share ...`: an answer is wanted even where its numbers do not mean what they say
  public let isForced: Bool

  /// Makes an operator.
  public init(_ kind: Kind, span: SourceSpan, isForced: Bool = false) {
    self.kind = kind
    self.span = span
    self.isForced = isForced
  }

  /// The kinds of operators.
  public indirect enum Kind: Sendable, Hashable {
    /// `where x > 1`
    case filter(Expression)
    /// `select [distinct] a, b as c, * [window w as (...)]`
    case select([SelectItem], isDistinct: Bool, windows: [NamedWindow])
    /// `extend x as y, ... [window w as (...)]`, also `window x as y, ...`
    case extend([SelectItem], windows: [NamedWindow])
    /// `set a = x, ...`
    case set([ColumnAssignment])
    /// `drop a, b`
    case drop([Identifier])
    /// `rename a as b, ...`
    case rename([ColumnRenaming])
    /// `aggregate count(*) as n, ... [group [and order] by a, ...]`
    case aggregate([SelectItem], groupBy: GroupBy?)
    /// `order by a desc, ...`
    case orderBy([OrderItem])
    /// `limit n [offset m]`, `offset m`
    case limit(LimitClause)
    /// `distinct`, `distinct on (a, b)`: one row for each value of the expressions, of all columns if there are none
    case distinct(on: [Expression])
    /// `[kind] join t on ...`
    case join(PipeJoin)
    /// `union [all|distinct] [by name] (query), ...`
    case setOperation(PipeSetOperation)
    /// `as name`
    case alias(Identifier)
    /// `call f(x, y) [as name]`
    case call(FunctionCall, alias: TableAlias?)
    /// `with a as (query), ...`: names queries for the operators that follow
    case with(WithClause)
    /// `tablesample ...`
    case sample(TableSample)
    /// `pivot (...) [as name]`
    case pivot(Pivot, alias: Identifier?)
    /// `unpivot (...) [as name]`
    case unpivot(Unpivot, alias: Identifier?)
    /// `share ...`
    case share(ShareOperator)
    /// `timeline ...`
    case timeline(TimelineOperator)
    /// `top ...`
    case top(TopOperator)
    /// `latency ...`
    case latency(LatencyOperator)
    /// `check 'name' that condition`
    case check(CheckOperator)
    /// `audit`
    case audit(AuditOperator)
    /// `reconcile with ...`
    case reconcile(ReconcileOperator)
    /// `diff with ...`
    case diff(DiffOperator)
    /// `pseudonymise ...`
    case pseudonymise(PseudonymiseOperator)
    /// `plot ...`
    case plot(PlotOperator)
    /// `save 'out.csv' [(options)]`
    case save(PathText, options: [Option])
    /// `shell 'less -S'`
    case shell(String)
    /// `format line`
    case format(Identifier)
    /// `assert condition [, message]`
    case assert(Expression, message: Expression?)
  }
}

/// `column = value`.
public struct ColumnAssignment: Sendable, Hashable {
  /// The column.
  public let column: QualifiedName
  /// Its new value.
  public let value: Expression
}

/// `[natural] [kind] join right [on ... | using (...)]` in a pipe.
public struct PipeJoin: Sendable, Hashable {
  /// The kind.
  public let kind: JoinKind
  /// The right side.
  public let right: TableReference
  /// How rows match.
  public let condition: JoinCondition
}

/// `union [all] [by name] (query), (query)` in a pipe.
public struct PipeSetOperation: Sendable, Hashable {
  /// Which operation.
  public let operation: SetOperator
  /// `all`: equal rows are kept
  public let isAll: Bool
  /// `by name`: columns are matched by name, not by place
  public let isByName: Bool
  /// The other queries, at least one.
  public let queries: [Query]

  /// The rows so far and those of other queries put together.
  public init(operation: SetOperator, isAll: Bool, isByName: Bool, queries: [Query]) {
    self.operation = operation
    self.isAll = isAll
    self.isByName = isByName
    self.queries = queries
  }
}
