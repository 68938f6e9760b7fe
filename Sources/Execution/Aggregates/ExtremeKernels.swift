import ColumnStore

/// The smallest or largest of values that order like whole numbers of 64 bits.
final class ExtremeState: AggregateState {
  private let best: GroupArray<Int64>
  private var counts: ValueCounts
  private let type: DataType
  private let isMaximum: Bool

  init(type: DataType, isMaximum: Bool, countsAreGiven: Bool = false) {
    self.type = type
    self.isMaximum = isMaximum
    counts = ValueCounts(areGiven: countsAreGiven)
    best = GroupArray(filledWith: isMaximum ? .min : .max)
  }

  var isIndependent: Bool { true }
  var isDivisible: Bool { true }

  func grow(_ groupCount: Int) {
    best.grow(groupCount)
    counts.grow(groupCount)
  }

  func update(_ input: AggregateInput) {
    guard let column = input.arguments.first else { return }
    counts.noteMissing(input)
    switch column.data {
    case .boolean(let bits): take(input) { bits[$0] ? 1 : 0 }
    case .integer8(let values): take(values, input)
    case .integer16(let values): take(values, input)
    case .integer32(let values), .date(let values): take(values, input)
    case .integer64(let values), .decimal64(let values), .time(let values), .timestamp(let values): take(values, input)
    case .double(let values):
      precondition(values.count >= input.count)
      take(input) { values.pointer[$0].orderedBits }
    case .codes8, .codes16, .codes32, .views, .decimal128, .interval, .counts, .lists: break
    }
  }

  private func take<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<Number>, _ input: AggregateInput
  ) {
    precondition(values.count >= input.count)
    take(input) { Int64(truncatingIfNeeded: values.pointer[$0]) }
  }

  @inline(__always)
  private func take(_ input: AggregateInput, _ key: (Int) -> Int64) {
    let best = best.pointer
    if let counts = counts.pointer {
      if isMaximum {
        input.forEach { row, group in
          best[group] = max(best[group], key(row))
          counts[group] += 1
        }
      } else {
        input.forEach { row, group in
          best[group] = min(best[group], key(row))
          counts[group] += 1
        }
      }
    } else if isMaximum {
      input.forEach { row, group in best[group] = max(best[group], key(row)) }
    } else {
      input.forEach { row, group in best[group] = min(best[group], key(row)) }
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? ExtremeState else { return }
    // A group without a value has what nothing is beyond.
    for group in 0..<other.best.count {
      let target = Int(map[group])
      best[target] = isMaximum ? max(best[target], other.best[group]) : min(best[target], other.best[group])
    }
    counts.merge(other.counts, map: map)
  }

  func take(rowCounts: Buffer<Int64>) { counts.take(rowCounts) }

  func finish() -> Column {
    if counts.areOfAllRows, type != .integer {
      return Column(type: type, data: ColumnData(keys: best.values, type: type))
    }
    let hasValue = counts.all.greater(than: 0)
    let keys = MutableBuffer<Int64>(count: best.count)
    // What a group without a value has would widen integers.
    for group in 0..<best.count { keys.pointer[group] = hasValue[group] ? best[group] : 0 }
    return Column(type: type, data: ColumnData(keys: keys.frozen(), type: type), validity: hasValue.validity)
  }
}

/// The smallest or largest text by code points.
final class TextExtremeState: AggregateState {
  private var best: [[UInt8]?] = []
  private let isMaximum: Bool

  init(isMaximum: Bool) { self.isMaximum = isMaximum }

  func grow(_ groupCount: Int) {
    if groupCount > best.count { best.append(contentsOf: repeatElement(nil, count: groupCount - best.count)) }
  }

  func update(_ input: AggregateInput) {
    guard let column = input.arguments.first else { return }
    let (views, heap) = column.textViews()
    precondition(views.count >= input.count)
    input.forEach { row, group in take(heap.bytes(at: views.pointer + row), group) }
  }

  private func take(_ bytes: UnsafeBufferPointer<UInt8>, _ group: Int) {
    if let known = best[group] {
      let order = known.withUnsafeBufferPointer { TextHeap.compare(bytes, $0) }
      guard isMaximum ? order > 0 : order < 0 else { return }
    }
    best[group] = Array(bytes)
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? TextExtremeState else { return }
    for (group, bytes) in other.best.enumerated() {
      bytes?.withUnsafeBufferPointer { take($0, Int(map[group])) }
    }
  }

  func finish() -> Column {
    Column(type: .text, values: best.map { $0.map { .text(String(decoding: $0, as: UTF8.self)) } ?? .null })
  }
}
