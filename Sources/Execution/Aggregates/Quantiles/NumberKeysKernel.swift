import ColumnStore

/// Values that order like whole numbers of 64 bits.
enum NumberKeys {
  /// Whether values of a type are such.
  static func exist(for type: DataType) -> Bool {
    switch type {
    case .integer, .double, .date, .time, .timestamp, .boolean: true
    case .decimal(let precision, _): precision <= Decimal.narrowPrecision
    case .text, .interval, .count, .list: false
    }
  }

  /// Calls `body` once, with a function that gives a row's value as its key.
  @inline(__always)
  static func with(_ input: AggregateInput, _ body: (_ key: (Int) -> Int64) -> Void) {
    guard let column = input.arguments.first else { return }
    precondition(column.count >= input.count)
    switch column.data {
    case .boolean(let bits): body { bits[$0] ? 1 : 0 }
    case .integer8(let values): whole(values.pointer, body)
    case .integer16(let values): whole(values.pointer, body)
    case .integer32(let values), .date(let values): whole(values.pointer, body)
    case .integer64(let values), .decimal64(let values), .time(let values), .timestamp(let values):
      whole(values.pointer, body)
    case .double(let values):
      let pointer = values.pointer
      body { pointer[$0].orderedBits }
    case .decimal128, .interval, .counts, .codes8, .codes16, .codes32, .views, .lists:
      preconditionFailure("such values are no numbers of 64 bits")
    }
  }

  @inline(__always)
  private static func whole<Number: FixedWidthInteger>(
    _ values: UnsafePointer<Number>, _ body: (_ key: (Int) -> Int64) -> Void
  ) {
    body { Int64(truncatingIfNeeded: values[$0]) }
  }

  /// The values as doubles, near enough to order by.
  static func doubles(_ input: AggregateInput) -> Buffer<Double> {
    guard let column = input.arguments.first else { return Buffer(repeating: 0, count: input.count) }
    if case .double(let values) = column.data { return values }
    let result = MutableBuffer<Double>(count: input.count)
    with(input) { key in for row in 0..<input.count { result.pointer[row] = Double(key(row)) } }
    return result.frozen()
  }
}
