import CADBC
import ColumnStore
import Testing

@testable import Engines

/// Whole columns against the values that the arrays were made of, for all layouts, lengths around words and segments,
/// offsets, and rows without a value at both ends.
@Suite("Arrow columns") struct ArrowColumnTests {
  /// How values of a layout are made and laid out.
  private struct Layout: Sendable {
    let format: String
    /// A value for a number, and the number as it lies in memory; or texts.
    let value: @Sendable (Int) -> Value
    /// The buffers after the validity, for the numbers of so many rows.
    let buffers: @Sendable ([Int]) -> [[UInt8]]
  }

  private static func numbers<Number: BitwiseCopyable>(
    _ format: String, _ value: @escaping @Sendable (Int) -> Value, _ number: @escaping @Sendable (Int) -> Number
  ) -> Layout {
    Layout(format: format, value: value) { [bytes($0.map(number))] }
  }

  private static func word(_ seed: Int) -> String {
    ["", "a", "länger als zwölf Bytes \(seed)", "twelve bytes", "日本 \(seed)"][seed % 5]
  }

  private static func texts<Offset: FixedWidthInteger & BitwiseCopyable & SendableMetatype>(
    _ format: String, _: Offset.Type
  ) -> Layout {
    Layout(format: format, value: { .text(word($0)) }) { seeds in
      var offsets: [Offset] = [0]
      var all: [UInt8] = []
      for seed in seeds {
        all += Array(word(seed).utf8)
        offsets.append(Offset(all.count))
      }
      return [bytes(offsets), all]
    }
  }

  private static let views = Layout(format: "vu", value: { .text(word($0)) }) { seeds in
    var blocks: [[UInt8]] = [[], []]
    var views: [UInt8] = []
    for seed in seeds {
      let text = Array(word(seed).utf8)
      views += bytes([Int32(text.count)])
      if text.count <= 12 {
        views += text + [UInt8](repeating: 0, count: 12 - text.count)
      } else {
        views += Array(text[..<4]) + bytes([Int32(seed % 2), Int32(blocks[seed % 2].count)])
        blocks[seed % 2] += text
      }
    }
    return [views] + blocks + [bytes(blocks.map { Int64($0.count) })]
  }

  private static let layouts: [Layout] = [
    Layout(format: "b", value: { .boolean($0 % 3 == 0) }) { seeds in
      var bits = [UInt8](repeating: 0, count: seeds.count / 8 + 1)
      for (place, seed) in seeds.enumerated() where seed % 3 == 0 { bits[place / 8] |= 1 << (place % 8) }
      return [bits]
    },
    numbers("c", { .integer(Int64($0 % 256 - 128)) }, { Int8($0 % 256 - 128) }),
    numbers("s", { .integer(Int64($0 / 2 - 30_000)) }, { Int16($0 / 2 - 30_000) }),
    numbers("i", { .integer(Int64($0) * 30_000) }, { Int32($0 * 30_000) }),
    numbers("l", { .integer(Int64($0) << 40) }, { Int64($0) << 40 }),
    numbers("l", { .integer(Int64($0 % 100)) }, { Int64($0 % 100) }),
    numbers("C", { .integer(Int64($0 % 256)) }, { UInt8($0 % 256) }),
    numbers("S", { .integer(Int64($0 % 65_536)) }, { UInt16($0 % 65_536) }),
    numbers("I", { .integer(Int64($0) * 60_000) }, { UInt32($0 * 60_000) }),
    numbers("L", { .integer(Int64($0) << 45) }, { UInt64($0) << 45 }),
    numbers("f", { .double(Double($0) / 8) }, { Float($0) / 8 }),
    numbers("g", { .double(Double($0) / 10) }, { Double($0) / 10 }),
    numbers("tdD", { .date(Int32($0 - 20_000)) }, { Int32($0 - 20_000) }),
    numbers("tdm", { .date(Int32($0 - 20_000)) }, { Int64($0 - 20_000) * 86_400_000 + 5 }),
    numbers("tss:", { .timestamp(Int64($0 - 20_000) * 1_000_000) }, { Int64($0 - 20_000) }),
    numbers("tsm:", { .timestamp(Int64($0 - 20_000) * 1000) }, { Int64($0 - 20_000) }),
    numbers("tsu:UTC", { .timestamp(Int64($0 - 20_000)) }, { Int64($0 - 20_000) }),
    // Doubles have no room for these: what is finer than microseconds is cut off towards the past.
    numbers(
      "tsn:", { .timestamp(1_764_000_000_123_456 + Int64($0)) }, { 1_764_000_000_123_456_999 + Int64($0) * 1000 }),
    numbers("ttm", { .time(Int64($0) * 1000) }, { Int32($0) }),
    numbers("ttn", { .time(Int64($0)) }, { Int64($0) * 1000 + 999 }),
    numbers("d:9,2,32", { .decimal(Decimal(units: Int128($0), scale: 2)) }, { Int32($0) }),
    numbers("d:18,2,64", { .decimal(Decimal(units: -Int128($0), scale: 2)) }, { -Int64($0) }),
    numbers("d:18,0", { .decimal(Decimal(units: Int128($0) - 9, scale: 0)) }, { Int128($0) - 9 }),
    numbers("d:38,3", { .decimal(Decimal(units: Int128($0) << 80, scale: 3)) }, { Int128($0) << 80 }),
    numbers("tDs", { .interval(Interval(microseconds: Int64($0) * 1_000_000)) }, { Int64($0) }),
    texts("u", Int32.self), texts("U", Int64.self), views,
  ]

