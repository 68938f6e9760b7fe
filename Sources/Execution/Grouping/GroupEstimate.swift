import ColumnStore
import Glibc
import Planning

/// How many groups some keys will make, judged by a few parts of the rows.
enum GroupEstimate {
  /// Parts that are looked at: the first, the middle and the last.
  private static let sampledParts = 3
  /// So many rows of each.
  private static let sampledRows = 1 << 14

  /// The number of groups, about; 0 where nothing can be said.
  static func groups(_ keys: [GroupKey], of source: any RowSource, _ layout: PackedKeys, _ evaluator: Evaluator)
    throws -> Int
  {
    let table = PartitionTable(width: layout.width, expectedGroups: sampledParts * sampledRows)
    var rowCount = 0
    // The groups of each part counted by itself, all together.
    var separateGroups = 0
    for part in Set([0, source.partCount / 2, source.partCount - 1]) where part >= 0 {
      let all = try source.part(part)
      let rows = 0..<min(all.count, sampledRows)
      let batch = all.slice(rows)
      let columns = try keys.map { try $0.column(batch, evaluator) }
      let own = PartitionTable(width: layout.width, expectedGroups: rows.count)
      own.count(columns, rows, layout)
      table.count(columns, rows, layout)
      separateGroups += own.groupCount
      rowCount += rows.count
    }
    return extrapolated(
      groups: table.groupCount, separateGroups: separateGroups, sample: rowCount, rows: source.rowBound)
  }

  /// The number of groups among all rows, given how many are among some.
  ///
  /// Rows that fall into n groups by chance show n (1 - exp(-s/n)) of them in a sample of s. Where rows of a group lie
  /// together, each part of the sample shows groups of its own, and so does the rest of the rows.
  static func extrapolated(groups: Int, separateGroups: Int, sample: Int, rows: Int) -> Int {
    guard sample > 0, groups > 0 else { return 0 }
    let (seen, sample, rows) = (Double(groups), Double(sample), Double(max(rows, sample)))
    if seen > 0.9 * sample || (seen > 1000 && seen > 0.95 * Double(separateGroups) && seen < 0.5 * sample) {
      return Int(seen / sample * rows)
    }
    var estimate = seen
    for _ in 0..<20 { estimate = seen / (1 - exp(-sample / estimate)) }
    return Int(min(estimate, rows))
  }
}
