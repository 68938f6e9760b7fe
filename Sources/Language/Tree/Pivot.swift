/// `pivot (sum(x) for col in ('a', 'b' as bee))`, `pivot t on col using sum(x)`: the values of a column become columns.
public struct Pivot: Sendable, Hashable {
  /// A column whose values become columns.
  public struct Source: Sendable, Hashable {
    /// The column, or what is computed from it.
    public let value: Expression
    /// The values; nil for all that there are.
    public let values: [NamedExpression]?
  }
  /// How it was written, which decides how the new columns are called.
  public enum Spelling: Sendable, Hashable {
    /// `pivot (... for ... in (...))`: the aggregate's alias comes before the value.
    case brackets
    /// `pivot t on ... using ...`: the value comes first.
    case statement
  }
  /// What is computed for each value; empty for the number of rows.
  public let aggregates: [NamedExpression]
  /// The columns whose values become columns, at least one; with several, each combination of values does.
  public let sources: [Source]
  /// What a row of the result is made for; nil for all columns that are not spoken of.
  public let groupBy: [Expression]?
  /// How it was written.
  public let spelling: Spelling
  /// Where it stands.
  public let span: SourceSpan
}

/// `unpivot (value for name in (a, b))`, `unpivot t on a, b into name n value v`: columns become rows.
public struct Unpivot: Sendable, Hashable {
  /// Columns that become one row.
  public struct Source: Sendable, Hashable {
    /// As many as there are value columns; a star stands for a row for each of its columns.
    public let columns: [Expression]
    /// What the name column holds for it, a text or whole number; nil for the columns' name.
    public let label: Expression?
  }
  /// The columns that get the values.
  public let values: [Identifier]
  /// The column that says where a value is from.
  public let name: Identifier
  /// What becomes rows.
  public let sources: [Source]
  /// `include nulls`: rows without any value are kept
  public let includesNulls: Bool
  /// How it was written.
  public let spelling: Pivot.Spelling
  /// Where it stands.
  public let span: SourceSpan
}
