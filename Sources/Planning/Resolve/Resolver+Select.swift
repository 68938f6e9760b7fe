import ColumnStore
import Language

extension Resolver {
  /// `select ... from ... where ... group by ... having ... order by`.
  func plan(_ select: SelectQuery, orderBy: [OrderItem]) throws -> LogicalPlan {
    var input = try select.from.map { try self.plan($0) } ?? .oneRow
    let aliases = aliasMap(select.items)
    if let filter = select.filter {
      var binder = Binder(self, fields: input.fields)
      binder.aliases = aliases
      input = .filter(input, predicate: try binder.bindEachBoolean(filter, what: "what `where` asks"))
    }

    // Everything is bound on the input and the aggregates, then moved on top of the aggregation if there is one.
    let fields = input.fields
    var binder = Binder(self, fields: fields)
    binder.aliases = aliases
    binder.allowsAggregates = true
    let having = try select.having.map { try binder.bindBoolean($0, what: "what `having` asks") }
    try binder.allowWindows(select.windows)
    binder.allowsUnnest = true
    var items = try bind(select.items, with: &binder, fields: fields)
    binder.allowsUnnest = false
    if select.distinct == .distinct {
      items = items.map { Projection(renewing: $0, expression: $0.expression.equalityKeyed) }
    }
    var order = try bind(orderBy, items: items, aliases: aliases, with: &binder)
    var distinctOn: [PlanExpression]?
    if case .distinctOn(let expressions) = select.distinct {
      distinctOn = try expressions.map { try binder.bind($0).equalityKeyed }
    }
    var qualify = try select.qualify.map { try binder.bindBoolean($0, what: "what `qualify` asks") }

    var plan = input
    var windows = binder.windows
    var unnests = binder.unnests
    if select.groupBy != nil || having != nil || binder.asksForGrouping || !binder.aggregates.isEmpty {
      let grouping = try grouping(select.groupBy, items: items, aliases: aliases, fields: fields)
      plan = self.plan(input, grouping, binder.aggregates)
      func lift(_ expression: PlanExpression) throws -> PlanExpression {
        try rewrite(expression, grouping, aggregateCount: binder.aggregates.count, fields: fields)
      }
      items = try items.map { Projection(renewing: $0, expression: try lift($0.expression)) }
      order = try order.map {
        SortKey(
          expression: try lift($0.expression), isDescending: $0.isDescending, nullsFirst: $0.nullsFirst)
      }
      distinctOn = try distinctOn?.map(lift)
      qualify = try qualify.map(lift)
      windows = try windows.map { try $0.mapExpressions(lift) }
      unnests = try unnests.map(lift)
      if let having { plan = .filter(plan, predicate: try lift(having)) }
    }
    if !windows.isEmpty {
      let width = plan.fields.count
      plan = .window(plan, windows)
      items = items.map { Projection(renewing: $0, expression: $0.expression.onWindows(width)) }
      order = order.map { $0.mapExpression { $0.onWindows(width) } }
      distinctOn = distinctOn?.map { $0.onWindows(width) }
      qualify = qualify?.onWindows(width)
      unnests = unnests.map { $0.onWindows(width) }
    }
    if let qualify { plan = .filter(plan, predicate: qualify) }
    if !unnests.isEmpty {
      let width = plan.fields.count
      plan = .unnest(UnnestPlan(input: plan, lists: unnests.map { UnnestPlan.List(name: "", expression: $0) }))
      items = items.map { Projection(renewing: $0, expression: $0.expression.onUnnests(width)) }
      order = order.map { $0.mapExpression { $0.onUnnests(width) } }
      distinctOn = distinctOn?.map { $0.onUnnests(width) }
    }
    if let distinctOn { return try planDistinctOn(distinctOn, plan, items, order) }
    return try project(plan, items, order, isDistinct: select.distinct == .distinct)
  }

