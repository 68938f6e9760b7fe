import CScan
import FixedRandom
import Testing

@testable import Formats

@Suite("Vector loops") struct ScanTests {
  private struct Found: Equatable {
    var fields: [UInt32]
    var escapes: [UInt32]
    var quotedEnds: [UInt32]
    var numbers: [UInt64]
  }

  private func find(_ text: [UInt8], level: Int32) -> Found {
    var dialect = cscan_dialect(delimiter: 44, quote: 34, lineEnd: 10, hasQuote: 1, stripsCR: 1, skipsBlank: 1)
    var fields = [UInt32](repeating: 0, count: text.count + 64)
    var escapes = fields
    var quotedEnds = fields
    var result = cscan_fields()
    var survey = cscan_survey()
    let padded = text + [UInt8](repeating: 0, count: 64)
    cscan_chunk_fields(level, padded, text.count, text.count, &dialect, &fields, &escapes, &quotedEnds, &result)
    cscan_survey_piece(level, padded, text.count, &dialect, &survey)
    return Found(
      fields: Array(fields.prefix(Int(result.fieldEnds))), escapes: Array(escapes.prefix(Int(result.escapes))),
      quotedEnds: Array(quotedEnds.prefix(Int(result.quotedEnds))),
      numbers: [
        result.lineEnds, result.blanks, UInt64(result.malformed), UInt64(result.endsInside), survey.lineEnds.0,
        survey.lineEnds.1, survey.blanks.0, survey.blanks.1, survey.firstEnd.0, survey.firstEnd.1,
        survey.linesToFirst.0,
        survey.linesToFirst.1, UInt64(survey.firstIsBlank.0), UInt64(survey.tailIsBlank.0), survey.allLineEnds,
        UInt64(survey.flips), UInt64(survey.nonASCII),
      ])
  }

