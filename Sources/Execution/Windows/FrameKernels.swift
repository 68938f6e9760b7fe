import ColumnStore
import Planning

/// Where the frame of each place begins and ends; both only ever move forward within a partition.
struct Frames: Sendable {
  /// The first place of each frame.
  let starts: Buffer<UInt32>
  /// The place behind the last of each frame, never before its start.
  let ends: Buffer<UInt32>

  /// The places of a frame.
  @inline(__always)
  subscript(place: Int) -> Range<Int> {
    precondition(place >= 0 && place < starts.count)
    return Range(uncheckedBounds: (Int(starts.pointer[place]), Int(ends.pointer[place])))
  }
}

extension RowFrame {
  /// Whether it needs to know which rows are peers.
  var needsPeers: Bool {
    if exclusion == .group || exclusion == .ties { return true }
    return unit != .rows && !(start == .unboundedPreceding && end == .unboundedFollowing)
  }

  /// Whether it is the whole partition from every row.
  var isWhole: Bool { start == .unboundedPreceding && end == .unboundedFollowing && exclusion == .noOthers }

  /// Whether it only grows from row to row.
  var isRunning: Bool { start == .unboundedPreceding && exclusion == .noOthers }
}

extension WindowRows {
  /// The frames of all places, before anything is excluded.
  func frames(_ frame: RowFrame) throws -> Frames {
    let starts = MutableBuffer<UInt32>(count: count)
    let ends = MutableBuffer<UInt32>(count: count)
    let distances = frame.unit == .range ? key.flatMap { KeyDistances($0.values, $0.order) } : nil
    try forEachPartition { _, partition in
      switch frame.unit {
      case _ where frame.start == .unboundedPreceding && frame.end == .unboundedFollowing:
        for place in partition {
          set(starts.pointer, ends.pointer, place, partition.lowerBound, partition.upperBound)
        }
      case .rows: rowFrames(frame, partition, starts.pointer, ends.pointer)
      case .groups: groupFrames(frame, partition, starts.pointer, ends.pointer)
      case .range: try rangeFrames(frame, partition, distances, starts.pointer, ends.pointer)
      }
    }
    return Frames(starts: starts.frozen(), ends: ends.frozen())
  }

  /// The peers of every place.
  func peers() throws -> Frames { try frames(RowFrame(unit: .groups, start: .currentRow, end: .currentRow)) }

  private func rowFrames(
    _ frame: RowFrame, _ partition: Range<Int>, _ starts: UnsafeMutablePointer<UInt32>,
    _ ends: UnsafeMutablePointer<UInt32>
  ) {
    let (before, after) = frame.shifts(limit: partition.count)
    for place in partition {
      let start = before.map { min(max(place + $0, partition.lowerBound), partition.upperBound) }
      let end = after.map { min(max(place + $0 + 1, partition.lowerBound), partition.upperBound) }
      set(starts, ends, place, start ?? partition.lowerBound, end ?? partition.upperBound)
    }
  }

  private func groupFrames(
    _ frame: RowFrame, _ partition: Range<Int>, _ starts: UnsafeMutablePointer<UInt32>,
    _ ends: UnsafeMutablePointer<UInt32>
  ) {
    var bounds: [Int] = []
    forEachPeers(partition) { bounds.append($0.lowerBound) }
    let groups = bounds.count
    bounds.append(partition.upperBound)
    let (before, after) = frame.shifts(limit: groups)
    for group in 0..<groups {
      let start = before.map { bounds[min(max(group + $0, 0), groups)] } ?? partition.lowerBound
      let end = after.map { bounds[min(max(group + $0 + 1, 0), groups)] } ?? partition.upperBound
      for place in bounds[group]..<bounds[group + 1] { set(starts, ends, place, start, end) }
    }
  }

  private func rangeFrames(
    _ frame: RowFrame, _ partition: Range<Int>, _ distances: KeyDistances?, _ starts: UnsafeMutablePointer<UInt32>,
    _ ends: UnsafeMutablePointer<UInt32>
  ) throws {
    // Rows without a key are at one end, and at no distance from the others.
    var keyed = partition
    if let distances {
      while let first = keyed.first, distances.isNull(rows[first]) { keyed = keyed.dropFirst() }
      while let last = keyed.last, distances.isNull(rows[last]) { keyed = keyed.dropLast() }
    }
    var start = keyed.lowerBound
    var end = keyed.lowerBound
    forEachPeers(partition) { peers in
      func bound(_ bound: RowFrame.Bound, _ peersEnd: Int, _ from: Int, isEnd: Bool) -> Int {
        let (offset, sign): (RowFrame.Offset, Int128)
        switch bound {
        case .unboundedPreceding: return partition.lowerBound
        case .unboundedFollowing: return partition.upperBound
        case .currentRow: return peersEnd
        case .preceding(let distance): (offset, sign) = (distance, -1)
        case .following(let distance): (offset, sign) = (distance, 1)
        }
        guard let distances, keyed.contains(peers.lowerBound) else { return peersEnd }
        let target = distances.key(rows[peers.lowerBound], shifted: offset, sign)
        var place = from
        while place < keyed.upperBound, distances.precedes(rows[place], target, orEqual: isEnd) { place += 1 }
        return place
      }
      let first = bound(frame.start, peers.lowerBound, start, isEnd: false)
      let last = bound(frame.end, peers.upperBound, end, isEnd: true)
      if keyed.contains(peers.lowerBound) { (start, end) = (max(first, keyed.lowerBound), max(last, keyed.lowerBound)) }
      for place in peers { set(starts, ends, place, first, last) }
    }
  }

