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
    if items.count == 1, let label = items[0].expression.type.element {
      let rows = share.isWithoutNulls ? input.withoutNulls(items.map(\.expression)) : input
      return countLabels(of: items[0], label, groups, on: rows, span: span)
    }
    let rows = share.isWithoutNulls ? input.withoutNulls(items.map(\.expression)) : input
    let count = Aggregate(function: .countRows, arguments: [], name: "count", type: .integer, span: span)
    let counted = LogicalPlan.aggregate(rows, keys: groups + items, aggregates: [count])
    let transform = ShareTransform(input: counted.fields, groupCount: groups.count)
    let keyCount = groups.count + items.count
    return LogicalPlan.transform(counted, transform).ordered(
      groups.indices.map { ($0, false) } + [(keyCount, true)] + items.indices.map { (groups.count + $0, false) },
      span: span)
  }

  /// `share list [by groups] [without nulls]`: multi-label, how many rows carry each item of their lists.
  ///
  /// Gives the groups, the label, `count`, `of` (the rows of the group), `share_of_rows` and its 95 % interval `low`,
  /// `high`. One row may carry several labels, so the shares add up to more than 1.
  private static func countLabels(
    of list: Projection, _ type: DataType, _ groups: [Projection], on input: LogicalPlan, span: SourceSpan
  ) -> LogicalPlan {
    // Behind the different labels of a row one more, NULL, stands for the row itself: all is counted in one pass.
    let different = PlanExpression(.call(.listDistinct, [list.expression]), type: .list(type), span: span)
    let row = PlanExpression(.literal(.null), type: type, span: span)
    let marked = PlanExpression(.call(.listAppend, [different, row]), type: .list(type), span: span)
    let labelled = LogicalPlan.unnest(
      UnnestPlan(input: input, lists: [UnnestPlan.List(name: list.field.name, expression: marked)]))
    let place = input.fields.count
    let label = Projection(passing: labelled.fields[place], at: place, span: span)
    let count = Aggregate(function: .countRows, arguments: [], name: "count", type: .integer, span: span)
    let counted = LogicalPlan.aggregate(labelled, keys: groups + [label], aggregates: [count])
    let transform = LabelShareTransform(input: counted.fields)
    return LogicalPlan.transform(counted, transform).ordered(
      groups.indices.map { ($0, false) } + [(groups.count + 1, true), (groups.count, false)], span: span)
  }

  /// `share items of base [by groups]`: columns that already hold counts, each over the base column.
  ///
  /// Only rows in which both the item and the base are known are summed; `unknown` says how many were left out. Gives the
  /// groups, `item`, `count`, `of`, `share`, `low`, `high`, `unknown`. Of counts with bounds `low` and `high` are the
  /// bounds of the share (`ShareBounds`): of a part inside its whole or, where the base is a sum of columns among which the
  /// item is, of a part beside the rest.
  static func overBase(
    _ share: ShareOperator, on input: LogicalPlan, with resolver: Resolver, span: SourceSpan
  ) throws -> LogicalPlan {
    guard var base = try share.base?.projection(on: input, with: resolver) else { return input }
    let groups = try share.groups.map { try $0.projection(on: input, with: resolver) }
    var items = try share.items.map { try $0.projection(on: input, with: resolver) }
    let hasBounds = (items + [base]).contains { $0.expression.type == .count }
    if hasBounds {
      base = base.asCount()
      items = items.map { $0.asCount() }
    }
    for column in items + [base] {
      let type = column.expression.type
      if hasBounds ? type == .count : type.isNumeric { continue }
      throw Diagnostic(
        "`\(column.field.name)` holds no counts but \(column.expression.type.name)", at: column.expression.span,
        help: "`share ... of ...` divides columns of numbers; to count rows: share \(column.field.name)")
    }
    var aggregates: [Aggregate] = []
    var parts: [BaseShareTransform.Part] = []
    for item in items {
      let bothKnown = PlanExpression.conjunction(
        [item.expression, base.expression].map {
          PlanExpression(.call(.isNotNull, [$0]), type: .boolean, span: span)
        })
      let rest = base.expression.rest(without: item.expression)
      for summed in [item.expression, base.expression] + (rest.map { [$0] } ?? []) {
        aggregates.append(
          Aggregate(
            function: .sum, arguments: [summed], filter: bothKnown, name: "sum", type: summed.type, span: summed.span))
      }
      let unknown = bothKnown.map { PlanExpression(.call(.not, [$0]), type: .boolean, span: span) }
      aggregates.append(
        Aggregate(function: .countRows, arguments: [], filter: unknown, name: "unknown", type: .integer, span: span))
      parts.append(BaseShareTransform.Part(name: item.field.name, hasRest: rest != nil))
    }
    let summed = LogicalPlan.aggregate(input, keys: groups, aggregates: aggregates)
    let isReal = items.contains { $0.expression.type == .double } || base.expression.type == .double
    let transform = BaseShareTransform(
      groups: groups.map(\.field), parts: parts, type: hasBounds ? .count : isReal ? .double : .integer)
    let ordered = summed.ordered(groups.indices.map { ($0, false) }, span: span)
    return .transform(ordered, transform)
  }
}

extension Projection {
  /// Integers as counts with bounds; anything else as it is.
  fileprivate func asCount() -> Projection {
    guard expression.type == .integer else { return self }
    var projection = self
    projection.expression = PlanExpression(.cast(expression, lenient: false), type: .count, span: expression.span)
    return projection
  }
}

extension PlanExpression {
  /// Of a sum of counts with bounds the rest of it without one of its terms; nil where that is no term of it.
  fileprivate func rest(without term: PlanExpression) -> PlanExpression? {
    guard type == .count, case .call(.add, let sides) = kind else { return nil }
    for (side, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
      if side == term { return other }
      if let rest = side.rest(without: term) {
        return PlanExpression(.call(.add, [rest, other]), type: .count, span: span)
      }
    }
    return nil
  }
}
