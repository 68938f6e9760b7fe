/// Something that stands where a table may stand.
public struct TableReference: Sendable, Hashable {
  /// What it is.
  public var kind: Kind
  /// `[as] name [(columns)]`
  public var alias: TableAlias?
  /// `tablesample ...`
  public var sample: TableSample?
  /// Where it stands.
  public var span: SourceSpan

  /// Makes a table reference.
  public init(_ kind: Kind, alias: TableAlias? = nil, sample: TableSample? = nil, span: SourceSpan) {
    self.kind = kind
    self.alias = alias
    self.sample = sample
    self.span = span
  }

  /// The kinds of table references.
  public indirect enum Kind: Sendable, Hashable {
    /// A table, a named query, `_`.
    case name(QualifiedName)
    /// `'file.csv' [(options)]`
    case file(PathText, options: [Option])
    /// `[lateral] (query)`
    case subquery(Query, isLateral: Bool)
    /// `[lateral] unnest(x) [with ordinality]`
    case function(FunctionCall, isLateral: Bool, withOrdinality: Bool)
    /// `a join b`
    case join(Join)
    /// `t pivot (...)`; also `pivot t on ...`, which stands alone as a query's body
    case pivot(TableReference, Pivot)
    /// `t unpivot (...)`; also `unpivot t on ...`, which stands alone as a query's body
    case unpivot(TableReference, Unpivot)
  }
}

/// `as name [(a, b)]`.
public struct TableAlias: Sendable, Hashable {
  /// The name.
  public let name: Identifier
  /// New names for the columns; empty if not given.
  public let columns: [Identifier]
}

/// `left [kind] join right [condition]`.
public struct Join: Sendable, Hashable {
  /// The left side.
  public let left: TableReference
  /// The kind.
  public let kind: JoinKind
  /// The right side.
  public let right: TableReference
  /// How rows match.
  public let condition: JoinCondition
}

/// The kinds of joins.
public enum JoinKind: String, Sendable, Hashable, CaseIterable {
  case inner
  case left
  case right
  case full
  case cross
  /// Rows of the left side that match.
  case semi
  /// Rows of the left side that do not match.
  case anti
  /// For each row of the left side the last match, by the order that an inequality of the condition gives.
  case asof
  /// The same, and rows of the left side that do not match.
  case asofLeft = "asof left"
}

/// How the rows of a join match.
public enum JoinCondition: Sendable, Hashable {
  /// Every pair matches.
  case none
  /// `on x = y`
  case on(Expression)
  /// `using (a, b)`
  case using([Identifier])
  /// `natural`: every name that both sides have
  case natural
}

/// `tablesample [method] (n percent|rows) [repeatable (seed)]`.
public struct TableSample: Sendable, Hashable {
  /// What the amount counts.
  public enum Unit: String, Sendable, Hashable {
    case percent
    case rows
  }
  /// `bernoulli`, `system`, `reservoir`, in lower case, if given.
  public let method: String?
  /// How much.
  public let amount: Expression
  /// What the amount counts.
  public let unit: Unit
  /// The seed, if given.
  public let seed: Expression?
  /// Where it stands.
  public let span: SourceSpan
}
