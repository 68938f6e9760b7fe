import Synchronization

extension Column {
  /// How many values lie in each of some equally wide parts of a range, what lies outside counted in the first and the last;
  /// worked out in one pass, on all threads. NULL and NaN are not counted.
  ///
  /// - Parameter range: in the column's own numbers: days for dates, microseconds for timestamps and times; for decimals
  ///   the numbers themselves.
  /// - Returns: `partCount` counts; nil for a column that holds no numbers, dates or times.
  public func histogram(_ range: ClosedRange<Double>, partCount: Int) -> [Int]? {
    switch type {
    case .integer, .double, .decimal, .date, .time, .timestamp: break
    default: return nil
    }
    let counts = Mutex([Int](repeating: 0, count: partCount))
    WorkerPool.shared.forEach(parts: Segment.count(rows: count)) { index in
      let part = slice(Segment.range(index, rows: count)).partCounts(range, partCount)
      counts.withLock { counts in for place in counts.indices { counts[place] += part[place] } }
    }
    return counts.withLock { $0 }
  }

  private func partCounts(_ range: ClosedRange<Double>, _ partCount: Int) -> [Int] {
    switch data {
    case .double(let values): return counts(values, range, partCount, scale: 1) { $0 }
    case .decimal128(let values):
      return counts(values, range, partCount, scale: type.scale) { Double($0) }
    default: return counts(widened(), range, partCount, scale: type.scale) { Double($0) }
    }
  }

  private func counts<Number: BitwiseCopyable & Sendable>(
    _ values: Buffer<Number>, _ range: ClosedRange<Double>, _ partCount: Int, scale: Int,
    _ number: (Number) -> Double
  ) -> [Int] {
    precondition(values.count >= count)
    var unit = 1.0
    for _ in 0..<scale { unit *= 10 }
    let low = range.lowerBound
    // Where all values are one there is no width, and they are in the first part.
    let partsPerUnit = range.upperBound > low ? Double(partCount) / (range.upperBound - low) : 0
    var counts = [Int](repeating: 0, count: partCount)
    for row in 0..<count where validity.map({ $0[row] }) != false {
      let place = (number(values.pointer[row]) / unit - low) * partsPerUnit
      if place.isNaN { continue }
      counts[Int(min(max(place, 0), Double(partCount - 1)))] += 1
    }
    return counts
  }
}
