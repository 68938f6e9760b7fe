import ColumnStore

/// A table for tests: columns by name, type and values.
func table(_ columns: (String, DataType, [Value])...) -> Table {
  Table(columns.map { (name: $0.0, column: Column(type: $0.1, values: $0.2)) })
}

/// A text column with a dictionary, as the loader makes for few distinct values.
func dictionaryColumn(_ entries: [String], codes: [UInt8], missing: Set<Int> = []) -> Column {
  let validity = missing.isEmpty ? nil : Bitmap(codes.indices.map { !missing.contains($0) })
  return Column(type: .text, data: .codes8(Buffer(codes), TextDictionary(entries)), validity: validity)
}

/// Types of the newer kind once, with a row of values and a row of NULLs.
let laterTypes = table(
  ("n", .decimal(precision: 6, scale: 2), [.decimal(Decimal(units: -150, scale: 2)), .null]),
  (
    "w", .decimal(precision: 30, scale: 1),
    [.decimal(Decimal(units: 12_345_678_901_234_567_890_123, scale: 1)), .null]
  ), ("at", .time, [.time(70_200_500_000), .null]),
  ("span", .interval, [.interval(Interval(months: 14, days: 3, microseconds: -1_000_000)), .null]),
  ("c", .count, [BoundedCount(lower: 500, upper: nil).map { .count($0) } ?? .null, .null]),
  ("i", .list(.integer), [.list([.integer(1), .null], of: .integer), .null]),
  ("days", .list(.date), [.list([.date(18_668)], of: .date), .null]))

/// Every type once, with a row of values and a row of NULLs. 2021-02-10 is day 18,668.
let everyType = table(
  ("b", .boolean, [.boolean(true), .null]), ("i", .integer, [.integer(-1178), .null]),
  ("d", .double, [.double(0.1), .null]), ("t", .text, [.text("a\"b"), .null]),
  ("day", .date, [.date(18_668), .null]), ("at", .timestamp, [.timestamp(1_612_915_200_500_000), .null]),
  ("l", .textList, [.textList(["x", "y"]), .null]))
