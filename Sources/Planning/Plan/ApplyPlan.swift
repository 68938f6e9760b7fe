import Language

/// A plan that is run for every row of an input: a query inside another one that speaks of the other's columns.
///
/// The right plan reads the left row through `PlanExpression.Kind.outer`. Every apply can be run as it stands, one row
/// after the other; `Decorrelation` turns most into joins.
public struct ApplyPlan: Sendable {
  /// What comes out for a left row.
  public enum Kind: String, Sendable {
    /// The left row with each right row.
    case inner
    /// The left row with each right row, or with NULLs where there is none.
    case left
    /// The left row with the one right row, or with NULLs where there is none; more than one is an error.
    case single
    /// The left row if there is a right row.
    case semi
    /// The left row if there is none.
    case anti
    /// The left row, and whether there is a right row: true, false, or unknown where the condition is for some right row
    /// and true for none.
    case mark

    /// The kind of join that does the same where the right plan is the same for all rows.
    public var joinKind: JoinPlan.Kind {
      switch self {
      case .inner: .inner
      case .left: .left
      case .single: .single
      case .semi: .semi
      case .anti: .anti
      case .mark: .mark
      }
    }
  }

  /// A value that the right plan knows as `outer(number)`.
  public struct Parameter: Sendable, Hashable {
    /// By what number the right plan knows it; no other apply of the query uses the number.
    public var number: Int
    /// The value, on the left columns.
    public var value: PlanExpression

    /// A parameter.
    public init(number: Int, value: PlanExpression) {
      self.number = number
      self.value = value
    }
  }

  /// What comes out.
  public var kind: Kind
  /// The rows for each of which the right plan is run.
  public var left: LogicalPlan
  /// What is run.
  public var right: LogicalPlan
  /// What it knows of the left row.
  public var parameters: [Parameter]
  /// Which pairs count, on the left columns followed by the right ones; nil for all.
  public var condition: PlanExpression?
  /// Where the right query stands, for the error that it gives more than one row.
  public var span: SourceSpan?

  /// An apply.
  public init(
    kind: Kind, left: LogicalPlan, right: LogicalPlan, parameters: [Parameter], condition: PlanExpression? = nil,
    span: SourceSpan? = nil
  ) {
    self.span = span
    self.kind = kind
    self.left = left
    self.right = right
    self.parameters = parameters
    self.condition = condition
  }

  /// The fields of the rows that come out.
  public var fields: [Field] { JoinPlan(kind: kind.joinKind, left: left, right: right).fields }
}
