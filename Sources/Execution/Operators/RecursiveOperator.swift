import ColumnStore
import Planning

/// Makes rows of the rows before them until a round has no new ones.
struct RecursiveOperator {
  let recursive: RecursivePlan
  let executor: Executor
  let context: ExecutionContext

  /// A query that needs more rounds than this is taken to have no end.
  private static let roundLimit = 1_000_000

  init(_ recursive: RecursivePlan, executor: Executor, context: ExecutionContext) {
    self.recursive = recursive
    self.executor = executor
    self.context = context
  }

  func run() throws -> Table {
    let grouper = recursive.keepsDuplicates ? nil : HashGrouper(types: recursive.fields.map(\.type))
    var rounds: [Batch] = []
    var rowCount = 0
    var round = newRows(try executor.run(recursive.seed), grouper)
    while round.rowCount > 0 {
      try context.checkCancellation()
      rounds.append(Batch(columns: Array(round.columns), count: round.rowCount))
      rowCount += round.rowCount
      guard rowCount < Int(UInt32.max) else { throw ExecutionError.tooManyRows }
      guard rounds.count < RecursiveOperator.roundLimit else {
        throw ExecutionError.endlessRecursion(rounds: RecursiveOperator.roundLimit)
      }
      round = newRows(try executor.run(recursive.step.replacingRound(recursive.number, by: round)), grouper)
    }
    return Table(concatenating: rounds, recursive.fields)
  }

  /// The rows that no round has had yet, each once; all of them where equal rows are kept.
  private func newRows(_ table: Table, _ grouper: HashGrouper?) -> Table {
    guard let grouper else { return table }
    let source = TableSource(table)
    var rows: [UInt32] = []
    for part in 0..<source.partCount {
      let batch = source.part(part)
      var known = UInt32(truncatingIfNeeded: grouper.groupCount)
      // Groups are numbered as they first appear, so that a new one has the next number.
      for (row, group) in grouper.groups(batch.columns, count: batch.count, firstRow: 0).enumerated()
      where group >= known {
        rows.append(UInt32(truncatingIfNeeded: part * Segment.rowCount + row))
        known = group + 1
      }
    }
    let order = Buffer(rows)
    return Table(
      descriptions: table.descriptions, columns: table.columns.map { $0.gather(order) }, rowCount: rows.count)
  }
}
