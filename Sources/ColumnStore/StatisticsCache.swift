import Synchronization

/// Statistics that have been worked out already; shared by all copies of a table.
final class StatisticsCache: Sendable {
  private let known: Mutex<[ColumnStatistics?]>

  init(columnCount: Int) { known = Mutex(Array(repeating: nil, count: columnCount)) }

  func statistics(_ column: Int, compute: () -> ColumnStatistics) -> ColumnStatistics {
    if let statistics = known.withLock({ $0[column] }) { return statistics }
    let computed = compute()
    known.withLock { $0[column] = computed }
    return computed
  }
}
