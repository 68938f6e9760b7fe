extension Layout {
  /// The most operators of a pipe that share a line.
  private static let mostOnLine = 2

  /// The first token of a clause.
  struct Start {
    let index: Int
    var headCount = 1
    var isVertical = false
  }

  /// A query: each clause and operator on a line of its own if they do not fit on one.
  mutating func visit(_ query: Query, isPartOfSet: Bool = false) {
    guard let range = map.range(of: query.span) else { return }
    if !isPartOfSet { group(range, isForced: query.operators.count > Self.mostOnLine) }
    var starts: [Start] = []
    if let with = query.with { visit(with, in: range) }
    switch query.body {
    case .from(let table):
      start(.from, before: table.span, &starts)
      visit(table)
    case .tableInUse: break
    case .select(let select): visit(select, &starts)
    case .values(let rows):
      if let first = rows.first?.first, let word = map.nearest(.values, before: map.first(from: first.span.start)) {
        starts.append(Start(index: word, isVertical: true))
      }
      rows.joined().forEach { visit($0) }
    case .setOperation(let operation): visit(operation)
    case .nested(let inner): visit(inner)
    }
    if let first = query.orderBy.first {
      start(.order, before: first.span, headCount: 2, &starts)
      query.orderBy.forEach { visit($0) }
    }
    if let limit = query.limit { visit(limit, &starts) }
    clauses(starts, in: range, upTo: query.operators.first.map { map.first(from: $0.span.start) - 1 })
    pipe(query.operators, in: range, startsWithOperator: query.body.isTableInUse)
  }

  /// Notes the clause whose word stands before a part of the tree.
  func start(_ keyword: Keyword, before span: SourceSpan, headCount: Int = 1, _ starts: inout [Start]) {
    guard let word = map.nearest(keyword, before: map.first(from: span.start)) else { return }
    starts.append(Start(index: word, headCount: headCount))
  }

  /// Each clause from its start up to the next one's, or up to the token `end`.
  mutating func clauses(_ starts: [Start], in range: ClosedRange<Int>, upTo end: Int? = nil) {
    // A word before the range belongs to what is around it.
    let sorted = starts.filter { $0.index >= range.lowerBound }.sorted { $0.index < $1.index }
    let last = (end ?? range.upperBound + 1) - 1
    for (place, start) in sorted.enumerated() {
      let clauseEnd = place + 1 < sorted.count ? sorted[place + 1].index - 1 : last
      guard start.index <= clauseEnd else { continue }
      if start.index > range.lowerBound { mayBreak(before: start.index) }
      clause(start.index...clauseEnd, headCount: start.headCount, isVertical: start.isVertical)
    }
  }

  /// `with a as (...), b as (...)` and what follows it.
  mutating func visit(_ with: WithClause, in range: ClosedRange<Int>) {
    guard let own = map.range(of: with.span) else { return }
    for table in with.tables {
      visit(table.query)
      let name = map.first(from: table.name.span.start)
      if name > own.lowerBound, map.isComma(name - 1) { mayBreak(before: name) }
    }
    if own.upperBound < range.upperBound { mayBreak(before: own.upperBound + 1) }
  }

  private mutating func visit(_ select: SelectQuery, _ starts: inout [Start]) {
    if let item = select.items.first, !item.span.isEmpty,
      let word = map.nearest(.select, before: map.first(from: item.span.start))
        ?? distinctOn(select).flatMap({ map.nearest(.select, before: map.first(from: $0.span.start)) })
    {
      let isDistinct = map.tokens[word + 1].keyword == .distinct
      let isOn = isDistinct && map.tokens[word + 2].keyword == .on
      let head = isOn ? (map.closing(of: word + 3) ?? word + 3) - word + 1 : isDistinct ? 2 : 1
      starts.append(Start(index: word, headCount: head, isVertical: true))
    }
    select.items.forEach { visit($0) }
    if let from = select.from {
      start(.from, before: from.span, &starts)
      visit(from)
    }
    if let filter = select.filter {
      start(.where, before: filter.span, &starts)
      visit(filter)
    }
    if let groupBy = select.groupBy {
      starts.append(Start(index: map.first(from: groupBy.span.start), headCount: 2))
      visit(groupBy)
    }
    if let having = select.having {
      start(.having, before: having.span, &starts)
      visit(having)
    }
    if let window = select.windows.first { start(.window, before: window.name.span, &starts) }
    select.windows.forEach { visit($0.specification) }
    if let qualify = select.qualify {
      start(.qualify, before: qualify.span, &starts)
      visit(qualify)
    }
    if case .distinctOn(let keys) = select.distinct { keys.forEach { visit($0) } }
  }

  private func distinctOn(_ select: SelectQuery) -> Expression? {
    if case .distinctOn(let keys) = select.distinct { return keys.first }
    return nil
  }

  /// Both sides, and the operator between them on a line of its own.
  private mutating func visit(_ operation: SetOperation) {
    for side in [operation.left, operation.right] {
      if case .setOperation = side.body { visit(side, isPartOfSet: true) } else { visit(side) }
    }
    guard let left = map.range(of: operation.left.span), let right = map.range(of: operation.right.span) else { return }
    mayBreak(before: map.afterClosings(left.upperBound))
    mayBreak(before: right.lowerBound)
  }

  private mutating func visit(_ limit: LimitClause, _ starts: inout [Start]) {
    starts.append(Start(index: map.first(from: limit.span.start)))
    if let count = limit.count { visit(count) }
    if let offset = limit.offset { visit(offset) }
  }

  mutating func visit(_ groupBy: GroupBy) {
    for element in groupBy.elements {
      switch element.kind {
      case .expression(let value): visit(value)
      case .rollup(let values), .cube(let values): values.forEach { visit($0) }
      case .groupingSets(let sets): sets.joined().forEach { visit($0) }
      }
    }
  }

  mutating func visit(_ item: SelectItem) {
    switch item {
    case .expression(let value, _): visit(value)
    case .star(let star): star.replaced.forEach { visit($0.value) }
    }
  }

  mutating func visit(_ item: OrderItem) {
    if case .expression(let value) = item.key { visit(value) }
  }

  // MARK: Tables

  mutating func visit(_ table: TableReference) {
    switch table.kind {
    case .name, .file: break
    case .subquery(let query, _): visit(query)
    case .function(let call, _, _): call.arguments.forEach { visit($0.value) }
    case .join(let join): visit(join)
    case .pivot(let table, let pivot):
      visit(table)
      visit(pivot)
    case .unpivot(let table, let unpivot):
      visit(table)
      visit(unpivot)
    }
  }

  private mutating func visit(_ pivot: Pivot) {
    let values = pivot.sources.flatMap { [$0.value] + ($0.values ?? []).map(\.expression) }
    (pivot.aggregates.map(\.expression) + values + (pivot.groupBy ?? [])).forEach { visit($0) }
  }

  private mutating func visit(_ unpivot: Unpivot) {
    unpivot.sources.flatMap { $0.columns + ($0.label.map { [$0] } ?? []) }.forEach { visit($0) }
  }

  private mutating func visit(_ join: Join) {
    visit(join.left)
    visit(join.right)
    if case .on(let condition) = join.condition { visit(condition) }
    guard let left = map.range(of: join.left.span) else { return }
    let word = map.afterClosings(left.upperBound)
    guard word < map.tokens.count, !map.isComma(word) else { return }
    mayBreak(before: word)
    if case .on(let condition) = join.condition, let range = map.range(of: condition.span) {
      indent(word + 1, range.upperBound)
    }
  }

  // MARK: Pipes

  /// The operators after a `|>` each, the first without one if the query begins with it.
  private mutating func pipe(_ operators: [PipeOperator], in range: ClosedRange<Int>, startsWithOperator: Bool) {
    for (place, operation) in operators.enumerated() {
      guard let own = map.range(of: operation.span) else { continue }
      let hasPipe = own.lowerBound > 0 && map.tokens[own.lowerBound - 1].kind == .symbol(.pipe)
      if hasPipe {
        if own.lowerBound - 1 > range.lowerBound { mayBreak(before: own.lowerBound - 1) }
        // What belongs to an operator stands under its word, behind the `|> `.
        indent(own.lowerBound, own.upperBound, by: 3)
      }
      visit(operation, own, isAlone: place == 0 && startsWithOperator && !hasPipe)
    }
  }

  private mutating func visit(_ operation: PipeOperator, _ range: ClosedRange<Int>, isAlone: Bool) {
    switch operation.kind {
    case .select(let items, let isDistinct, let windows): visit(items, windows, range, headCount: isDistinct ? 2 : 1)
    case .extend(let items, let windows): visit(items, windows, range)
    case .set(let assignments):
      clause(range, isVertical: true)
      assignments.forEach { visit($0.value) }
    case .rename: clause(range, isVertical: true)
    case .aggregate(let items, let groupBy): visit(items, groupBy, range)
    case .filter(let condition):
      clause(range)
      visit(condition)
    case .orderBy(let items):
      clause(range, headCount: 2)
      items.forEach { visit($0) }
    case .join(let join):
      clause(range)
      visit(join.right)
      if case .on(let condition) = join.condition { visit(condition) }
    case .setOperation(let operation):
      clause(range)
      operation.queries.forEach { visit($0) }
    case .with(let with):
      group(range)
      visit(with, in: range)
    case .call(let call, _):
      clause(range, headCount: operation.isForced ? 2 : 1)
      call.arguments.forEach { visit($0.value) }
    case .distinct(let keys):
      clause(range)
      keys.forEach { visit($0) }
    case .assert(let condition, let message):
      clause(range)
      visit(condition)
      if let message { visit(message) }
    case .check(let check):
      clause(range)
      visit(check.condition)
    case .reconcile(let reconcile):
      clause(range)
      visit(reconcile.other)
      (reconcile.keys + reconcile.groups.map(\.expression)).forEach { visit($0) }
      [reconcile.reported, reconcile.observed].compactMap { $0 }.forEach { visit($0) }
    case .diff(let diff):
      clause(range)
      visit(diff.old)
      (diff.keys + diff.shares.map(\.expression)).forEach { visit($0) }
    case .share(let share):
      clause(range, headCount: operation.isForced ? 2 : 1)
      (share.items + share.groups).forEach { visit($0.expression) }
    case .timeline(let timeline):
      clause(range, headCount: operation.isForced ? 2 : 1)
      (timeline.items + timeline.groups).forEach { visit($0.expression) }
    case .top(let top):
      clause(range, headCount: operation.isForced ? 2 : 1)
      top.items.forEach { visit($0.expression) }
      if let measure = top.measure { visit(measure.expression) }
    case .latency(let latency):
      clause(range, headCount: operation.isForced ? 2 : 1)
      ([latency.start, latency.end] + latency.groups.map(\.expression)).forEach { visit($0) }
      if let until = latency.until { visit(until) }
    case .plot(let plot):
      clause(range, headCount: 2)
      (plot.values + plot.groups).forEach { visit($0.expression) }
    case .pivot(let pivot, _):
      clause(range)
      visit(pivot)
    case .unpivot(let unpivot, _):
      clause(range)
      visit(unpivot)
    case .limit, .drop, .alias, .sample, .save, .shell, .format, .audit, .pseudonymise: clause(range)
    }
  }

  /// Items and, on a line of its own if they do not fit, `window`.
  private mutating func visit(
    _ items: [SelectItem], _ windows: [NamedWindow], _ range: ClosedRange<Int>, headCount: Int = 1
  ) {
    items.forEach { visit($0) }
    windows.forEach { visit($0.specification) }
    guard let window = windows.first,
      let word = map.nearest(.window, before: map.first(from: window.name.span.start)), word > range.lowerBound
    else { return clause(range, headCount: headCount, isVertical: true) }
    group(range)
    clause(range.lowerBound...word - 1, headCount: headCount, isVertical: true)
    mayBreak(before: word)
    clause(word...range.upperBound)
  }

  /// `aggregate items` and, on a line of its own if they do not fit, `group by keys`.
  private mutating func visit(_ items: [SelectItem], _ groupBy: GroupBy?, _ range: ClosedRange<Int>) {
    group(range)
    items.forEach { visit($0) }
    guard let groupBy else { return clause(range, isVertical: true) }
    let word = map.first(from: groupBy.span.start)
    visit(groupBy)
    guard word > range.lowerBound, word <= range.upperBound else { return }
    clause(range.lowerBound...word - 1, isVertical: true)
    mayBreak(before: word)
    clause(word...range.upperBound, headCount: 2)
  }
}

extension QueryBody {
  /// Whether the rows are those of the table in use.
  fileprivate var isTableInUse: Bool {
    if case .tableInUse = self { return true }
    return false
  }
}
