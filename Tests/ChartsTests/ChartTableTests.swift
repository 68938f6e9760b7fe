import ColumnStore
import Formats
import Testing

@testable import Charts

@Suite struct ChartTableTests {
  private func table(_ columns: [(String, DataType, [Value])]) -> Table {
    Table(columns.map { (name: $0.0, column: Column(type: $0.1, values: $0.2)) })
  }

  private func chart(_ table: Table, _ encoding: ChartEncoding, most: Int = 20) throws -> Chart {
    try Chart(of: table, encoding: encoding, presentation: Presentation(), mostCategories: most)
  }

  @Test func manyCategoriesAreCutToTheLargestAndSaid() throws {
    let table = table([
      ("k", .text, (0..<5).map { .text("k\($0)") }), ("n", .integer, [3, 9, 1, 7, 5].map { .integer($0) }),
    ])
    let chart = try chart(table, ChartEncoding(kind: .bar, x: 0, measures: [.init(1)]), most: 3)
    #expect(chart.positions == .categories(["k1", "k3", "k4"]))
    #expect(chart.notes == ["2 more categories of k left out: the largest 3 are shown"])
  }

  @Test func manySeriesOfAStackAreOneMorePart() throws {
    let table = table([
      ("k", .text, (0..<9).map { .text("k\($0)") }), ("n", .integer, (1...9).map { .integer($0) }),
    ])
    let chart = try chart(table, ChartEncoding(kind: .stacked, x: nil, series: [0], measures: [.init(1)]))
    #expect(chart.series.map(\.name) == ["k3", "k4", "k5", "k6", "k7", "k8", "3 others"])
    // 1 + 2 + 3.
    #expect(chart.series.last?.marks == [Chart.Mark(value: 6)])
  }

  @Test func severalRowsAtOnePlaceAreAnError() {
    let table = table([("k", .text, [.text("a"), .text("a")]), ("n", .integer, [.integer(1), .integer(2)])])
    #expect(throws: ChartError.severalRows(position: "a", series: "")) {
      try chart(table, ChartEncoding(kind: .bar, x: 0, measures: [.init(1)]))
    }
  }

  @Test func whatIsNoNumberIsSaid() throws {
    let table = table([
      ("k", .text, ["a", "b", "c", "d"].map { .text($0) }),
      ("n", .double, [.double(1), .null, .double(.infinity), .double(.nan)]),
    ])
    let chart = try chart(table, ChartEncoding(kind: .bar, x: 0, measures: [.init(1)]))
    #expect(chart.series[0].marks.map(\.state) == [.drawn, .missing, .missing, .missing])
    #expect(chart.notes == ["3 values not drawn: NULL or no finite number"])
    #expect(chart.valueRange == 1...1)
  }

  @Test func namesThatDeceiveAreEscaped() throws {
    let table = table([("k\u{202E}", .text, [.text("\u{1B}[31mred\n")]), ("n", .integer, [.integer(1)])])
    let chart = try chart(table, ChartEncoding(kind: .bar, x: 0, measures: [.init(1)]))
    #expect(chart.positions == .categories(["\\e[31mred\\n"]))
    #expect(chart.xLabel == "k\\u{202e}")
    #expect(!SVGChart(chart).text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  @Test func countsKeepTheirBounds() throws {
    let counts: [BoundedCount?] = [
      BoundedCount(12), BoundedCount(lower: 501, upper: nil), BoundedCount(lower: 0, upper: 249), .around(250),
    ]
    let table = table([
      ("k", .text, (0..<4).map { .text("\($0)") }), ("n", .count, counts.map { $0.map { .count($0) } ?? .null }),
    ])
    let marks = try chart(table, ChartEncoding(kind: .bar, x: 0, measures: [.init(1)])).series[0].marks
    #expect(marks[0] == Chart.Mark(value: 12, text: "12"))
    #expect(marks[1] == Chart.Mark(low: 501, text: "501+"))
    #expect(marks[2] == Chart.Mark(low: 0, high: 249, text: "0-249"))
    #expect(marks[3] == Chart.Mark(low: 0, text: "250~"))
    #expect(marks.map(\.isOpen) == [false, true, false, true])
  }

  @Test func partsOfARangeAreAddedUp() {
    let chart = Chart(
      kind: .histogram, positions: .ranges([0...1, 1...2], .number),
      series: [[3.0, 4], [5, 1]].map { values in
        Chart.Series(name: "s", marks: values.map { Chart.Mark(value: $0) })
      })
    #expect(chart.valueRange == 0...8)
  }

  @Test func numbersBesideBarsHaveFourDigits() {
    #expect(Chart.shortText(28.03162489452614) == "28.03")
    #expect(Chart.shortText(4.5) == "4.5")
    #expect(Chart.shortText(0) == "0")
    #expect(Chart.shortText(-1234567.89) == "-1,234,568")
    #expect(Chart.shortText(0.000123456) == "0.0001235")
    #expect(Chart.shortText(99_999.96) == "100,000")
    #expect(Chart.shortText(1e300) == "1e+300")
  }
}
