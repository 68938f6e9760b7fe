import ColumnStore
import Language

/// What rows are grouped by: keys, and which of them each set of groups is made by. Usually there is one set, of all keys.
struct Grouping {
  /// The keys, each once.
  var keys: [Projection] = []
  /// For each set of groups, which keys it is made by, ascending.
  var sets: [[Int]] = [[]]

  /// More sets than this are a mistake: every one is an aggregation of its own.
  static let setLimit = 4096

  /// Whether there is nothing but one set of all keys.
  var isPlain: Bool { sets.count == 1 && sets[0] == Array(keys.indices) }

  /// The index of a key, which is added if it is a new one.
  mutating func index(of key: Projection) -> Int {
    let known = keys.firstIndex { $0.expression == key.expression && $0.field.name == key.field.name }
    if let known { return known }
    keys.append(key)
    return keys.count - 1
  }

  /// Each set so far with each of some others.
  mutating func cross(with others: [[Int]]) {
    sets = sets.flatMap { set in others.map { Set(set).union($0).sorted() } }
  }
}

extension Resolver {
  /// The grouping that `group by` asks for.
  func grouping(
    _ groupBy: GroupBy?, items: [Projection], aliases: [String: Language.Expression], fields: [Field]
  ) throws -> Grouping {
    var grouping = Grouping()
    guard let groupBy else { return grouping }
    if groupBy.isAll {
      for item in items where item.expression.columns.allSatisfy({ $0 < fields.count }) {
        _ = grouping.index(of: Projection(renewing: item, expression: item.expression.equalityKeyed))
      }
      grouping.sets = [Array(grouping.keys.indices)]
      return grouping
    }
    var binder = Binder(self, fields: fields)
    binder.aliases = aliases
    for element in groupBy.elements { try add(element, to: &grouping, items: items, with: &binder) }
    return grouping
  }

  private func add(
    _ element: GroupBy.Element, to grouping: inout Grouping, items: [Projection], with binder: inout Binder
  ) throws {
    func indices(_ expression: Language.Expression) throws -> [Int] {
      if case .tuple(let parts) = expression.kind { return try parts.flatMap(indices) }
      return [grouping.index(of: try groupKey(expression, alias: element.alias, items: items, with: &binder))]
    }
    let parts: [[Int]]
    switch element.kind {
    case .expression(let expression):
      grouping.cross(with: [try indices(expression)])
      return
    case .groupingSets(let sets):
      grouping.cross(with: try sets.map { try $0.flatMap(indices) })
      try checkSetCount(grouping, element.span)
      return
    case .rollup(let expressions):
      parts = try expressions.map(indices)
      grouping.cross(with: (0...parts.count).reversed().map { Array(parts[..<$0].joined()) })
    case .cube(let expressions):
      parts = try expressions.map(indices)
      guard parts.count <= 12 else { throw Diagnostic.tooManyGroupingSets(element.span) }
      let all = 0..<(1 << parts.count)
      grouping.cross(
        with: all.reversed().map { bits in
          parts.indices.filter { bits >> (parts.count - 1 - $0) & 1 == 1 }.flatMap { parts[$0] }
        })
    }
    try checkSetCount(grouping, element.span)
  }

  private func checkSetCount(_ grouping: Grouping, _ span: SourceSpan) throws {
    if grouping.sets.count > Grouping.setLimit { throw Diagnostic.tooManyGroupingSets(span) }
  }

  private func groupKey(
    _ expression: Language.Expression, alias: Identifier?, items: [Projection], with binder: inout Binder
  ) throws -> Projection {
    let fields = binder.fields
    if case .literal(.integer(let number)) = expression.kind {
      guard number >= 1, number <= items.count else {
        throw Diagnostic.ordinalOutOfRange(number, count: items.count, span: expression.span)
      }
      let item = items[Int(number) - 1]
      if item.expression.columns.contains(where: { $0 >= fields.count }) {
        throw Diagnostic.misplacedAggregate(item.field.name, span: expression.span)
      }
      return Projection(renewing: item, expression: item.expression.equalityKeyed)
    }
    let bound = try binder.bind(expression).equalityKeyed
    var projection = Projection(name: alias?.text ?? Resolver.name(of: expression), expression: bound)
    if case .column(let index) = bound.kind {
      projection = Projection(passing: fields[index], at: index, span: bound.span)
      projection.field.isHidden = false
      if let alias { projection.field.name = alias.text }
    }
    return projection
  }

