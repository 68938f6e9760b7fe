/// `select ... from ... where ... group by ... having ... window ... qualify ...`.
public struct SelectQuery: Sendable, Hashable {
  /// Whether equal rows are kept.
  public enum Distinctness: Sendable, Hashable {
    /// All rows.
    case all
    /// `select distinct`
    case distinct
    /// `select distinct on (...)`
    case distinctOn([Expression])
  }
  /// Whether equal rows are kept.
  public var distinct: Distinctness
  /// The columns; `*` where `from t where ...` was written without `select`.
  public var items: [SelectItem]
  /// What `from` names; commas are cross joins.
  public var from: TableReference?
  /// `where`
  public var filter: Expression?
  /// `group by`
  public var groupBy: GroupBy?
  /// `having`
  public var having: Expression?
  /// `window w as (...)`
  public var windows: [NamedWindow]
  /// `qualify`
  public var qualify: Expression?
  /// Where it stands.
  public var span: SourceSpan
}

/// One item of `select`, `extend` or `aggregate`.
public enum SelectItem: Sendable, Hashable {
  /// `x [as] name`
  case expression(Expression, alias: Identifier?)
  /// `*`, `t.*`
  case star(Star)

  /// Where it stands, alias included.
  public var span: SourceSpan {
    switch self {
    case .expression(let expression, let alias):
      guard let alias else { return expression.span }
      return .merging(expression.span, alias.span)
    case .star(let star): return star.span
    }
  }
}

/// `[t.]* [exclude (a, b)] [replace (x as a)] [rename (a as b)]`.
public struct Star: Sendable, Hashable {
  /// `new value as column`
  public struct Replacement: Sendable, Hashable {
    /// The value.
    public let value: Expression
    /// The column that it takes the place of.
    public let column: Identifier
  }
  /// The table, if given.
  public let qualifier: QualifiedName?
  /// `exclude`, also `except`: columns left out
  public let excluded: [QualifiedName]
  /// `replace`: columns with new values
  public let replaced: [Replacement]
  /// `rename`: columns with new names
  public let renamed: [ColumnRenaming]
  /// Where it stands.
  public let span: SourceSpan
}

/// `old as new`.
public struct ColumnRenaming: Sendable, Hashable {
  /// The column.
  public let column: Identifier
  /// Its new name.
  public let newName: Identifier
}

/// `group by ...`.
public struct GroupBy: Sendable, Hashable {
  /// One element.
  public struct Element: Sendable, Hashable {
    /// What to group by.
    public let kind: Kind
    /// `x as name`, in pipes
    public let alias: Identifier?
    /// `x desc`, in pipes
    public let order: OrderItem?
    /// Where it stands.
    public let span: SourceSpan
  }
  /// The kinds of elements.
  public enum Kind: Sendable, Hashable {
    /// A value, a column's alias or its number.
    case expression(Expression)
    /// `rollup (a, b)`
    case rollup([Expression])
    /// `cube (a, b)`
    case cube([Expression])
    /// `grouping sets ((a), (b), ())`
    case groupingSets([[Expression]])
  }
  /// `group by all`: every item that holds no aggregate; then `elements` is empty
  public let isAll: Bool
  /// `group and order by`, in pipes: the groups also come in order
  public let isOrdered: Bool
  /// The elements.
  public let elements: [Element]
  /// Where it stands.
  public let span: SourceSpan
}
