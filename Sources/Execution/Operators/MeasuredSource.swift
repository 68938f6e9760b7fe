import ColumnStore
import Planning
import Synchronization

/// A source whose rows and time are noted down. Only `explain analyze` puts one in, so that other queries pay nothing.
struct MeasuredSource: RowSource {
  private let input: any RowSource
  private let profile: PlanProfile
  private let counted: CountedParts

  init(_ input: any RowSource, _ profile: PlanProfile) {
    self.input = input
    self.profile = profile
    counted = CountedParts()
  }

  private init(_ input: any RowSource, like other: MeasuredSource) {
    self.input = input
    profile = other.profile
    counted = other.counted
  }

  var partCount: Int { input.partCount }
  var partBound: Int { input.partBound }
  var rowBound: Int { input.rowBound }

  func part(_ index: Int) throws -> Batch {
    let clock = ContinuousClock()
    let start = clock.now
    let batch = try input.part(index)
    let isFirst = counted.insert(index)
    profile.add(
      PlanProfile.Counts(
        rows: isFirst ? batch.count : 0, bytes: isFirst ? batch.columns.reduce(0) { $0 + $1.rowBytes } : 0,
        time: clock.now - start, isStreamed: true))
    return batch
  }

  func domain(_ column: Int) -> ColumnDomain { input.domain(column) }

  func encoded(_ columns: Set<Int>, isNeeded: Bool) -> any RowSource {
    MeasuredSource(input.encoded(columns, isNeeded: isNeeded), like: self)
  }

  func reading(_ columns: Set<Int>) -> any RowSource { MeasuredSource(input.reading(columns), like: self) }
}

/// The parts that have been asked for: one that is asked for again gives the same rows, not more.
private final class CountedParts: Sendable {
  private let parts = Mutex<Set<Int>>([])

  /// Whether it is the first time.
  func insert(_ part: Int) -> Bool { parts.withLock { $0.insert(part).inserted } }
}

extension Column {
  /// The bytes of memory of the rows, without what a dictionary takes that they share.
  var rowBytes: Int { byteCount - (dictionary?.byteCount ?? 0) }
}
