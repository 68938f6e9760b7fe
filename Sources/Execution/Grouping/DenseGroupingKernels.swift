import ColumnStore

/// Groups by keys of few possible values: the group's number is worked out from the codes, without any look-up.
final class DenseGrouper: Grouper {
  private let layout: DenseLayout
  private var numbers = MutableBuffer<UInt32>(count: 0)
  /// Rows per group, but for those of `recentCounts`.
  private let counts = GroupArray<Int64>(filledWith: 0)
  /// Rows per group in half the memory, as long as they are too few to overflow, but for those of `latestCounts`.
  private let recentCounts = GroupArray<UInt32>(filledWith: 0)
  private var recentRows = 0
  /// Rows per group in an eighth of the memory, where there are many groups: what does not fit a cache costs most. One
  /// that overflows is carried to `recentCounts`.
  private let latestCounts = GroupArray<UInt8>(filledWith: 0)
  /// Groups up to which rows are compared with each of them.
  private static let veryFewGroups = 24
  /// Groups up to which rows are counted batch by batch.
  private static let fewGroups = 1024
  private let partial = MutableBuffer<UInt32>(count: 4 * fewGroups)

  init(_ layout: DenseLayout) {
    self.layout = layout
    recentCounts.grow(layout.groupCount)
    if layout.groupCount > DenseGrouper.fewGroups { latestCounts.grow(layout.groupCount) }
  }

  var groupCount: Int { layout.groupCount }

  func groups(_ keys: [Column], count: Int, firstRow: Int) -> Buffer<UInt32> {
    let groups = numbered(keys, count: count)
    countRows(groups.pointer, count)
    return groups
  }

  /// Counts rows whose groups `numbered` gave.
  func count(_ groups: Buffer<UInt32>) { countRows(groups.pointer, groups.count) }

  /// Takes over how many of some rows each group has.
  func add(rows: Int, _ count: (Int) -> UInt32) {
    if recentRows > Int(UInt32.max) - rows { settle() }
    recentRows += rows
    let totals = recentCounts.pointer
    for group in 0..<groupCount { totals[group] &+= count(group) }
  }

  /// The same as `groups`, without counting the rows of each group.
  func numbered(_ keys: [Column], count: Int) -> Buffer<UInt32> {
    if numbers.count < count { numbers = MutableBuffer(count: max(count, Segment.rowCount)) }
    number(keys, count, into: numbers)
    return numbers.frozen().slice(0..<count)
  }

  func known(_ keys: [Column], count: Int) -> Buffer<UInt32> {
    let numbers = MutableBuffer<UInt32>(count: count)
    number(keys, count, into: numbers)
    return numbers.frozen()
  }

  private func number(_ keys: [Column], _ count: Int, into numbers: MutableBuffer<UInt32>) {
    for (index, key) in layout.keys.enumerated() { add(keys[index], key, isFirst: index == 0, numbers, count) }
  }

  /// The codes of a single key with a dictionary, which are the rows' groups; nil for other keys.
  func codes(_ keys: [Column], count: Int) -> ColumnData? {
    guard keys.count == 1, keys[0].validity == nil, let dictionary = keys[0].dictionary,
      dictionary.count < layout.groupCount
    else { return nil }
    precondition(keys[0].count >= count)
    return keys[0].data
  }

  /// Only counts the rows of each group: for a single key with a dictionary this reads the codes and nothing else.
  func countOnly(_ keys: [Column], count: Int) {
    switch codes(keys, count: count) {
    case .codes8(let codes, _)? where groupCount <= DenseGrouper.veryFewGroups: tally(codes.slice(0..<count))
    case .codes8(let codes, _)?: countRows(codes.pointer, count)
    case .codes16(let codes, _)?: countRows(codes.pointer, count)
    case .codes32(let codes, _)?: countRows(codes.pointer, count)
    default: _ = groups(keys, count: count, firstRow: 0)
    }
  }

  var rowCounts: Buffer<Int64>? {
    carry()
    let recent = recentCounts.pointer
    let result = MutableBuffer<Int64>(count: groupCount)
    for group in 0..<groupCount {
      result.pointer[group] = Int64(recent[group]) + (counts.isEmpty ? 0 : counts.pointer[group])
    }
    return result.frozen()
  }

  /// Carries what is in `latestCounts` over to `recentCounts`.
  private func carry() {
    if latestCounts.isEmpty { return }
    let (latest, totals) = (latestCounts.pointer, recentCounts.pointer)
    for group in 0..<groupCount { totals[group] &+= UInt32(latest[group]) }
    latest.update(repeating: 0, count: groupCount)
  }

