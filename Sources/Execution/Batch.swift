import ColumnStore

/// Some rows on their way through a query.
struct Batch: Sendable {
  /// The columns, each `count` long.
  var columns: [Column]
  /// The number of rows; kept apart, since there may be rows without columns.
  var count: Int

  /// The rows at `indices`.
  func gather(_ indices: Buffer<UInt32>) -> Batch {
    Batch(columns: columns.map { $0.gather(indices) }, count: indices.count)
  }

  /// The rows of a range.
  func slice(_ range: Range<Int>) -> Batch {
    range == 0..<count ? self : Batch(columns: columns.map { $0.slice(range) }, count: range.count)
  }
}
