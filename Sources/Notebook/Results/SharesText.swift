import ColumnStore
import Notices

/// Shares as percentages with one decimal that add up to exactly 100 % in each group.
enum SharesText {
  /// The texts of a column of shares, one per row; nil when in some group the shares do not add up to 1, as after
  /// `where` or `limit`: then each is rounded on its own.
  static func texts(of column: Int, within groups: [String], _ table: Table) -> [String]? {
    let groupColumns = table.descriptions.indices.filter { groups.contains(table.descriptions[$0].name) }
    guard table.rowCount <= 100_000, groupColumns.count == groups.count else { return nil }
    var rowsOfGroup: [[Value]: [Int]] = [:]
    var shares: [Double] = []
    for row in 0..<table.rowCount {
      guard case .double(let share) = table.columns[column].value(row) else { return nil }
      shares.append(share)
      rowsOfGroup[groupColumns.map { table.columns[$0].value(row) }, default: []].append(row)
    }
    var texts = [String](repeating: "", count: table.rowCount)
    for rows in rowsOfGroup.values {
      guard let units = LargestRemainder.distribute(rows.map { shares[$0] }, units: 1000) else { return nil }
      for (row, unit) in zip(rows, units) { texts[row] = "\(unit / 10).\(unit % 10)%" }
    }
    return texts
  }
}
