import ColumnStore
import Language
import Planning

/// `reconcile with other on keys [by groups] [reported count [observed aggregate]]`: which keys only one of two tables
/// knows, which stand in one more than once, and whether what one reports is what the other holds.
///
/// Gives the groups, `finding`, how many different `keys` it is true of, how many `rows` of this table and `other_rows` of
/// the other they have, with `reported` also `reported`, `observed` and the sum of the `difference` (observed less reported) of
/// the keys of which both are known, and the smallest key as an `example`. Every finding has its row, also where there is none of it. Findings about matches are
/// exclusive and add up to all keys; `more than once` counts keys again.
enum ReconcileMeasure {
  static func lower(_ reconcile: ReconcileOperator, on input: LogicalPlan, with resolver: Resolver, span: SourceSpan)
    throws -> LogicalPlan
  {
    let other = try resolver.rows(of: reconcile.other)
    var names = (
      KeyedSide.name(of: input, else: "these rows"), KeyedSide.name(of: other, else: "the other table")
    )
    if names.0 == names.1 { names = ("these rows", "the other table") }
    let (left, right) = try KeyedSide.pair(input, other, by: reconcile.keys, names: names, with: resolver)
    let groups = try reconcile.groups.map { try Group($0, left.rows, right.rows, with: resolver) }
    let observed = reconcile.observed ?? .call("count", [], at: span)
    let leftKeys = try keyed(left, [observed], groups.map { $0.isLeft ? $0.expression : nil }, with: resolver)
    let reported = reconcile.reported.map { [Expression.call("sum", [$0], at: $0.span)] } ?? []
    let rightKeys = try keyed(right, reported, groups.map { $0.isRight ? $0.expression : nil }, with: resolver)
    let text = ReconcileQuery(
      keyCount: left.keys.count, groups: groups, hasReported: reconcile.reported != nil, left: left.name,
      right: right.name
    ).text
    let plan = try resolver.plan(text, on: [("l", leftKeys), ("r", rightKeys)], span: span)
    return .project(
      plan,
      plan.fields.enumerated().map { index, field in
        var field = field
        if index < groups.count { field.name = groups[index].name }
        return Projection(passing: field, at: index, span: span)
      })
  }

  /// A column that results are grouped by: of the other table where that has it, and of this one.
  struct Group {
    let name: String
    let expression: Expression
    let isLeft: Bool
    let isRight: Bool

    init(_ group: NamedExpression, _ left: LogicalPlan, _ right: LogicalPlan, with resolver: Resolver) throws {
      name = group.alias?.text ?? Resolver.name(of: group.expression)
      expression = group.expression
      let ofLeft = try? resolver.bind(expression, on: left)
      let ofRight = try? resolver.bind(expression, on: right)
      isRight = ofRight != nil
      // Where both have it, it must be the same kind of thing for one to stand in for the other.
      isLeft = ofLeft != nil && (ofRight == nil || ofRight?.type == ofLeft?.type)
      if ofLeft == nil, ofRight == nil { _ = try resolver.bind(expression, on: right) }
    }
  }

  /// One row for each key of a side: the keys, the first value (`v`) if there is one, the number of rows (`n`), and for each
  /// group its value (`g1` ...), which is unknown where the rows of a key do not agree.
  private static func keyed(
    _ side: KeyedSide, _ values: [Expression], _ groups: [Expression?], with resolver: Resolver
  ) throws -> LogicalPlan {
    let span = side.keys[0].expression.span
    var aggregates: [Aggregate] = []
    var projections = side.keys.enumerated().map { Projection(passing: $0.element.field, at: $0.offset, span: span) }
    func bound(_ expression: Expression) throws -> PlanExpression {
      let (bound, added) = try resolver.bindAggregate(
        expression, on: side.rows, keyCount: side.keys.count + aggregates.count)
      aggregates += added
      return bound
    }
    for value in values {
      let expression = try bound(value)
      guard expression.type.isNumeric else {
        throw Diagnostic(
          "what is reported and observed are numbers, and this is \(expression.type.name)", at: value.span,
          help: expression.type == .count ? "take one of its bounds: lower(x), upper(x)" : nil)
      }
      projections.append(Projection(name: "v", expression: expression))
    }
    projections.append(Projection(name: "n", expression: try bound(.call("count", [], at: span))))
    for (number, group) in groups.enumerated() {
      guard let group else { continue }
      let smallest = try bound(.call("min", [group], at: group.span))
      let largest = try bound(.call("max", [group], at: group.span))
      let same = PlanExpression(.call(.equal, [smallest, largest]), type: .boolean, span: group.span)
      let unknown = PlanExpression(.literal(.null), type: smallest.type, span: group.span)
      projections.append(
        Projection(
          name: "g\(number + 1)",
          expression: PlanExpression(
            .conditional(branches: [.init(condition: same, result: smallest)], otherwise: unknown),
            type: smallest.type, span: group.span)))
    }
    return .project(.aggregate(side.rows, keys: side.keys, aggregates: aggregates), projections)
  }
}

