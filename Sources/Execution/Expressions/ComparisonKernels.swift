import ColumnStore
import Planning

/// Comparisons over whole columns, 64 rows to a word of the result.
///
/// Doubles are compared as PostgreSQL does: NaN equals itself and is larger than every number; -0 equals 0.
enum ComparisonKernels {
  /// The comparison of two operands of one type; nil for types that have none.
  static func compare(_ function: ScalarFunction, _ left: Operand, _ right: Operand, type: DataType, count: Int)
    -> Column?
  {
    let validity = Bitmap.both(left.column?.validity, right.column?.validity)
    let bits: Bitmap?
    switch type {
    case .integer, .date, .time, .timestamp:
      bits =
        narrow(function, left, right, count)
        ?? wide(function, whole(left, count), whole(right, count), count)
    case .double:
      bits =
        doubles(function, left, right, count)
        ?? wide(function, orderable(left, count), orderable(right, count), count)
    case .boolean: bits = wide(function, flags(left, count), flags(right, count), count)
    case .decimal(let precision, _) where precision <= Decimal.narrowPrecision:
      bits = narrow(function, left, right, count) ?? wide(function, whole(left, count), whole(right, count), count)
    case .decimal, .interval, .count: bits = wide(function, long(left, count), long(right, count), count)
    case .text: bits = texts(function, left, right, count)
    case .list:
      let first = left.column ?? Column(repeating: left.value(0), type: type, count: count)
      let second = right.column ?? Column(repeating: right.value(0), type: type, count: count)
      bits = packBits(count) { row in
        guard !first.isNull(row), !second.isNull(row) else { return false }
        return RowFunctions.holds(function, first.order(row, second, row))
      }
    }
    return bits.map { Column(type: .boolean, data: .boolean($0), validity: validity) }
  }

