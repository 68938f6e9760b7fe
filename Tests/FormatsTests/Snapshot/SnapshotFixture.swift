import ColumnStore
import Testing

@testable import Formats

/// Tables of all types and ways to store them, and what becomes of them in a snapshot.
enum SnapshotFixture {
  /// The bytes of a snapshot.
  static func bytes(_ tables: [(name: String, table: Table)]) throws -> [UInt8] {
    let sink = MemorySink()
    try Snapshot.write(tables, savedBy: "a test", savedAt: 1_700_000_000_000_000, to: sink)
    return sink.bytes
  }

  /// The snapshot that some bytes are.
  static func open(_ bytes: [UInt8]) throws -> Snapshot { try Snapshot(FileBytes(path: "t.nbs", bytes: bytes)) }

  /// A table as it comes back.
  static func reopened(_ table: Table) throws -> Table {
    let snapshot = try open(try bytes([("t", table)]))
    let reopened = try #require(snapshot.tables.first?.table)
    _ = Array(reopened.columns)
    #expect(reopened.columns.problem == nil)
    return reopened
  }

  /// A table with a column for each way to store values, NULL in its first and last row and in some between.
  static func table(rowCount: Int) -> Table {
    let validity = Bitmap((0..<rowCount).map { $0 != 0 && $0 != rowCount - 1 && $0 % 7 != 3 })
    func column(_ type: DataType, _ data: ColumnData) -> Column {
      Column(type: type, data: data, validity: rowCount == 0 ? nil : validity)
    }
    func buffer<Element: BitwiseCopyable & Sendable>(_ value: (Int) -> Element) -> Buffer<Element> {
      Buffer((0..<rowCount).map(value))
    }
    let scrambled = { (row: Int) in Int64(truncatingIfNeeded: UInt64(row) &* 0x9E37_79B9_7F4A_7C15) }
    let words = (0..<257).map { "\($0)" + String(repeating: "ü", count: $0 % 9) }
    let few = TextDictionary((0..<255).map { "entry \(1000 + $0) of the sorted one" }, isSorted: true)
    let full = TextDictionary(Array(words[..<256]))
    let many = TextDictionary(words)
    var texts = TextBuilder()
    for row in 0..<rowCount {
      let long = "a long text, number \(row), ✓ \(row % 3 == 0 ? "ß" : "")"
      texts.append(row % 5 == 0 ? "" : row % 5 == 1 ? "kısa" : long)
    }
    let (views, heap) = texts.finish()
    let listOffsets = Buffer((0...rowCount).map { Int64($0 / 2) })
    let items = Column(type: .integer, data: .integer32(Buffer((0..<rowCount / 2).map { Int32($0) })))
    let lists = ListData(offsets: listOffsets, items: items)
    let nested = ListData(
      offsets: Buffer((0...rowCount).map { Int64($0) }), items: column(.list(.integer), .lists(lists)))
    return Table([
      ("boolean", column(.boolean, .boolean(Bitmap((0..<rowCount).map { $0 % 3 == 0 })))),
      ("integer8", column(.integer, .integer8(buffer { Int8(truncatingIfNeeded: $0) }))),
      ("integer16", column(.integer, .integer16(buffer { Int16(truncatingIfNeeded: $0) }))),
      ("integer32", Column(type: .integer, data: .integer32(buffer { Int32(truncatingIfNeeded: -$0) }))),
      ("integer64", column(.integer, .integer64(buffer(scrambled)))),
      ("double", column(.double, .double(buffer { Double($0) / 7 }))),
      ("narrow", column(.decimal(precision: 18, scale: 3), .decimal64(buffer { 999_999_999_999_999_999 - Int64($0) }))),
      (
        "wide",
        column(.decimal(precision: 38, scale: 9), .decimal128(buffer { Decimal.powersOfTen[37] * -9 - Int128($0) }))
      ),
      ("date", column(.date, .date(buffer { 2_932_896 - Int32(truncatingIfNeeded: $0) }))),
      ("time", column(.time, .time(buffer { 86_400_000_000 - Int64($0) }))),
      ("timestamp", column(.timestamp, .timestamp(buffer { Int64($0) * -3_600_000_001 }))),
      (
        "interval",
        column(
          .interval,
          .interval(buffer { Interval(months: Int32(truncatingIfNeeded: $0), days: -1, microseconds: scrambled($0)) }))
      ),
      (
        "count",
        column(
          .count,
          .counts(buffer { BoundedCount(lower: Int64($0), upper: $0 % 2 == 0 ? nil : 1 << 40) ?? BoundedCount(-7) }))
      ),
      ("codes8", column(.text, .codes8(buffer { UInt8($0 % 255) }, few))),
      ("full8", column(.text, .codes8(buffer { UInt8($0 % 256) }, full))),
      ("codes16", column(.text, .codes16(buffer { UInt16($0 % 257) }, many))),
      ("codes32", column(.text, .codes32(buffer { UInt32($0 % 255) }, few))),
      ("views", column(.text, .views(views, heap))),
      ("lists", column(.list(.integer), .lists(lists))),
      ("nested", column(.list(.list(.integer)), .lists(nested))),
    ])
  }

  /// Whether two tables have the same rows, stored in the same way. Of large ones some rows are looked at.
  static func expectSame(_ left: Table, _ right: Table, _ comment: Comment) {
    #expect(left.descriptions == right.descriptions && left.rowCount == right.rowCount, comment)
    let ends = 130
    let rows = (0..<left.rowCount).filter { $0 < ends || $0 >= left.rowCount - ends || $0 % 397 == 0 }
    for (index, (first, second)) in zip(left.columns, right.columns).enumerated() {
      let name = left.descriptions[index].name
      #expect(first.nullCount == second.nullCount, "\(comment) \(name)")
      #expect(first.dictionary?.count == second.dictionary?.count, "\(comment) \(name)")
      #expect(first.dictionary?.isSorted == second.dictionary?.isSorted, "\(comment) \(name)")
      #expect(!rows.contains { first.value($0) != second.value($0) }, "\(comment) \(name)")
    }
  }
}