/// The query that a reconciliation is, on the keys `l` of one table and `r` of the other.
private struct ReconcileQuery {
  let keyCount: Int
  let groups: [ReconcileMeasure.Group]
  let hasReported: Bool
  let left: String
  let right: String

  /// What is found, in the order of the results. The first are of the matches.
  private var findings: [String] {
    let matches =
      hasReported ? ["as reported", "more than reported", "fewer than reported", "no number reported"] : ["in both"]
    return matches + [
      "only in \(left)", "only in \(right)", "without a key", "more than once in \(left)", "more than once in \(right)",
    ]
  }

  private var matchCount: Int { hasReported ? 4 : 1 }

  var text: String {
    let keys = KeyedSide.keyNames(keyCount)
    let names = groups.indices.map { "g\($0 + 1)" }
    let grouped = names.map { "\($0), " }.joined()
    let on = keys.map { "l.\($0) = r.\($0)" }.joined(separator: " and ")
    let unknown = keys.map { "coalesce(l.\($0), r.\($0)) is null" }.joined(separator: " or ")
    let key = "concat_ws(', ', \(keys.map { "coalesce(l.\($0), r.\($0))::text" }.joined(separator: ", ")))"
    let groupValues = zip(groups, names).map { group, name in
      let sides = (group.isRight ? ["r.\(name)"] : []) + (group.isLeft ? ["l.\(name)"] : [])
      return "\(sides.count > 1 ? "coalesce(\(sides.joined(separator: ", ")))" : sides.joined()) as \(name), "
    }.joined()
    let matched =
      hasReported
      ? "when l.v = r.v then 1 when l.v > r.v then 2 when l.v < r.v then 3 else 4" : "else 1"
    let first = matchCount + 1
    let observed = "case when l.n is null then 0 else l.v end"
    let numbers = ["reported", "observed", "difference"]
    let values =
      hasReported
      ? "r.v as reported, \(observed) as observed, case when \(unknown) then null else \(observed) - r.v end as difference, "
      : ""
    let sums = hasReported ? numbers.map { "sum(\($0)) as \($0), " }.joined() : ""
    let passed = hasReported ? numbers.map { "\($0), " }.joined() : ""
    // Sums over no keys are 0, those over keys of which nothing is known are unknown.
    let shown =
      hasReported ? numbers.map { "case when c.number is null then 0 else c.\($0) end as \($0), " }.joined() : ""
    let list = findings.enumerated().map { "(\($0.offset + 1), \(Quoting.text($0.element)))" }.joined(separator: ", ")
    let places =
      groups.isEmpty
      ? "findings as f left join counted as c on f.number = c.number"
      : """
      (select distinct \(names.joined(separator: ", ")) from parts) as p cross join findings as f left join counted as c
      on f.number = c.number and \(names.map { "p.\($0) is not distinct from c.\($0)" }.joined(separator: " and "))
      """
    return """
      with facts as (
        select \(groupValues) case when \(unknown) then \(first + 2) when r.n is null then \(first)
          when l.n is null then \(first + 1) \(matched) end as number,
          coalesce(l.n, 0) as a, coalesce(r.n, 0) as b, \(values) case when \(unknown) then null else \(key) end as name
        from l full join r on \(on)
      ), parts as (
        select \(grouped) number, a > 1 as many, b > 1 as others, count(*) as keys, sum(a) as n, sum(b) as other,
          \(sums) min(name) as name
        from facts group by \(grouped) number, a > 1, b > 1
      ), findings as (
        select column1 as number, column2 as finding from (values \(list))
      ), counted as (
        select \(grouped) number, sum(keys) as keys, sum(n) as n, sum(other) as other, \(sums) min(name) as name
        from (
          select \(grouped) number, keys, n, other, \(passed) name from parts
          union all select \(grouped) \(first + 3), keys, n, other, \(passed) name from parts
            where many and number <> \(first + 2)
          union all select \(grouped) \(first + 4), keys, n, other, \(passed) name from parts
            where others and number <> \(first + 2)
        ) group by \(grouped) number
      )
      select \(names.map { "p.\($0), " }.joined()) f.finding,
        case when f.number = \(first + 2) then null else coalesce(c.keys, 0) end as keys,
        coalesce(c.n, 0) as rows, coalesce(c.other, 0) as other_rows, \(shown) c.name as example
      from \(places)
      order by \(names.map { "p.\($0), " }.joined()) f.number;
      """
  }
}
