import ColumnStore
import Foundation
import Formats
import Testing

@testable import Charts

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads a document and keeps what is in it.
private final class Reader: NSObject, XMLParserDelegate {
  var names: [String: Int] = [:]
  var cells: [[String]] = []
  var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    names[name, default: 0] += 1
    if attributes["role"] == "row" { cells.append([]) }
    text = ""
    isCell = attributes["role"] == "cell" || attributes["role"] == "columnheader"
  }

  private var isCell = false

  func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    if isCell, name == "text" { cells[cells.count - 1].append(text) }
    isCell = false
  }
}

@Suite struct SVGChartTests {
  private func read(_ chart: Chart) throws -> Reader {
    let reader = Reader()
    let parser = XMLParser(data: Data(SVGChart(chart).text.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    return reader
  }

  private static let kinds: [Chart.Kind] = [.bar, .line, .stacked, .heatmap, .histogram, .box, .lorenz, .survival]

  @Test(arguments: kinds)
  func everyKindIsWellFormedWhateverItsTextsHold(_ kind: Chart.Kind) throws {
    let names = ["<a>", "\"b\" & 'c'", "]]>", "日本語"]
    let marks = [
      Chart.Mark(value: 3, low: 1, high: 4, text: "<3>"), Chart.Mark(.hidden), Chart.Mark(.missing, text: "&"),
      Chart.Mark(low: 2, text: "2+"),
    ]
    for positions: Chart.Positions in [
      .categories(names), .points([1, 2, 3, 5], .number), .points([18_262, 18_293, 18_322, 18_383], .date),
      .ranges([-.infinity...0, 0...1, 1...2, 2...(.infinity)], .number),
    ] {
      let chart = Chart(
        kind: kind, title: "</title>&", xLabel: "<x>", yLabel: "&y", positions: positions,
        series: ["q1", "median", "q3 <&>"].map { Chart.Series(name: $0, marks: marks) }, notes: ["<note> & more"],
        rows: [["k", "<n>"], ["a & b", "1"], ["", "2"]])
      let reader = try read(chart)
      #expect(reader.names["title"] == 1)
      #expect(reader.names["desc"] == 1)
      #expect(reader.names["script"] == nil)
      #expect(reader.cells == [["k", "<n>"], ["a & b", "1"], ["", "2"]])
    }
  }

  @Test func theTableHoldsTheValuesOfTheRows() throws {
    let table = Table([
      (name: "k", column: Column(type: .text, values: [.text("a"), .null])),
      (name: "n", column: Column(type: .double, values: [.double(0.1), .double(1234567.25)])),
    ])
    let chart = try Chart(
      of: table, encoding: ChartEncoding(kind: .bar, x: 0, measures: [.init(1)]), presentation: Presentation())
    #expect(try read(chart).cells == [["k", "n"], ["a", "0.1"], ["NULL", "1,234,567.25"]])
  }

  @Test func lengthsAreWrittenToAHundredth() {
    #expect(
      [0, 1, 1.5, -2.25, 0.05, 1e300, .nan].map(SVGWriter.number) == ["0", "1", "1.5", "-2.25", "0.05", "0", "0"])
  }
}
