import ColumnStore
import Language
import Planning

extension Session {
  /// `insert into t ...`: all rows, or none if one of them breaks a rule of the table.
  func execute(_ insert: InsertStatement) throws {
    let target = try changedTable(insert.table)
    let places = insert.columns.isEmpty ? Array(target.descriptions.indices) : try target.indices(of: insert.columns)
    let count: Int
    if isChecking {
      // What the table holds is not known, so rules that speak of all its rows cannot be checked.
      if try rowsWrittenOut(insert, target, places) == nil { _ = try rowsAsked(insert, target, places) }
      return
    }
    if let rows = try rowsWrittenOut(insert, target, places) {
      count = try add(rows, to: target, insert)
    } else {
      let table = try rowsAsked(insert, target, places)
      count = try add(table, to: target, insert)
    }
    note("\(Session.counted(count, "row")) put into \(target.name.text)")
  }

  // MARK: Rows

  private func defaultRow(_ target: ChangedTable) -> [Value] {
    target.descriptions.indices.map { target.rules.defaults[$0] ?? .null }
  }

  /// The rows of `values` and of `default values`, if nothing in them has to be computed.
  private func rowsWrittenOut(
    _ insert: InsertStatement, _ target: ChangedTable, _ places: [Int]
  ) throws -> [[Value]]? {
    let row = defaultRow(target)
    guard case .query(let query) = insert.rows else { return [row] }
    guard insert.with == nil, case .values(let written) = query.body, query.isBodyOnly else { return nil }
    let resolver = Resolver(catalog: self, domain: nil)
    let columns = target.assigned
    var rows: [[Value]] = []
    rows.reserveCapacity(written.count)
    for cells in written {
      try checkCount(cells.count, places, insert, cells.first?.span.merged(with: cells.last?.span ?? query.span))
      var values = row
      for (cell, place) in zip(cells, places) where !cell.isDefault {
        guard let value = try resolver.constant(cell, assignedTo: columns[place]) else { return nil }
        values[place] = value
      }
      rows.append(values)
    }
    return rows
  }

  private func checkCount(_ count: Int, _ places: [Int], _ insert: InsertStatement, _ span: SourceSpan?) throws {
    guard count != places.count else { return }
    let columns = Session.counted(places.count, "column")
    throw Diagnostic(
      insert.columns.isEmpty
        ? "`\(insert.table.text)` has \(columns), and here \(count == 1 ? "is" : "are") \(Session.counted(count, "value"))"
        : "\(columns) \(places.count == 1 ? "is" : "are") named, and here \(count == 1 ? "is" : "are") "
          + Session.counted(count, "value"),
      at: span,
      help: insert.columns.isEmpty ? "name the columns that get values: insert into \(insert.table.text) (...)" : nil)
  }

  /// The rows of a query, as wide as the table and of its types.
  private func rowsAsked(_ insert: InsertStatement, _ target: ChangedTable, _ places: [Int]) throws -> Table {
    guard case .query(var query) = insert.rows else { return Table([]) }
    if case .values(let written) = query.body, written.joined().contains(where: \.isDefault) {
      query.body = .values(
        try written.map { try withDefaults($0, target, places, insert) })
    }
    if let with = insert.with {
      query = query.with == nil ? query : Query(body: .nested(query), span: query.span)
      query.with = with
    }
    let columns = target.assigned
    if let effect = query.operators.first(where: { $0.isEffect }) {
      throw Diagnostic("\(PipeOperator.effects) cannot stand here", at: effect.span)
    }
    let resolver = Resolver(catalog: self, domain: nil)
    let plan = try plan(query) { plan in
      try checkCount(plan.fields.count, places, insert, query.span)
      return try resolver.assigned(plan, to: places.map { columns[$0] }, span: query.span)
    }
    let rows = try self.rows(of: plan)
    let filled = columns.indices.map { index in
      places.firstIndex(of: index).map { rows.columns[$0] }
        ?? Column(repeating: target.rules.defaults[index] ?? .null, type: columns[index].type, count: rows.rowCount)
    }
    return Table(descriptions: target.descriptions, columns: filled, rowCount: rows.rowCount)
  }