  @inline(__always)
  private func set(
    _ starts: UnsafeMutablePointer<UInt32>, _ ends: UnsafeMutablePointer<UInt32>, _ place: Int, _ start: Int, _ end: Int
  ) {
    starts[place] = UInt32(truncatingIfNeeded: start)
    ends[place] = UInt32(truncatingIfNeeded: max(start, end))
  }
}

extension RowFrame {
  /// How many rows or groups the ends are from the current one, at most `limit`; nil for an end that is not bounded.
  fileprivate func shifts(limit: Int) -> (start: Int?, end: Int?) {
    func shift(_ bound: Bound) -> Int? {
      switch bound {
      case .unboundedPreceding, .unboundedFollowing: nil
      case .currentRow: 0
      case .preceding(.count(let count)): -Int(min(count, Int64(limit)))
      case .following(.count(let count)): Int(min(count, Int64(limit)))
      // Only counts are in frames of rows and groups.
      case .preceding, .following: 0
      }
    }
    return (shift(start), shift(end))
  }
}

/// The key of an order as numbers between which there is a distance.
private struct KeyDistances: Sendable {
  private let values: Buffer<Int128>
  private let validity: Bitmap?
  private let type: DataType
  private let isDescending: Bool

  /// Nil for a type without distances.
  init?(_ column: Column, _ order: SortKey) {
    switch column.data {
    case .double(let doubles): values = Buffer(doubles.map { Int128($0.orderedBits) })
    case .interval(let intervals): values = Buffer(intervals.map(\.length))
    case .integer8, .integer16, .integer32, .integer64, .decimal64, .decimal128, .date, .time, .timestamp:
      values = column.widened128()
    case .boolean, .counts, .codes8, .codes16, .codes32, .views, .lists: return nil
    }
    validity = column.validity
    type = column.type
    isDescending = order.isDescending
  }

  func isNull(_ row: UInt32) -> Bool { validity.map { !$0[Int(row)] } ?? false }

  /// Whether a row's key comes before a target in the order, or is equal to it.
  @inline(__always)
  func precedes(_ row: UInt32, _ target: Int128, orEqual: Bool) -> Bool {
    let value = values[Int(row)]
    if value == target { return orEqual }
    return isDescending ? value > target : value < target
  }

  /// The key at a distance from a row's; beyond 128 bits the nearest number that fits.
  func key(_ row: UInt32, shifted offset: RowFrame.Offset, _ direction: Int128) -> Int128 {
    let value = values[Int(row)]
    let sign = isDescending ? -direction : direction
    switch offset {
    case .count(let count): return value + sign * Int128(count)
    case .exact(let distance):
      let (sum, overflow) = value.addingReportingOverflow(sign * distance.units)
      return overflow ? (sign < 0 ? .min : .max) : sum
    case .number(let distance):
      let key = Double(orderedBits: Int64(truncatingIfNeeded: value))
      // An infinite key has no finite distance to anything, an infinite distance reaches everything.
      if distance.isInfinite, !key.isNaN { return Int128((Double(sign) * distance).orderedBits) }
      return Int128((key + Double(sign) * distance).orderedBits)
    case .time(let distance): return shifted(value, by: distance, sign)
    }
  }

  private func shifted(_ value: Int128, by distance: Interval, _ sign: Int128) -> Int128 {
    let day = Int128(microsecondsPerDay)
    let rest = Int128(distance.days) * day + Int128(distance.microseconds)
    switch type {
    case .interval: return value + sign * distance.length
    // Of a length of time, a time of day has only what is shorter than a day.
    case .time: return value + sign * Int128(distance.microseconds)
    case .date:
      // A day lies within a distance of another where its midnight does.
      let instant = moved(value * day, months: sign * Int128(distance.months)) + sign * rest
      let below = floorDivide(instant, day)
      return sign < 0 && below * day != instant ? below + 1 : below
    default: return moved(value, months: sign * Int128(distance.months)) + sign * rest
    }
  }

  /// An instant some months later, on the month's last day where it is shorter; beyond the calendar one that no key has.
  private func moved(_ instant: Int128, months: Int128) -> Int128 {
    guard months != 0, let known = Int64(exactly: instant) else { return instant }
    let day = floorDivide(known, microsecondsPerDay)
    guard let moved = CivilDate(days: Int(day)).adding(months: Int(months)) else {
      return months < 0 ? Int128(Int64.min) * 2 : Int128(Int64.max) * 2
    }
    return Int128(moved.days) * Int128(microsecondsPerDay) + Int128(known - day * microsecondsPerDay)
  }
}
