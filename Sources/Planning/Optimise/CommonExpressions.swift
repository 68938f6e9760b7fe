import ColumnStore
import Language

/// What the expressions of a projection or an aggregation compute several times is computed once, in a projection below.
///
/// It comes last, since no other rule is to see through the split. What may fail stays where it is: it would be computed
/// for rows that a condition around it leaves out.
enum CommonExpressions {
  /// Larger sets of expressions are left as they are: to compare all their parts would take longer than it saves.
  fileprivate static let sizeLimit = 500

  static func shared(_ plan: LogicalPlan) -> LogicalPlan {
    // What is shared has been optimised by itself.
    if case .shared = plan { return plan }
    let plan = plan.mapInputs(shared)
    switch plan {
    case .project(let input, let projections):
      guard let split = Split(input, projections.map(\.expression)) else { return plan }
      return .project(
        split.below, projections.map { Projection(renewing: $0, expression: split.renewed($0.expression)) })
    case .aggregate(let input, let keys, let aggregates):
      guard let split = Split(input, plan.expressions) else { return plan }
      return .aggregate(
        split.below, keys: keys.map { Projection(renewing: $0, expression: split.renewed($0.expression)) },
        aggregates: aggregates.map { $0.mapExpressions(split.renewed) })
    default: return plan
    }
  }

  /// A projection that computes what is common, and the way from the expressions on its input to those on what it gives.
  private struct Split {
    let below: LogicalPlan
    private var places: [Int: Int] = [:]
    private var common: [PlanExpression: Int] = [:]

    /// Nil where nothing is common.
    init?(_ input: LogicalPlan, _ expressions: [PlanExpression]) {
      var size = 0
      var parts = Set<PlanExpression>()
      var repeated: [PlanExpression] = []
      for expression in expressions where !expression.isColumn && expression.literal == nil {
        Split.collect(expression, &parts, &repeated, &size)
        if size > CommonExpressions.sizeLimit { return nil }
      }
      if repeated.isEmpty { return nil }
      for expression in repeated where common[expression] == nil { common[expression] = common.count }
      var columns: Set<Int> = []
      for expression in expressions { Split.collectColumns(expression, besides: common, &columns) }
      let passed = columns.sorted()
      for (place, column) in passed.enumerated() { places[column] = place }
      for (expression, index) in common { common[expression] = passed.count + index }
      let fields = input.fields
      let computed = common.sorted { $0.value < $1.value }.enumerated().map {
        Projection(name: "#\($0.offset + 1)", expression: $0.element.key, isHidden: true)
      }
      below = .project(
        input,
        passed.map { Projection(passing: fields[$0], at: $0, span: SourceSpan(start: 0, end: 0)) } + computed)
    }

    /// The same expression on what the projection gives.
    func renewed(_ expression: PlanExpression) -> PlanExpression {
      var copy = expression
      if let place = common[expression] {
        copy.kind = .column(place)
        return copy
      }
      if case .column(let column) = expression.kind {
        copy.kind = .column(places[column] ?? column)
        return copy
      }
      return expression.mapChildren(renewed)
    }

    /// The columns that are read outside of what is common.
    private static func collectColumns(
      _ expression: PlanExpression, besides common: [PlanExpression: Int], _ columns: inout Set<Int>
    ) {
      if common[expression] != nil { return }
      if case .column(let column) = expression.kind { columns.insert(column) }
      for child in expression.children { collectColumns(child, besides: common, &columns) }
    }

    /// Notes every part worth computing once that has been met before; of such a part nothing smaller is noted again.
    private static func collect(
      _ expression: PlanExpression, _ parts: inout Set<PlanExpression>, _ repeated: inout [PlanExpression],
      _ size: inout Int
    ) {
      size += 1
      if size > CommonExpressions.sizeLimit { return }
      if expression.isWorthSharing, !parts.insert(expression).inserted {
        repeated.append(expression)
        return
      }
      for child in expression.children { collect(child, &parts, &repeated, &size) }
    }
  }
}

extension PlanExpression {
  /// Whether computing it costs more than keeping its values, and it can be computed for any row.
  fileprivate var isWorthSharing: Bool {
    switch kind {
    case .call(let function, _):
      switch function {
      case .isNull, .isNotNull, .not, .negate: return false
      default: return !columns.isEmpty && !mayFail
      }
    case .conditional: return !columns.isEmpty && !mayFail
    default: return false
    }
  }
}