  /// The aggregation: the keys, then the aggregates, and where there are several sets, for each key whether the row's set
  /// is made without it.
  func plan(_ input: LogicalPlan, _ grouping: Grouping, _ aggregates: [Aggregate]) -> LogicalPlan {
    if grouping.isPlain { return .aggregate(input, keys: grouping.keys, aggregates: aggregates) }
    let shared = LogicalPlan.shared(SharedPlan(input, number: nextNumber()))
    let span = SourceSpan(start: 0, end: 0)
    func integer(_ value: Int64) -> PlanExpression {
      PlanExpression(.literal(.integer(value)), type: .integer, span: span)
    }
    return .unionAll(
      grouping.sets.map { set in
        let grouped = LogicalPlan.aggregate(shared, keys: set.map { grouping.keys[$0] }, aggregates: aggregates)
        let keys = grouping.keys.enumerated().map { index, key in
          var key = key
          key.expression.kind = set.firstIndex(of: index).map { .column($0) } ?? .literal(.null)
          return key
        }
        let results = aggregates.enumerated().map { index, aggregate in
          Projection(
            name: aggregate.name,
            expression: PlanExpression(.column(set.count + index), type: aggregate.type, span: aggregate.span))
        }
        let flags = grouping.keys.indices.map {
          Projection(name: "", expression: integer(set.contains($0) ? 0 : 1), isHidden: true)
        }
        return .project(grouped, keys + results + flags)
      })
  }

  /// An expression on the input's columns and the aggregates, moved on top of the aggregation.
  func rewrite(_ expression: PlanExpression, _ grouping: Grouping, aggregateCount: Int, fields: [Field]) throws
    -> PlanExpression
  {
    let keyed = expression.equalityKeyed
    if let key = grouping.keys.firstIndex(where: { $0.expression == keyed }) {
      return PlanExpression(.column(key), type: expression.type, span: expression.span)
    }
    switch expression.kind {
    case .column(let index):
      if index >= Binder.firstWindow { return expression }
      guard index >= fields.count else { throw Diagnostic.notGrouped(fields[index].name, span: expression.span) }
      return PlanExpression(
        .column(grouping.keys.count + index - fields.count), type: expression.type, span: expression.span)
    case .grouping(let asked): return try bits(of: asked, grouping, aggregateCount, span: expression.span)
    default:
      return try expression.mapChildren {
        try rewrite($0, grouping, aggregateCount: aggregateCount, fields: fields)
      }
    }
  }

  /// `grouping(a, b)`: a bit for each, the last one lowest, set where the row's set is made without it.
  private func bits(of asked: [PlanExpression], _ grouping: Grouping, _ aggregateCount: Int, span: SourceSpan) throws
    -> PlanExpression
  {
    func integer(_ value: Int64) -> PlanExpression {
      PlanExpression(.literal(.integer(value)), type: .integer, span: span)
    }
    var sum = integer(0)
    for expression in asked {
      let keyed = expression.equalityKeyed
      guard let key = grouping.keys.firstIndex(where: { $0.expression == keyed }) else {
        throw Diagnostic("`grouping` asks about what is grouped by, and this is not", at: expression.span)
      }
      if grouping.isPlain { continue }
      let flag = PlanExpression(
        .column(grouping.keys.count + aggregateCount + key), type: .integer, span: expression.span)
      let doubled = PlanExpression(.call(.multiply, [sum, integer(2)]), type: .integer, span: span)
      sum = PlanExpression(.call(.add, [doubled, flag]), type: .integer, span: span)
    }
    return sum
  }

  /// `aggregate items group by keys` of a pipe: the keys come first, then the items.
  func aggregate(_ input: LogicalPlan, _ items: [SelectItem], _ groupBy: GroupBy?) throws -> LogicalPlan {
    let fields = input.fields
    var binder = Binder(self, fields: fields)
    binder.allowsAggregates = true
    var bound = try bind(items, with: &binder, fields: fields)
    let grouping = try grouping(groupBy, items: bound, aliases: [:], fields: fields)
    if groupBy?.isAll == true {
      // What is grouped by is among the items already.
      bound.removeAll { item in grouping.keys.contains { $0.expression == item.expression } }
    }
    let keys = grouping.keys
    let passed = keys.enumerated().map {
      Projection(passing: $0.element.field, at: $0.offset, span: $0.element.expression.span)
    }
    let lifted = try bound.map { item in
      Projection(
        renewing: item,
        expression: try rewrite(
          item.expression, grouping, aggregateCount: binder.aggregates.count, fields: fields))
    }
    let plan = LogicalPlan.project(self.plan(input, grouping, binder.aggregates), passed + lifted)
    guard let groupBy else { return plan }
    var order: [SortKey] = []
    for (index, key) in keys.enumerated() {
      let column = PlanExpression(.column(index), type: key.expression.type, span: key.expression.span)
      // Elements and keys go together one by one unless there are sets, which have no order of their own.
      let own = grouping.isPlain && index < groupBy.elements.count ? groupBy.elements[index].order : nil
      if let own {
        order.append(sortKey(column, own))
      } else if groupBy.isOrdered {
        order.append(SortKey(expression: column, isDescending: false, nullsFirst: false))
      }
    }
    return order.isEmpty ? plan : .sort(plan, keys: order, limit: nil)
  }
}
