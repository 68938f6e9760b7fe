import ColumnStore

/// A plan that stands in several places of a query, and is run once.
///
/// Shared plans may be made of each other, so that there are many more ways through such a plan than operators in it:
/// whoever walks one looks into a shared plan once for each number.
public final class SharedPlan: Sendable {
  /// The plan.
  public let plan: LogicalPlan
  /// By what number its rows are remembered; the same plan has the same number wherever it stands.
  public let number: Int
  /// The fields of its rows.
  public let fields: [Field]
  /// What it is not complete without: the numbers of the values of enclosing queries, and of the rounds of recursive
  /// plans, that it speaks of.
  let needs: Set<Int>

  /// A plan under a number that no other plan of the query has.
  public init(_ plan: LogicalPlan, number: Int) {
    self.plan = plan
    self.number = number
    fields = plan.fields
    needs = plan.needs
  }
}

/// Rows made of the rows before them: `with recursive`.
///
/// The seed's rows are the first round. The step gives the next round's rows from those of the last one, which it reads
/// as a `RoundPlan` of the same number, until a round has none.
public struct RecursivePlan: Sendable {
  /// By what number the step knows the rows of the last round.
  public var number: Int
  /// The first rows.
  public var seed: LogicalPlan
  /// The further rows.
  public var step: LogicalPlan
  /// Whether equal rows are kept; else a row that came before is no new one.
  public var keepsDuplicates: Bool
  /// The fields of the rows.
  public var fields: [Field]

  /// A recursive plan whose seed and step have columns of the same types.
  public init(number: Int, seed: LogicalPlan, step: LogicalPlan, keepsDuplicates: Bool, fields: [Field]) {
    self.number = number
    self.seed = seed
    self.step = step
    self.keepsDuplicates = keepsDuplicates
    self.fields = fields
  }
}

/// The rows of the last round of a recursive plan.
public struct RoundPlan: Sendable {
  /// The number of the recursive plan.
  public var number: Int
  /// The fields of the rows.
  public var fields: [Field]

  /// The rows of the last round.
  public init(number: Int, fields: [Field]) {
    self.number = number
    self.fields = fields
  }
}

extension LogicalPlan {
  /// The numbers of the values of enclosing queries, and of the rounds of recursive plans, that it speaks of.
  var needs: Set<Int> {
    switch self {
    case .shared(let shared): return shared.needs
    case .round(let round): return [round.number]
    default:
      let own = expressions.reduce(into: Set<Int>()) { $0.formUnion($1.outerNumbers) }
      return inputs.reduce(into: own) { $0.formUnion($1.needs) }
    }
  }

  /// The plan with the rows of a recursive plan's last round in place.
  public func replacingRound(_ number: Int, by table: Table) -> LogicalPlan {
    replacing([number]) { plan in
      guard case .round(let round) = plan, round.number == number else { return nil }
      let sources = round.fields.indices.map { Scan.Source.column($0) }
      return .scan(Scan(name: "", table: table, fields: round.fields, sources: sources))
    } expressions: {
      $0
    }
  }

  /// The plan for one row of an enclosing query: its values in place of what stood for them.
  public func replacingOuter(_ values: [Int: Value]) -> LogicalPlan {
    replacing(Set(values.keys)) { _ in
      nil
    } expressions: { expression in
      expression.replacingOuter { number in values[number].map { .literal($0) } }
    }
  }

  /// The plan with what it needs of some numbers replaced. A shared plan in which something is replaced is another plan,
  /// and no longer shared.
  private func replacing(
    _ numbers: Set<Int>, operators: (LogicalPlan) -> LogicalPlan?, expressions: (PlanExpression) -> PlanExpression
  ) -> LogicalPlan {
    if let replaced = operators(self) { return replaced }
    if case .shared(let shared) = self {
      if shared.needs.isDisjoint(with: numbers) { return self }
      return shared.plan.replacing(numbers, operators: operators, expressions: expressions)
    }
    return mapInputs { $0.replacing(numbers, operators: operators, expressions: expressions) }
      .mapOwnExpressions(expressions)
  }
}
