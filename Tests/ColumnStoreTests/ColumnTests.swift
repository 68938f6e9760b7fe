import Testing

@testable import ColumnStore

@Suite("Columns") struct ColumnTests {
  /// One value of every kind that a type has, NULL among them.
  static func samples(_ type: DataType) -> [Value] {
    switch type {
    case .boolean: [.boolean(true), .null, .boolean(false)]
    case .integer:
      [.integer(1), .null, .integer(-128), .integer(300), .integer(.max), .integer(.min), .integer(70_000)]
    case .double: [.double(1.5), .null, .double(-0.0), .double(.infinity)]
    case .text: [.text(""), .null, .text("twelve bytes"), .text("thirteen bytes"), .text("नोटिस"), .text("a")]
    case .date: [.date(0), .null, .date(-1), .date(18_659)]
    case .timestamp: [.timestamp(0), .null, .timestamp(-1), .timestamp(1 << 50)]
    case .decimal(let precision, let scale):
      [
        .decimal(Decimal(units: 150, scale: scale)), .null, .decimal(Decimal(units: -1, scale: scale)),
        .decimal(Decimal(units: Decimal.powersOfTen[precision] - 1, scale: scale)),
        .decimal(Decimal(units: 1 - Decimal.powersOfTen[precision], scale: scale)),
      ]
    case .time: [.time(0), .null, .time(microsecondsPerDay), .time(1)]
    case .interval:
      [
        .interval(Interval(months: 14, days: -3, microseconds: 1)), .null, .interval(Interval()),
        .interval(Interval(months: .min, days: .max, microseconds: .min)),
      ]
    case .count:
      [.count(BoundedCount(12)), .null, .count(BoundedCount(lower: 500, upper: nil) ?? BoundedCount(0))]
    case .list(.text): [.textList([]), .null, .textList(["a"]), .textList(["b", "a text that is long enough"])]
    case .list(let element):
      [.list([], of: element), .null, .list(samples(element), of: element), .list([.null], of: element)]
    }
  }

  static let types: [DataType] = [
    .boolean, .integer, .double, .decimal(precision: 4, scale: 2), .decimal(precision: 18, scale: 0),
    .decimal(precision: 19, scale: 19), .decimal(precision: 38, scale: 3), .text, .date, .time, .timestamp, .interval,
    .count,
    .textList, .list(.integer), .list(.list(.boolean)), .list(.interval), .list(.decimal(precision: 20, scale: 1)),
  ]

  private func values(_ column: Column) -> [Value] { (0..<column.count).map { column.value($0) } }

  private func many(_ type: DataType, _ count: Int) -> [Value] {
    let samples = Self.samples(type)
    return (0..<count).map { samples[$0 * 5 % samples.count] }
  }

  /// Texts by codes of a width in bytes.
  static func codes(_ values: [Value], width: Int, _ dictionary: TextDictionary, _ entries: [String]) -> Column {
    let codes = values.map { value -> Int in
      if case .text(let text) = value { return entries.firstIndex(of: text) ?? 0 }
      return 0
    }
    let data: ColumnData =
      switch width {
      case 1: .codes8(Buffer(codes.map { UInt8($0) }), dictionary)
      case 2: .codes16(Buffer(codes.map { UInt16($0) }), dictionary)
      default: .codes32(Buffer(codes.map { UInt32($0) }), dictionary)
      }
    return Column(type: .text, data: data, validity: Bitmap(values.map { !$0.isNull }))
  }

  @Test("values go in and come out", arguments: types)
  func roundTrip(_ type: DataType) {
    let values = many(type, 200)
    let column = Column(type: type, values: values)
    #expect(self.values(column) == values)
    #expect(column.nullCount == values.filter(\.isNull).count)
    for value in Self.samples(type) {
      #expect(self.values(Column(repeating: value, type: type, count: 3)) == [value, value, value])
    }
    #expect(Column.nulls(type: type, count: 0).count == 0)
    #expect(self.values(Column.nulls(type: type, count: 65)) == Array(repeating: .null, count: 65))
  }