  @Test func allWidthsFindTheSame() {
    var random = FixedGenerator(seed: 7)
    let bytes = Array("x,\"\n\r,,\n é".utf8)
    for _ in 0..<400 {
      let text = (0..<Int.random(in: 0...400, using: &random)).map { _ in bytes.randomElement(using: &random) ?? 0 }
      let plain = find(text, level: 0)
      for level in 1...2 where level <= cscan_level() { #expect(find(text, level: Int32(level)) == plain) }
    }
  }

  @Test("fields of up to eight digits are read, the others are left, at every width")
  func shortNumbers() {
    var random = FixedGenerator(seed: 11)
    let texts = [
      "0", "7", "10", "99", "123", "99999999", "10000000", "1234567", "00", "07", "", "-1", "1a", "a1", "123456789",
      "1.5", " 1", "1 ", "12345678901234567", "/", ":", "9:",
    ]
    for count in [0, 1, 7, 8, 9, 63, 64, 65, 200] {
      var bytes: [UInt8] = []
      let all = (0..<count).map { _ in texts.randomElement(using: &random) ?? "" }
      let fields = all.map { text in
        defer { bytes += Array(text.utf8) + [44] }
        // Some stood in quotes.
        let quoted: UInt64 = Bool.random(using: &random) ? 1 << 63 : 0
        return UInt64(bytes.count) | UInt64(text.utf8.count) << 32 | quoted
      }
      bytes += [UInt8](repeating: 0x31, count: 16)
      let wanted = all.map { text -> UInt32? in
        let isShort = (1...8).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
        return isShort && (text.utf8.count == 1 || text.first != "0") ? UInt32(text) : nil
      }
      for level in 0...2 where level <= cscan_level() {
        var values = [UInt32](repeating: 0, count: count + 7)
        var others = [UInt64](repeating: 0, count: count / 64 + 1)
        let range = cscan_digits(Int32(level), bytes, fields, count, &values, &others)
        let found = (0..<count).map { others[$0 / 64] >> UInt64($0 % 64) & 1 == 1 ? nil : Optional(values[$0]) }
        #expect(found == wanted)
        #expect(range.low == wanted.compactMap { $0 }.min() ?? .max)
        #expect(range.high == wanted.compactMap { $0 }.max() ?? 0)
      }
    }
  }

  @Test("numbers with a few decimals are read to the last bit, the others are left, at every width")
  func shortDecimals() {
    var random = FixedGenerator(seed: 12)
    let texts = [
      "0.5", "90.389913", "78.27801", "1234567.12345678", "12345678.1234567", "12345678.12345678", "0.00000001",
      "0.000000001", "99999999", "7", "0", "10.0", "0.1", "0.30000000", "00.5", "05", "5.", ".5", ".", "", "-1.5",
      "1.2.3", "1..2", "a.5", "1.b", "123456789.5", "1,5", "1.5 ", "1e5", "99999999.9999999",
    ]
    let digits = Set("0123456789")
    for count in [0, 1, 7, 8, 9, 63, 64, 65, 500] {
      var bytes: [UInt8] = []
      let all = (0..<count).map { _ in
        Bool.random(using: &random)
          ? "\(Int.random(in: 0...99_999, using: &random)).\(Int.random(in: 0...9_999_999, using: &random))"
          : texts.randomElement(using: &random) ?? ""
      }
      let fields = all.map { text in
        defer { bytes += Array(text.utf8) + [44] }
        return UInt64(bytes.count) | UInt64(text.utf8.count) << 32
      }
      bytes += [UInt8](repeating: 0x2E, count: 32)
      let wanted = all.map { text -> Double? in
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(digits.contains) }),
          parts.allSatisfy({ $0.count <= 8 }), parts.reduce(0, { $0 + $1.count }) <= 15,
          parts[0] == "0" || parts[0].first != "0"
        else { return nil }
        return Double(text)
      }
      for level in 0...2 where level <= cscan_level() {
        var values = [Double](repeating: -1, count: count + 1)
        var others = [UInt64](repeating: 0, count: count / 64 + 1)
        cscan_decimals(Int32(level), bytes, fields, count, 0x2E, &values, &others)
        let found = (0..<count).map { others[$0 / 64] >> UInt64($0 % 64) & 1 == 1 ? nil : Optional(values[$0]) }
        #expect(found == wanted)
        #expect(values[count] == -1)
      }
    }
  }

  @Test("texts that are known have their codes, the others are left, at every width")
  func knownTexts() {
    var random = FixedGenerator(seed: 13)
    let all = (0...20).flatMap { length in
      (0..<3).map { kind in
        String(repeating: "\(kind)", count: length / 2) + String(repeating: "x", count: (length + 1) / 2)
      }
    }
    for count in [0, 1, 7, 8, 9, 63, 64, 65, 500] {
      var bytes: [UInt8] = []
      let texts = (0..<count).map { _ in all.randomElement(using: &random) ?? "" }
      let fields = texts.map { text in
        defer { bytes += Array(text.utf8) + [44] }
        // Some stood in quotes, and some of these have escapes, which are others' to read.
        let flags: UInt64 = [0, 0, 1 << 63, 3 << 62].randomElement(using: &random) ?? 0
        return UInt64(bytes.count) | UInt64(text.utf8.count) << 32 | flags
      }
      bytes += [UInt8](repeating: 0x78, count: 32)
      var known = [cscan_text](repeating: cscan_text(), count: 1 << Int(CSCAN_SLOT_BITS))
      var codes: [String: UInt32] = [:]
      for (code, text) in all.enumerated() where code % 4 != 0 && (1...16).contains(text.utf8.count) {
        let key = (Array(text.utf8) + [0, 0, 0, 0, 0, 0, 0, 0]).withUnsafeBufferPointer {
          TextKey($0.baseAddress!, text.utf8.count)
        }
        let slot = cscan_slot(key.first, key.second, UInt64(key.length))
        if known[slot].length != 0 { continue }
        known[slot] = cscan_text(head: key.first, tail: key.second, length: key.length, code: UInt32(code))
        codes[text] = UInt32(code)
      }
      let wanted = zip(texts, fields).map { $1 >> 62 & 1 == 1 ? nil : codes[$0] }
      for level in 0...2 where level <= cscan_level() {
        var found = [UInt32](repeating: 0, count: count + 7)
        var others = [UInt64](repeating: 0, count: count / 64 + 1)
        cscan_codes(Int32(level), bytes, fields, count, known, &found, &others)
        let codes = (0..<count).map { others[$0 / 64] >> UInt64($0 % 64) & 1 == 1 ? nil : Optional(found[$0]) }
        #expect(codes == wanted)
      }
    }
  }

  @Test func aLineIsTakenApart() {
    let found = find(Array("a,\"b\"\"c\nd\",e\r\n,,\nf".utf8), level: scanLevel)
    // a , "b""c LF d" , e CR LF | , , LF | f
    #expect(found.fields == [1, 10, 13, 14, 15, 16])
    #expect(found.escapes == [5])
    #expect(found.quotedEnds == [7])
    #expect(Array(found.numbers.prefix(4)) == [2, 1, 0, 0])
  }
}
