extension Layout {
  /// An expression: long conditions are broken before `and` and `or`, `case` before its branches.
  mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .literal, .column, .parameter, .star: break
    case .interval(let value, _), .unary(_, let value), .isTest(let value, _, _), .cast(let value, _, _),
      .extract(_, let value), .collate(let value, _):
      visit(value)
    case .binary: visit(chain: expression, isPart: false)
    case .logical(_, let parts): visit(parts, expression)
    case .like(let test):
      visit(test.value)
      visit(test.pattern)
    case .between(let value, let low, let high, _): [value, low, high].forEach { visit($0) }
    case .inList(let value, let items, _): ([value] + items).forEach { visit($0) }
    case .inQuery(let value, let query, _):
      visit(value)
      visit(query)
    case .quantified(let value, _, _, let operand):
      visit(value)
      switch operand {
      case .query(let query): visit(query)
      case .list(let list): visit(list)
      }
    case .caseWhen(let value): visit(value, expression)
    case .call(let call): visit(call)
    case .exists(let query), .subquery(let query): visit(query)
    case .list(let items), .tuple(let items): items.forEach { visit($0) }
    case .index(let base, let index): [base, index].forEach { visit($0) }
    case .slice(let base, let low, let high): [base, low, high].compactMap { $0 }.forEach { visit($0) }
    }
  }

  private mutating func visit(_ parts: [Expression], _ whole: Expression) {
    if let range = map.range(of: whole.span) { group(range) }
    for (place, part) in parts.enumerated() {
      visit(part)
      guard place + 1 < parts.count, let range = map.range(of: part.span) else { continue }
      mayBreak(before: map.afterClosings(range.upperBound))
    }
  }

  /// Sums, products and joined texts are broken before their operators where the line would grow too long.
  private mutating func visit(chain whole: Expression, isPart: Bool) {
    guard case .binary(let operation, let left, let right) = whole.kind else { return visit(whole) }
    let isBroken = [.add, .subtract, .multiply, .divide, .concatenate].contains(operation)
    visit(chain: left, isPart: isBroken)
    visit(right)
    guard isBroken else { return }
    guard let all = map.range(of: whole.span), let before = map.range(of: left.span) else { return }
    let symbol = map.afterClosings(before.upperBound)
    guard symbol < all.upperBound else { return }
    group(all, .flowing)
    if !isPart { indent(all.lowerBound + 1, all.upperBound) }
    mayBreak(before: symbol)
  }

  private mutating func visit(_ value: CaseExpression, _ whole: Expression) {
    if let operand = value.operand { visit(operand) }
    guard let range = map.range(of: whole.span) else { return }
    group(range)
    indent(range.lowerBound + 1, range.upperBound - 1)
    for branch in value.branches {
      visit(branch.condition)
      visit(branch.result)
      if let word = map.word(before: map.first(from: branch.condition.span.start)) { mayBreak(before: word) }
    }
    if let otherwise = value.otherwise {
      visit(otherwise)
      if let word = map.word(before: map.first(from: otherwise.span.start)) { mayBreak(before: word) }
    }
    mayBreak(before: range.upperBound)
  }

  private mutating func visit(_ call: FunctionCall) {
    call.arguments.forEach { visit($0.value) }
    call.orderBy.forEach { visit($0) }
    if let filter = call.filter { visit(filter) }
    if case .specification(let window)? = call.over { visit(window) }
  }

  /// The clauses of a window.
  mutating func visit(_ window: WindowSpecification) {
    guard let range = map.range(of: window.span), range.count > 2 else { return }
    let inner = range.lowerBound + 1...range.upperBound - 1
    var starts: [Start] = []
    if let first = window.partitionBy.first { start(.partition, before: first.span, headCount: 2, &starts) }
    if let first = window.orderBy.first { start(.order, before: first.span, headCount: 2, &starts) }
    clauses(starts, in: inner)
    window.partitionBy.forEach { visit($0) }
    window.orderBy.forEach { visit($0) }
  }
}
