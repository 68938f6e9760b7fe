import ColumnStore
import Language
import Planning

/// A table that a statement changes.
struct ChangedTable {
  let key: String
  /// The name as the statement has it.
  let name: QualifiedName
  let descriptions: [ColumnDescription]
  let rules: TableRules

  /// The columns as they take values.
  var assigned: [AssignedColumn] { descriptions.map { AssignedColumn(name: $0.name, type: $0.type) } }

  /// The place of a column. Throws a `Diagnostic` for a name that is none.
  func index(of column: Identifier) throws -> Int {
    guard let index = descriptions.firstIndex(where: { $0.name.lowercased() == column.text.lowercased() }) else {
      throw Diagnostic(
        "`\(name.text)` has no column `\(column.text)`", at: column.span,
        help: suggestion(for: column.text, in: descriptions.map(\.name))
          ?? "columns: \(descriptions.prefix(12).map(\.name).joined(separator: ", "))")
    }
    return index
  }

  /// The places of columns, none twice.
  func indices(of columns: [Identifier]) throws -> [Int] {
    var indices: [Int] = []
    for column in columns {
      let index = try index(of: column)
      guard !indices.contains(index) else {
        throw Diagnostic("`\(column.text)` is named twice", at: column.span)
      }
      indices.append(index)
    }
    return indices
  }
}

extension Session {
  /// The table of a name, to be changed. Throws a `Diagnostic` for a name that is none, or that of a view. Rows that
  /// wait for the table go on waiting.
  func changedTable(_ name: QualifiedName) throws -> ChangedTable {
    let key = name.text.lowercased()
    switch storedEntries[key]?.value {
    case .table(let table)?:
      // What is changed lies in memory, and all of it is read first: a damaged column must not go on as NULLs.
      if table.columns.source != nil { storedEntries[key]?.value = .table(try fetched(table)) }
      return ChangedTable(
        key: key, name: name, descriptions: table.descriptions, rules: storedEntries[key]?.rules ?? TableRules())
    case .view?:
      throw Diagnostic(
        "`\(name.text)` is a view, which has no rows of its own", at: name.span,
        help: "change the table that it is made of, or store its rows: let \(name.text) := from \(name.text)")
    case nil:
      throw Diagnostic(
        "there is no table `\(name.text)`", at: name.span,
        help: suggestion(for: name.text, in: entryNames) ?? "tables are made with `create table` or `load`")
    }
  }

  private func fetched(_ table: Table) throws -> Table {
    let columns = Array(table.columns)
    try checkUsable(table)
    return Table(
      descriptions: table.descriptions, columns: columns, rowCount: table.rowCount, origin: table.origin,
      note: table.note)
  }

  /// The rows of a table that is to be changed, with those that waited.
  func rows(of target: ChangedTable) -> Table {
    guard case .table(let table)? = entries[target.key]?.value else { return Table([]) }
    return table
  }

  /// Puts other rows in the place of a table's, which keep its name and rules. The files that rows came from are not
  /// theirs any more.
  func replaceRows(of target: ChangedTable, with columns: [Column], count: Int, uniques: [UniqueKey]) {
    guard case .table(let table)? = entries[target.key]?.value else { return }
    entries[target.key]?.value = .table(
      Table(descriptions: table.descriptions, columns: columns, rowCount: count, note: table.note))
    entries[target.key]?.rules.uniques = uniques
  }

  /// Adds the rows that wait to their tables.
  func putWaitingRows() {
    guard !tablesInWait.isEmpty else { return }
    let keys = tablesInWait
    tablesInWait = []
    for key in keys {
      guard case .table(let table)? = storedEntries[key]?.value, let rows = storedEntries[key]?.waitingRows,
        !rows.isEmpty
      else { continue }
      let columns = table.columns.enumerated().map { index, column in
        Column.concatenated([column, Column(type: column.type, values: rows.map { $0[index] })], type: column.type)
      }
      storedEntries[key]?.value = .table(
        Table(
          descriptions: table.descriptions, columns: columns, rowCount: table.rowCount + rows.count, note: table.note))
      storedEntries[key]?.waitingRows = []
    }
  }
}
