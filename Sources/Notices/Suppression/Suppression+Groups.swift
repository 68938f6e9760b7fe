import ColumnStore
import Language
import Planning

// Operators that make one row of many.

extension Suppression {
  func aggregated(_ input: Rewritten, _ keys: [Projection], _ aggregates: [Aggregate], sumsCounts: Bool) throws
    -> Rewritten
  {
    switch input {
    case .tracked(var rows):
      rows.holdsCounts = rows.holdsCounts || sumsCounts
      if aggregates.isEmpty { return .released(listed(rows, keys)) }
      return .pending(try cells(of: rows, keys, aggregates))
    case .released(let rows): return .released(regrouped(rows, keys, aggregates))
    case .pending: return input
    }
  }

  /// Every different row once.
  func distinct(_ input: Rewritten) throws -> Rewritten {
    switch input {
    case .tracked(let rows):
      return .released(listed(rows, Array(rows.plan.fields.passed(span: .none)[..<rows.width])))
    case .released(var rows):
      rows.plan = .distinct(rows.plan)
      return .released(rows)
    case .pending: return input
    }
  }

  /// The values of some keys, without a number: those that enough records have.
  private func listed(_ rows: TrackedRows, _ keys: [Projection]) -> ReleasedRows {
    let count = Aggregate(function: .countRows, arguments: [], name: "count", type: .integer, span: .none)
    let grouped = LogicalPlan.aggregate(rows.plan, keys: keys, aggregates: [count])
    let least = PlanExpression(.literal(.integer(Int64(rows.holdsCounts ? 1 : threshold))), type: .integer, span: .none)
    let isLarge = PlanExpression(
      .call(.greaterOrEqual, [.column(keys.count, .integer), least]), type: .boolean, span: .none)
    return ReleasedRows(plan: LogicalPlan.filter(grouped, predicate: isLarge).picking(keys.indices).flagged)
  }

  /// Groups of records, with lists of which they are.
  private func cells(of rows: TrackedRows, _ keys: [Projection], _ aggregates: [Aggregate]) throws -> PendingCells {
    var columns = CellColumns()
    var added: [Aggregate] = []
    func list(_ expression: PlanExpression, where condition: PlanExpression?) -> Int {
      added.append(
        Aggregate(
          function: .list, arguments: [expression], filter: condition, name: "records",
          type: .list(.integer), span: .none))
      return added.count - 1
    }
    func lists(where condition: PlanExpression?) -> [Int] {
      rows.units.map { list(.column($0, .integer), where: condition) }
    }
    if !rows.holdsCounts {
      columns.kinds.append(CellColumns.Kind(measure: "", isTold: false, units: lists(where: nil)))
    }
    var known: Set<AggregateUse.Kind> = []
    for (index, aggregate) in aggregates.enumerated() {
      let use = try AggregateUse(aggregate, of: rows)
      if use.isValueSmall { columns.values.append(index) }
      for kind in use.kinds {
        if kind.measure.isEmpty, kind.condition == nil {
          columns.kinds[0].isTold = true
        } else if known.insert(kind).inserted {
          columns.kinds.append(
            CellColumns.Kind(
              measure: kind.measure, isTold: true, units: lists(where: kind.condition),
              weights: kind.weight.map { list($0, where: kind.condition) }))
        }
      }
    }
    columns.count = added.count
    let width = keys.count + aggregates.count
    columns.values = columns.values.map { keys.count + $0 }
    return PendingCells(
      plan: .aggregate(rows.plan, keys: keys, aggregates: aggregates + added), width: width,
      masked: Set(keys.count..<width), cells: columns)
  }

  /// Groups of rows that were released: what reads a hidden cell is hidden.
  private func regrouped(_ rows: ReleasedRows, _ keys: [Projection], _ aggregates: [Aggregate]) -> ReleasedRows {
    let flag = Aggregate(
      function: .some, arguments: [.column(rows.width, .boolean)], name: Self.flagName, type: .boolean, span: .none)
    let grouped = LogicalPlan.aggregate(rows.plan, keys: keys, aggregates: aggregates + [flag])
    let fields = grouped.fields
    let isHidden = PlanExpression.column(fields.count - 1, .boolean).isTrue
    var masked = Set(keys.indices.filter { keys[$0].expression.reads(rows.masked) })
    var results = fields.passed(span: .none).dropLast()
    for (index, aggregate) in aggregates.enumerated()
    where aggregate.expressions.contains(where: { $0.reads(rows.masked) }) {
      let column = keys.count + index
      masked.insert(column)
      results[column].expression = results[column].expression.hidden(where: isHidden)
    }
    let last = masked.isEmpty ? PlanExpression.truth(false) : isHidden
    return ReleasedRows(
      plan: .project(grouped, results + [Projection(name: Self.flagName, expression: last, isHidden: true)]),
      masked: masked)
  }

  // MARK: Whole tables