  /// A row in which `default` stands, with the values that it means.
  private func withDefaults(
    _ cells: [Language.Expression], _ target: ChangedTable, _ places: [Int], _ insert: InsertStatement
  ) throws -> [Language.Expression] {
    try checkCount(cells.count, places, insert, cells.first?.span)
    return try zip(cells, places).map { cell, place in
      guard cell.isDefault else { return cell }
      guard let value = target.rules.defaults[place], value != .null else {
        return Expression(.literal(.null), span: cell.span)
      }
      guard let literal = value.literal else {
        throw Diagnostic("`default` cannot stand beside values that are computed here", at: cell.span)
      }
      return Expression(.literal(literal), span: cell.span)
    }
  }

  // MARK: Adding

  /// Adds rows that were written out. They wait until somebody asks for the table, so that many small inserts cost little.
  private func add(_ rows: [[Value]], to target: ChangedTable, _ insert: InsertStatement) throws -> Int {
    switch insert.conflict {
    case .fail:
      for row in rows {
        for column in target.rules.notNull where row[column].isNull {
          throw nullDiagnostic(column, target, insert.table.span)
        }
      }
      if !target.rules.checks.isEmpty {
        try checkConditions(table(of: rows, target), of: target, span: insert.table.span)
      }
      let keys = try newKeys(of: rows, target, insert.table.span)
      append(rows, keys, to: target)
      return rows.count
    case .ignore: return try addIgnoring(rows, to: target)
    case .replace: return try addReplacing(rows, to: target, insert)
    }
  }

  /// Adds the rows of a query.
  private func add(_ rows: Table, to target: ChangedTable, _ insert: InsertStatement) throws -> Int {
    guard insert.conflict == .fail else {
      return try add((0..<rows.rowCount).map { rows.row($0) }, to: target, insert)
    }
    try checkNotNull(Array(rows.columns), of: target, span: insert.table.span)
    try checkConditions(rows, of: target, span: insert.table.span)
    let before = self.rows(of: target)
    let count = before.rowCount + rows.rowCount
    let columns = zip(before.columns, rows.columns).map { Column.concatenated([$0, $1], type: $0.type) }
    let uniques = try self.uniques(of: columns, count: count, target: target, span: insert.table.span)
    replaceRows(of: target, with: columns, count: count, uniques: uniques)
    return rows.rowCount
  }

  private func table(of rows: [[Value]], _ target: ChangedTable) -> Table {
    Table(
      descriptions: target.descriptions,
      columns: target.descriptions.enumerated().map { index, description in
        Column(type: description.type, values: rows.map { $0[index] })
      }, rowCount: rows.count)
  }

  /// The keys of rows, one list per unique key. Throws a `Diagnostic` for one that is there already.
  private func newKeys(of rows: [[Value]], _ target: ChangedTable, _ span: SourceSpan) throws -> [[[Value]]] {
    guard !target.rules.uniques.isEmpty else { return [] }
    collectKeys(of: target)
    return try target.rules.uniques.indices.map { index in
      let unique = target.rules.uniques[index]
      var added: Set<[Value]> = []
      return try rows.compactMap { row in
        guard let key = unique.key(of: row) else { return nil }
        let isKnown = storedEntries[target.key]?.rules.uniques[index].known?.contains(key) ?? false
        guard !isKnown, added.insert(key).inserted else { throw keyDiagnostic(unique, key, target, span) }
        return key
      }
    }
  }

