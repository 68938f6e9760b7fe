import ColumnStore

/// Some rows on their way through a query.
struct Batch: Sendable {
  /// The columns, each `count` long.
  var columns: [Column]
  /// The number of rows; kept apart, since there may be rows without columns.
  var count: Int

  /// The rows at `indices`.
  func gather(_ indices: Buffer<UInt32>) -> Batch {
    let selection = RowSelection(indices, of: count)
    return Batch(columns: columns.map { $0.gather(selection) }, count: indices.count)
  }

  /// The rows at `indices` of some columns; the others are left empty.
  func gather(_ indices: Buffer<UInt32>, columns wanted: Set<Int>?) -> Batch {
    guard let wanted else { return gather(indices) }
    let selection = RowSelection(indices, of: count)
    let gathered = columns.enumerated().map { index, column in
      wanted.contains(index) ? column.gather(selection) : .nulls(type: column.type, count: 0)
    }
    return Batch(columns: gathered, count: indices.count)
  }

  /// The rows of a range.
  func slice(_ range: Range<Int>) -> Batch {
    range == 0..<count ? self : Batch(columns: columns.map { $0.slice(range) }, count: range.count)
  }
}