  /// Rows per group, all of them in one place.
  private var settledCounts: UnsafePointer<Int64> {
    settle()
    return UnsafePointer(counts.pointer)
  }

  private func settle() {
    counts.grow(groupCount)
    if recentRows == 0 { return }
    carry()
    let recent = recentCounts.pointer
    for group in 0..<groupCount { counts.pointer[group] += Int64(recent[group]) }
    recent.update(repeating: 0, count: groupCount)
    recentRows = 0
  }

  func merge(_ other: any Grouper) -> Buffer<UInt32> {
    if let other = other as? DenseGrouper { addCounts(of: other) }
    let map = MutableBuffer<UInt32>(count: groupCount)
    for group in 0..<groupCount { map.pointer[group] = UInt32(truncatingIfNeeded: group) }
    return map.frozen()
  }

  /// Takes over how many rows each group has.
  func addCounts(of other: DenseGrouper) {
    precondition(groupCount == other.groupCount)
    if counts.isEmpty, other.counts.isEmpty, recentRows <= Int(UInt32.max) - other.recentRows {
      carry()
      other.carry()
      let (own, others) = (recentCounts.pointer, other.recentCounts.pointer)
      for group in 0..<groupCount { own[group] &+= others[group] }
      recentRows += other.recentRows
    } else {
      let (own, others) = (settledCounts, other.settledCounts)
      for group in 0..<groupCount { counts.pointer[group] = own[group] + others[group] }
    }
  }

  func order() -> Buffer<UInt32> {
    if counts.isEmpty {
      carry()
      return recentCounts.values.notEqual(to: 0).trueIndices()
    }
    settle()
    return counts.values.notEqual(to: 0).trueIndices()
  }

  /// How many rows each of the groups has.
  func counts(of groups: Buffer<UInt32>) -> Column {
    if counts.isEmpty, recentRows <= Int(Int32.max) {
      carry()
      let counts = recentCounts.pointer
      let result = MutableBuffer<Int32>(count: groups.count)
      for (row, group) in groups.enumerated() { result.pointer[row] = Int32(truncatingIfNeeded: counts[Int(group)]) }
      return Column(type: .integer, data: .integer32(result.frozen()))
    }
    let counts = settledCounts
    let result = MutableBuffer<Int64>(count: groups.count)
    for (row, group) in groups.enumerated() { result.pointer[row] = counts[Int(group)] }
    return Column(type: .integer, data: ColumnData(narrowing: result.frozen()))
  }

  func keyColumns(of groups: Buffer<UInt32>) -> [Column] {
    layout.keys.map { key in
      let codes = MutableBuffer<UInt32>(count: groups.count)
      if layout.keys.count == 1 {
        codes.pointer.update(from: groups.pointer, count: groups.count)
      } else {
        let stride = UInt32(truncatingIfNeeded: key.stride)
        let size = UInt32(truncatingIfNeeded: key.size)
        for row in 0..<groups.count { codes.pointer[row] = groups.pointer[row] / stride % size }
      }
      let null = UInt32(truncatingIfNeeded: key.nullCode)
      let isValid = codes.frozen().notEqual(to: null)
      let validity = isValid.validity
      switch key.domain {
      case .dictionary(let dictionary, _) where dictionary.count > 0:
        // The code of NULL is no entry; validity hides the one that stands for it.
        if validity != nil { for row in 0..<groups.count where !isValid[row] { codes.pointer[row] = 0 } }
        return Column(type: .text, data: .codes32(codes.frozen(), dictionary), validity: validity)
      case .dictionary: return .nulls(type: .text, count: groups.count)
      case .boolean:
        let bits = packBits(groups.count) { codes.pointer[$0] == 1 }
        return Column(type: .boolean, data: .boolean(bits), validity: validity)
      case .range(let range, _):
        let values = MutableBuffer<Int64>(count: groups.count)
        for row in 0..<groups.count {
          values.pointer[row] = isValid[row] ? range.lowerBound + Int64(codes.pointer[row]) : range.lowerBound
        }
        let data: ColumnData =
          key.type == .date
          ? .date(Buffer(values.frozen().map { Int32(truncatingIfNeeded: $0) }))
          : ColumnData(narrowing: values.frozen())
        return Column(type: key.type, data: data, validity: validity)
      case .unknown: return .nulls(type: .text, count: groups.count)
      }
    }
  }

  // MARK: Kernels

