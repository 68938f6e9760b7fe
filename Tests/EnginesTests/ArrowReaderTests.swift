import ColumnStore
import Glibc
import Testing

@testable import Engines

/// Arrays laid out by hand as the Arrow columnar format has them.
@Suite("Arrow arrays") struct ArrowReaderTests {
  @Test func integersOfAllWidths() throws {
    #expect(
      try HandMadeArray("c", length: 2, buffers: [nil, bytes([Int8(-1), 5])]).values() == [.integer(-1), .integer(5)])
    #expect(try HandMadeArray("S", length: 1, buffers: [nil, bytes([UInt16.max])]).values() == [.integer(65_535)])
    #expect(
      try HandMadeArray("i", length: 1, buffers: [nil, bytes([Int32.min])]).values() == [.integer(-2_147_483_648)])
    #expect(try HandMadeArray("l", length: 1, buffers: [nil, bytes([Int64.max])]).values() == [.integer(.max)])
    #expect(throws: (any Error).self) {
      try HandMadeArray("L", length: 1, buffers: [nil, bytes([UInt64.max])]).values()
    }
  }

  @Test func missingValuesAndOffsets() throws {
    // Of the bits 0b0101 the second and fourth row are missing; the array begins at the second row.
    let made = HandMadeArray("l", length: 3, nulls: 2, offset: 1, buffers: [[0b0101], bytes([Int64(1), 2, 3, 4])])
    #expect(try made.values() == [.null, .integer(3), .null])
  }

  @Test func booleansAndDoubles() throws {
    #expect(
      try HandMadeArray("b", length: 3, buffers: [nil, [0b101]]).values() == [
        .boolean(true), .boolean(false), .boolean(true),
      ])
    #expect(try HandMadeArray("f", length: 1, buffers: [nil, bytes([Float(0.5)])]).values() == [.double(0.5)])
    #expect(try HandMadeArray("g", length: 1, buffers: [nil, bytes([-0.1])]).values() == [.double(-0.1)])
  }

  @Test func textsOfAllLayouts() throws {
    let text = Array("abécd".utf8)
    #expect(
      try HandMadeArray("u", length: 3, buffers: [nil, bytes([Int32(0), 2, 2, 6]), text]).values()
        == [.text("ab"), .text(""), .text("écd")])
    #expect(try HandMadeArray("U", length: 1, buffers: [nil, bytes([Int64(0), 2]), text]).values() == [.text("ab")])
    #expect(
      try HandMadeArray("z", length: 1, buffers: [nil, bytes([Int32(0), 2]), [0, 255]]).values() == [.text("00ff")])
    var short = bytes([Int32(3)]) + Array("abc".utf8)
    short += [UInt8](repeating: 0, count: 16 - short.count)
    let long = bytes([Int32(14)]) + Array("long".utf8) + bytes([Int32(0), 2])
    #expect(
      try HandMadeArray(
        "vu", length: 2, buffers: [nil, short + long, Array("__long enough!!".utf8) + [0, 0, 0], bytes([Int64(18)])]
      ).values()
        == [.text("abc"), .text("long enough!!\0")])
  }

  @Test func datesTimesAndLengthsOfTime() throws {
    #expect(try HandMadeArray("tdD", length: 1, buffers: [nil, bytes([Int32(18_668)])]).values() == [.date(18_668)])
    #expect(try HandMadeArray("tdm", length: 1, buffers: [nil, bytes([Int64(-1)])]).values() == [.date(-1)])
    for (format, factor) in [("tss:UTC", 1), ("tsm:", 1000), ("tsu:Asia/Kolkata", 1_000_000), ("tsn:", 1_000_000_000)] {
      #expect(
        try HandMadeArray(format, length: 1, buffers: [nil, bytes([Int64(1_612_915_200 * factor)])]).values()
          == [.timestamp(1_612_915_200_000_000)])
    }
    #expect(try HandMadeArray("tts", length: 1, buffers: [nil, bytes([Int32(61)])]).values() == [.time(61_000_000)])
    #expect(
      try HandMadeArray("tin", length: 1, buffers: [nil, bytes([Int32(1), 2]) + bytes([Int64(3000)])]).values()
        == [.interval(Interval(months: 1, days: 2, microseconds: 3))])
  }

  @Test func decimals() throws {
    #expect(
      try HandMadeArray("d:10,2", length: 1, buffers: [nil, bytes([Int128(-12_345)])]).values()
        == [.decimal(Decimal(units: -12_345, scale: 2))])
    #expect(
      try HandMadeArray("d:9,1,32", length: 1, buffers: [nil, bytes([Int32(15)])]).values()
        == [.decimal(Decimal(units: 15, scale: 1))])
    #expect(throws: (any Error).self) { try ArrowField(HandMadeArray("d:76,2,256", length: 0, buffers: []).schema) }
  }

  @Test func dictionariesListsRecordsAndMaps() throws {
    let words = HandMadeArray("u", length: 2, buffers: [nil, bytes([Int32(0), 1, 3]), Array("abc".utf8)])
    var coded = HandMadeArray("c", length: 3, buffers: [nil, bytes([Int8(1), 0, 1])])
    coded.encode(words)
    #expect(try coded.values() == [.text("bc"), .text("a"), .text("bc")])

    var list = HandMadeArray("+l", length: 2, buffers: [nil, bytes([Int32(0), 2, 2])])
    list.add([words])
    #expect(try list.values() == [.textList(["a", "bc"]), .textList([])])

    let numbers = HandMadeArray("l", name: "n", length: 2, nulls: 1, buffers: [[0b01], bytes([Int64(7), 0])])
    var named = words
    named.schema.name = UnsafePointer(strdup("w"))
    var record = HandMadeArray("+s", length: 2, buffers: [nil])
    record.add([named, numbers])
    #expect(try record.values() == [.text(#"{"w":"a","n":7}"#), .text(#"{"w":"bc","n":null}"#)])

    var map = HandMadeArray("+m", length: 1, buffers: [nil, bytes([Int32(0), 2])])
    map.add([record])
    #expect(try map.values() == [.text(#"{"a":7,"bc":null}"#)])
  }

  @Test func aTypeWithoutAPlaceIsNamed() {
    #expect(throws: (any Error).self) { try ArrowField(HandMadeArray("w:42", length: 0, buffers: []).schema) }
  }
}
