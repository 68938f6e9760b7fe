import ColumnStore
import Language
import Planning

extension Session {
  /// `update t set ...`: every row that the condition picks, or none if one of them breaks a rule of the table.
  func execute(_ update: UpdateStatement) throws {
    let target = try changedTable(update.table)
    let table = rows(of: target)
    let assignments = try assignments(update, target)
    var items = [NumberedCatalog.number(span: update.table.span)]
    items += assignments.map { .expression($0.value, alias: nil) }
    let columns = target.assigned
    let numbered = [AssignedColumn(name: NumberedCatalog.numberName, type: .integer)]
    let resolver = Resolver(catalog: self, domain: nil)
    let plan = try changePlan(
      items, table, target, alias: update.alias, others: update.from, filter: update.filter, with: update.with
    ) { plan in
      try resolver.assigned(plan, to: numbered + assignments.map { columns[$0.column] }, span: update.table.span)
    }
    let changed = try rows(of: plan)

    // Where tables in `from` match a row several times, the first match counts.
    var places = (0..<table.rowCount).map { UInt32(truncatingIfNeeded: $0) }
    var count = 0
    for (row, number) in changed.columns[0].integers.enumerated() where Int(places[number]) == number {
      places[number] = UInt32(truncatingIfNeeded: table.rowCount + row)
      count += 1
    }
    var result = Array(table.columns)
    let indices = Buffer(places)
    for (index, assignment) in assignments.enumerated() {
      let column = table.columns[assignment.column]
      result[assignment.column] = Column.concatenated([column, changed.columns[index + 1]], type: column.type)
        .gather(indices)
    }
    try checkNotNull(result, of: target, span: update.table.span)
    let new = Table(descriptions: target.descriptions, columns: result, rowCount: table.rowCount)
    try checkConditions(new, of: target, span: update.table.span)
    let uniques = try uniques(
      of: result, count: table.rowCount, changed: Set(assignments.map(\.column)), target: target,
      span: update.table.span)
    if count > 0 { replaceRows(of: target, with: result, count: table.rowCount, uniques: uniques) }
    note("\(Session.counted(count, "row")) of \(target.name.text) changed")
  }

  /// `delete from t ...`
  func execute(_ delete: DeleteStatement) throws {
    let target = try changedTable(delete.table)
    let table = rows(of: target)
    let plan = try changePlan(
      [NumberedCatalog.number(span: delete.table.span)], table, target, alias: delete.alias, others: delete.using,
      filter: delete.filter, with: delete.with)
    let gone = Set(try rows(of: plan).columns[0].integers)
    if !gone.isEmpty {
      let kept = Buffer((0..<table.rowCount).filter { !gone.contains($0) }.map { UInt32(truncatingIfNeeded: $0) })
      replaceRows(
        of: target, with: table.columns.map { $0.gather(kept) }, count: kept.count,
        uniques: target.rules.uniques.map(\.forgotten))
    }
    note("\(Session.counted(gone.count, "row")) of \(target.name.text) deleted")
  }

  /// `truncate a, b`: no rows are left.
  func truncate(_ names: [Identifier]) throws {
    let targets = try names.map { try changedTable(QualifiedName($0)) }
    for target in targets {
      let table = rows(of: target)
      replaceRows(
        of: target, with: table.columns.map { $0.slice(0..<0) }, count: 0,
        uniques: target.rules.uniques.map(\.forgotten))
      note("\(Session.counted(table.rowCount, "row")) of \(target.name.text) deleted")
    }
  }

  // MARK: Finding rows

  /// The rows that a change picks: their numbers, and what is asked of them.
  private func changePlan(
    _ items: [SelectItem], _ table: Table, _ target: ChangedTable, alias: Identifier?, others: TableReference?,
    filter: Language.Expression?, with: WithClause?, finish: (LogicalPlan) throws -> LogicalPlan = { $0 }
  ) throws -> LogicalPlan {
    let span = target.name.span
    var from = NumberedCatalog.reference(as: alias ?? Identifier(target.name.text, span: span), span: span)
    if let others {
      from = TableReference(.join(Join(left: from, kind: .cross, right: others, condition: .none)), span: span)
    }
    var select = SelectQuery(items: items, from: from, span: span)
    select.filter = filter
    let query = Query(with: with, body: .select(select), span: span)
    return try plan(query, catalog: NumberedCatalog(self, table), finish: finish)
  }

  /// One column and its new value.
  private struct ColumnChange {
    let column: Int
    let value: Language.Expression
  }

  /// What `set` says, column by column.
  private func assignments(_ update: UpdateStatement, _ target: ChangedTable) throws -> [ColumnChange] {
    var changes: [ColumnChange] = []
    for assignment in update.assignments {
      let columns = try target.indices(of: assignment.columns)
      for (index, column) in columns.enumerated() where changes.contains(where: { $0.column == column }) {
        throw Diagnostic("`\(assignment.columns[index].text)` is set twice", at: assignment.columns[index].span)
      }
      let values = try values(of: assignment)
      changes += try zip(columns, values).map { column, value in
        ColumnChange(column: column, value: try withDefault(value, column, target))
      }
    }
    return changes
  }

  /// The values of an assignment, one for each column: of `(a, b) = (select ...)` each is a query of its own.
  private func values(of assignment: UpdateStatement.Assignment) throws -> [Language.Expression] {
    guard assignment.isRow else { return [assignment.value] }
    let value = assignment.value
    switch value.kind {
    case .tuple(let items) where items.count == assignment.columns.count: return items
    case .tuple(let items):
      throw Diagnostic(
        "\(Session.counted(assignment.columns.count, "column")) cannot take \(Session.counted(items.count, "value"))",
        at: value.span)
    case .subquery(let query):
      let names = assignment.columns.indices.map { Identifier("value\($0 + 1)", span: value.span) }
      return names.map { name in
        let rows = TableReference(
          .subquery(query, isLateral: false),
          alias: TableAlias(name: Identifier("\(Resolver.hiddenMark)values", span: value.span), columns: names),
          span: value.span)
        let column = Expression(.column(QualifiedName(name)), span: value.span)
        let select = SelectQuery(items: [.expression(column, alias: nil)], from: rows, span: value.span)
        return Expression(.subquery(Query(body: .select(select), span: value.span)), span: value.span)
      }
    default:
      guard assignment.columns.count == 1 else {
        throw Diagnostic(
          "several columns take a row of values or a query", at: value.span, help: "for example: set (a, b) = (1, 2)")
      }
      return [value]
    }
  }

  private func withDefault(
    _ value: Language.Expression, _ column: Int, _ target: ChangedTable
  ) throws -> Language.Expression {
    guard value.isDefault else { return value }
    guard let literal = (target.rules.defaults[column] ?? .null).literal else {
      throw Diagnostic("the default of `\(target.descriptions[column].name)` cannot be set so", at: value.span)
    }
    return Expression(.literal(literal), span: value.span)
  }
}