  @Test("slices at all offsets", arguments: types)
  func slices(_ type: DataType) {
    let values = many(type, 150)
    let column = Column(type: type, values: values)
    for start in 0...150 {
      for end in [start, min(start + 1, 150), min(start + 64, 150), 150] {
        #expect(self.values(column.slice(start..<end)) == Array(values[start..<end]))
      }
    }
    let inner = column.slice(3..<140).slice(62..<130)
    #expect(self.values(inner) == Array(values[65..<133]))
    #expect(self.values(inner.gather(Buffer([67, 0, .max, 0]))) == [values[132], values[65], .null, values[65]])
  }

  @Test("gathering repeats, reorders and leaves out", arguments: types)
  func gathering(_ type: DataType) {
    let values = many(type, 100)
    let column = Column(type: type, values: values)
    let indices = (0..<130).map { $0 % 9 == 4 ? UInt32.max : UInt32($0 * 7 % 100) }
    let wanted = indices.map { $0 == .max ? Value.null : values[Int($0)] }
    #expect(self.values(column.gather(Buffer(indices))) == wanted)
    #expect(column.gather(Buffer([])).count == 0)
    #expect(self.values(Column.nulls(type: type, count: 0).gather(Buffer([.max, .max]))) == [.null, .null])
  }

  @Test("concatenation of parts of any length", arguments: types)
  func concatenation(_ type: DataType) {
    let sizes = [0, 1, 63, 0, 64, 65, 2, 130, 0]
    var parts: [Column] = []
    var wanted: [Value] = []
    for (index, size) in sizes.enumerated() {
      // Every other part has no NULL, so that it has no validity.
      let values = many(type, size).map { index % 2 == 0 && $0.isNull ? Self.samples(type)[0] : $0 }
      parts.append(Column(type: type, values: values))
      wanted += values
    }
    #expect(values(Column.concatenated(parts, type: type)) == wanted)
    #expect(Column.concatenated([], type: type).count == 0)
    let sliced = Column.concatenated(parts, type: type).slice(5..<200)
    #expect(
      values(Column.concatenated([sliced, parts[1], sliced], type: type)) == Array(wanted[5..<200]) + [wanted[0]]
        + Array(wanted[5..<200]))
  }

  @Test("integers of different widths are put together in the widest")
  func widths() {
    let parts: [[Int64]] = [[1, -1], [300, -300], [70_000], [1 << 40]]
    for count in 1...4 {
      let columns = parts.prefix(count).map { Column(type: .integer, data: ColumnData(narrowing: $0)) }
      let joined = Column.concatenated(columns, type: .integer)
      #expect(values(joined) == parts.prefix(count).flatMap { $0 }.map { .integer($0) })
      #expect(Array(joined.widened()) == parts.prefix(count).flatMap { $0 })
    }
    for (low, high, bytes) in [(-128, 127, 1), (-129, 0, 2), (0, 32_768, 4), (0, 2_147_483_648, 8)] {
      #expect(ColumnData(narrowing: [Int64(low), Int64(high)]).byteCount == bytes * 2)
    }
  }

  @Test("codes of one dictionary stay codes, whatever their widths", arguments: [1, 2, 4], [1, 2, 4])
  func sharedDictionary(_ first: Int, _ second: Int) {
    let entries = ["", "a", "twelve bytes", "thirteen bytes", "नोटिस"]
    let dictionary = TextDictionary(entries)
    let values = many(.text, 70)
    let parts = [first, second].map { Self.codes(values, width: $0, dictionary, entries) }
    let joined = Column.concatenated(parts, type: .text)
    #expect(self.values(joined) == values + values)
    #expect(joined.dictionary === dictionary)
  }

  @Test("texts of different origins become views; blocks that occur again are kept once")
  func textsOfManyOrigins() {
    let entries = ["", "a", "twelve bytes", "thirteen bytes", "नोटिस"]
    let values = many(.text, 70)
    let plain = Column(type: .text, values: values)
    let coded = Self.codes(values, width: 1, TextDictionary(entries), entries)
    var joined = Column.concatenated([plain, coded, plain, coded], type: .text)
    #expect(self.values(joined) == values + values + values + values)
    // Joining a column with itself over and over must not pile blocks up until views can no longer tell them apart.
    for _ in 0..<20 {
      joined = Column.concatenated([joined.slice(0..<64), joined.slice(64..<140), plain.slice(0..<3)], type: .text)
    }
    #expect(joined.textViews().heap.blocks.count <= 4)
    #expect(self.values(joined.slice(0..<64)) == Array((values + values)[0..<64]))
  }

  @Test("more blocks than a view can number are copied into one")
  func manyBlocks() {
    let text = "a text longer than twelve bytes"
    let parts = (0..<65_540).map { _ in Column(type: .text, values: [.text(text)]) }
    let joined = Column.concatenated(parts, type: .text)
    #expect(joined.count == 65_540)
    #expect(joined.value(0) == .text(text) && joined.value(65_539) == .text(text))
    #expect(joined.textViews().heap.blocks.count == 1)
  }

  @Test("a buffer's values outlive the buffer that was not kept")
  func temporaries() {
    let column = Column(type: .integer, data: ColumnData(narrowing: (0..<5000).map { Int64($0 % 100) }))
    for _ in 0..<50 {
      #expect(column.widened().map { $0 }.reduce(0, +) == 50 * 4950)
      var sum: Int64 = 0
      for value in column.widened() { sum += value }
      #expect(sum == 50 * 4950)
    }
  }

  @Test("statistics: range and missing values per segment and in all")
  func statistics() {
    let count = Segment.rowCount + 10
    let values = (0..<count).map { Int64($0) }
    let column = Column(
      type: .integer, data: ColumnData(narrowing: values), validity: Bitmap((0..<count).map { $0 % 100 != 0 }))
    let statistics = ColumnStatistics(of: column)
    #expect(statistics.segments.count == 2)
    #expect(statistics.segments[0].range == 1...65_535 && statistics.segments[1].range == 65_536...65_545)
    #expect(statistics.total.range == 1...65_545)
    #expect(statistics.total.nullCount == 656)
    let none = ColumnStatistics(of: .nulls(type: .date, count: 70))
    #expect(none.total == ColumnStatistics.Summary(nullCount: 70, range: nil))
    #expect(ColumnStatistics(of: .nulls(type: .integer, count: 0)).total.range == nil)
  }

  @Test("a row's file and line")
  func origin() {
    let origin = RowOrigin(parts: [
      .init(file: "a.csv", firstRow: 0, rowCount: 3, firstLine: 2),
      .init(file: "b.csv", firstRow: 3, rowCount: 0, firstLine: 2),
      .init(
        file: "c.csv", firstRow: 3, rowCount: 4, firstLine: 1,
        jumps: [(row: 1, extraLines: 2), (row: 3, extraLines: 3)]),
    ])
    let wanted = [("a.csv", 2), ("a.csv", 3), ("a.csv", 4), ("c.csv", 1), ("c.csv", 4), ("c.csv", 5), ("c.csv", 7)]
    for (row, place) in wanted.enumerated() {
      #expect(origin.place(of: row)?.file == place.0 && origin.place(of: row)?.line == place.1)
    }
    #expect(origin.place(of: 7) == nil && origin.place(of: -1) == nil)
    #expect(values(origin.fileColumn(rowCount: 7)) == wanted.map { .text($0.0) })
    #expect(values(origin.lineColumn(rowCount: 7)) == wanted.map { .integer(Int64($0.1)) })
  }
}
