import Testing

@testable import ColumnStore

@Suite("Dictionaries of texts with numbers", .serialized) struct SerialTextsTests {
  private func column(_ texts: [String?]) -> Column {
    Column(type: .text, values: texts.map { $0.map { .text($0) } ?? .null })
  }

  /// Number 7 becomes `00007`, as long as five digits are.
  private func padded(_ number: Int, _ digits: Int) -> String {
    String(String(repeating: "0", count: digits).dropLast("\(number)".count) + "\(number)")
  }

  /// Checks an encoded column, whose texts are in their order, on one thread and on several.
  private func check(_ texts: [String?]) throws {
    let wanted = Set(texts.compactMap(\.self)).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    let usual = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = usual }
    for threads in [1, 3] {
      WorkerPool.shared.threadCount = threads
      let encoded = column(texts).dictionaryEncoded()
      let dictionary = try #require(encoded.dictionary)
      #expect(dictionary.isSorted)
      #expect((0..<dictionary.count).map { dictionary[$0] } == wanted)
      #expect(texts.indices.allSatisfy { encoded.withText($0) { String(decoding: $0, as: UTF8.self) } == texts[$0] })
    }
  }

  @Test("of every length and number of digits", arguments: 1...12, 1...9)
  func lengths(_ length: Int, _ digits: Int) throws {
    guard digits <= length else { return }
    let prefix = String("_ä.0x_öpre".unicodeScalars.suffix(length - digits).map(Character.init))
    let start = String(decoding: Array(prefix.utf8).prefix(length - digits), as: Unicode.ASCII.self)
      .replacing("\u{FFFD}", with: "y")
    let most = digits >= 5 ? 65_000 : [1, 10, 100, 1000, 10_000][digits] - 1
    try check((0..<3000).map { row in row % 11 == 3 ? nil : start + padded(row * 7919 % (most + 1), digits) })
  }

  @Test("over segments, with the first and the last missing", arguments: [1, 2, 65_535, 65_536, 65_537, 200_000])
  func segments(_ rows: Int) throws {
    try check(
      (0..<rows).map { row in
        rows > 2 && (row == 0 || row == rows - 1 || row % 13 == 5) ? nil : "acc_" + padded(row * 7919 % 99_991, 8)
      })
  }

  /// One that looks otherwise, wherever it stands, makes the column one of any texts, whose codes are as they come.
  @Test(arguments: ["acc_0000000x", "acc_000000001", "acc_0000001", "bcc_00000001", "acc-00000001", "", "acc_00000/01"])
  func others(_ other: String) throws {
    for place in [0, 1, 70_000, 139_999] {
      var texts = (0..<140_000).map { "acc_" + padded($0 % 500, 8) }
      texts[place] = other
      let encoded = column(texts).dictionaryEncoded()
      let dictionary = try #require(encoded.dictionary)
      #expect(dictionary.count == Set(texts).count)
      #expect(texts.indices.allSatisfy { encoded.withText($0) { String(decoding: $0, as: UTF8.self) } == texts[$0] })
    }
  }

  @Test func numbersFarApartAreHashed() throws {
    let texts = (0..<1000).map { "x" + padded($0 * 98_765, 8) }
    let encoded = column(texts).dictionaryEncoded()
    #expect(encoded.dictionary?.isSorted == false)
    #expect(texts.indices.allSatisfy { encoded.withText($0) { String(decoding: $0, as: UTF8.self) } == texts[$0] })
  }
}
