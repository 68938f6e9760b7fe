import ColumnStore
import Language

/// A join of two inputs.
public struct JoinPlan: Sendable {
  /// Which rows come out.
  public enum Kind: String, Sendable {
    /// Pairs that match.
    case inner
    /// Pairs that match, and left rows without a match.
    case left
    /// Pairs that match, and right rows without a match.
    case right
    /// Pairs that match, and rows of either side without a match.
    case full
    /// Left rows that have a match.
    case semi
    /// Left rows that have none.
    case anti
    /// Like `left`, but a left row with more than one match is an error: a query that stands for one value.
    case single
    /// Left rows with the one match that is nearest: an "as of" join.
    case nearest
    /// Like `nearest`, and left rows without a match.
    case nearestLeft = "nearest left"
    /// Every left row, and whether it has a match, as a last column: true, false, or unknown. The equalities say which
    /// right rows belong to a left row; the condition is then asked of these in SQL's logic of three values, and one that
    /// is true makes the answer true, else one that is unknown makes it unknown.
    case mark

    /// Whether the right side's columns come out.
    public var keepsRight: Bool {
      switch self {
      case .inner, .left, .right, .full, .single, .nearest, .nearestLeft: true
      case .semi, .anti, .mark: false
      }
    }
  }

  /// Two expressions, one on each side's own columns, that must be equal.
  public struct Equality: Sendable, Hashable {
    /// On the left columns.
    public var left: PlanExpression
    /// On the right columns.
    public var right: PlanExpression
    /// Whether NULL equals NULL; else it equals nothing.
    public var nullsMatch: Bool

    /// An equality.
    public init(_ left: PlanExpression, _ right: PlanExpression, nullsMatch: Bool = false) {
      self.left = left
      self.right = right
      self.nullsMatch = nullsMatch
    }
  }

  /// What makes a right row near to a left one: the comparison holds, and the right value is as near as can be.
  public struct Nearest: Sendable, Hashable {
    /// On which side of the left value the right one must lie.
    public enum Comparison: String, Sendable, Hashable {
      case less = "<"
      case lessOrEqual = "<="
      case greater = ">"
      case greaterOrEqual = ">="

      /// The comparison that a function is; nil where it is none.
      init?(_ function: ScalarFunction) {
        switch function {
        case .less: self = .less
        case .lessOrEqual: self = .lessOrEqual
        case .greater: self = .greater
        case .greaterOrEqual: self = .greaterOrEqual
        default: return nil
        }
      }

      /// The same comparison with its sides exchanged.
      var mirrored: Comparison {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
      }
    }

    /// On the left columns.
    public var left: PlanExpression
    /// How the left value compares with the right one.
    public var comparison: Comparison
    /// On the right columns.
    public var right: PlanExpression

    /// Nearness of two values of one type.
    init(_ left: PlanExpression, _ comparison: Comparison, _ right: PlanExpression) {
      self.left = left
      self.comparison = comparison
      self.right = right
    }

    /// The same with both sides put through a function.
    func mapped(_ transform: (PlanExpression) -> PlanExpression) -> Nearest {
      Nearest(transform(left), comparison, transform(right))
    }
  }

  /// Which rows come out.
  public var kind: Kind
  /// The left input.
  public var left: LogicalPlan
  /// The right input.
  public var right: LogicalPlan
  /// What must be equal on both sides.
  public var equalities: [Equality]
  /// A further condition on the left columns followed by the right ones.
  public var condition: PlanExpression?
  /// For the kinds of which only the nearest match counts, and which have no further condition: near in what.
  public var nearest: Nearest?
  /// Where the query stands that is to give one value, for the error that it gives more.
  public var span: SourceSpan?

  /// A join.
  public init(
    kind: Kind, left: LogicalPlan, right: LogicalPlan, equalities: [Equality] = [], condition: PlanExpression? = nil,
    span: SourceSpan? = nil
  ) {
    self.span = span
    self.kind = kind
    self.left = left
    self.right = right
    self.equalities = equalities
    self.condition = condition
  }

  /// The fields of the rows that come out. Joins are often nested on their left, so that side is walked, not put together
  /// again at every level.
  public var fields: [Field] {
    var added: [[Field]] = []
    var lowest = LogicalPlan.join(self)
    while case .join(let join) = lowest {
      if join.kind == .mark { added.append([.mark]) }
      if join.kind.keepsRight { added.append(join.right.fields) }
      lowest = join.left
    }
    return lowest.fields + added.reversed().joined()
  }
}

extension Field {
  /// The column that says whether a row has a match.
  static let mark = Field(name: "", type: .boolean, isHidden: true)
}

extension JoinPlan {
  /// A join whose condition is cut into equalities between the sides and the rest.
  init(splitting condition: PlanExpression, kind: Kind, left: LogicalPlan, right: LogicalPlan) {
    let (equalities, rest) = condition.equalities(leftCount: left.fields.count)
    self.init(
      kind: kind, left: left, right: right, equalities: equalities, condition: PlanExpression.conjunction(rest))
  }
}

extension PlanExpression {
  /// The condition of a join cut into equalities between its sides, the first of which has so many columns, and the rest.
  public func equalities(leftCount: Int) -> (equalities: [JoinPlan.Equality], rest: [PlanExpression]) {
    var equalities: [JoinPlan.Equality] = []
    var rest: [PlanExpression] = []
    for conjunct in conjuncts {
      guard case .call(let function, let sides) = conjunct.kind, function == .equal || function == .isNotDistinctFrom,
        let (left, right) = PlanExpression.bySide(sides[0], sides[1], leftCount: leftCount)
      else {
        rest.append(conjunct)
        continue
      }
      equalities.append(
        JoinPlan.Equality(
          left, right.remapped { $0 - leftCount }, nullsMatch: function == .isNotDistinctFrom))
    }
    return (equalities, rest)
  }

  private static func bySide(_ first: PlanExpression, _ second: PlanExpression, leftCount: Int)
    -> (left: PlanExpression, right: PlanExpression)?
  {
    let firstColumns = first.columns
    let secondColumns = second.columns
    guard !firstColumns.isEmpty, !secondColumns.isEmpty else { return nil }
    if firstColumns.allSatisfy({ $0 < leftCount }), secondColumns.allSatisfy({ $0 >= leftCount }) {
      return (first, second)
    }
    if firstColumns.allSatisfy({ $0 >= leftCount }), secondColumns.allSatisfy({ $0 < leftCount }) {
      return (second, first)
    }
    return nil
  }
}
