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

  /// Calls `body` once, with functions that give a row's value as a double, near enough to order by, and as its key.
  @inline(__always)
  static func with(
    _ input: AggregateInput, _ body: (_ number: (Int) -> Double, _ key: (Int) -> Int64) -> Void
  ) {
    guard let column = input.arguments.first else { return }
    precondition(column.count >= input.count)
    switch column.data {
    case .boolean(let bits): body({ bits[$0] ? 1 : 0 }, { bits[$0] ? 1 : 0 })
    case .integer8(let values): whole(values.pointer, body)
    case .integer16(let values): whole(values.pointer, body)
    case .integer32(let values), .date(let values): whole(values.pointer, body)
    case .integer64(let values), .decimal64(let values), .time(let values), .timestamp(let values):
      whole(values.pointer, body)
    case .double(let values):
      let pointer = values.pointer
      body({ pointer[$0] }, { pointer[$0].orderedBits })
    case .decimal128, .interval, .counts, .codes8, .codes16, .codes32, .views, .lists:
      preconditionFailure("such values are no numbers of 64 bits")
    }
  }

  @inline(__always)
  private static func whole<Number: FixedWidthInteger>(
    _ values: UnsafePointer<Number>, _ body: (_ number: (Int) -> Double, _ key: (Int) -> Int64) -> Void
  ) {
    body({ Double(values[$0]) }, { Int64(truncatingIfNeeded: values[$0]) })
  }
}
