import ColumnStore

/// Values as bytes that are the same for equal values and differ for others, whatever their type.
struct KeyBytes {
  /// Whether values that are equal but not the same (-0 and 0, one month and thirty days) are told apart.
  let isExact: Bool
  private(set) var bytes: [UInt8] = []

  init(isExact: Bool) { self.isExact = isExact }

  /// Takes the value of a row in place of what was there.
  mutating func set(_ column: Column, _ row: Int) {
    bytes.removeAll(keepingCapacity: true)
    append(column, row)
  }

  private mutating func append(_ column: Column, _ row: Int) {
    switch column.data {
    case .boolean(let bits): bytes.append(bits[row] ? 1 : 0)
    case .integer8(let values): append(Int64(values[row]))
    case .integer16(let values): append(Int64(values[row]))
    case .integer32(let values), .date(let values): append(Int64(values[row]))
    case .integer64(let values), .decimal64(let values), .time(let values), .timestamp(let values): append(values[row])
    case .double(let values): append(isExact ? values[row].bitPattern : UInt64(bitPattern: values[row].orderedBits))
    case .decimal128(let values): append(values[row])
    case .interval(let values):
      if isExact {
        append(values[row].months)
        append(values[row].days)
        append(values[row].microseconds)
      } else {
        append(values[row].length)
      }
    case .counts(let values): append(values[row].orderKey)
    case .codes8, .codes16, .codes32, .views:
      column.withText(row) { text in
        append(text.count)
        bytes.append(contentsOf: text)
      }
    case .lists(let lists):
      let range = lists.range(row)
      append(range.count)
      for item in range {
        let isNull = lists.items.isNull(item)
        bytes.append(isNull ? 0 : 1)
        if !isNull { append(lists.items, item) }
      }
    }
  }

  private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    for byte in stride(from: 0, to: Number.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> Number(truncatingIfNeeded: byte)))
    }
  }
}

/// Gives every different value a number, counted from 0 in the order of first appearance, where a value is no word of 64
/// bits: long decimals, intervals, counts with bounds, lists. One worker uses it.
final class ValueInterner {
  private let type: DataType
  private let numbers = TextInterner()
  private var values: [Value] = []
  private var key = KeyBytes(isExact: false)
  private var spelling = KeyBytes(isExact: true)
  private var spellings: [[UInt8]] = []
  private let hasSpellings: Bool

  /// Whether keys of a type need it.
  static func isNeeded(for type: DataType) -> Bool {
    switch type {
    case .decimal(let precision, _): precision > Decimal.narrowPrecision
    case .interval, .count, .list: true
    default: false
    }
  }

  init(_ type: DataType) {
    self.type = type
    var innermost = type
    while let element = innermost.element { innermost = element }
    hasSpellings = innermost == .interval || innermost == .double
  }

  /// The number of a row's value.
  func intern(_ column: Column, _ row: Int) -> UInt32 {
    key.set(column, row)
    let number = key.bytes.withUnsafeBufferPointer { numbers.intern($0) }
    if hasSpellings { spelling.set(column, row) }
    if Int(number) == values.count {
      values.append(column.value(row))
      spellings.append(spelling.bytes)
    } else if hasSpellings, spelling.bytes.lexicographicallyPrecedes(spellings[Int(number)]) {
      // Of equal values one is shown, whichever worker met it first: the one whose bytes come first.
      values[Int(number)] = column.value(row)
      spellings[Int(number)] = spelling.bytes
    }
    return number
  }

  /// The number of a row's value that has been seen; nil for a new one. Several workers may ask at the same time.
  func find(_ column: Column, _ row: Int) -> UInt32? {
    var key = KeyBytes(isExact: false)
    key.set(column, row)
    return key.bytes.withUnsafeBufferPointer { numbers.find($0) }
  }

  /// The values of some numbers.
  func column(_ numbers: Buffer<Int64>, validity: Bitmap?) -> Column {
    var builder = ColumnBuilder(type: type, capacity: numbers.count)
    for (row, number) in numbers.enumerated() {
      builder.append(validity?[row] ?? true ? values[Int(number)] : .null)
    }
    return builder.finish()
  }
}
