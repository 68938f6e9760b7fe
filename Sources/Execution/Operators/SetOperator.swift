import ColumnStore
import Planning

/// Rows of one table that are, or are not, in another. NULL counts as equal to NULL here, as SQL has it.
struct SetOperator {
  let operation: RowSetOperation
  let keepsDuplicates: Bool
  let context: ExecutionContext

  func run(_ left: Table, _ right: Table) throws -> Table {
    let grouper = HashGrouper(types: left.descriptions.map(\.type))
    let leftCounts = try counts(of: left, grouper, firstRow: 0)
    let rightCounts = try counts(of: right, grouper, firstRow: left.rowCount)
    var rows = GrowingBuffer<UInt32>()
    for group in grouper.order() {
      let inLeft = Int(group) < leftCounts.count ? leftCounts[Int(group)] : 0
      let inRight = rightCounts[Int(group)]
      let kept: Int
      switch (operation, keepsDuplicates) {
      case (.intersect, true): kept = min(inLeft, inRight)
      case (.intersect, false): kept = min(inLeft, inRight, 1)
      case (.except, true): kept = max(0, inLeft - inRight)
      case (.except, false): kept = inRight == 0 ? min(inLeft, 1) : 0
      }
      rows.grow(to: rows.count + kept, with: group)
    }
    let order = rows.frozen()
    return Table(
      descriptions: left.descriptions, columns: grouper.keyColumns().map { $0.gather(order) }, rowCount: order.count)
  }

  private func counts(of table: Table, _ grouper: HashGrouper, firstRow: Int) throws -> Buffer<Int> {
    let source = TableSource(table)
    var counts = GrowingBuffer<Int>()
    for part in 0..<source.partCount {
      try context.checkCancellation()
      let batch = source.part(part)
      let groups = grouper.groups(batch.columns, count: batch.count, firstRow: firstRow + part * Segment.rowCount)
      counts.grow(to: grouper.groupCount, with: 0)
      for group in groups { counts[Int(group)] += 1 }
    }
    counts.grow(to: grouper.groupCount, with: 0)
    return counts.frozen()
  }
}
