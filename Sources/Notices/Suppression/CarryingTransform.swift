import ColumnStore
import Language
import Planning

/// A transform of the first columns of a table that carries those behind them along.
struct CarryingTransform: TableTransform {
  let fields: [Field]
  private let transform: any TableTransform
  private let width: Int
  private let rowsPerRow: Int?

  /// - Parameters:
  ///   - width: how many columns the transform takes.
  ///   - behind: the columns behind them.
  ///   - rowsPerRow: how many rows come out for each; nil where the transform cannot do with hidden cells, so that the one
  ///     column behind, which tells where there are any, has to be false everywhere.
  init(_ transform: any TableTransform, width: Int, behind: [Field], rowsPerRow: Int?) {
    self.transform = transform
    self.width = width
    self.rowsPerRow = rowsPerRow
    fields = transform.fields + behind
  }

  var name: String { transform.name }

  func apply(to table: Table) throws -> Table {
    let behind = Array(table.columns[width...])
    if rowsPerRow == nil, (0..<table.rowCount).contains(where: { behind[0].value($0) == .boolean(true) }) {
      throw Diagnostic(
        "`\(name)` cannot be worked out: counts that it needs are hidden", at: nil,
        help: "take larger groups, or `set suppress_below off`")
    }
    let result = try transform.apply(
      to: Table(
        descriptions: Array(table.descriptions[..<width]), columns: Array(table.columns[..<width]),
        rowCount: table.rowCount))
    let factor = rowsPerRow ?? 1
    let isKept = rowsPerRow == 1 && result.rowCount == table.rowCount
    let rows = Buffer(
      (0..<result.rowCount).map { row in
        row / max(1, factor) < table.rowCount && rowsPerRow != nil ? UInt32(truncatingIfNeeded: row / factor) : .max
      })
    let carried = isKept ? behind : behind.map { $0.gather(rows) }
    return Table(
      descriptions: fields.map(\.description), columns: result.columns + carried, rowCount: result.rowCount)
  }
}
