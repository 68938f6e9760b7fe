import ColumnStore

/// Groups by keys of few possible values: the group's number is worked out from the codes, without any look-up.
final class DenseGrouper: Grouper {
  private let layout: DenseLayout
  private var numbers = MutableBuffer<UInt32>(count: 0)
  /// How many rows each group has.
  let counts: GroupRowCounts

  init(_ layout: DenseLayout) {
    self.layout = layout
    counts = GroupRowCounts(groupCount: layout.groupCount)
  }

  var groupCount: Int { layout.groupCount }

  func groups(_ keys: [Column], count: Int, firstRow: Int) -> Buffer<UInt32> {
    let groups = numbered(keys, count: count)
    counts.add(groups)
    return groups
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
    case .codes8(let codes, _)?: counts.add(codes.slice(0..<count))
    case .codes16(let codes, _)?: counts.add(codes.slice(0..<count))
    case .codes32(let codes, _)?: counts.add(codes.slice(0..<count))
    default: _ = groups(keys, count: count, firstRow: 0)
    }
  }

  var rowCounts: Buffer<Int64>? { counts.all }

  func order() -> Buffer<UInt32> { counts.groupsWithRows }

  func merge(_ other: any Grouper) -> Buffer<UInt32> {
    if let other = other as? DenseGrouper { counts.add(other.counts) }
    let map = MutableBuffer<UInt32>(count: groupCount)
    for group in 0..<groupCount { map.pointer[group] = UInt32(truncatingIfNeeded: group) }
    return map.frozen()
  }

  func keyColumns(of groups: Buffer<UInt32>) -> [Column] {
    layout.keys.map { key in
      let codes = codes(of: key, groups)
      let isValid = codes.notEqual(to: UInt32(truncatingIfNeeded: key.nullCode))
      let validity = isValid.validity
      switch key.domain {
      case .dictionary(let dictionary, _) where dictionary.count > 0:
        if validity == nil { return Column(type: .text, data: .codes32(codes, dictionary)) }
        // The code of NULL is no entry; validity hides the one that stands for it.
        let entries = MutableBuffer(copying: codes)
        for row in 0..<groups.count where !isValid[row] { entries.pointer[row] = 0 }
        return Column(type: .text, data: .codes32(entries.frozen(), dictionary), validity: validity)
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

  /// The codes of a key in some groups.
  private func codes(of key: DenseLayout.Key, _ groups: Buffer<UInt32>) -> Buffer<UInt32> {
    if layout.keys.count == 1 { return groups }
    let stride = UInt32(truncatingIfNeeded: key.stride)
    let size = UInt32(truncatingIfNeeded: key.size)
    let codes = MutableBuffer<UInt32>(count: groups.count)
    for row in 0..<groups.count { codes.pointer[row] = groups.pointer[row] / stride % size }
    return codes.frozen()
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
    if let validity { precondition(validity.count >= count) }
    let words = validity?.words.pointer
    func run(_ start: (Int) -> UInt32) {
      for row in 0..<count {
        let code = min(UInt32(truncatingIfNeeded: source[row]) &- base, limit)
        let isValid = words.map { $0[row >> 6] >> UInt64(row & 63) & 1 == 1 } ?? true
        target[row] = start(row) &+ (isValid ? code &* stride : null)
      }
    }
    if isFirst { run { _ in 0 } } else { run { target[$0] } }
  }
}
