import ColumnStore
import Testing

@testable import Formats

@Suite("Types that are prescribed") struct PrescribedTypesTests {
  private func column(_ type: String, _ values: [String], decimal: UInt8? = nil) throws -> LoadedTable {
    let type = try #require(DataType(named: type))
    return try load((["h;k"] + values.map { "\($0);x" }).joined(separator: "\n") + "\n") {
      $0.header = true
      $0.types = ["h": type]
      $0.decimal = decimal
    }
  }

  private func decimals(_ units: [Int128?], scale: Int) -> [Value] {
    units.map { $0.map { .decimal(Decimal(units: $0, scale: scale)) } ?? .null }
  }

  @Test func decimals() throws {
    let loaded = try column("decimal(6,2)", ["1.5", "", "-0.005", "1,334", "38%", "5 (3)", "10000", "x", "1e3"])
    #expect(loaded.types[0] == .decimal(precision: 6, scale: 2))
    #expect(loaded.values(0) == decimals([150, nil, -1, 133_400, 38, 500, nil, nil, 100_000], scale: 2))
    #expect(loaded.rejects?.rowCount == 2)
    #expect(loaded.remarks?.rowCount == 1)
    let wide = try column("decimal(30,1)", ["12345678901234567890123.45", "-0.1"])
    #expect(wide.values(0) == decimals([123_456_789_012_345_678_901_235, -1], scale: 1))
    let comma = try column("decimal(6,2)", ["1,5", "1.334,25", "2.5"], decimal: UInt8(ascii: ","))
    #expect(comma.values(0) == decimals([150, 133_425, nil], scale: 2))
  }

  @Test func timesAndIntervals() throws {
    let times = try column("time", ["19:30", "24:00:00", "", "25:00", " 01:02:03.5 "])
    #expect(times.values(0) == [.time(70_200_000_000), .time(86_400_000_000), .null, .null, .time(3_723_500_000)])
    #expect(times.rejects?.rowCount == 1)
    let intervals = try column("interval", ["1 day", "P1Y", "", "soon", "-00:00:01"])
    #expect(
      intervals.values(0) == [
        .interval(Interval(days: 1)), .interval(Interval(months: 12)), .null, .null,
        .interval(Interval(microseconds: -1_000_000)),
      ])
    #expect(intervals.rejects?.rowCount == 1)
  }

  @Test func counts() throws {
    let counts = try column("count", ["500+", "\"1,178\"", "", "many", "4*", "Over 500", "around 250"])
    #expect(
      counts.values(0) == [
        .count(try #require(BoundedCount(lower: 500, upper: nil))), .count(BoundedCount(1178)), .null, .null,
        .count(BoundedCount(4)), .count(try #require(BoundedCount(lower: 501, upper: nil))),
        .count(try #require(BoundedCount.around(250))),
      ])
    #expect(counts.rejects?.rowCount == 1)
    #expect(counts.remarks?.rowCount == 1)
    let bare = try column("count", ["12", "0"])
    #expect(bare.values(0) == [.count(BoundedCount(12)), .count(BoundedCount(0))])
  }

  @Test func lists() throws {
    let loaded = try column("integer[]", ["\"[1,2]\"", "", "[]", "\"[1,x]\"", "[null]"])
    #expect(
      loaded.values(0) == [
        .list([.integer(1), .integer(2)], of: .integer), .null, .list([], of: .integer), .null,
        .list([.null], of: .integer),
      ])
    #expect(loaded.rejects?.rowCount == 1)
    let texts = try column("text[]", ["\"[\"\"a text of more than twelve bytes\"\"]\"", "[]"])
    #expect(texts.values(0) == [.textList(["a text of more than twelve bytes"]), .textList([])])
  }

  @Test func optionsNameThemWithTheirBrackets() throws {
    let options = try LoadOptions(parsing: [
      LoadOption(
        name: "types", pairs: [("x", "decimal (10,2)"), ("y", "time"), ("z", "interval"), ("w", "integer []")])
    ])
    #expect(
      options.types == ["x": .decimal(precision: 10, scale: 2), "y": .time, "z": .interval, "w": .list(.integer)])
    #expect(throws: LoadError.self) {
      try LoadOptions(parsing: [LoadOption(name: "types", pairs: [("x", "decimal(99)")])])
    }
  }
}
