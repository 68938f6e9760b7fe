import ColumnStore
import Planning

/// The rows of a table by their join keys. Built once; read by all workers.
///
/// `@unchecked Sendable`: nothing is written after `init`; looking up in the grouper adds no groups.
final class JoinIndex: @unchecked Sendable {
  private let grouper: HashGrouper
  private let nullsMatch: [Bool]
  /// The rows of each group side by side, in order: group `g` has those from `starts[g]` on.
  private let rows: Buffer<UInt32>
  private let starts: Buffer<UInt32>

  /// An index of all rows by the right sides of equalities; rows with a NULL that equals nothing are left out.
  ///
  /// - Parameter order: the rows to take, in the order in which those of a group are to come; all in their own order if
  ///   it is not given.
  init(
    _ table: Table, _ equalities: [JoinPlan.Equality], _ context: ExecutionContext, order: [UInt32]? = nil
  ) throws {
    let grouper = HashGrouper(types: equalities.map(\.right.type))
    nullsMatch = equalities.map(\.nullsMatch)
    let source = ProjectSource(TableSource(table), equalities.map(\.right))
    var groupOfRow: [UInt32] = []
    groupOfRow.reserveCapacity(table.rowCount)
    for part in 0..<source.partCount {
      try context.checkCancellation()
      let batch = try source.part(part)
      let groups = grouper.groups(batch.columns, count: batch.count, firstRow: part * Segment.rowCount)
      let valid = zip(batch.columns, equalities).reduce(nil as Bitmap?) { valid, key in
        key.1.nullsMatch ? valid : Bitmap.both(valid, key.0.validity)
      }
      for row in 0..<batch.count { groupOfRow.append(valid.map { $0[row] } ?? true ? groups[row] : .max) }
    }
    let order = order ?? groupOfRow.indices.map { UInt32(truncatingIfNeeded: $0) }
    var counts = [UInt32](repeating: 0, count: grouper.groupCount + 1)
    for row in order where groupOfRow[Int(row)] != .max { counts[Int(groupOfRow[Int(row)]) + 1] += 1 }
    for group in 0..<grouper.groupCount { counts[group + 1] += counts[group] }
    starts = Buffer(counts)
    var sorted = [UInt32](repeating: 0, count: Int(counts[grouper.groupCount]))
    for row in order where groupOfRow[Int(row)] != .max {
      let group = Int(groupOfRow[Int(row)])
      sorted[Int(counts[group])] = row
      counts[group] += 1
    }
    rows = Buffer(sorted)
    self.grouper = grouper
  }

  /// The pairs of the rows of a batch and their matches, in order of both. Throws when there are more than `limit`.
  func pairs(_ keys: [Column], count: Int, limit: Int) throws -> (left: [UInt32], right: [UInt32]) {
    let groups = grouper.lookUp(keys, nullsMatch: nullsMatch, count: count)
    var total = 0
    for row in 0..<count where groups[row] != .max {
      let group = Int(groups[row])
      total += Int(starts[group + 1] - starts[group])
      if total > limit { throw ExecutionError.tooManyRows }
    }
    var left = [UInt32](repeating: 0, count: total)
    var right = left
    var next = 0
    for row in 0..<count where groups[row] != .max {
      let group = Int(groups[row])
      for place in Int(starts[group])..<Int(starts[group + 1]) {
        left[next] = UInt32(truncatingIfNeeded: row)
        right[next] = rows[place]
        next += 1
      }
    }
    return (left, right)
  }

  /// Calls `body(row, matches)` for every row of a batch that has matches. Throws when there are more than `limit`.
  func match(_ keys: [Column], count: Int, limit: Int, _ body: (UInt32, Buffer<UInt32>) -> Void) throws {
    let groups = grouper.lookUp(keys, nullsMatch: nullsMatch, count: count)
    var total = 0
    for row in 0..<count where groups[row] != .max {
      let group = Int(groups[row])
      let matches = rows.slice(Int(starts[group])..<Int(starts[group + 1]))
      total += matches.count
      if total > limit { throw ExecutionError.tooManyRows }
      if matches.count > 0 { body(UInt32(truncatingIfNeeded: row), matches) }
    }
  }
}