  /// The projection with its order: keys that are no item of their own are carried along and dropped after sorting.
  private func project(_ plan: LogicalPlan, _ items: [Projection], _ order: [SortKey], isDistinct: Bool) throws
    -> LogicalPlan
  {
    var projections = items
    var keys: [SortKey] = []
    for key in order {
      var index = projections.firstIndex { $0.expression == key.expression }
      if index == nil {
        if isDistinct, let above = onItems(key.expression, projections) {
          keys.append(SortKey(expression: above, isDescending: key.isDescending, nullsFirst: key.nullsFirst))
          continue
        }
        guard !isDistinct else {
          throw Diagnostic(
            "rows that are `distinct` can only be ordered by what is selected", at: key.expression.span)
        }
        projections.append(Projection(name: "", expression: key.expression, isHidden: true))
        index = projections.count - 1
      }
      let span = key.expression.span
      keys.append(
        SortKey(
          expression: PlanExpression(.column(index ?? 0), type: key.expression.type, span: span),
          isDescending: key.isDescending, nullsFirst: key.nullsFirst))
    }
    var result = LogicalPlan.project(plan, projections)
    if isDistinct { result = .distinct(result) }
    if !keys.isEmpty { result = .sort(result, keys: keys, limit: nil) }
    if projections.count > items.count {
      result = .project(
        result,
        items.enumerated().map {
          Projection(passing: $0.element.field, at: $0.offset, span: $0.element.expression.span)
        }
      )
    }
    return result
  }

  /// An expression on what comes out of a projection instead of what goes in; nil where it needs more than that.
  private func onItems(_ expression: PlanExpression, _ items: [Projection]) -> PlanExpression? {
    if let index = items.firstIndex(where: { $0.expression.withoutCollation == expression }) {
      return PlanExpression(.column(index), type: expression.type, span: expression.span)
    }
    if case .column = expression.kind { return nil }
    var isComplete = true
    let mapped = expression.mapChildren { child in
      guard let above = onItems(child, items) else {
        isComplete = false
        return child
      }
      return above
    }
    return isComplete ? mapped : nil
  }

  /// `distinct on (keys)`: the first row of each group, in the order given.
  private func planDistinctOn(
    _ keys: [PlanExpression], _ plan: LogicalPlan, _ items: [Projection], _ order: [SortKey]
  ) throws -> LogicalPlan {
    if order.isEmpty { return firstRows(of: plan, by: keys, items) }
    let sorted = LogicalPlan.sort(plan, keys: order, limit: nil)
    // The rows that are left come out in the order too.
    let orderItems = order.map { Projection(name: "", expression: $0.expression, isHidden: true) }
    let first = firstRows(of: sorted, by: keys, items + orderItems)
    let resorted = LogicalPlan.sort(
      first,
      keys: order.enumerated().map { index, key in
        var key = key
        key.expression.kind = .column(items.count + index)
        return key
      }, limit: nil)
    return .project(
      resorted,
      items.enumerated().map {
        Projection(passing: $0.element.field, at: $0.offset, span: $0.element.expression.span)
      })
  }

  /// The items of the first row of each group.
  func firstRows(of plan: LogicalPlan, by keys: [PlanExpression], _ items: [Projection]) -> LogicalPlan {
    let keyProjections = keys.map { Projection(name: "", expression: $0, isHidden: true) }
    let aggregates = items.map {
      Aggregate(
        function: .first, arguments: [$0.expression], name: $0.field.name, type: $0.expression.type,
        span: $0.expression.span)
    }
    let grouped = LogicalPlan.aggregate(plan, keys: keyProjections, aggregates: aggregates)
    return .project(
      grouped,
      items.enumerated().map {
        Projection(passing: $0.element.field, at: keys.count + $0.offset, span: $0.element.expression.span)
      })
  }

  // MARK: Items

  func aliasMap(_ items: [SelectItem]) -> [String: Language.Expression] {
    var aliases: [String: Language.Expression] = [:]
    for case .expression(let expression, let alias?) in items { aliases[alias.text.lowercased()] = expression }
    return aliases
  }

