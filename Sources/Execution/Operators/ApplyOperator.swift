import ColumnStore
import Language
import Planning

/// Runs a plan for every row of another one, once for rows of which it knows the same.
struct ApplyOperator {
  let apply: ApplyPlan
  let executor: Executor
  let context: ExecutionContext

  init(_ apply: ApplyPlan, executor: Executor, context: ExecutionContext) {
    self.apply = apply
    self.executor = executor
    self.context = context
  }

  /// The apply as a join of the left rows with all rows that the right plan gave, each beside what it was run for.
  func joined() throws -> LogicalPlan {
    let left = LogicalPlan.rows(of: try executor.run(apply.left))
    let values = apply.parameters.map { Projection(name: "", expression: $0.value) }
    let domain = try executor.run(.distinct(.project(left, values)))
    let rightFields = apply.right.fields
    let fields = rightFields + values.map(\.field)
    var parts: [Batch] = []
    for row in 0..<domain.rowCount {
      try context.checkCancellation()
      var known: [Int: Value] = [:]
      for (parameter, column) in zip(apply.parameters, domain.columns) { known[parameter.number] = column.value(row) }
      let table = try executor.run(apply.right.replacingOuter(known))
      let own = Buffer<UInt32>(repeating: UInt32(truncatingIfNeeded: row), count: table.rowCount)
      parts.append(
        Batch(columns: table.columns + domain.columns.map { $0.gather(own) }, count: table.rowCount))
    }
    let right = LogicalPlan.rows(of: Table(concatenating: parts, fields))
    let place = apply.span ?? SourceSpan(start: 0, end: 0)
    let equalities = apply.parameters.enumerated().map { index, parameter in
      let value = PlanExpression(.column(rightFields.count + index), type: parameter.value.type, span: place)
      return JoinPlan.Equality(parameter.value, value, nullsMatch: true)
    }
    let join = JoinPlan(
      kind: apply.kind.joinKind, left: left, right: right, equalities: equalities, condition: apply.condition,
      span: apply.span)
    guard join.kind.keepsRight else { return .join(join) }
    let kept = apply.fields.passed(span: place)
    return .project(.join(join), kept)
  }
}
