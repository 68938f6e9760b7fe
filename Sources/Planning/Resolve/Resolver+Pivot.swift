import ColumnStore
import Language

extension Resolver {
  /// More new columns than this are taken for a mistake.
  private static let pivotLimit = 10_000

  /// The values of columns as columns of their own.
  ///
  /// The rows are grouped by the keys and the pivoted columns; each new column is then the one row of its values in each
  /// group of the keys. So the input is read once, however many values there are.
  func pivot(_ input: LogicalPlan, _ pivot: Pivot) throws -> LogicalPlan {
    let fields = input.fields
    var binder = Binder(self, fields: fields)
    binder.allowsAggregates = true
    var items: [(alias: String?, name: String, expression: PlanExpression)] = []
    for item in pivot.aggregates {
      for (bound, column) in try binder.bindEach(item.expression) {
        items.append((item.alias?.text, column ?? Resolver.name(of: item.expression), bound))
      }
    }
    if items.isEmpty {
      let count = Aggregate(function: .countRows, arguments: [], name: "count", type: .integer, span: pivot.span)
      items = [(nil, "count", binder.column(of: count))]
    }
    let aggregates = binder.aggregates
    for index in items.indices {
      items[index].expression = try rewrite(
        items[index].expression, Grouping(), aggregateCount: aggregates.count, fields: fields)
    }
    let sources = try pivot.sources.map { try pivoted($0, input) }
    let keys = try pivotKeys(pivot, input, aggregates, sources.map(\.expression))
    let combinations = sources.reduce([[]] as [[PivotValue]]) { all, source in
      all.flatMap { start in source.values.map { start + [$0] } }
    }
    guard combinations.count.multipliedReportingOverflow(by: items.count).partialValue <= Resolver.pivotLimit,
      combinations.count <= Resolver.pivotLimit
    else {
      throw Diagnostic(
        "this would make \(combinations.count) times \(items.count) columns", at: pivot.span,
        help: "say which values are wanted: `pivot t on x in ('a', 'b') ...`")
    }

    let span = pivot.span
    let grouped = LogicalPlan.aggregate(
      input, keys: keys + sources.map { Projection(name: "", expression: $0.expression) }, aggregates: aggregates)
    let passedKeys = keys.enumerated().map { Projection(passing: $0.element.field, at: $0.offset, span: span) }
    var picked: [Aggregate] = []
    for combination in combinations {
      let isWanted = PlanExpression.conjunction(
        combination.enumerated().map { index, value in value.test(at: keys.count + index) })
      for (index, aggregate) in aggregates.enumerated() {
        let value = PlanExpression(
          .column(keys.count + sources.count + index), type: aggregate.type, span: aggregate.span)
        picked.append(
          Aggregate(
            function: .first, arguments: [value], filter: isWanted, name: aggregate.name, type: aggregate.type,
            span: aggregate.span))
      }
    }
    let spread = LogicalPlan.aggregate(grouped, keys: passedKeys, aggregates: picked)
    var projections = passedKeys
    for (number, combination) in combinations.enumerated() {
      let values = aggregates.enumerated().map { index, aggregate in
        aggregate.orValueOfNothing(at: keys.count + number * aggregates.count + index)
      }
      let label = combination.map(\.name).joined(separator: "_")
      for item in items {
        let extra = item.alias ?? (items.count > 1 ? item.name : nil)
        let name = extra.map { pivot.spelling == .brackets ? "\($0)_\(label)" : "\(label)_\($0)" } ?? label
        projections.append(Projection(name: name, expression: item.expression.substituting(values)))
      }
    }
    return .project(spread, projections)
  }

  /// A value that becomes a column, and how to know it.
  private struct PivotValue {
    let name: String
    let expression: PlanExpression
    let comparison: PlanExpression

    /// Whether a row of the grouped input has the value in a column.
    func test(at column: Int) -> PlanExpression {
      comparison.remapped { _ in column }
    }
  }

  private func pivoted(_ source: Pivot.Source, _ input: LogicalPlan) throws -> (
    expression: PlanExpression, values: [PivotValue]
  ) {
    var binder = Binder(self, fields: input.fields)
    let expression = try binder.bind(source.value)
    let onColumn = PlanExpression(.column(0), type: expression.type, span: expression.span)
    func value(_ constant: PlanExpression, _ alias: String?) throws -> PivotValue {
      guard let literal = constant.literal else {
        throw Diagnostic("the values of a pivot are constants", at: constant.span)
      }
      let isOneValue = literal.isNull || expression.type == .count
      let function: ScalarFunction = isOneValue ? .isNotDistinctFrom : .equal
      return PivotValue(
        name: alias ?? (literal.isNull ? "NULL" : literal.description), expression: constant,
        comparison: try binder.compare(function, onColumn, constant, span: constant.span))
    }
    if let values = source.values {
      var constants = Binder(self, fields: [])
      return (
        expression, try values.map { try value(try constants.bind($0.expression), $0.alias?.text) }
      )
    }
    let isThere = PlanExpression(.call(.isNotNull, [expression]), type: .boolean, span: expression.span)
    let distinct = LogicalPlan.distinct(
      .project(.filter(input, predicate: isThere), [Projection(name: "value", expression: expression)]))
    let sorted = LogicalPlan.sort(
      distinct, keys: [SortKey(expression: onColumn, isDescending: false, nullsFirst: false)], limit: nil)
    let found = try catalog.rows(
      of: try liftingSubqueries(.limit(sorted, count: Resolver.pivotLimit + 1, offset: 0)), for: source.value.span)
    let values = try (0..<found.rowCount).map { row in
      try value(
        PlanExpression(.literal(found.columns[0].value(row)), type: expression.type, span: expression.span), nil)
    }
    return (expression, values)
  }

