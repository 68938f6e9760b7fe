import ColumnStore

/// The cells of a table as people read them, for what draws no table.
public struct PresentedCells {
  private let texts: [CellText]
  private let table: Table
  private let presentation: Presentation

  /// The cells of a table in a look.
  public init(_ table: Table, presentation: Presentation) {
    texts = zip(table.columns, table.descriptions).map { column, description in
      var text = CellText(column, name: description.name, presentation: presentation)
      text.groupDigits(of: description.name, in: [0..<table.rowCount])
      return text
    }
    self.table = table
    self.presentation = presentation
  }

  /// What is read in a cell. Characters that deceive are still in it.
  public func text(row: Int, column: Int) -> String { texts[column].text(row) }

  /// Whether a cell holds something that is not told.
  public func isHidden(row: Int, column: Int) -> Bool {
    let rows = presentation.hiddenRows[table.descriptions[column].name]
    return rows.map { $0.count == table.rowCount && $0[row] } ?? false && table.columns[column].isNull(row)
  }
}
