extension Column {
  /// The rows of several columns of one type, one column after the other.
  ///
  /// Dictionary columns that share a dictionary keep it. Other texts become views, whose heaps are put side by side.
  public static func concatenated(_ parts: [Column], type: DataType) -> Column {
    precondition(parts.allSatisfy { $0.type == type })
    let parts = parts.filter { $0.count > 0 }
    guard let first = parts.first else { return .nulls(type: type, count: 0) }
    if parts.count == 1 { return first }
    let count = parts.reduce(0) { $0 + $1.count }
    let data: ColumnData
    switch type {
    case .boolean: data = .boolean(joinBits(parts.map(\.booleans), count: count))
    case .integer: data = joinIntegers(parts, count: count)
    case .double: data = .double(join(parts, count) { if case .double(let values) = $0 { values } else { nil } })
    case .decimal(let precision, _) where precision <= Decimal.narrowPrecision:
      data = .decimal64(join(parts, count) { if case .decimal64(let values) = $0 { values } else { nil } })
    case .decimal:
      data = .decimal128(join(parts, count) { if case .decimal128(let values) = $0 { values } else { nil } })
    case .date: data = .date(join(parts, count) { if case .date(let values) = $0 { values } else { nil } })
    case .time: data = .time(join(parts, count) { if case .time(let values) = $0 { values } else { nil } })
    case .timestamp:
      data = .timestamp(join(parts, count) { if case .timestamp(let values) = $0 { values } else { nil } })
    case .interval: data = .interval(join(parts, count) { if case .interval(let values) = $0 { values } else { nil } })
    case .count: data = .counts(join(parts, count) { if case .counts(let values) = $0 { values } else { nil } })
    case .text: data = joinTexts(parts, count: count)
    case .list(let element):
      data = .lists(
        .concatenated(parts.compactMap { if case .lists(let lists) = $0.data { lists } else { nil } }, of: element))
    }
    let validity: Bitmap? =
      parts.allSatisfy { $0.validity == nil }
      ? nil : joinBits(parts.map { $0.validity ?? Bitmap(repeating: true, count: $0.count) }, count: count)
    return Column(type: type, data: data, validity: validity)
  }

  private var booleans: Bitmap {
    if case .boolean(let bits) = data { return bits }
    preconditionFailure("a boolean column holds bits")
  }

  /// The whole numbers, units of short decimals, days, microseconds or codes, whatever their width, as 64-bit values.
  public func widened() -> Buffer<Int64> {
    switch data {
    case .integer8(let values): widen(values)
    case .integer16(let values): widen(values)
    case .integer32(let values), .date(let values): widen(values)
    case .integer64(let values), .decimal64(let values), .time(let values), .timestamp(let values): values
    case .codes8(let codes, _): widen(codes)
    case .codes16(let codes, _): widen(codes)
    case .codes32(let codes, _): widen(codes)
    case .boolean, .double, .decimal128, .interval, .counts, .views, .lists:
      preconditionFailure("only whole numbers are widened")
    }
  }

  /// The whole numbers or units of decimals as 128-bit values.
  public func widened128() -> Buffer<Int128> {
    if case .decimal128(let values) = data { return values }
    return widen(widened())
  }
}

extension Buffer<Int8> {
  /// The values in twice the bits.
  public func widened() -> Buffer<Int16> { widen(self) }
}

private func widen<
  Number: FixedWidthInteger & BitwiseCopyable & Sendable, Wide: FixedWidthInteger & BitwiseCopyable & Sendable
>(_ values: Buffer<Number>) -> Buffer<Wide> {
  let result = MutableBuffer<Wide>(count: values.count)
  for index in 0..<values.count { result.pointer[index] = Wide(truncatingIfNeeded: values.pointer[index]) }
  return result.frozen()
}

extension Column {
  /// The texts of a column without its dictionary.
  public init(views column: Column) {
    let (views, heap) = column.textViews()
    self.init(type: .text, data: .views(views, heap), validity: column.validity)
  }
}

extension Buffer<Int64> {
  /// The values in fewer bits; nil unless all of their range fits.
  func narrowed<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(_ range: ClosedRange<Int64>) -> Buffer<Number>?
  {
    guard Number(exactly: range.lowerBound) != nil, Number(exactly: range.upperBound) != nil else { return nil }
    let result = MutableBuffer<Number>(count: count)
    for index in 0..<count { result.pointer[index] = Number(truncatingIfNeeded: pointer[index]) }
    return result.frozen()
  }
}

private func join<Value: BitwiseCopyable & Sendable>(
  _ parts: [Column], _ count: Int, _ values: (ColumnData) -> Buffer<Value>?
) -> Buffer<Value> {
  let result = MutableBuffer<Value>(count: count)
  var position = 0
  for part in parts.compactMap({ values($0.data) }) {
    precondition(position + part.count <= count)
    (result.pointer + position).update(from: part.pointer, count: part.count)
    position += part.count
  }
  return result.frozen()
}

private func joinBits(_ parts: [Bitmap], count: Int) -> Bitmap {
  let result = MutableBitmap(count: count)
  let wordCount = Bitmap.wordCount(count)
  var position = 0
  for part in parts {
    for word in 0..<Bitmap.wordCount(part.count) {
      let bits = part.maskedWord(word)
      let target = position + word << 6
      let shift = UInt64(target & 63)
      result.words.pointer[target >> 6] |= bits << shift
      if shift > 0, target >> 6 + 1 < wordCount { result.words.pointer[target >> 6 + 1] |= bits >> (64 - shift) }
    }
    position += part.count
  }
  return result.frozen()
}

