import ColumnStore
import Testing

@testable import Formats

@Suite("Counts among texts") struct CountNotationTests {
  @Test(
    "are pointed out where every text is a count, and some cannot be anything else",
    arguments: [
      (["500+", "12", ""], "500+"), (["7", "<5", "around 250"], "<5"), (["0-499", "500-999"], "0-499"),
      (["500+", "many"], nil), (["2019-2020", "2020-2021"], nil), (["12", "a"], nil), (["030-1234"], nil),
      (["12", "1,178"], nil),
    ] as [([String], String?)])
  func example(_ sample: (texts: [String], wanted: String?)) {
    let values = sample.texts.map { $0.isEmpty ? Value.null : .text($0) }
    #expect(CountNotation.example(in: Column(type: .text, values: values)) == sample.wanted)
  }

  @Test func theReportSaysHowToReadThem() throws {
    let note = "n: counts such as '500+' are kept as text; types (n count) reads their bounds"
    let loaded = try load("id,n\n1,500+\n2,12\n3,<5\n")
    #expect(loaded.report.notes == [note])
    #expect(loaded.types == [.integer, .text])
    #expect(try load("id,n\n1,500+\n2,12\n") { $0.allText = true }.report.notes == [])
    #expect(try load("id,n\n1,500+\n2,12\n") { $0.types = ["n": .count] }.report.notes == [])
  }
}
