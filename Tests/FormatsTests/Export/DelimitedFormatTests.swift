import ColumnStore
import FixedRandom
import Formats
import Testing

@Suite struct DelimitedFormatTests {
  private func lines(_ texts: [Value]) throws -> [String] {
    let both = table(("t", .text, texts), ("n", .integer, texts.map { _ in .integer(1) }))
    return try CSVFormat().text(both).split(separator: "\n").dropFirst().map(String.init)
  }

  @Test func writesEveryTypeAndLeavesNullsEmpty() throws {
    let expected = """
      b,i,d,t,day,at,l
      true,-1178,0.1,"a""b",2021-02-10,2021-02-10T00:00:00.5Z,"[""x"",""y""]"
      ,,,,,,

      """
    #expect(try CSVFormat().text(everyType) == expected)
  }

  @Test func tellsTheEmptyTextFromNull() throws {
    #expect(try lines([.text(""), .null]) == ["\"\",1", ",1"])
  }

  @Test func quotesWhatALoaderWouldTakeForNull() throws {
    let markers = ["NA", "na", "N/A", "n/a", "null", "NULL", "Null", "-"]
    #expect(try lines(markers.map { .text($0) }) == markers.map { "\"\($0)\",1" })
    let others = ["NAN", "none", "--", "nullx", "N.A", "N/B", "nul", "0"]
    #expect(try lines(others.map { .text($0) }) == others.map { "\($0),1" })
  }

