import ColumnStore
import Testing

@testable import Formats

@Suite("Encodings") struct EncodingTests {
  private let header = Array("stadt,n\n".utf8)

  @Test func utf8WithAndWithoutAMark() throws {
    for mark in [[], [0xEF, 0xBB, 0xBF]] as [[UInt8]] {
      let loaded = try load(bytes: mark + Array("stadt,n\nMünchen,1\n東京,2\n".utf8))
      #expect(loaded.names == ["stadt", "n"])
      #expect(loaded.texts(0) == ["München", "東京"])
      #expect(loaded.report.files[0].encoding == "UTF-8")
    }
  }

  @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
  func utf16OfBothSides(littleEndian: Bool, hasMark: Bool) throws {
    let text = "stadt,n\nMünchen,1\nRom 😀,2\nOslo,3\n"
    var bytes: [UInt8] = []
    for unit in (hasMark ? [0xFEFF] : []) + Array(text.utf16) {
      let pair = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
      bytes += littleEndian ? pair : pair.reversed()
    }
    let loaded = try load(bytes: bytes)
    #expect(loaded.names == ["stadt", "n"])
    #expect(loaded.texts(0) == ["München", "Rom 😀", "Oslo"])
    #expect(loaded.report.files[0].encoding == (littleEndian ? "UTF-16LE" : "UTF-16BE"))
  }

  @Test func windows1252() throws {
    // M\xFCnchen, caf\xE9, it\x92s, \x80 5
    let bytes =
      header + [0x4D, 0xFC] + Array("nchen,1\ncaf".utf8) + [0xE9] + Array(",2\nit".utf8) + [0x92] + Array("s,3\n".utf8)
    let loaded = try load(bytes: bytes)
    #expect(loaded.texts(0) == ["München", "café", "it’s"])
    #expect(loaded.report.files[0].encoding == "Windows-1252")
  }

  @Test func macRoman() throws {
    // M\x9Fnchen, caf\x8E, it\xD5s
    let bytes =
      header + [0x4D, 0x9F] + Array("nchen,1\ncaf".utf8) + [0x8E] + Array(",2\nit".utf8) + [0xD5] + Array("s,3\n".utf8)
    let loaded = try load(bytes: bytes)
    #expect(loaded.texts(0) == ["München", "café", "it’s"])
    #expect(loaded.report.files[0].encoding == "Mac Roman")
  }

  @Test func oneByteFarDownDecides() throws {
    var bytes = header
    for row in 0..<20_000 { bytes += Array("x\(row),1\n".utf8) }
    bytes += Array("caf".utf8) + [0xE9] + Array(",2\n".utf8)
    var tuning = SourceFile.Tuning()
    tuning.chunkSize = 4096
    let loaded = try load(bytes: bytes, tuning: tuning)
    #expect(loaded.texts(0).last == "café")
    #expect(loaded.texts(0).first == "x0")
  }

  @Test func damagedUTF8IsMendedAndReported() throws {
    let bytes = Array("stadt,n\nMünchen,1\nZürich,2\nKöln,3\nGöt".utf8) + [0xFF] + Array("eborg,4\nTromsø,5\n".utf8)
    let loaded = try load(bytes: bytes)
    #expect(loaded.texts(0) == ["München", "Zürich", "Köln", "Göt\u{FFFD}eborg", "Tromsø"])
    #expect(
      loaded.rejected == ["5 stadt Göt\u{FFFD}eborg bytes that are no text in this encoding; U+FFFD stands for them"])
    #expect(loaded.report.files[0].encoding == "UTF-8")
  }

  @Test func charactersOnTheBordersOfPiecesAreWhole() throws {
    let text = "stadt,n\n" + (0..<300).map { "ä€😀\($0),\($0)\n" }.joined()
    for size in [1, 2, 3, 5, 64, 100] {
      var tuning = SourceFile.Tuning()
      tuning.chunkSize = size
      let loaded = try load(bytes: Array(text.utf8), tuning: tuning)
      #expect(loaded.report.files[0].encoding == "UTF-8")
      #expect(loaded.texts(0)[299] == "ä€😀299")
    }
  }

  @Test func aPrescribedEncodingIsUsed() throws {
    let bytes = header + [0xCA, 0xE8, 0xE5, 0xE2] + Array(",1\n".utf8)
    let loaded = try load(bytes: bytes) { $0.encoding = "windows-1251" }
    #expect(loaded.texts(0) == ["Киев"])
    #expect(!TextEncoding.isKnown("utf-8//TRANSLIT"))
    #expect(!TextEncoding.isKnown("klingon"))
  }

  @Test(
    arguments: [
      [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
      [0xF5, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func whatIsNoUTF8(sequence: [UInt8]) {
    let padded = sequence + [0, 0, 0, 0]
    let length = padded.withUnsafeBufferPointer { $0.baseAddress.map { utf8Length($0, 0, sequence.count) } }
    #expect(length == 0)
  }
}