  private func add(
    _ column: Column, _ key: DenseLayout.Key, isFirst: Bool, _ numbers: MutableBuffer<UInt32>, _ count: Int
  ) {
    let lowest = lowerBound(key)
    let validity = column.validity
    switch column.data {
    case .codes8(let codes, _): add(codes, 0, validity, key, isFirst, numbers, count)
    case .codes16(let codes, _): add(codes, 0, validity, key, isFirst, numbers, count)
    case .codes32(let codes, _): add(codes, 0, validity, key, isFirst, numbers, count)
    case .integer8(let values): add(values, lowest, validity, key, isFirst, numbers, count)
    case .integer16(let values): add(values, lowest, validity, key, isFirst, numbers, count)
    case .integer32(let values), .date(let values): add(values, lowest, validity, key, isFirst, numbers, count)
    case .integer64(let values): add(values, lowest, validity, key, isFirst, numbers, count)
    case .boolean(let bits):
      let values = MutableBuffer<UInt8>(count: count, zeroed: true)
      bits.forEachTrue { values.pointer[$0] = 1 }
      add(values.frozen(), 0, validity, key, isFirst, numbers, count)
    case .timestamp, .time, .double, .decimal64, .decimal128, .interval, .counts, .views, .lists:
      preconditionFailure("such a column has no dense codes")
    }
  }

  private func lowerBound(_ key: DenseLayout.Key) -> Int64 {
    if case .range(let range, _) = key.domain { return range.lowerBound }
    return 0
  }

  private func add<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<Number>, _ lowest: Int64, _ validity: Bitmap?, _ key: DenseLayout.Key, _ isFirst: Bool,
    _ numbers: MutableBuffer<UInt32>, _ count: Int
  ) {
    precondition(values.count >= count && numbers.count >= count)
    let target = numbers.pointer
    let source = values.pointer
    let stride = UInt32(truncatingIfNeeded: key.stride)
    let base = UInt32(truncatingIfNeeded: lowest)
    let limit = UInt32(truncatingIfNeeded: key.size - 1)
    let null = UInt32(truncatingIfNeeded: key.nullCode) &* stride
    // The statistics say that every value is in range; the minimum makes it so whatever they say.
    if validity == nil,
      values.slice(0..<count).number(from: base, limit: limit, stride: stride, adds: !isFirst, into: numbers)
    {
      return
    }
    func run(_ start: (Int) -> UInt32) {
      for row in 0..<count {
        let code = min(UInt32(truncatingIfNeeded: source[row]) &- base, limit)
        let isValid = validity.map { $0.words.pointer[row >> 6] >> UInt64(row & 63) & 1 == 1 } ?? true
        target[row] = start(row) &+ (isValid ? code &* stride : null)
      }
    }
    if let validity { precondition(validity.count >= count) }
    if isFirst { run { _ in 0 } } else { run { target[$0] } }
  }

  /// Counts rows by comparing them with every group, 64 at a time.
  private func tally(_ codes: Buffer<UInt8>) {
    if recentRows > Int(UInt32.max) - codes.count { settle() }
    recentRows += codes.count
    recentCounts.tally(codes)
  }

  /// Adds one to the count of each row's group. Where there are few groups, four counts of each are kept in turn, so that
  /// equal neighbours do not wait for each other's addition.
  private func countRows<Number: FixedWidthInteger & UnsignedInteger>(_ groups: UnsafePointer<Number>, _ count: Int) {
    if recentRows > Int(UInt32.max) - count { settle() }
    precondition(count <= Int(UInt32.max))
    recentRows += count
    let size = layout.groupCount
    let totals = recentCounts.pointer
    guard size <= DenseGrouper.fewGroups else {
      let latest = latestCounts.pointer
      for row in 0..<count {
        let group = Int(truncatingIfNeeded: groups[row])
        latest[group] &+= 1
        if latest[group] == 0 { totals[group] &+= 1 << 8 }
      }
      return
    }
    let counts = partial.pointer
    counts.update(repeating: 0, count: 4 * size)
    var row = 0
    while row + 4 <= count {
      counts[Int(truncatingIfNeeded: groups[row])] &+= 1
      counts[size + Int(truncatingIfNeeded: groups[row + 1])] &+= 1
      counts[2 * size + Int(truncatingIfNeeded: groups[row + 2])] &+= 1
      counts[3 * size + Int(truncatingIfNeeded: groups[row + 3])] &+= 1
      row += 4
    }
    while row < count {
      counts[Int(truncatingIfNeeded: groups[row])] &+= 1
      row += 1
    }
    for group in 0..<size {
      totals[group] &+= counts[group] &+ counts[size + group] &+ counts[2 * size + group] &+ counts[3 * size + group]
    }
  }
}