  func windowed(_ input: Rewritten, _ functions: [WindowFunction]) -> Rewritten {
    if case .pending(let cells) = input, let totalled = totalled(cells, functions) { return .pending(totalled) }
    switch sealed(input) {
    case .tracked(var rows):
      let inner = rows.plan.fields.count
      rows.plan = LogicalPlan.window(rows.plan, functions).picking(
        Array(0..<rows.width) + (inner..<inner + functions.count) + rows.units)
      rows.origins += Array(repeating: nil, count: functions.count)
      rows.width += functions.count
      return .tracked(rows)
    case .released(let rows): return .released(windowed(rows, functions))
    case .pending: return input
    }
  }

  /// Sums of counts over all rows that agree in some keys are right only with all counts, hidden ones too; then these
  /// totals are told as well. Nil for other functions.
  private func totalled(_ cells: PendingCells, _ functions: [WindowFunction]) -> PendingCells? {
    for function in functions {
      guard function.function == .aggregate(.sum), function.filter == nil, !function.isDistinct,
        function.frame.start == .unboundedPreceding, function.frame.end == .unboundedFollowing,
        function.frame.exclusion == .noOthers, !function.layout.partition.contains(where: { $0.reads(cells.masked) })
      else { return nil }
    }
    var result = cells
    let inner = cells.plan.fields.count
    var added: [Projection] = []
    for function in functions {
      let keys = function.layout.partition.map { Projection(name: "key", expression: $0) }
      result.cells.totals.append(keys.indices.map { cells.cells.count + added.count + $0 })
      added += keys
    }
    result.cells.count += added.count
    let passed = LogicalPlan.window(cells.plan, functions).fields.passed(span: .none)
    result.plan = .project(
      .window(cells.plan, functions),
      Array(passed[..<cells.width]) + passed[inner...] + passed[cells.width..<inner] + added)
    result.masked.formUnion(cells.width..<cells.width + functions.count)
    result.width += functions.count
    return result
  }

  /// Windows over released rows: what reads a hidden cell anywhere in its partition is hidden.
  private func windowed(_ rows: ReleasedRows, _ functions: [WindowFunction]) -> ReleasedRows {
    let masking = functions.indices.filter { index in functions[index].expressions.contains { $0.reads(rows.masked) } }
    let flags = masking.map { index in
      WindowFunction(
        Aggregate(
          function: .some, arguments: [.column(rows.width, .boolean)], name: Self.flagName, type: .boolean, span: .none),
        layout: WindowLayout(partition: functions[index].layout.partition),
        frame: RowFrame(unit: .rows, start: .unboundedPreceding, end: .unboundedFollowing))
    }
    let plan = LogicalPlan.window(rows.plan, functions + flags)
    var passed = plan.fields.passed(span: .none)
    let first = rows.width + 1
    var all = [PlanExpression.column(rows.width, .boolean).isTrue]
    var masked = rows.masked
    for (number, index) in masking.enumerated() {
      let flag = PlanExpression.column(first + functions.count + number, .boolean).isTrue
      passed[first + index].expression = passed[first + index].expression.hidden(where: flag)
      masked.insert(rows.width + index)
      all.append(flag)
    }
    let flag = PlanExpression(.or(all), type: .boolean, span: .none)
    return ReleasedRows(
      plan: .project(
        plan,
        passed[..<rows.width] + passed[first..<first + functions.count]
          + [Projection(name: Self.flagName, expression: all.count > 1 ? flag : all[0], isHidden: true)]),
      masked: masked)
  }

  mutating func transformed(_ input: LogicalPlan, _ transform: any TableTransform) throws -> Rewritten {
    let rule = transform.hiddenCellRule
    sumsCounts = rule?.sumsCounts ?? false
    let rewritten = try rewrite(input)
    sumsCounts = false
    if case .pending(var cells) = rewritten, let keys = rule?.totalKeyCount {
      let span = cells.plan.fields.passed(span: .none)
      let carried = CarryingTransform(
        transform, width: cells.width, behind: Array(cells.plan.fields[cells.width...]) + cells.plan.fields[..<keys],
        rowsPerRow: 1)
      cells.plan = .transform(.project(cells.plan, span + span[..<keys]), carried)
      cells.cells.totals.append(Array(cells.cells.count..<cells.cells.count + keys))
      cells.cells.count += keys
      cells.width = transform.fields.count
      cells.masked = Set((rule?.keyCount ?? 0)..<cells.width)
      return .pending(cells)
    }
    guard case .released(let rows) = sealed(rewritten) else {
      throw Suppression.cannotFollow("`\(transform.name)`", at: nil)
    }
    let flag = [rows.plan.fields[rows.width]]
    let carried = CarryingTransform(transform, width: rows.width, behind: flag, rowsPerRow: rule?.rowsPerRow)
    let masked = rows.masked.isEmpty ? [] : Set((rule?.keyCount ?? 0)..<transform.fields.count)
    return .released(ReleasedRows(plan: .transform(rows.plan, carried), masked: masked))
  }
}
