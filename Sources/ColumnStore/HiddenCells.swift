/// Which cells of a table are kept from being seen: in some rows, those of some columns. Where they stand there is NULL.
public struct HiddenCells: Sendable {
  /// One bit a row: whether the row has hidden cells.
  public let rows: Bitmap
  /// The columns whose cells are hidden in such rows. A NULL there means that there is something, and that it is not told.
  public let columns: Set<Int>

  /// Hidden cells in as many rows as the table has.
  public init(rows: Bitmap, columns: Set<Int>) {
    self.rows = rows
    self.columns = columns
  }

  /// How many cells of a table are hidden.
  public func count(in table: Table) -> Int {
    var count = 0
    rows.forEachTrue { row in
      for column in columns where table.columns[column].isNull(row) { count += 1 }
    }
    return count
  }
}

extension Table {
  /// The table with the cells that were hidden in it, so that it is known to hold no single records.
  public func released(hiding cells: HiddenCells) -> Table {
    Table(
      descriptions: descriptions, columns: columns, rowCount: rowCount, origin: nil, note: note, hiddenCells: cells
    ).adding(notes)
  }
}