  /// What a row of the result is made for: what was said, or every column that is not spoken of.
  private func pivotKeys(
    _ pivot: Pivot, _ input: LogicalPlan, _ aggregates: [Aggregate], _ pivoted: [PlanExpression]
  ) throws -> [Projection] {
    let fields = input.fields
    if let groupBy = pivot.groupBy {
      var binder = Binder(self, fields: fields)
      return try groupBy.map { key in
        let bound = try binder.bind(key)
        guard case .column(let index) = bound.kind, index < fields.count else {
          return Projection(name: Resolver.name(of: key), expression: bound)
        }
        return Projection(passing: fields[index], at: index, span: bound.span)
      }
    }
    let spokenOf = (pivoted + aggregates.flatMap(\.expressions)).columns
    return visible(input).filter { !spokenOf.contains($0.0) }.map {
      Projection(passing: $0.1, at: $0.0, span: pivot.span)
    }
  }

  // MARK: Unpivot

  /// Columns as rows: each row of the input once for each of them.
  func unpivot(_ input: LogicalPlan, _ unpivot: Unpivot) throws -> LogicalPlan {
    let fields = input.fields
    let span = unpivot.span
    var rows: [(label: Value, values: [PlanExpression])] = []
    for source in unpivot.sources { rows += try unpivoted(source, unpivot, input) }
    let hasNumbers = rows.allSatisfy { $0.label.type == .integer }
    let labels = hasNumbers ? rows.map(\.label) : rows.map { .text($0.label.description) }
    let constants = Table([
      ("row", Column(type: .integer, values: rows.indices.map { .integer(Int64($0)) })),
      (unpivot.name.text, Column(type: hasNumbers ? .integer : .text, values: labels)),
    ])
    let each = LogicalPlan.join(
      JoinPlan(kind: .inner, left: input, right: scan(constants, name: "unpivot"), equalities: [], condition: nil))
    let number = PlanExpression(.column(fields.count), type: .integer, span: span)
    let binder = Binder(self, fields: [])
    let values = try unpivot.values.enumerated().map { index, name in
      let unified = try binder.unify(rows.map { $0.values[index] }, span: name.span)
      let branches = try unified.dropLast().enumerated().map { row, value in
        PlanExpression.Branch(
          condition: try binder.compare(
            .equal, number, PlanExpression(.literal(.integer(Int64(row))), type: .integer, span: span), span: span),
          result: value)
      }
      let last = unified[unified.count - 1]
      let value =
        branches.isEmpty
        ? last : PlanExpression(.conditional(branches: branches, otherwise: last), type: last.type, span: name.span)
      return Projection(name: name.text, expression: value)
    }
    let used = rows.reduce(into: Set<Int>()) { used, row in
      for value in row.values { used.formUnion(value.columns) }
    }
    let passed = visible(input).filter { !used.contains($0.0) }.map {
      Projection(passing: $0.1, at: $0.0, span: span)
    }
    let label = Projection(
      name: unpivot.name.text,
      expression: PlanExpression(.column(fields.count + 1), type: hasNumbers ? .integer : .text, span: span))
    let added = unpivot.spelling == .brackets ? values + [label] : [label] + values
    let projected = LogicalPlan.project(each, passed + added)
    if unpivot.includesNulls { return projected }
    let first = passed.count + (unpivot.spelling == .brackets ? 0 : 1)
    let present = values.enumerated().map { index, value in
      let column = PlanExpression(.column(first + index), type: value.expression.type, span: span)
      return PlanExpression(.call(.isNotNull, [column]), type: .boolean, span: span)
    }
    let isThere = present.count == 1 ? present[0] : PlanExpression(.or(present), type: .boolean, span: span)
    return .filter(projected, predicate: isThere)
  }

  /// The rows that a source makes of each row of the input: one, or for a star one for each column.
  private func unpivoted(_ source: Unpivot.Source, _ unpivot: Unpivot, _ input: LogicalPlan) throws
    -> [(label: Value, values: [PlanExpression])]
  {
    var binder = Binder(self, fields: input.fields)
    let label = try source.label.map { try resolveConstant($0).literal ?? .null }
    if unpivot.values.count == 1, source.columns.count == 1 {
      let column = source.columns[0]
      if case .star(let star) = column.kind {
        return try expand(star, with: &binder, fields: input.fields).map {
          (label ?? .text($0.field.name), [$0.expression])
        }
      }
      return try binder.bindEach(column).map { bound, name in
        (label ?? .text(name ?? Resolver.name(of: column)), [bound])
      }
    }
    guard source.columns.count == unpivot.values.count else {
      let wanted = unpivot.values.count
      throw Diagnostic(
        "here are \(source.columns.count) columns for \(wanted) \(wanted == 1 ? "name" : "names") of values",
        at: source.columns.first?.span ?? unpivot.span)
    }
    let names = source.columns.map { Resolver.name(of: $0) }.joined(separator: "_")
    return [(label ?? .text(names), try source.columns.map { try binder.bind($0) })]
  }
}
