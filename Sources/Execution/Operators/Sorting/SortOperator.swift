import ColumnStore
import Planning

/// Puts the rows of a table in order.
///
/// Every key becomes unsigned words whose order is the key's order, by which the rows are sorted; rows that agree in all
/// keys stay in their order. With a limit only the rows that can come first are sorted: those that can in their segment,
/// which are found on all threads.
struct SortOperator {
  let keys: [SortKey]
  let limit: Int?
  let context: ExecutionContext

  func run(_ table: Table) throws -> Table {
    try context.checkCancellation()
    guard table.rowCount < Int(UInt32.max) else { throw ExecutionError.tooManyRows }
    var table = table
    if let limit, limit < table.rowCount / 4, let first = keys.first,
      // A key that may fail must be worked out for all rows.
      keys.dropFirst().allSatisfy({ !$0.expression.mayFail })
    {
      table = try taken(candidates(first, table, limit), of: table)
    }
    let rows = try RadixSort(try words(of: keys, table), rowCount: table.rowCount, context).rows()
    return try taken(rows.slice(0..<min(limit ?? .max, rows.count)), of: table)
  }

  /// The rows that can be among the first `limit` by the first key, ties included, in order of place.
  private func candidates(_ key: SortKey, _ table: Table, _ limit: Int) throws -> Buffer<UInt32> {
    guard limit > 0 else { return Buffer([]) }
    let values = try column(key, table)
    if case .views = values.data {
      return try LeadingTexts.candidates(
        values, limit, isDescending: key.isDescending, nullsFirst: key.nullsFirst, context)
    }
    return try LeadingNumbers.candidates(
      values, limit, isDescending: key.isDescending, nullsFirst: key.nullsFirst, context)
  }

  private func column(_ key: SortKey, _ table: Table) throws -> Column {
    if case .column(let index) = key.expression.kind { return table.columns[index] }
    let parts = try ProjectSource(TableSource(table), [key.expression]).batches(context)
    return Column.concatenated(parts.map { $0.columns[0] }, type: key.expression.type)
  }

  private func words(of keys: [SortKey], _ table: Table) throws -> [Buffer<UInt64>] {
    try keys.flatMap { key in
      try context.checkCancellation()
      return SortOperator.sortWords(
        try column(key, table), isDescending: key.isDescending, nullsFirst: key.nullsFirst)
    }
  }

  private func taken(_ rows: Buffer<UInt32>, of table: Table) throws -> Table {
    let selection = RowSelection(rows, of: table.rowCount)
    return Table(
      descriptions: table.descriptions,
      columns: try table.columns.map { column in
        try context.checkCancellation()
        return column.gather(selection)
      }, rowCount: rows.count)
  }
}
