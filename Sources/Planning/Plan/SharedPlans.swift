import ColumnStore

/// A plan that stands in several places of a query, and is run once.
public struct SharedPlan: Sendable {
  /// The plan.
  public let plan: LogicalPlan
  /// By what number its rows are remembered; the same plan has the same number wherever it stands.
  public let number: Int

  /// A plan under a number that no other plan of the query has.
  public init(_ plan: LogicalPlan, number: Int) {
    self.plan = plan
    self.number = number
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
  /// The plan with the rows of a recursive plan's last round in place.
  public func replacingRound(_ number: Int, by table: Table) -> LogicalPlan {
    replacing { plan in
      guard case .round(let round) = plan, round.number == number else { return nil }
      return .scan(
        Scan(name: "", table: table, fields: round.fields, sources: round.fields.indices.map { .column($0) }))
    } expressions: {
      $0
    } ?? self
  }

  /// The plan for one row of an enclosing query: its values in place of what stood for them.
  public func replacingOuter(_ values: [Int: Value]) -> LogicalPlan {
    if values.isEmpty { return self }
    return replacing { _ in
      nil
    } expressions: {
      $0.replacingOuter { number in values[number].map { .literal($0) } }
    }
      ?? self
  }

  /// Whether a row of an enclosing query with such a number is spoken of.
  public func readsOuter(_ isAsked: (Int) -> Bool) -> Bool {
    if inputs.contains(where: { $0.readsOuter(isAsked) }) { return true }
    return expressions.contains { $0.readsOuter(isAsked) }
  }

  /// The plan with operators and expressions replaced; nil where nothing was. A shared plan in which something was
  /// replaced is another plan, and no longer shared.
  private func replacing(
    operators: (LogicalPlan) -> LogicalPlan?, expressions: (PlanExpression) -> PlanExpression
  ) -> LogicalPlan? {
    if let replaced = operators(self) { return replaced }
    var isChanged = false
    let below = mapInputs { input in
      guard let replaced = input.replacing(operators: operators, expressions: expressions) else { return input }
      isChanged = true
      return replaced
    }
    if case .shared(let shared) = below { return isChanged ? shared.plan : nil }
    let renewed = below.mapOwnExpressions { expression in
      let replaced = expressions(expression)
      if replaced != expression { isChanged = true }
      return replaced
    }
    return isChanged ? renewed : nil
  }
}
