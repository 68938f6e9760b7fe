import ColumnStore

/// How keys of few possible values make up a group number: as digits of a number whose places have different bases.
struct DenseLayout: Sendable {
  /// One key.
  struct Key: Sendable {
    /// The values that it can take.
    let domain: ColumnDomain
    /// Their type.
    let type: DataType
    /// How many codes it has, the one for NULL included.
    let size: Int
    /// What its code is multiplied by.
    let stride: Int
    /// The code of NULL, the last one.
    var nullCode: Int { size - 1 }
  }

  let keys: [Key]
  /// The number of groups that there may be.
  let groupCount: Int

  /// The layout for keys of these domains; nil when one is unknown or there would be more than `limit` groups.
  init?(_ domains: [ColumnDomain], types: [DataType], limit: Int) {
    var sizes: [Int] = []
    var total = 1
    for domain in domains {
      let values: Int
      switch domain {
      case .unknown: return nil
      case .dictionary(let dictionary, _): values = dictionary.count
      case .boolean: values = 2
      case .range(let range, _):
        let (span, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
        guard !overflow, span < limit else { return nil }
        values = Int(span) + 1
      }
      sizes.append(values + 1)
      let (product, overflow) = total.multipliedReportingOverflow(by: values + 1)
      guard !overflow, product <= limit else { return nil }
      total = product
    }
    var stride = total
    keys = domains.indices.map { index in
      stride /= sizes[index]
      return Key(domain: domains[index], type: types[index], size: sizes[index], stride: stride)
    }
    groupCount = total
  }
}

/// Groups by keys of few possible values: the group's number is worked out from the codes, without any look-up.
final class DenseGrouper: Grouper {
  private let layout: DenseLayout
  private var numbers = MutableBuffer<UInt32>(count: 0)
  /// Rows per group.
  let rowCounts = GroupArray<Int64>(filledWith: 0)
  private let partial = MutableBuffer<UInt32>(count: 4 * 1024)

  init(_ layout: DenseLayout) {
    self.layout = layout
    rowCounts.grow(layout.groupCount)
  }

  var groupCount: Int { layout.groupCount }

  func groups(_ keys: [Column], count: Int, firstRow: Int) -> Buffer<UInt32> {
    if numbers.count < count { numbers = MutableBuffer(count: max(count, Segment.rowCount)) }
    for (index, key) in layout.keys.enumerated() { add(keys[index], key, isFirst: index == 0, count: count) }
    countRows(numbers.pointer, count)
    return numbers.frozen().slice(0..<count)
  }

  /// Only counts the rows of each group: for a single dictionary key of one byte this reads the codes and nothing else.
  func countOnly(_ keys: [Column], count: Int) {
    if keys.count == 1, keys[0].validity == nil, case .codes8(let codes, let dictionary) = keys[0].data,
      dictionary.count < layout.groupCount
    {
      precondition(codes.count >= count)
      countRows(codes.pointer, count)
    } else {
      _ = groups(keys, count: count, firstRow: 0)
    }
  }

  func merge(_ other: any Grouper) -> Buffer<UInt32> {
    if let other = other as? DenseGrouper {
      for group in 0..<groupCount { rowCounts[group] += other.rowCounts[group] }
    }
    return Buffer((0..<UInt32(truncatingIfNeeded: groupCount)).map { $0 })
  }

  func order() -> Buffer<UInt32> {
    Buffer((0..<groupCount).filter { rowCounts[$0] > 0 }.map { UInt32(truncatingIfNeeded: $0) })
  }

