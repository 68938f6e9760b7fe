import ColumnStore
import Language
import Planning

/// `share`: how often each value occurs, and which part of the whole that is.
enum ShareMeasure {
  /// `share items [by groups] [without nulls]`: counts rows.
  ///
  /// Gives the groups, the items, `count`, `share` of the group, and its 95 % interval `low`, `high`; the groups in
  /// order, in each the largest share first.
  static func countRows(_ share: ShareOperator, on input: LogicalPlan, with resolver: Resolver) throws -> LogicalPlan {
    let groups = try share.groups.map { try $0.projection(on: input, with: resolver) }
    let items = try share.items.map { try $0.projection(on: input, with: resolver) }
    let span = share.items.first?.expression.span ?? SourceSpan(start: 0, end: 0)
    let rows = share.isWithoutNulls ? input.withoutNulls(items.map(\.expression)) : input
    let count = Aggregate(function: .countRows, arguments: [], name: "count", type: .integer, span: span)
    let counted = LogicalPlan.aggregate(rows, keys: groups + items, aggregates: [count])
    let transform = ShareTransform(input: counted.fields, groupCount: groups.count)
    let keyCount = groups.count + items.count
    return LogicalPlan.transform(counted, transform).ordered(
      groups.indices.map { ($0, false) } + [(keyCount, true)] + items.indices.map { (groups.count + $0, false) },
      span: span)
  }

  /// `share items of base [by groups]`: columns that already hold counts, each over the base column.
  ///
  /// Only rows in which both the item and the base are known are summed; `unknown` says how many were left out. Gives the
  /// groups, `item`, `count`, `of`, `share`, `low`, `high`, `unknown`.
  static func overBase(
    _ share: ShareOperator, on input: LogicalPlan, with resolver: Resolver, span: SourceSpan
  ) throws -> LogicalPlan {
    guard let base = try share.base?.projection(on: input, with: resolver) else { return input }
    let groups = try share.groups.map { try $0.projection(on: input, with: resolver) }
    let items = try share.items.map { try $0.projection(on: input, with: resolver) }
    for column in items + [base] where !column.expression.type.isNumeric {
      throw Diagnostic(
        "`\(column.field.name)` holds no counts but \(column.expression.type.name)", at: column.expression.span,
        help: "`share ... of ...` divides columns of numbers; to count rows: share \(column.field.name)")
    }
    var aggregates: [Aggregate] = []
    for item in items {
      let bothKnown = PlanExpression.conjunction(
        [item.expression, base.expression].map {
          PlanExpression(.call(.isNotNull, [$0]), type: .boolean, span: span)
        })
      for summed in [item, base] {
        aggregates.append(
          Aggregate(
            function: .sum, arguments: [summed.expression], filter: bothKnown, name: summed.field.name,
            type: summed.expression.type, span: summed.expression.span))
      }
      let unknown = bothKnown.map { PlanExpression(.call(.not, [$0]), type: .boolean, span: span) }
      aggregates.append(
        Aggregate(function: .countRows, arguments: [], filter: unknown, name: "unknown", type: .integer, span: span))
    }
    let summed = LogicalPlan.aggregate(input, keys: groups, aggregates: aggregates)
    let transform = BaseShareTransform(
      groups: groups.map(\.field), items: items.map(\.field.name),
      type: items.contains { $0.expression.type == .double } || base.expression.type == .double ? .double : .integer)
    let ordered = summed.ordered(groups.indices.map { ($0, false) }, span: span)
    return .transform(ordered, transform)
  }
}
