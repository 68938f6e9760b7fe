import ColumnStore
import FixedRandom
import Testing

@testable import Formats

@Suite("Types of columns") struct TypesTests {
  private func column(_ values: [String], delimiter: String = ",", _ change: (inout LoadOptions) -> Void = { _ in })
    throws
    -> LoadedTable
  {
    try load((["h\(delimiter)k"] + values.map { "\($0)\(delimiter)x" }).joined(separator: "\n") + "\n") {
      $0.header = true
      change(&$0)
    }
  }

  @Test func plainValuesHaveTheirTypes() throws {
    let loaded = try load(
      """
      b,i,d,day,at,t
      true,1,0.5,2020-02-29,2020-01-11T02:31:20Z,x
      FALSE,-20,1.5e-7,1969-12-31,1969-12-31 23:59,y
      True,300,1e+20,0001-01-01,2020-01-11 02:31:20.25+05:30,z
      """)
    #expect(loaded.types == [.boolean, .integer, .double, .date, .timestamp, .text])
    #expect(loaded.values(0) == [.boolean(true), .boolean(false), .boolean(true)])
    #expect(loaded.values(1) == [.integer(1), .integer(-20), .integer(300)])
    #expect(loaded.values(2) == [.double(0.5), .double(1.5e-7), .double(1e20)])
    #expect(loaded.values(3) == [.date(18321), .date(-1), .date(-719162)])
    #expect(
      loaded.values(4) == [
        .timestamp(1_578_709_880_000_000), .timestamp(-60_000_000), .timestamp(1_578_690_080_250_000),
      ])
  }

  @Test(arguments: [
    ["007", "8"], ["+15", "3"], ["1234567890123456789", "1"], ["1a", "2"], ["7e10", "1"], ["12E5", "3"], ["-0", "1"],
    ["(5)", "1"], ["5(3)", "1"], ["1 2", "3"], ["5.", "1"], ["1,2", "3"], ["00.5", "1"], ["1234567890123456", "0.5"],
    ["1_000", "1"], ["0x10", "1"], ["5 ()", "1"], ["5%%", "1"], ["2020-02-30", "2020-01-01"],
    ["2020-1-1", "2020-01-01"],
    ["true", "1"], ["2020-01-01", "2020-01-01 10:00"], ["nan", "1"], ["24:00", "1"],
    ["2020-01-01 25:00", "2020-01-01 10:00"],
    ["2020-01-01 10:00:00.1234567", "2020-01-01 10:00"], ["1.2.3", "1"], ["--1", "1"], ["1,33", "1"], ["1,3344", "2"],
    ["1234,567", "1"],
  ])
  func identifiersAndOddNumbersStayText(values: [String]) throws {
    let loaded = try column(values.map { "\"\($0)\"" })
    #expect(loaded.types[0] == .text)
    #expect(loaded.texts(0) == values)
  }

  @Test func numbersOfFifteenDigitsAndMore() throws {
    #expect(try column(["123456789012345", "0.5"]).types[0] == .double)
    #expect(
      try column(["123456789012345678", "-123456789012345678"]).values(0) == [
        .integer(123_456_789_012_345_678), .integer(-123_456_789_012_345_678),
      ])
  }

  @Test func specialDoublesNeedADouble() throws {
    let loaded = try column(["1.5", "NaN", "-inf"])
    #expect(loaded.types[0] == .double)
    #expect(loaded.texts(0)[1] == "NaN")
    #expect(loaded.values(0)[2] == .double(-.infinity))
  }

  @Test func doublesAreRoundedCorrectly() throws {
    let texts = [
      "0.1", "0.30000000000000004", "1.7976931348623157e+308", "123456.789", "2.2250738585072014e-308",
    ]
    let loaded = try column(texts)
    #expect(
      loaded.values(0) == [
        .double(0.1), .double(0.30000000000000004), .double(1.7976931348623157e+308),
        .double(123456.789),
        .double(2.2250738585072014e-308),
      ])
  }

  @Test func spacesAroundNumbersDoNotCount() throws {
    let loaded = try column([" 1", "2 ", "  "])
    #expect(loaded.values(0) == [.integer(1), .integer(2), .null])
    #expect(try column([" x ", "y"]).texts(0) == [" x ", "y"])
  }

  @Test func integersAreStoredNarrow() throws {
    let loaded = try load("a,b,c,d\n1,200,70000,5000000000\n-128,-300,1,1\n")
    let names = loaded.table.columns.map { "\($0.data)".prefix { $0 != "(" } }
    #expect(names == ["integer8", "integer16", "integer32", "integer64"])
  }

  @Test func publishedNumbersAreFigures() throws {
    let loaded = try column(["\"1,334\"", "1*", "5 (3)", "12†", "\"1,667*\"", "\"3,003 (2,156)\"", "-", "7"])
    #expect(loaded.types[0] == .integer)
    #expect(
      loaded.values(0) == [
        .integer(1334), .integer(1), .integer(5), .integer(12), .integer(1667), .integer(3003), .null, .integer(7),
      ])
    #expect(
      loaded.remarked == [
        "3 h 1* 1", "4 h 5 (3) 5", "5 h 12† 12", "6 h 1,667* 1667", "7 h 3,003 (2,156) 3003",
      ])
    #expect(loaded.report.remarkCount == 5)
  }

  @Test func percentAreHundredths() throws {
    let loaded = try column(["38%", "0%*", "4.5 (est.)", "7 %", "12"])
    #expect(loaded.values(0) == [.double(0.38), .double(0), .double(4.5), .double(0.07), .double(12)])
    #expect(loaded.remarked == ["3 h 0%* 0", "4 h 4.5 (est.) 4.5"])
  }

  @Test func aDecimalCommaIsTakenWhereItIsNeeded() throws {
    #expect(try column(["3,14", "1,5", "2"], delimiter: ";").values(0) == [.double(3.14), .double(1.5), .double(2)])
    #expect(try column(["1,334", "2,000"], delimiter: ";").values(0) == [.integer(1334), .integer(2000)])
    #expect(try column(["3,14", "1.5"], delimiter: ";").types[0] == .text)
    let forced = try column(["1,334", "1.000,5"], delimiter: ";") { $0.decimal = UInt8(ascii: ",") }
    #expect(forced.values(0) == [.double(1.334), .double(1000.5)])
  }

  @Test func aTextFarDownLosesNothing() throws {
    var lines = ["n,k"]
    for row in 0..<30_000 { lines.append("\(row),x") }
    lines[29_000] = "0x1F,x"
    lines[7] = "0006,x"
    var tuning = SourceFile.Tuning()
    tuning.chunkSize = 1000
    tuning.sampleRows = 64
    let loaded = try load(bytes: Array(lines.joined(separator: "\n").utf8), tuning: tuning)
    #expect(loaded.types[0] == .text)
    #expect(loaded.texts(0) == lines.dropFirst().map { String($0.dropLast(2)) })
  }

  @Test("texts of all lengths, with quotes in them and without, missing or new late", arguments: [3, 40, 600, 5000])
  func textsThatComeAgain(distinct: Int) throws {
    var random = FixedGenerator(seed: UInt64(distinct))
    let texts = (0..<distinct).map { number in
      String(repeating: number % 7 == 3 ? "\"" : "ab", count: number % 12) + "/\(number)/" + "\(number % 3)z"
    }
    let rows = (0..<20_000).map { row -> String? in
      // The last hundred texts come in the second half only.
      let known = row < 10_000 ? max(1, distinct - 100) : distinct
      return Int.random(in: 0..<9, using: &random) == 0 ? nil : texts[Int.random(in: 0..<known, using: &random)]
    }
    let lines = rows.enumerated().map { row, text in
      let field = text.map { row % 2 == 0 || $0.contains("\"") ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 } ?? ""
      return "\(row),\(field)\n"
    }
    var tuning = SourceFile.Tuning()
    for size in [5000, 1 << 18] {
      tuning.chunkSize = size
      let loaded = try load(bytes: Array(("n,t\n" + lines.joined()).utf8), tuning: tuning)
      #expect(loaded.texts(1) == rows)
    }
  }

  @Test(arguments: [255, 256, 257, 65_535, 65_536, 65_537, 140_000])
  func dictionariesGrow(distinct: Int) throws {
    var lines = ["t,k"]
    // The sample sees few values: they come in long runs at first.
    for row in 0..<distinct * 2 { lines.append("v\(row < distinct ? row / 2 : row - distinct),x") }
    var tuning = SourceFile.Tuning()
    tuning.sampleRows = 64
    let loaded = try load(bytes: Array(lines.joined(separator: "\n").utf8), tuning: tuning)
    #expect(loaded.texts(0) == lines.dropFirst().map { String($0.dropLast(2)) })
    if let dictionary = loaded.table.columns[0].dictionary {
      #expect(dictionary.count == distinct)
      #expect(dictionary.isSorted)
    }
  }

  @Test func integersThatGrowAreReadAgain() throws {
    var lines = ["n,k"]
    for row in 0..<5000 { lines.append("\(row == 4321 ? 123_456_789_012 : row % 7),x") }
    var tuning = SourceFile.Tuning()
    tuning.sampleRows = 16
    tuning.chunkSize = 256
    let loaded = try load(bytes: Array(lines.joined(separator: "\n").utf8), tuning: tuning)
    let expected = (0..<5000).map { Value.integer($0 == 4321 ? 123_456_789_012 : Int64($0 % 7)) }
    #expect(loaded.values(0) == expected)
  }

  @Test func declaredTypesWin() throws {
    let loaded = try load("id,n,day,f\n007,x,2020-01-01,yes\n8,12,soon,no\n") {
      $0.types = ["ID": .text, "n": .integer, "day": .date, "f": .boolean]
    }
    #expect(loaded.types == [.text, .integer, .date, .boolean])
    #expect(loaded.texts(0) == ["007", "8"])
    #expect(loaded.values(1) == [.null, .integer(12)])
    #expect(loaded.values(2) == [.date(18262), .null])
    #expect(loaded.values(3) == [.boolean(true), .boolean(false)])
    #expect(loaded.rejected == ["2 n x is no integer", "3 day soon is no date"])
    #expect(loaded.report.unreadableColumns.map(\.name) == ["n", "day"])
  }

  @Test func allTextKeepsEveryText() throws {
    let loaded = try load("a,b\n1,0.50\n2,\n") { $0.allText = true }
    #expect(loaded.types == [.text, .text])
    #expect(loaded.texts(1) == ["0.50", nil])
  }
}
