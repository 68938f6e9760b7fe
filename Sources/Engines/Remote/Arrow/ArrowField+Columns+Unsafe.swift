import CADBC
import ColumnStore
import Language

/// Whole columns of arrays that have been checked.
///
/// Where a value lies as it lies in a column here, and none is missing, the column is a window into the driver's memory;
/// other numbers are copied in one loop, with a zero where a value is missing.
extension ArrowField {
  /// The rows of an array as a column, numbered without the array's own offset.
  ///
  /// - Parameter owner: keeps the array's memory.
  /// - Throws: a `Diagnostic` for a value that has no place here.
  func column(_ array: ArrowArray, _ rows: Range<Int>, owner: AnyObject) throws -> Column {
    let places = rows.lowerBound + Int(array.offset)..<rows.upperBound + Int(array.offset)
    if places.isEmpty { return .nulls(type: type, count: 0) }
    let source = ArrowValues(
      values: buffer(array, 1), places: places, owner: owner,
      validity: validityBits(array).flatMap { ArrowValues.bits($0, places).validity })
    if let values = dictionary.first, let entries = array.dictionary?.pointee {
      return try values.column(entries, 0..<Int(entries.length), owner: owner).gather(codes(array, source))
    }
    guard let data = try data(array, source) else {
      var builder = ColumnBuilder(type: type, capacity: rows.count)
      for row in rows { builder.append(try value(array, row)) }
      return builder.finish()
    }
    return Column(type: type, data: data, validity: source.validity)
  }

  /// The number of an entry for each row, `UInt32.max` where there is none.
  private func codes(_ array: ArrowArray, _ source: ArrowValues) -> Buffer<UInt32> {
    let result = MutableBuffer<UInt32>(count: source.count)
    for (row, place) in source.places.enumerated() {
      let isThere = source.validity?[row] ?? true
      result.pointer[row] = isThere ? UInt32(truncatingIfNeeded: integer(array, place) ?? 0) : .max
    }
    return result.frozen()
  }

  /// The values; nil for a layout that is read value by value.
  private func data(_ array: ArrowArray, _ source: ArrowValues) throws -> ColumnData? {
    switch layout {
    case .boolean: return source.bits().map { .boolean($0) }
    case .signed(1): return .integer8(source.numbers())
    case .signed(2): return .integer16(source.numbers())
    case .signed(4): return .integer32(source.numbers())
    case .signed: return ColumnData(narrowing: source.numbers())
    case .unsigned(1): return ColumnData(narrowing: source.numbers { (number: UInt8) in Int64(number) })
    case .unsigned(2): return ColumnData(narrowing: source.numbers { (number: UInt16) in Int64(number) })
    case .unsigned(4): return ColumnData(narrowing: source.numbers { (number: UInt32) in Int64(number) })
    case .unsigned:
      let numbers: Buffer<Int64> = source.numbers()
      // The upper half of what 64 bits without a sign hold.
      if numbers.contains(where: { $0 < 0 }) { throw outOfRange() }
      return ColumnData(narrowing: numbers)
    case .float: return .double(source.numbers { (number: Float) in Double(number) })
    case .double: return .double(source.numbers())
    case .decimal(let byteCount, let precision): return try decimals(source, byteCount, precision)
    case .days: return .date(try known(source.numbers()))
    case .milliseconds:
      let days: Buffer<Int64> = source.numbers { floorDivide($0, ArrowField.millisecondsPerDay) }
      let range = knownRange
      if !days.allSatisfy({ range.contains($0) }) { throw outOfRange() }
      return .date(Buffer(days.map { Int32(truncatingIfNeeded: $0) }))
    case .time(let unit): return .timestamp(try instants(source, unit))
    case .clock(let unit, width: 4):
      return .time(try known(source.numbers { (number: Int32) in Int64(number) * Int64(unit / 1000) }))
    case .clock(let unit, _): return .time(try instants(source, unit))
    case .bytes(let width, isText: true): return texts(array, source, width)
    case .view(isText: true): return texts(array, source)
    case .null, .bytes, .view, .duration, .months, .daysAndMilliseconds, .monthsDaysAndNanoseconds, .list, .structure,
      .map:
      return nil
    }
  }

