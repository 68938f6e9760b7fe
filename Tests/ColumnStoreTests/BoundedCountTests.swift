import Testing

@testable import ColumnStore

@Suite("Counts with bounds") struct BoundedCountTests {
  @Test(
    "the words of publications are read, and what is written reads back",
    arguments: [
      ("12", "12"), ("0", "0"), (" 1,178 ", "1178"), ("-3", "-3"), ("exactly 702", "702"), ("1*", "1"),
      ("500+", "500+"), ("at least 500", "500+"), ("At Least 1,500", "1500+"), (">=500", "500+"), ("≥ 500", "500+"),
      ("500 or more", "500+"), ("no fewer than 500", "500+"), ("upwards of 500", "500+"),
      ("over 500", "501+"), ("more than 500", "501+"), ("> 500", "501+"), ("in excess of 500", "501+"),
      ("up to 5", "0-5"), ("at most 5", "0-5"), ("<=5", "0-5"), ("≤5", "0-5"), ("no more than 5", "0-5"),
      ("5 or fewer", "0-5"), ("<5", "0-4"), ("fewer than 5", "0-4"), ("under 5", "0-4"), ("nearly 250", "0-249"),
      ("almost 250", "0-249"), ("<1", "0"),
      ("0-499", "0-499"), ("0 - 499", "0-499"), ("0–499", "0-499"), ("0 to 499", "0-499"),
      ("between 1,000 and 1,999", "1000-1999"), ("from 3 to 7", "3-7"), ("5-5", "5"),
      ("around 250", "250~"), ("~250", "250~"), ("250~", "250~"), ("about 1,000", "1000~"), ("approx. 250", "250~"),
      ("-5+", "-5+"), ("-5 to 10", "-5 to 10"), ("? to 10", "? to 10"), ("? to -3", "? to -3"), ("? to ?", "? to ?"),
      ("3 to ?", "3+"), ("9223372036854775807", "9223372036854775807"),
      ("-9223372036854775808", "-9223372036854775808"),
    ])
  func texts(_ sample: (text: String, wanted: String)) {
    let count = BoundedCount(sample.text)
    #expect(count?.description == sample.wanted)
    #expect(BoundedCount(sample.wanted) == count)
  }

  @Test(
    "what is no count is none",
    arguments: [
      "", " ", "-", "+", "*", "~", "many", "a few", "over", "over 500 accounts", "1,17", "1,1781", ",5", "5,", "1.5",
      "38%",
      "2021-02-10", "5-3", "-5-10", "over -3", "around -250", "<0", "fewer than 0", "up to -1", "500++", "5 (3)", "--5",
      "126 of 257", "between 5 and", "between ? and 5", "1 2", "9223372036854775808", "more than 9223372036854775807",
      "at least 9223372036854775807", "0x10", "٣",
    ])
  func noCounts(_ text: String) { #expect(BoundedCount(text) == nil) }

  @Test("bounds, the number of an exact one, and the number named where there are no bounds")
  func parts() throws {
    let rows: [(String, Int64?, Int64?, Int64?, Int64?)] = [
      ("12", 12, 12, 12, nil), ("over 500", 501, nil, nil, nil), ("nearly 250", 0, 249, nil, nil),
      ("around 250", 0, nil, nil, 250), ("? to -3", nil, -3, nil, nil), ("0+", 0, nil, nil, nil),
    ]
    for (text, lower, upper, exact, approximate) in rows {
      let count = try #require(BoundedCount(text))
      #expect(count.lower == lower && count.upper == upper && count.exact == exact && count.approximate == approximate)
    }
    #expect(BoundedCount(lower: 3, upper: 2) == nil)
    #expect(BoundedCount(lower: .max, upper: nil) == nil)
    #expect(BoundedCount(lower: nil, upper: .min) == nil)
  }

  @Test("they are ordered by the lower bound, then the upper one, and at the end by the number named")
  func order() throws {
    let texts = [
      "? to -3", "? to ?", "-9", "-5 to -1", "-5 to 10", "-5+", "0", "0-499", "0+", "12", "500-600", "500+", "501",
      "20~",
      "250~",
    ]
    let counts = try texts.map { try #require(BoundedCount($0)) }
    #expect(counts.sorted { $0.orderKey < $1.orderKey } == counts)
    #expect(Set(counts.map(\.orderKey)).count == texts.count)
  }

  @Test("they take two words, of which every pair is a count")
  func words() {
    #expect(MemoryLayout<BoundedCount>.stride == 16)
    let words: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]
    for low in words {
      for high in words {
        let count = unsafeBitCast((low, high), to: BoundedCount.self)
        #expect(!count.description.isEmpty)
        #expect(count.lower.map { lower in count.upper.map { lower <= $0 } ?? true } ?? true)
      }
    }
  }

  @Test("comparisons are true, false or unknown")
  func comparisons() throws {
    func count(_ text: String) throws -> BoundedCount { try #require(BoundedCount(text)) }
    let rows: [(String, String, less: Bool?, equal: Bool?)] = [
      ("3", "4", true, false), ("4", "4", false, true), ("0-4", "5+", true, false), ("0-5", "5+", nil, nil),
      ("5+", "0-5", false, nil), ("500+", "500+", nil, nil), ("250~", "251~", nil, nil), ("5+", "5", false, nil),
      ("5", "5+", nil, nil), ("? to -3", "0+", true, false),
    ]
    for (left, right, less, equal) in rows {
      #expect(try count(left).isLess(than: count(right)) == less)
      #expect(try count(left).isEqual(to: count(right)) == equal)
    }
  }
}
