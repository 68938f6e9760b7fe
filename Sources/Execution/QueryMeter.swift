import ColumnStore
import Planning
import Synchronization

/// How far a query is, for somebody who waits for it.
///
/// A query goes through stages, one operator after the other that must see all rows; how far a stage is is told by the
/// rows of stored tables that it has read. Sorting, and what windows look at, reads no tables and is told by its name.
public final class QueryMeter: Sendable {
  private let report: @Sendable (_ label: () -> String, _ done: Int, _ total: Int) -> Void
  private let stage = Mutex("")
  private let done = Atomic<Int>(0)
  private let total = Atomic<Int>(0)

  /// A meter that reports what is done, and the rows read, of the rows that the stage will read (0 where it reads none);
  /// from any thread, once per segment.
  public init(report: @escaping @Sendable (_ label: () -> String, _ done: Int, _ total: Int) -> Void) {
    self.report = report
  }

  /// What is being done, and how much lies in temporary files: `sorting 10,000,000 rows, 1.2 GB in temporary files`.
  private var label: String {
    let bytes = MemoryBudget.shared.temporaryBytes
    return stage.withLock { $0 } + (bytes > 0 ? ", \(ByteSize(bytes)) in temporary files" : "")
  }

  /// Begins with a stage that reads so many rows.
  public func begin(_ name: String, rows: Int = 0) {
    stage.withLock { $0 = name }
    done.store(0, ordering: .relaxed)
    total.store(rows, ordering: .relaxed)
  }

  /// So many more rows have been read.
  func read(_ rows: Int) { done.wrappingAdd(rows, ordering: .relaxed) }

  /// Reports.
  public func tell() {
    let total = total.load(ordering: .relaxed)
    report({ label }, min(done.load(ordering: .relaxed), total), total)
  }
}

extension LogicalPlan {
  /// The rows of stored tables that are read while its rows are handed on.
  var rowsRead: Int {
    switch self {
    case .scan(let scan): scan.table.rowCount
    case .filter, .project, .unionAll, .unnest, .apply: inputs.reduce(0) { $0.addingWithoutOverflow($1.rowsRead) }
    case .join(let join): join.left.rowsRead
    default: 0
    }
  }
}
