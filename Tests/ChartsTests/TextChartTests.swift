import ColumnStore
import Formats
import Testing

@testable import Charts

/// Charts against drawings by hand.
@Suite struct TextChartTests {
  private typealias Mark = Chart.Mark

  private func bars(_ values: [(String, Mark)], width: Int) -> [String] {
    let chart = Chart(
      kind: .bar, xLabel: "k", yLabel: "n", positions: .categories(values.map(\.0)), isWhole: true,
      series: [Chart.Series(name: "", marks: values.map(\.1))])
    return lines(chart, width: width)
  }

  private func lines(_ chart: Chart, width: Int, height: Int? = nil) -> [String] {
    TextChart(chart, width: width, height: height).text.split(separator: "\n").map(String.init)
  }

  @Test func barsAreEighthsOfACellLong() {
    // 24 cells: 1 for the label, 2 for the axis, 3 for ` 10`: the bar has 18, so that 10 is 18 of them, 5 is 9, and 1 is 1.8.
    let drawn = bars(
      [("a", Mark(value: 10, text: "10")), ("b", Mark(value: 5, text: "5")), ("c", Mark(value: 1, text: "1"))],
      width: 24)
    #expect(
      drawn == [
        "k  n",
        "a │" + String(repeating: "█", count: 18) + " 10",
        "b │" + String(repeating: "█", count: 9) + String(repeating: " ", count: 11) + "5",
        "c │█▊" + String(repeating: " ", count: 18) + "1",
        "  └┬──┬───┬──┬───┬──┬",
        "   0  2   4  6   8 10",
      ])
  }

  @Test func negativeValuesGoToTheLeftOfZero() {
    let drawn = bars([("a", Mark(value: -10, text: "-10")), ("b", Mark(value: 10, text: "10"))], width: 27)
    #expect(drawn[1] == "a │██████████           -10")
    #expect(drawn[2] == "b │          ██████████  10")
  }

  @Test func boundsAreShadedAndOpenEndsHaveArrows() {
    let drawn = bars(
      [
        ("a", Mark(low: 5, high: 10, text: "5-10")), ("b", Mark(low: 5, text: "5+")),
        ("c", Mark(value: 5, low: 0, high: 10, text: "5")),
      ], width: 28)
    // 20 cells for 10.
    #expect(drawn[1] == "a │██████████░░░░░░░░░░ 5-10")
    #expect(drawn[2] == "b │██████████░░░░░░░░░→   5+")
    #expect(drawn[3] == "c │▓▓▓▓▓▓▓▓▓▓░░░░░░░░░░    5")
    #expect(drawn.suffix(2) == ["▓░ from low to high, → no", "upper bound"])
  }

  @Test func everyCategoryIsNamedAtItsFirstBar() {
    let chart = Chart(
      kind: .bar, positions: .categories(["a", "b"]), isWhole: true,
      series: [
        Chart.Series(name: "x", marks: [Mark(value: 1, text: "1"), Mark(.absent)]),
        Chart.Series(name: "y", marks: [Mark(value: 1, text: "1"), Mark(value: 1, text: "1")]),
      ])
    #expect(lines(chart, width: 30).prefix(3).map { $0.prefix(5) } == ["a x │", "  y │", "b y │"])
  }

  @Test func whatIsNotThereIsSaid() {
    let drawn = bars(
      [("a", Mark(value: 4, text: "4")), ("b", Mark(.missing, text: "NULL")), ("c", Mark(.hidden))], width: 24)
    #expect(drawn[2].hasPrefix("b │NULL"))
    #expect(drawn[3].hasPrefix("c │hidden"))
  }

  @Test func nothingAtAllIsSaidToo() {
    #expect(bars([("a", Mark(.missing, text: "NULL"))], width: 24) == ["nothing to draw"])
  }

  @Test func partsOfAStackHaveTheirOwnFill() {
    let chart = Chart(
      kind: .stacked, positions: .categories(["a", "b"]), isWhole: true,
      series: [
        Chart.Series(name: "x", marks: [Mark(value: 5), Mark(value: 10)]),
        Chart.Series(name: "y", marks: [Mark(value: 5), Mark(.absent)]),
      ])
    let drawn = lines(chart, width: 23)
    #expect(drawn[0] == "█ x  ▒ y")
    #expect(drawn[1] == "a │██████████▒▒▒▒▒▒▒▒▒▒")
    #expect(drawn[2] == "b │████████████████████")
  }

  @Test func linesGoUpInDots() {
    // Two values on 8 cells: 16 dots across, 8 up; the dots lie on the diagonal.
    let chart = Chart(
      kind: .line, positions: .points([0, 1], .number), isWhole: true,
      series: [Chart.Series(name: "", marks: [Mark(value: 0), Mark(value: 1)])])
    let drawn = lines(chart, width: 20, height: 2)
    #expect(drawn.count == 4)
    #expect(drawn[0].hasPrefix("1 ┤"))
    #expect(drawn[0].hasSuffix("⠉"))
    #expect(drawn[1].hasPrefix("  │⣀"))
    #expect(drawn[2].hasPrefix("0 ┼┬"))
  }

  @Test func yearsHaveNoCommas() {
    let chart = Chart(
      kind: .line, xLabel: "year", positions: .points([2014, 2015, 2016], .number), isWhole: true,
      series: [Chart.Series(name: "", marks: [1, 2, 3].map { Mark(value: $0) })])
    #expect(lines(chart, width: 40, height: 3).contains { $0.contains("2014") && $0.contains("2016") })
    #expect(!lines(chart, width: 40, height: 3).contains { $0.contains("2,01") || $0.contains("2014.5") })
  }

  @Test func aMissingMonthBreaksALine() {
    let days = [(2021, 1), (2021, 2), (2021, 3), (2021, 6), (2021, 7)].map {
      Double(CivilDate(year: $0.0, month: $0.1, day: 1)?.days ?? 0)
    }
    let slots = Chart.Slots(days, .date)
    #expect(slots.isRegular)
    #expect(slots.numbers == [0, 1, 2, 5, 6])
    #expect((0..<5).map(slots.isAfterGap) == [false, false, false, true, false])
    // Days without a rule have no grid.
    #expect(!Chart.Slots([0, 3, 4, 9], .date).isRegular)
  }

  @Test func columnsStandOnTheirRanges() {
    let chart = Chart(
      kind: .histogram, xLabel: "x", yLabel: "count", positions: .ranges([0...10, 10...20, 20...30], .number),
      isWhole: true, series: [Chart.Series(name: "", marks: [Mark(value: 4), Mark(value: 2), Mark(value: 1)])])
    let drawn = lines(chart, width: 20, height: 4)
    // 17 cells for 3 ranges: 5 each. 4 fills all 4 lines, 2 half of them, 1 one line.
    #expect(
      drawn == [
        "count",
        "4 ┤█████",
        "3 ┤█████",
        "2 ┤██████████",
        "1 ┤███████████████",
        "0 ┼┬────┬────┬───┬",
        "   0   10   20  30",
        "                 x",
      ])
  }

  @Test(arguments: [20, 40, 80, 120])
  func noLineIsWiderThanItMayBe(_ width: Int) {
    let names = ["日本語日本語日本語日本語", "العربية", "👩‍👩‍👧‍👦 family", "a very long name of a country that never ends", "b"]
    for kind in [Chart.Kind.bar, .stacked, .heatmap, .line] {
      let chart = Chart(
        kind: kind, title: "A title that is longer than some of these windows are wide", xLabel: names[3],
        yLabel: names[0], positions: .categories(names),
        series: ["one", names[3]].map { name in
          Chart.Series(
            name: name, marks: names.indices.map { Mark(value: Double($0), low: 0, high: 9, text: "\($0)  0 to 9") })
        })
      for line in lines(chart, width: width) { #expect(displayWidth(line) <= width, "\(kind) \(line)") }
    }
  }

  @Test func colourOnlyAddsToTheText() {
    let chart = Chart(
      kind: .bar, title: "T", positions: .categories(["a"]),
      series: [Chart.Series(name: "", marks: [Mark(value: 1, text: "1")])], notes: ["n"])
    let coloured = TextChart(chart, width: 40) { _, text in "<" + text + ">" }.text
    #expect(coloured.contains("<"))
    #expect(coloured.filter { $0 != "<" && $0 != ">" } == TextChart(chart, width: 40).text)
  }
}