  /// Numbers of which all are in the type's range.
  private func known<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ numbers: Buffer<Number>
  ) throws -> Buffer<Number> {
    let range = knownRange
    let (low, high) = (Number(clamping: range.lowerBound), Number(clamping: range.upperBound))
    var areKnown = true
    for index in 0..<numbers.count {
      let number = numbers.pointer[index]
      areKnown = areKnown && number >= low && number <= high
    }
    if !areKnown { throw outOfRange() }
    return numbers
  }

  private func instants(_ source: ArrowValues, _ unit: Int) throws -> Buffer<Int64> {
    if unit == 1000 { return try known(source.numbers()) }
    // What is too large becomes a number that no column can hold.
    return try known(source.numbers { ArrowField.microseconds($0, unit: unit) ?? .max })
  }

  private func decimals(_ source: ArrowValues, _ byteCount: Int, _ precision: Int) throws -> ColumnData {
    if byteCount < 16, precision <= Decimal.narrowPrecision {
      let units: Buffer<Int64> =
        byteCount == 8 ? source.numbers() : source.numbers { (number: Int32) in Int64(number) }
      let limit = Int64(Decimal.powersOfTen[precision])
      if !units.allSatisfy({ $0 > -limit && $0 < limit }) { throw outOfRange() }
      return .decimal64(units)
    }
    let units: Buffer<Int128> =
      switch byteCount {
      case 4: source.numbers { (number: Int32) in Int128(number) }
      case 8: source.numbers { (number: Int64) in Int128(number) }
      default: source.numbers()
      }
    let limit = Decimal.powersOfTen[precision]
    if !units.allSatisfy({ $0 > -limit && $0 < limit }) { throw outOfRange() }
    return ColumnData(decimals: units, precision: precision)
  }

  /// Texts with offsets: their bytes stay where they are. Nil where they are not all valid UTF-8.
  private func texts(_ array: ArrowArray, _ source: ArrowValues, _ width: Int) -> ColumnData? {
    let first = offset(array, source.places.lowerBound, width)
    let last = offset(array, source.places.upperBound, width)
    let bytes = UnsafeRawBufferPointer(start: buffer(array, 2).map { $0 + first }, count: last - first)
    guard let kind = TextBytes(bytes) else { return nil }
    let all = bytes.assumingMemoryBound(to: UInt8.self)
    let views = MutableBuffer<TextView>(count: source.count)
    var start = 0
    var isAnyLong = false
    for (row, place) in source.places.enumerated() {
      let end = offset(array, place + 1, width) - first
      let text = UnsafeBufferPointer(rebasing: all[start..<end])
      // A text must not begin in the middle of a character.
      if !kind.isASCII, let byte = text.first, byte & 0xC0 == 0x80 { return nil }
      views.pointer[row] = TextView(bytes: text, block: 0, offset: start)
      isAnyLong = isAnyLong || text.count > TextView.inlineCapacity
      start = end
    }
    source.hide(in: views)
    return .views(views.frozen(), isAnyLong ? TextHeap(blocks: [source.kept(bytes)]) : .none)
  }

  /// Texts given as views. Nil where they are not all valid UTF-8, or lie in more buffers than a column can have.
  private func texts(_ array: ArrowArray, _ source: ArrowValues) -> ColumnData? {
    let blockCount = ArrowField.viewBlockCount(array)
    guard let start = source.values, blockCount <= TextHeap.blockLimit else { return nil }
    let blocks = (0..<blockCount).map {
      ArrowField.viewBlock(array, $0) ?? UnsafeRawBufferPointer(start: nil, count: 0)
    }
    let views = MutableBuffer<TextView>(count: source.count)
    for (row, place) in source.places.enumerated() {
      guard source.validity?[row] ?? true else {
        views.pointer[row] = .empty
        continue
      }
      let view = ArrowView(start, place)
      let bytes =
        view.isInline
        ? view.inline : UnsafeRawBufferPointer(rebasing: blocks[view.block][view.offset..<view.offset + view.length])
      guard TextBytes(bytes) != nil else { return nil }
      views.pointer[row] = TextView(
        bytes: bytes.assumingMemoryBound(to: UInt8.self), block: view.isInline ? 0 : view.block,
        offset: view.isInline ? 0 : view.offset)
    }
    return .views(views.frozen(), TextHeap(blocks: blocks.map(source.kept)))
  }
}