  private static func wide<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ function: ScalarFunction, _ left: Buffer<Number>, _ right: Buffer<Number>, _ count: Int
  ) -> Bitmap {
    precondition(left.count >= count && right.count >= count)
    let first = left.pointer
    let second = right.pointer
    return switch function {
    case .equal: packBits(count) { first[$0] == second[$0] }
    case .notEqual: packBits(count) { first[$0] != second[$0] }
    case .less: packBits(count) { first[$0] < second[$0] }
    case .lessOrEqual: packBits(count) { first[$0] <= second[$0] }
    case .greater: packBits(count) { first[$0] > second[$0] }
    default: packBits(count) { first[$0] >= second[$0] }
    }
  }

  /// A column against a constant in the column's own width.
  private static func narrow(_ function: ScalarFunction, _ left: Operand, _ right: Operand, _ count: Int) -> Bitmap? {
    if left.column == nil, right.column != nil { return narrow(mirrored(function), right, left, count) }
    guard case .column(let column) = left, case .constant(let value) = right else { return nil }
    let constant: Int64
    switch value {
    case .integer(let number), .time(let number), .timestamp(let number): constant = number
    case .decimal(let number): constant = Int64(truncatingIfNeeded: number.units)
    case .date(let days): constant = Int64(days)
    default: return nil
    }
    return switch column.data {
    case .integer8(let values): against(function, values, constant, count)
    case .integer16(let values): against(function, values, constant, count)
    case .integer32(let values): against(function, values, constant, count)
    case .integer64(let values), .decimal64(let values): against(function, values, constant, count)
    case .date(let values): against(function, values, constant, count)
    case .time(let values), .timestamp(let values): against(function, values, constant, count)
    default: nil
    }
  }

  /// A column of doubles against a number.
  private static func doubles(_ function: ScalarFunction, _ left: Operand, _ right: Operand, _ count: Int) -> Bitmap? {
    if left.column == nil, right.column != nil { return doubles(mirrored(function), right, left, count) }
    guard case .double(let values)? = left.column?.data, case .constant(.double(let limit)) = right, !limit.isNaN else {
      return nil
    }
    let numbers = values.slice(0..<count)
    // What is not less is at least as large, NaN too.
    return switch function {
    case .equal: numbers.equal(to: limit)
    case .notEqual: numbers.equal(to: limit).inverted()
    case .less: numbers.less(than: limit)
    case .greaterOrEqual: numbers.less(than: limit).inverted()
    case .lessOrEqual: numbers.less(than: limit).combined(with: numbers.equal(to: limit), |)
    default: numbers.less(than: limit).combined(with: numbers.equal(to: limit)) { ~($0 | $1) }
    }
  }

  private static func against<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ function: ScalarFunction, _ values: Buffer<Number>, _ constant: Int64, _ count: Int
  ) -> Bitmap {
    precondition(values.count >= count)
    guard let limit = Number(exactly: constant) else {
      // Beyond the width: every value lies on the same side of it.
      let isBelow = constant > 0
      let answer =
        switch function {
        case .notEqual: true
        case .less, .lessOrEqual: isBelow
        case .greater, .greaterOrEqual: !isBelow
        default: false
        }
      return Bitmap(repeating: answer, count: count)
    }
    let values = values.slice(0..<count)
    return switch function {
    case .equal: values.equal(to: limit)
    case .notEqual: values.notEqual(to: limit)
    case .less: values.less(than: limit)
    case .lessOrEqual: values.atMost(limit)
    case .greater: values.greater(than: limit)
    default: values.atLeast(limit)
    }
  }

  private static func mirrored(_ function: ScalarFunction) -> ScalarFunction {
    switch function {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: function
    }
  }

  private static func texts(_ function: ScalarFunction, _ left: Operand, _ right: Operand, _ count: Int) -> Bitmap {
    if function == .equal || function == .notEqual, let column = left.column ?? right.column,
      case .text(let text)? = left.constant ?? right.constant,
      case .boolean(let bits)? = TextKernels.search(column, for: text, .equal)?.data
    {
      return function == .equal ? bits : bits.inverted()
    }
    let (leftViews, leftHeap) = views(left, count)
    let (rightViews, rightHeap) = views(right, count)
    precondition(leftViews.count >= count && rightViews.count >= count)
    return packBits(count) { row in
      let first = leftHeap.bytes(at: leftViews.pointer + row)
      let second = rightHeap.bytes(at: rightViews.pointer + row)
      switch function {
      case .equal: return TextHeap.equal(first, second)
      case .notEqual: return !TextHeap.equal(first, second)
      case .less: return TextHeap.compare(first, second) < 0
      case .lessOrEqual: return TextHeap.compare(first, second) <= 0
      case .greater: return TextHeap.compare(first, second) > 0
      default: return TextHeap.compare(first, second) >= 0
      }
    }
  }

  private static func views(_ operand: Operand, _ count: Int) -> (Buffer<TextView>, TextHeap) {
    switch operand {
    case .column(let column): column.textViews()
    case .constant(let value): Column(repeating: value, type: .text, count: count).textViews()
    }
  }

  private static func whole(_ operand: Operand, _ count: Int) -> Buffer<Int64> {
    switch operand {
    case .column(let column): column.widened()
    case .constant(.integer(let number)), .constant(.time(let number)), .constant(.timestamp(let number)):
      Buffer(repeating: number, count: count)
    case .constant(.decimal(let number)): Buffer(repeating: Int64(truncatingIfNeeded: number.units), count: count)
    case .constant(.date(let days)): Buffer(repeating: Int64(days), count: count)
    case .constant: Buffer(repeating: 0, count: count)
    }
  }

  /// Units of decimals, or the numbers by which lengths of time and counts are ordered.
  private static func long(_ operand: Operand, _ count: Int) -> Buffer<Int128> {
    switch operand {
    case .constant(.decimal(let number)): return Buffer(repeating: number.units, count: count)
    case .constant(.interval(let interval)): return Buffer(repeating: interval.length, count: count)
    case .constant(.count(let number)): return Buffer(repeating: number.orderKey, count: count)
    case .constant: return Buffer(repeating: 0, count: count)
    case .column(let column):
      switch column.data {
      case .interval(let values): return Buffer(values.map(\.length))
      case .counts(let values): return Buffer(values.map(\.orderKey))
      default: return column.widened128()
      }
    }
  }

  private static func flags(_ operand: Operand, _ count: Int) -> Buffer<Int64> {
    let result = MutableBuffer<Int64>(count: count, zeroed: true)
    switch operand {
    case .column(let column):
      if case .boolean(let bits) = column.data { bits.forEachTrue { result.pointer[$0] = 1 } }
    case .constant(let value):
      if value == .boolean(true) { return Buffer(repeating: 1, count: count) }
    }
    return result.frozen()
  }

  private static func orderable(_ operand: Operand, _ count: Int) -> Buffer<Int64> {
    switch operand {
    case .constant(.double(let value)): return Buffer(repeating: value.orderedBits, count: count)
    case .column(let column):
      guard case .double(let values) = column.data else { return Buffer(repeating: 0, count: count) }
      let result = MutableBuffer<Int64>(count: count)
      for row in 0..<min(count, values.count) { result.pointer[row] = values.pointer[row].orderedBits }
      return result.frozen()
    default: return Buffer(repeating: 0, count: count)
    }
  }
}

extension Double {
  /// A whole number that orders like the double does: -0 as 0, NaN as one value above infinity.
  @inline(__always)
  var orderedBits: Int64 {
    if self == 0 { return 0 }
    if isNaN { return .max }
    let bits = Int64(bitPattern: bitPattern)
    return bits ^ (bits >> 63 & .max)
  }
}
