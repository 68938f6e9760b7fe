import ColumnStore
import Testing

@testable import Formats

/// Texts of a prefix and a number, whose codes are found by the number.
@Suite("Serial codes") struct SerialCodesTests {
  private func places(_ like: String, _ texts: [String]) throws -> [Int?] {
    let codes = try #require(SerialCodes(like: Array(like.utf8)))
    // More than once over, so that they come at every place among eight.
    let all = Array(repeatElement(texts, count: 9).joined())
    var bytes: [UInt8] = []
    let spans = all.map { text in
      defer { bytes += Array(text.utf8) }
      return FieldSpan(start: UInt32(bytes.count), bits: UInt32(text.utf8.count))
    }
    bytes += Array(repeating: 0x39, count: 16)
    let numbers = MutableBuffer<UInt32>(count: all.count + 7)
    let others = MutableBitmap(count: all.count)
    codes.read(bytes, spans, count: all.count, into: numbers, others: others)
    let isOther = others.frozen()
    let found = all.indices.map { isOther[$0] ? nil : Int(numbers[$0]) }
    for (index, number) in found.enumerated() { #expect(number == found[index % texts.count]) }
    return Array(found.prefix(texts.count))
  }

  @Test func theNumberIsThePlace() throws {
    #expect(
      try places("id7", ["id0", "id5", "id9", "ie5", "id55", "id", "id/", "id:", "Id5"]) == [
        0, 5, 9, nil, nil, nil, nil, nil, nil,
      ])
    #expect(
      try places("acc_12", ["acc_00", "acc_07", "acc_99", "acc-07", "acc_7x", "acc_x7", "acc_007"]) == [
        0, 7, 99, nil, nil, nil, nil,
      ])
    #expect(try places("abcdefg1", ["abcdefg0", "abcdefg9", "abcdefh9", "bbcdefg9"]) == [0, 9, nil, nil])
    #expect(try places("abcdefgh1", ["abcdefgh0", "abcdefgh9", "abcdefgi9", "bbcdefgh9"]) == [0, 9, nil, nil])
    #expect(
      try places("0123456789ab0001", ["0123456789ab0000", "0123456789ab9999", "0123456789ac9999"]) == [
        0, 9999, nil,
      ])
  }

  @Test func noMoreThanSixDigitsAreTheNumber() throws {
    #expect(try places("id0000039083", ["id0000000000", "id0000999999", "id0001000000"]) == [0, 999_999, nil])
    #expect(try places("12345678", ["12000000", "12000001", "13000001"]) == [0, 1, nil])
  }

  @Test(arguments: ["", "7", "abc", "id7x", "12345678901234567"])
  func otherTextsHaveNone(_ text: String) { #expect(SerialCodes(like: Array(text.utf8)) == nil) }

  @Test func columnsOfSuchTextsAreReadAsTheyAre() throws {
    let kinds: [(Int) -> String] = [
      { "id\($0 % 900 + 100)" }, { "n\($0 % 40)" }, { "acc_\(10_000_000 + $0 % 700)" },
      { $0 % 3 == 0 ? "NA" : "x\($0 % 10)" }, { $0 % 5 == 0 ? "\"say \"\"x1\"\"\"" : "x\($0 % 10)" },
      { $0 < 3000 ? "a\($0 % 10)" : "word \($0 % 9) of many" }, { $0 % 2 == 0 ? "" : "k\($0 % 10)" },
    ]
    for kind in kinds {
      let fields = (0..<6000).map(kind)
      var tuning = SourceFile.Tuning()
      tuning.chunkSize = 4096
      let loaded = try load(bytes: Array(("v,w\n" + fields.map { $0 + ",1\n" }.joined()).utf8), tuning: tuning)
      let expected: [String?] = fields.map { field in
        switch field {
        case "", "NA": nil
        case "\"say \"\"x1\"\"\"": "say \"x1\""
        default: field
        }
      }
      #expect(loaded.texts(0) == expected)
    }
  }

  @Test func sortedDictionariesHoldTextsThatBeginOrEndAlike() throws {
    let texts = ["prefix", "prefix a", "prefix ab", "prefix abcdefgh", "prefix abcdefghi", "prefix é", "prefix b"]
    let fields = (0..<2000).map { texts[$0 * 5 % 7] }
    let loaded = try load("v,w\n" + fields.map { $0 + ",1\n" }.joined())
    #expect(loaded.texts(0) == fields)
    guard case .codes8(_, let dictionary) = loaded.table.columns[0].data else {
      Issue.record("no dictionary")
      return
    }
    let sorted = texts.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    #expect((0..<7).map { code in dictionary[code] } == sorted)
  }
}

/// Numbers with decimals, against the standard library's reader.
@Suite("Plain doubles") struct PlainDoubleTests {
  @Test func allLengthsAreExact() throws {
    let digits = "9071638254907163"
    var texts: [String] = []
    for whole in 1...14 {
      for behind in 1...15 - whole {
        texts.append(digits.prefix(whole) + "." + digits.suffix(behind))
        texts.append("0." + String(repeating: "0", count: behind - 1) + "1")
        texts.append("-" + digits.prefix(whole) + "." + digits.prefix(behind))
      }
    }
    let loaded = try load("v,w\n" + texts.map { $0 + ",1\n" }.joined())
    #expect(loaded.types[0] == .double)
    #expect(loaded.values(0) == texts.map { Double($0).map { Value.double($0) } ?? .null })
  }

  @Test(arguments: ["1.2.3", "12345678.1.2", "1.23456.7890", "x1.5", "1 .5", "1/5", "1:5", "12345678:5"])
  func othersAreNone(_ text: String) throws {
    #expect(try load("v;w\n1.5;1\n\(text);1\n") { $0.delimiter = UInt8(ascii: ";") }.texts(0).last == text)
  }
}
