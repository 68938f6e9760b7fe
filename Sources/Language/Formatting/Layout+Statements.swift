extension Layout {
  /// The layout of a statement.
  init(_ statement: Statement, _ map: TokenMap) {
    self.init(map)
    guard !map.tokens.isEmpty else { return }
    let all = 0...map.tokens.count - 1
    switch statement.kind {
    case .query(let query): visit(query)
    case .explain(let query, _): visit(query)
    case .watch(_, let shown):
      if case .query(let query) = shown.kind { visit(query) } else { clause(all) }
    case .define(let definition):
      switch definition.value {
      case .query(let query): visit(query, after: all)
      case .expression(let value):
        group(all)
        if let range = map.range(of: value.span) { mayBreak(before: range.lowerBound) }
        visit(value)
      }
    case .createTable(let create):
      switch create.content {
      case .query(let query, _): visit(query, after: all)
      case .columns(let columns, let constraints): visit(columns, constraints)
      }
    case .createView(let create): visit(create.query, after: all)
    case .insert(let insert):
      if let with = insert.with { visit(with, in: all) }
      if case .query(let query) = insert.rows { visit(query, after: all) }
    case .update(let update): visit(update, all)
    case .delete(let delete): visit(delete, all)
    case .createIndex(let create):
      if let filter = create.filter { visit(filter) }
    case .print(let values):
      clause(all)
      values.forEach { visit($0) }
    case .run(_, let arguments): arguments.forEach { visit($0.value) }
    default: clause(all)
    }
    brackets()
  }

  /// A query that stands on lines of its own if it does not fit behind the words before it.
  private mutating func visit(_ query: Query, after all: ClosedRange<Int>) {
    group(all)
    if let range = map.range(of: query.span) { mayBreak(before: range.lowerBound) }
    visit(query)
  }

  private mutating func visit(_ columns: [ColumnDefinition], _ constraints: [TableConstraint]) {
    for constraint in columns.flatMap(\.constraints) {
      switch constraint.kind {
      case .check(let value), .default(let value): visit(value)
      default: break
      }
    }
    for constraint in constraints {
      if case .check(let value) = constraint.kind { visit(value) }
    }
  }

  private mutating func visit(_ update: UpdateStatement, _ all: ClosedRange<Int>) {
    group(all)
    var starts: [Start] = []
    if let with = update.with { visit(with, in: all) }
    if let first = update.assignments.first?.columns.first,
      let set = map.nearest(.set, before: map.first(from: first.span.start))
    {
      starts.append(Start(index: set, isVertical: true))
    }
    if let from = update.from { start(.from, before: from.span, &starts) }
    if let filter = update.filter { start(.where, before: filter.span, &starts) }
    clauses(starts, in: all)
    update.assignments.forEach { visit($0.value) }
    if let from = update.from { visit(from) }
    if let filter = update.filter { visit(filter) }
  }

  private mutating func visit(_ delete: DeleteStatement, _ all: ClosedRange<Int>) {
    group(all)
    var starts: [Start] = []
    if let with = delete.with { visit(with, in: all) }
    if let using = delete.using { start(.using, before: using.span, &starts) }
    if let filter = delete.filter { start(.where, before: filter.span, &starts) }
    clauses(starts, in: all)
    if let using = delete.using { visit(using) }
    if let filter = delete.filter { visit(filter) }
  }
}