private func joinIntegers(_ parts: [Column], count: Int) -> ColumnData {
  var width = 1
  for part in parts {
    switch part.data {
    case .integer8: break
    case .integer16: width = max(width, 2)
    case .integer32: width = max(width, 4)
    default: width = 8
    }
  }
  switch width {
  case 1: return .integer8(joinNarrowed(parts, count: count))
  case 2: return .integer16(joinNarrowed(parts, count: count))
  case 4: return .integer32(joinNarrowed(parts, count: count))
  default: return .integer64(joinNarrowed(parts, count: count))
  }
}

private func joinNarrowed<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(_ parts: [Column], count: Int)
  -> Buffer<Number>
{
  let result = MutableBuffer<Number>(count: count)
  var position = 0
  func copy<Source: FixedWidthInteger & BitwiseCopyable & Sendable>(_ values: Buffer<Source>) {
    for index in 0..<values.count {
      result.pointer[position + index] = Number(truncatingIfNeeded: values.pointer[index])
    }
    position += values.count
  }
  for part in parts {
    switch part.data {
    case .integer8(let values): copy(values)
    case .integer16(let values): copy(values)
    case .integer32(let values): copy(values)
    case .integer64(let values): copy(values)
    case .codes8(let codes, _): copy(codes)
    case .codes16(let codes, _): copy(codes)
    case .codes32(let codes, _): copy(codes)
    default: preconditionFailure("only integers and codes have a width")
    }
  }
  return result.frozen()
}

private func joinTexts(_ parts: [Column], count: Int) -> ColumnData {
  if let dictionary = parts[0].dictionary, parts.allSatisfy({ $0.dictionary === dictionary }) {
    switch parts.reduce(1, { max($0, $1.codeWidth) }) {
    case 1: return .codes8(joinNarrowed(parts, count: count), dictionary)
    case 2: return .codes16(joinNarrowed(parts, count: count), dictionary)
    default: return .codes32(joinNarrowed(parts, count: count), dictionary)
    }
  }
  let views = MutableBuffer<TextView>(count: count)
  var blocks = JoinedBlocks()
  var position = 0
  for part in parts {
    let (source, heap) = part.textViews()
    guard let numbers = blocks.numbers(of: heap) else { return copyTexts(parts) }
    for index in 0..<source.count {
      var view = source.pointer[index]
      if !view.isInline { view.payload = UInt64(numbers[view.block]) << 48 | UInt64(view.offset) }
      views.pointer[position + index] = view
    }
    position += source.count
  }
  return .views(views.frozen(), TextHeap(blocks: blocks.all))
}

/// The blocks of several heaps, each block once: columns made of the same texts share most of theirs.
private struct JoinedBlocks {
  private(set) var all: [Buffer<UInt8>] = []
  private var numbersByStart: [UnsafePointer<UInt8>: Int] = [:]
  private var known: (heap: TextHeap, numbers: [Int])?

  /// Which block each of a heap's has become; nil when there are more than views can tell apart.
  mutating func numbers(of heap: TextHeap) -> [Int]? {
    if let known, known.heap === heap { return known.numbers }
    var numbers: [Int] = []
    for block in heap.blocks {
      if let number = numbersByStart[block.pointer], all[number].count == block.count {
        numbers.append(number)
      } else {
        guard all.count < TextHeap.blockLimit else { return nil }
        numbersByStart[block.pointer] = all.count
        numbers.append(all.count)
        all.append(block)
      }
    }
    known = (heap, numbers)
    return numbers
  }
}

/// The texts of all parts one after the other in a block of their own.
private func copyTexts(_ parts: [Column]) -> ColumnData {
  var builder = TextBuilder(capacity: parts.reduce(0) { $0 + $1.count })
  for part in parts {
    for row in 0..<part.count where part.withText(row, { builder.append($0) }) == nil { builder.appendEmpty() }
  }
  let (views, heap) = builder.finish()
  return .views(views, heap)
}

extension Column {
  fileprivate var codeWidth: Int {
    switch data {
    case .codes8: 1
    case .codes16: 2
    default: 4
    }
  }
}

extension Column {
  /// The texts as views, whatever their form.
  public func textViews() -> (views: Buffer<TextView>, heap: TextHeap) {
    switch data {
    case .views(let views, let heap): return (views, heap)
    case .codes8(let codes, let dictionary): return (decode(codes, dictionary), dictionary.heap)
    case .codes16(let codes, let dictionary): return (decode(codes, dictionary), dictionary.heap)
    case .codes32(let codes, let dictionary): return (decode(codes, dictionary), dictionary.heap)
    default: preconditionFailure("only text columns have texts")
    }
  }
}

private func decode<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
  _ codes: Buffer<Code>, _ dictionary: TextDictionary
) -> Buffer<TextView> {
  let result = MutableBuffer<TextView>(count: codes.count)
  for row in 0..<codes.count {
    let code = Int(truncatingIfNeeded: codes.pointer[row])
    precondition(code < dictionary.count)
    result.pointer[row] = dictionary.views.pointer[code]
  }
  return result.frozen()
}