  @Test func quotesDelimitersQuotesAndOuterSpaceOnly() throws {
    #expect(
      try lines([.text("a,b"), .text(" a"), .text("a "), .text("a b"), .text("a'b;c\td"), .text("ü\"")])
        == ["\"a,b\",1", "\" a\",1", "\"a \",1", "a b,1", "a'b;c\td,1", "\"ü\"\"\",1"])
  }

  @Test func keepsLineEndsInsideQuotes() throws {
    let text = try CSVFormat().text(table(("t", .text, [.text("a\nb"), .text("a\r\nb")])))
    #expect(text == "t\n\"a\nb\"\n\"a\r\nb\"\n")
  }

  @Test func usesTabsInTSV() throws {
    let both = table(("a b", .text, [.text("x,y")]), ("c", .text, [.text("x\ty")]))
    #expect(try TSVFormat().text(both) == "a b\tc\nx,y\t\"x\ty\"\n")
  }

  @Test func writesNullOfASingleColumnAsMarker() throws {
    #expect(try CSVFormat().text(table(("n", .integer, [.integer(1), .null]))) == "n\n1\nNA\n")
  }

  @Test func writesOnlyTheHeaderWithoutRowsAndNothingWithoutColumns() throws {
    #expect(try CSVFormat().text(table(("a", .text, []), ("b,c", .integer, []))) == "a,\"b,c\"\n")
    #expect(try CSVFormat().text(Table([])) == "")
  }

  @Test func doublesHaveAsManyDigitsAsItTakes() throws {
    var random = FixedGenerator(seed: 21)
    var numbers: [Double] = [
      0.1, 0.2 + 0.1, 1e-3, 0.000999, 0.00123, 1e-5, 123.456789, 999_999_999.999999, 1_000_000_000.5, 4712.345678,
      -0.5, 100.25, 1 / 3, 2.5e-300, 1.5e300, 0.0010005, 12345678.9, 999_999_999.9999999,
    ]
    for _ in 0..<20_000 {
      let digits = Double(
        Int64.random(in: -(1 << 50)...1 << 50, using: &random) >> Int64.random(in: 0...49, using: &random))
      numbers.append(digits / [10, 1e2, 1e3, 1e5, 1e6, 1e7, 3].randomElement(using: &random)!)
      numbers.append(
        Double(bitPattern: UInt64.random(in: 0x3F00_0000_0000_0000...0x4200_0000_0000_0000, using: &random)))
    }
    numbers.removeAll { $0 == $0.rounded() }
    let text = try CSVFormat().text(table(("d", .double, numbers.map { .double($0) })))
    #expect(text.split(separator: "\n").dropFirst().map(String.init) == numbers.map(\.description))
  }

  @Test("pieces come out in their order", arguments: [1, 2047, 2048, 8191, 8192, 8193, 40_000, 100_001], [1, 2, 5])
  func pieces(_ rowCount: Int, _ threads: Int) throws {
    let usual = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = usual }
    WorkerPool.shared.threadCount = threads
    let numbers = Column(type: .integer, values: (0..<rowCount).map { .integer(Int64($0 * 7)) })
    let texts = Column(type: .text, values: (0..<rowCount).map { .text(String(repeating: "x", count: $0 % 40)) })
    let both = Table([("n", numbers), ("t", texts)])
    let rows = (0..<rowCount).map { row -> String in
      let text = String(repeating: "x", count: row % 40)
      return "\(row * 7),\(text.isEmpty ? "\"\"" : text)\n"
    }
    #expect(try CSVFormat().text(both) == "n,t\n" + rows.joined())
    let json = try JSONFormat().text(both)
    #expect(json.hasPrefix("[\n{\"n\":0,") && json.hasSuffix("}\n]\n") && json.count { $0 == "{" } == rowCount)
  }

  @Test func aSinkThatFailsEndsTheWriting() {
    final class Failing: ByteSink {
      var pieces = 0
      func write(_ bytes: Span<UInt8>) throws {
        pieces += 1
        if pieces == 4 { throw BrokenPipe() }
      }
    }
    let sink = Failing()
    let many = Table([("n", Column(type: .integer, values: (0..<200_000).map { .integer(Int64($0)) }))])
    #expect(throws: BrokenPipe.self) { try CSVFormat().write(many, presentation: Presentation(), to: sink) }
    #expect(sink.pieces == 4)
  }

  @Test func writesIntegersOfEveryWidthToTheirLimits() throws {
    let limits: [Int64] = [0, 9, 10, -1, 99_999, .max, .min, 1_000_000_000_000_000_000]
    let text = try CSVFormat().text(table(("n", .integer, limits.map { .integer($0) })))
    #expect(
      text
        == "n\n0\n9\n10\n-1\n99999\n9223372036854775807\n-9223372036854775808\n1000000000000000000\n")
    #expect(try CSVFormat().text(table(("n", .integer, [.integer(-128), .integer(127)]))) == "n\n-128\n127\n")
  }

  @Test func writesDoublesThatReadBackTheSame() throws {
    let numbers: [Double] = [0.1, 1.0 / 3, 3, 1e300, .leastNonzeroMagnitude, -0.0, .infinity, .nan, 123_456_789.25]
    let text = try CSVFormat().text(table(("d", .double, numbers.map { .double($0) })))
    #expect(
      text == "d\n0.1\n0.3333333333333333\n3\n1e+300\n5e-324\n-0\ninf\nNaN\n123456789.25\n")
  }

  @Test func writesDatesAndInstantsBeforeTheEpochAndFarYears() throws {
    // 1969-12-31 is day -1; one microsecond before the epoch lies in it. 0001-01-01 is day -719,162.
    let days = table(
      ("d", .date, [.date(-1), .date(-719_162)]),
      ("t", .timestamp, [.timestamp(-1), .timestamp(1_000_000 * 3661)]))
    #expect(
      try CSVFormat().text(days)
        == "d,t\n1969-12-31,1969-12-31T23:59:59.999999Z\n0001-01-01,1970-01-01T01:01:01Z\n")
  }

  @Test func encodesDictionaryEntries() throws {
    let column = dictionaryColumn(["x,y", "", "NA", "plain"], codes: [0, 1, 2, 3, 0], missing: [3])
    let both = Table([(name: "t", column: column), (name: "u", column: column)])
    #expect(try CSVFormat().text(both) == "t,u\n\"x,y\",\"x,y\"\n\"\",\"\"\n\"NA\",\"NA\"\n,\n\"x,y\",\"x,y\"\n")
  }

  @Test func encodesTheFewRowsLeftOfALargeDictionary() throws {
    let entries = (0..<1000).map { "text \($0)" }
    let column = Column(type: .text, data: .codes16(Buffer([999, 0, 500]), TextDictionary(entries)))
    #expect(try TSVFormat().text(Table([(name: "t", column: column)])) == "t\ntext 999\ntext 0\ntext 500\n")
  }

  @Test func keepsTheOrderOfRowsAcrossBlocksAndSegments() throws {
    let count = 3 * Segment.rowCount + 5
    let numbers = Column(type: .integer, data: .integer32(Buffer((0..<Int32(count)).map { $0 })))
    let text = try CSVFormat().text(Table([(name: "n", column: numbers), (name: "m", column: numbers)]))
    let expected = (0..<count).reduce(into: "n,m\n") { $0 += "\($1),\($1)\n" }
    #expect(text == expected)
  }

  @Test func ignoresHintsAndRowLimits() throws {
    var presentation = Presentation()
    presentation.maxRows = 1
    presentation.percentDecimals = ["share": 1]
    presentation.displayTexts = ["share": ["33.3%", "66.7%"]]
    let shares = table(("share", .double, [.double(1.0 / 3), .double(2.0 / 3)]))
    #expect(
      try CSVFormat().text(shares, presentation: presentation) == "share\n0.3333333333333333\n0.6666666666666666\n")
  }
}