  /// An array with some rows before the first, that say something else, and missing values by a rule.
  private func array(_ layout: Layout, count: Int, offset: Int, _ isMissing: (Int) -> Bool)
    -> (made: HandMadeArray, expected: [Value])
  {
    let seeds = (0..<offset + count).map { ($0 * 7919 + 13) % 65_521 }
    var bits = [UInt8](repeating: 0, count: (offset + count) / 8 + 1)
    var nulls = 0
    var expected: [Value] = []
    for place in 0..<offset + count {
      if isMissing(place - offset) {
        nulls += place >= offset ? 1 : 0
        if place >= offset { expected.append(.null) }
      } else {
        bits[place / 8] |= 1 << (place % 8)
        if place >= offset { expected.append(layout.value(seeds[place])) }
      }
    }
    let made = HandMadeArray(
      layout.format, length: count, nulls: nulls, offset: offset,
      buffers: [nulls == 0 ? nil : bits] + layout.buffers(seeds).map(Optional.some))
    return (made, expected)
  }

  /// Which rows are missing, of so many.
  private static let rules: [@Sendable (Int, Int) -> Bool] = [
    { _, _ in false }, { _, _ in true }, { row, count in row == 0 || row == count - 1 }, { row, _ in row % 3 == 1 },
  ]

  @Test(arguments: layouts.indices) func shortOnes(_ index: Int) throws {
    for count in [0, 1, 2, 63, 64, 65, 130] {
      for offset in [0, 1, 7, 8, 64, 70] {
        for rule in ArrowColumnTests.rules {
          let (made, expected) = array(ArrowColumnTests.layouts[index], count: count, offset: offset) {
            rule($0, count)
          }
          #expect(try made.values() == expected)
          // A part, as a batch with an offset of its own asks for.
          if count > 2 { #expect(try made.values(1..<count - 1) == Array(expected[1..<count - 1])) }
        }
      }
    }
  }

  @Test(arguments: layouts.indices) func thoseOfAWholeSegment(_ index: Int) throws {
    for count in [Segment.rowCount - 1, Segment.rowCount, Segment.rowCount + 1] {
      let (made, expected) = array(ArrowColumnTests.layouts[index], count: count, offset: 3) {
        $0 % 5 == 0 || $0 == count - 1
      }
      let field = try ArrowField(made.schema)
      try field.check(made.array, 0..<count)
      let column = try field.column(made.array, 0..<count, owner: Owner())
      #expect(column.count == count)
      for row in [0, 1, 63, 64, 65, 1000, 32_767, 32_768, count - 2, count - 1] {
        #expect(column.value(row) == expected[row])
      }
    }
  }

  @Test func codesOfADictionary() throws {
    for count in [0, 1, 64, 200] {
      for rule in ArrowColumnTests.rules {
        // Of the entries, which are not told apart, one is missing.
        let words = HandMadeArray(
          "u", length: 4, nulls: 1,
          buffers: [[0b1011], bytes([Int32(0), 1, 2, 2, 16]), Array("aafourteen bytes".utf8)])
        let entries: [Value] = [.text("a"), .text("a"), .null, .text("fourteen bytes")]
        let codes = numbersOf("S", { .integer(Int64($0 % 4)) }, { UInt16($0 % 4) })
        var (made, expected) = array(codes, count: count, offset: 5) { rule($0, count) }
        made.encode(words)
        expected = expected.map { if case .integer(let code) = $0 { entries[Int(code)] } else { .null } }
        #expect(try made.values() == expected)
      }
    }
  }

  private func numbersOf<Number: BitwiseCopyable>(
    _ format: String, _ value: @escaping @Sendable (Int) -> Value, _ number: @escaping @Sendable (Int) -> Number
  ) -> Layout { ArrowColumnTests.numbers(format, value, number) }

  @Test func textsThatAreNoUTF8AreMended() throws {
    // By the rule of Unicode for what is ill-formed, each byte becomes U+FFFD; so does a character that was cut.
    let cut = HandMadeArray("u", length: 2, buffers: [nil, bytes([Int32(0), 1, 2]), Array("é".utf8)])
    #expect(try cut.values() == [.text("\u{FFFD}"), .text("\u{FFFD}")])
    let broken = HandMadeArray("u", length: 2, buffers: [nil, bytes([Int32(0), 2, 3]), [0x61, 0xFF, 0x62]])
    #expect(try broken.values() == [.text("a\u{FFFD}"), .text("b")])
  }

  @Test func memoryIsKeptAsLongAsAColumnLooksIntoIt() throws {
    let made = HandMadeArray("l", length: 3, buffers: [nil, bytes([Int64(1) << 40, 2, 3])])
    weak var seen: Owner?
    var column: Column?
    do {
      let owner = Owner()
      seen = owner
      column = try ArrowField(made.schema).column(made.array, 0..<3, owner: owner)
    }
    #expect(seen != nil)
    #expect(column?.value(0) == .integer(1 << 40))
    column = nil
    #expect(seen == nil)
  }
}