  func keyColumns() -> [Column] {
    layout.keys.map { key in
      let codes = (0..<groupCount).map { $0 / key.stride % key.size }
      let validity = MutableBitmap(count: groupCount)
      for (group, code) in codes.enumerated() where code != key.nullCode { validity.set(group) }
      let valid = validity.frozenValidity()
      switch key.domain {
      case .dictionary(let dictionary, _) where dictionary.count > 0:
        let entries = codes.map { UInt32(truncatingIfNeeded: min($0, dictionary.count - 1)) }
        return Column(type: .text, data: .codes32(Buffer(entries), dictionary), validity: valid)
      case .dictionary: return .nulls(type: .text, count: groupCount)
      case .boolean:
        return Column(type: .boolean, data: .boolean(Bitmap(codes.map { $0 == 1 })), validity: valid)
      case .range(let range, _):
        let values = codes.map { $0 == key.nullCode ? range.lowerBound : range.lowerBound + Int64($0) }
        let data: ColumnData =
          key.type == .date
          ? .date(Buffer(values.map { Int32(truncatingIfNeeded: $0) })) : ColumnData(narrowing: values)
        return Column(type: key.type, data: data, validity: valid)
      case .unknown: return .nulls(type: .text, count: groupCount)
      }
    }
  }

  // MARK: Kernels

  private func add(_ column: Column, _ key: DenseLayout.Key, isFirst: Bool, count: Int) {
    switch column.data {
    case .codes8(let codes, _): add(codes, 0, column.validity, key, isFirst, count)
    case .codes16(let codes, _): add(codes, 0, column.validity, key, isFirst, count)
    case .codes32(let codes, _): add(codes, 0, column.validity, key, isFirst, count)
    case .integer8(let values): add(values, lowerBound(key), column.validity, key, isFirst, count)
    case .integer16(let values): add(values, lowerBound(key), column.validity, key, isFirst, count)
    case .integer32(let values): add(values, lowerBound(key), column.validity, key, isFirst, count)
    case .integer64(let values): add(values, lowerBound(key), column.validity, key, isFirst, count)
    case .date(let values): add(values, lowerBound(key), column.validity, key, isFirst, count)
    case .boolean(let bits):
      let values = MutableBuffer<UInt8>(count: count, zeroed: true)
      bits.forEachTrue { values.pointer[$0] = 1 }
      add(values.frozen(), 0, column.validity, key, isFirst, count)
    case .timestamp, .time, .double, .decimal64, .decimal128, .interval, .views, .lists:
      preconditionFailure("such a column has no dense codes")
    }
  }

  private func lowerBound(_ key: DenseLayout.Key) -> Int64 {
    if case .range(let range, _) = key.domain { return range.lowerBound }
    return 0
  }

  private func add<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<Number>, _ lowest: Int64, _ validity: Bitmap?, _ key: DenseLayout.Key, _ isFirst: Bool,
    _ count: Int
  ) {
    precondition(values.count >= count && numbers.count >= count)
    let target = numbers.pointer
    let source = values.pointer
    let stride = UInt32(truncatingIfNeeded: key.stride)
    let base = UInt32(truncatingIfNeeded: lowest)
    let limit = UInt32(truncatingIfNeeded: key.size - 1)
    let null = UInt32(truncatingIfNeeded: key.nullCode) &* stride
    func run(_ start: (Int) -> UInt32) {
      if let validity {
        for row in 0..<count {
          let code = min(UInt32(truncatingIfNeeded: source[row]) &- base, limit)
          target[row] = start(row) &+ (validity[row] ? code &* stride : null)
        }
      } else {
        // The statistics say that every value is in range; the minimum makes it so whatever they say.
        for row in 0..<count {
          let code = min(UInt32(truncatingIfNeeded: source[row]) &- base, limit)
          target[row] = start(row) &+ code &* stride
        }
      }
    }
    if isFirst { run { _ in 0 } } else { run { target[$0] } }
  }

  /// Adds one to the count of each row's group. Four counts per group are kept in turn, so that equal neighbours do not
  /// wait for each other's addition.
  private func countRows<Number: FixedWidthInteger & UnsignedInteger>(_ groups: UnsafePointer<Number>, _ count: Int) {
    let size = layout.groupCount
    guard size <= 1024, count < Int(UInt32.max) else {
      let counts = rowCounts.pointer
      for row in 0..<count { counts[Int(truncatingIfNeeded: groups[row])] += 1 }
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
    let totals = rowCounts.pointer
    for group in 0..<size {
      totals[group] += Int64(counts[group]) + Int64(counts[size + group])
      totals[group] += Int64(counts[2 * size + group]) + Int64(counts[3 * size + group])
    }
  }
}