  /// The items with `*` spelt out.
  func bind(_ items: [SelectItem], with binder: inout Binder, fields: [Field]) throws -> [Projection] {
    var projections: [Projection] = []
    for item in items {
      switch item {
      case .expression(let expression, let alias):
        for (bound, name) in try binder.bindEach(expression, alias: alias?.text) {
          var projection = Projection(name: name ?? Resolver.name(of: expression), expression: bound)
          if case .column(let index) = bound.kind, index < fields.count {
            projection = Projection(passing: fields[index], at: index, span: bound.span)
            if let name { projection.field.name = name }
            projection.field.isHidden = false
          }
          projections.append(projection)
        }
      case .star(let star): projections += try expand(star, with: &binder, fields: fields)
      }
    }
    return projections
  }

  func expand(_ star: Star, with binder: inout Binder, fields: [Field]) throws -> [Projection] {
    let qualifier = star.qualifier?.text.lowercased()
    let candidates = fields.indices.filter { index in
      qualifier == nil ? !fields[index].isHidden : fields[index].qualifier?.lowercased() == qualifier
    }.filter { !(fields[$0].isHidden && fields[$0].name.hasPrefix("_")) }
    if candidates.isEmpty, let name = star.qualifier {
      throw Diagnostic.unknownTable(name, known: Array(Set(fields.compactMap(\.qualifier))))
    }
    // What is left out or changed is looked for among the columns that the star means.
    let meant = candidates.map { fields[$0] }
    func place(of name: QualifiedName) throws -> Int {
      guard let index = try lookUp(name, in: meant) else { throw Diagnostic.unknownColumn(name, in: meant) }
      return candidates[index]
    }
    let excluded = Set(try star.excluded.map(place))
    var replaced: [Int: PlanExpression] = [:]
    for replacement in star.replaced {
      replaced[try place(of: QualifiedName(replacement.column))] = try binder.bind(replacement.value)
    }
    var renamed: [Int: String] = [:]
    for renaming in star.renamed { renamed[try place(of: QualifiedName(renaming.column))] = renaming.newName.text }
    return candidates.filter { !excluded.contains($0) }.map { index in
      var projection =
        replaced[index].map { Projection(name: fields[index].name, expression: $0) }
        ?? Projection(passing: fields[index], at: index, span: star.span)
      if let name = renamed[index] { projection.field.name = name }
      projection.field.isHidden = false
      return projection
    }
  }

  private func bind(
    _ orderBy: [OrderItem], items: [Projection], aliases: [String: Language.Expression], with binder: inout Binder
  ) throws -> [SortKey] {
    var keys: [SortKey] = []
    for item in orderBy {
      switch item.key {
      case .all: keys += items.map { sortKey($0.expression, item) }
      case .expression(let expression):
        if case .literal(.integer(let number)) = expression.kind {
          guard number >= 1, number <= items.count else {
            throw Diagnostic.ordinalOutOfRange(number, count: items.count, span: expression.span)
          }
          keys.append(sortKey(items[Int(number) - 1].expression, item))
        } else if let named = output(expression, items) {
          keys.append(sortKey(named, item))
        } else {
          keys.append(sortKey(try binder.bind(expression), item))
        }
      }
    }
    return keys
  }

  /// In `order by` a name alone means the column that comes out, before one that went in.
  private func output(_ expression: Language.Expression, _ items: [Projection]) -> PlanExpression? {
    guard case .column(let name) = expression.kind, name.qualifiers.isEmpty else { return nil }
    return items.first { $0.field.name.lowercased() == name.name.text.lowercased() }?.expression
  }
}

extension Projection {
  /// The same name and look on another expression.
  init(renewing projection: Projection, expression: PlanExpression) {
    self = projection
    self.expression = expression
    field.type = expression.type
  }
}
