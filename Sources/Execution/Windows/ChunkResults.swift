import ColumnStore
import Synchronization

/// Columns that workers compute for runs of partitions, put together in the partitions' order.
final class ChunkResults: Sendable {
  private let parts = Mutex<[Int: Column]>([:])

  /// Takes the results of a run of partitions.
  func add(_ column: Column, from firstPartition: Int) { parts.withLock { $0[firstPartition] = column } }

  /// All results.
  func concatenated(type: DataType) -> Column {
    let all = parts.withLock { $0 }
    return Column.concatenated(all.sorted { $0.key < $1.key }.map(\.value), type: type)
  }

  /// For the first partition of each run, how many results come before its own.
  var firstResults: [Int: UInt32] {
    var total = 0
    var firsts: [Int: UInt32] = [:]
    for (partition, column) in parts.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      firsts[partition] = UInt32(truncatingIfNeeded: total)
      total += column.count
    }
    return firsts
  }
}
