import ColumnStore
import Synchronization

/// For many groups: the first look counts each group's values, the second puts them side by side, where they are selected
/// from.
final class PlacedCensus: Census {
  private let counts = GroupArray<Int64>(filledWith: 0)
  private(set) var groupCount = 0
  /// What each worker counted, this one first, and what its groups are here.
  private var workers: [(counts: [Int64], map: Buffer<UInt32>)] = []
  /// Where the values of each group begin.
  private var starts: [Int] = []
  private var values = MutableBuffer<Int64>(count: 0)

  func grow(_ groupCount: Int) {
    self.groupCount = max(self.groupCount, groupCount)
    counts.grow(self.groupCount)
  }

  func count(_ input: AggregateInput) {
    let counts = counts.pointer
    input.forEach { _, group in counts[group] &+= 1 }
  }

  func merge(_ other: any Census, map: Buffer<UInt32>) {
    guard let other = other as? PlacedCensus else { return }
    if workers.isEmpty { workers.append(own) }
    workers.append((other.own.counts, map))
    for group in 0..<other.groupCount { counts[Int(map[group])] &+= other.counts[group] }
  }

  private var own: (counts: [Int64], map: Buffer<UInt32>) {
    ((0..<groupCount).map { counts[$0] }, Buffer((0..<UInt32(truncatingIfNeeded: groupCount)).map { $0 }))
  }

  func looks(workerCount: Int) -> [any SecondLook] {
    starts = [0]
    starts.reserveCapacity(groupCount + 1)
    for group in 0..<groupCount { starts.append(starts[group] + Int(counts[group])) }
    values = MutableBuffer(count: starts[groupCount])
    var next = Array(starts.dropLast())
    return (workers.isEmpty ? [own] : workers).map { worker in
      let first = next
      for (group, count) in worker.counts.enumerated() { next[Int(worker.map[group])] += Int(count) }
      return PlacedLook(values, from: first, to: next)
    }
  }

  func take(_ looks: [any SecondLook]) {}

  func values(of quantile: Quantile) -> [Value] {
    let (starts, values) = (starts, values)
    let chunk = 256
    let chunks = Mutex([[Value]](repeating: [], count: (groupCount + chunk - 1) / chunk))
    WorkerPool.shared.forEach(parts: chunks.withLock { $0.count }) { part in
      let found = (part * chunk..<min((part + 1) * chunk, starts.count - 1)).map { group in
        let all = UnsafeMutableBufferPointer(start: values.pointer, count: values.count)
        let own = UnsafeMutableBufferPointer(rebasing: all[starts[group]..<starts[group + 1]])
        return quantile.value(own)
      }
      chunks.withLock { $0[part] = found }
    }
    return chunks.withLock { $0.flatMap { $0 } }
  }
}

/// One worker's values, each put into the place of its group.
private final class PlacedLook: SecondLook {
  private let values: MutableBuffer<Int64>
  /// Where the next value of each group goes.
  private var next: [Int]
  private let ends: [Int]

  init(_ values: MutableBuffer<Int64>, from first: [Int], to ends: [Int]) {
    self.values = values
    next = first
    self.ends = ends
  }

  func keep(_ input: AggregateInput) {
    let target = values.pointer
    next.withUnsafeMutableBufferPointer { next in
      ends.withUnsafeBufferPointer { ends in
        NumberKeys.with(input) { key in
          guard let places = next.baseAddress else { return }
          input.forEach(asking: { UnsafeRawPointer(target + places[$0]) }) { row, group in
            let place = next[group]
            precondition(place < ends[group], "a part gave other rows when it was asked for again")
            target[place] = key(row)
            next[group] = place &+ 1
          }
        }
      }
    }
  }
}