  private func append(_ rows: [[Value]], _ keys: [[[Value]]], to target: ChangedTable) {
    storedEntries[target.key]?.waitingRows.append(contentsOf: rows)
    for (index, keys) in keys.enumerated() {
      storedEntries[target.key]?.rules.uniques[index].known?.formUnion(keys)
    }
    if !rows.isEmpty { tablesInWait.insert(target.key) }
  }

  /// Leaves out the rows that break a rule.
  private func addIgnoring(_ rows: [[Value]], to target: ChangedTable) throws -> Int {
    var left = rows.filter { row in target.rules.notNull.allSatisfy { !row[$0].isNull } }
    for check in target.rules.checks {
      let broken = Set(try numbers(of: table(of: left, target), breaking: check, target))
      left = left.enumerated().filter { !broken.contains($0.offset) }.map(\.element)
    }
    collectKeys(of: target)
    var known = storedEntries[target.key]?.rules.uniques.map { $0.known ?? [] } ?? []
    var added: [[Value]] = []
    for row in left {
      let keys = target.rules.uniques.map { $0.key(of: row) }
      let isNew = zip(known, keys).allSatisfy { known, key in key.map { !known.contains($0) } ?? true }
      guard isNew else { continue }
      for (index, key) in keys.enumerated() { if let key { known[index].insert(key) } }
      added.append(row)
    }
    append(added, target.rules.uniques.map { unique in added.compactMap { unique.key(of: $0) } }, to: target)
    return added.count
  }

  /// Takes out the rows whose keys come again.
  private func addReplacing(_ rows: [[Value]], to target: ChangedTable, _ insert: InsertStatement) throws -> Int {
    let span = insert.table.span
    for row in rows {
      for column in target.rules.notNull where row[column].isNull { throw nullDiagnostic(column, target, span) }
    }
    if !target.rules.checks.isEmpty { try checkConditions(table(of: rows, target), of: target, span: span) }
    // Of new rows with the same key the last one stays.
    var taken = target.rules.uniques.map { _ in Set<[Value]>() }
    var last: [[Value]] = []
    for row in rows.reversed() {
      let keys = target.rules.uniques.map { $0.key(of: row) }
      let isTaken = zip(taken, keys).contains { taken, key in key.map(taken.contains) ?? false }
      if isTaken { continue }
      for (index, key) in keys.enumerated() { if let key { taken[index].insert(key) } }
      last.append(row)
    }
    last.reverse()
    collectKeys(of: target)
    let isNew = taken.indices.allSatisfy { index in
      storedEntries[target.key]?.rules.uniques[index].known?.isDisjoint(with: taken[index]) ?? true
    }
    if !isNew {
      let table = self.rows(of: target)
      let kept = (0..<table.rowCount).filter { row in
        zip(target.rules.uniques, taken).allSatisfy { unique, taken in
          unique.key(of: table, row: row).map { !taken.contains($0) } ?? true
        }
      }
      let indices = Buffer(kept.map { UInt32($0) })
      let columns = table.columns.map { $0.gather(indices) }
      replaceRows(
        of: target, with: columns, count: kept.count,
        uniques: try uniques(of: columns, count: kept.count, target: target, span: span))
    }
    append(last, target.rules.uniques.map { unique in last.compactMap { unique.key(of: $0) } }, to: target)
    return last.count
  }
}

extension Language.Expression {
  /// The word `default` in a row of values.
  var isDefault: Bool {
    guard case .column(let name) = kind else { return false }
    return name.qualifiers.isEmpty && !name.name.isQuoted && name.name.text.lowercased() == "default"
  }
}

extension Query {
  /// Whether nothing is done with the rows of its body.
  fileprivate var isBodyOnly: Bool { with == nil && orderBy.isEmpty && limit == nil && operators.isEmpty }
}

extension Value {
  /// The value written out, for values that have such a form.
  var literal: Literal? {
    switch self {
    case .null: .null
    case .boolean(let flag): .boolean(flag)
    case .integer(let number): .integer(number)
    case .double(let number): .double(number)
    default: .string(description)
    }
  }
}
