import Testing

@testable import ColumnStore

@Suite("Dictionaries made of views", .serialized) struct DictionaryEncodingTests {
  /// Texts short and long, some missing: rows of a few segments and of less than one.
  private func texts(rows: Int, distinct: Int) -> [String?] {
    (0..<rows).map { row in
      if row % 13 == 5 || row == 0 || row == rows - 1 { return nil }
      let number = row &* 7919 % distinct
      if number == 1 { return "" }
      return number.isMultiple(of: 3) ? "id\(number)" : "a text that is too long for a view, no. \(number)"
    }
  }

  private func column(_ texts: [String?]) -> Column {
    Column(type: .text, values: texts.map { $0.map { .text($0) } ?? .null })
  }

  /// Checks the codes and entries of an encoded column against the numbers that a dictionary of Swift's own gives to
  /// texts as they come.
  private func check(_ encodings: [Column], _ texts: [String?]) throws {
    var numbers: [String: Int64] = [:]
    var entries: [String] = []
    let codes = texts.map { text -> Int64 in
      guard let text else { return 0 }
      if let number = numbers[text] { return number }
      let number = Int64(entries.count)
      numbers[text] = number
      entries.append(text)
      return number
    }
    for encoded in encodings {
      let dictionary = try #require(encoded.dictionary)
      #expect(Array(encoded.widened()) == codes)
      #expect(texts.indices.allSatisfy { encoded.isNull($0) == (texts[$0] == nil) })
      #expect(dictionary.count == max(entries.count, 1))
      #expect(entries.indices.allSatisfy { dictionary[$0] == entries[$0] })
    }
  }

  @Test(arguments: [
    (0, 1), (1, 1), (10, 3), (65_535, 255), (65_536, 256), (65_537, 257), (65_536, 65_536), (70_001, 65_535),
    (70_001, 65_536), (70_001, 65_537), (150_000, 1), (150_000, 50_000), (150_000, 150_000),
  ])
  func keepsEveryTextInTheOrderOfFirstAppearance(_ rows: Int, _ distinct: Int) throws {
    let texts = texts(rows: rows, distinct: distinct)
    let column = column(texts)
    let usual = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = usual }
    let encodings = [1, 2, 5].map { threads in
      WorkerPool.shared.threadCount = threads
      return column.dictionaryEncoded()
    }
    try check(encodings, texts)
  }

  /// The bits of a hash from which a part or a slot is told are taken away, some or all.
  @Test func doesNotDependOnTheHashes() throws {
    for (rows, distinct) in [(3000, 2000), (70_000, 3000)] {
      let texts = texts(rows: rows, distinct: distinct)
      let column = column(texts)
      let masks: [UInt64] = [0, 1, 0xFF << 56, 0xFFFF_FF00_0000_00FF]
      try check(masks.map { column.dictionaryEncoded(hashMask: $0) }, texts)
    }
  }

  /// More bytes of texts than are copied, texts that differ in a few bytes only, and some of more than a page.
  @Test func tellsLongTextsApart() throws {
    let texts = (0..<3000).map { row -> String? in
      let number = row % 700
      return String(repeating: "x", count: 600 + number % 5 * 1100) + "\(number)" + String(repeating: "y", count: 90)
    }
    try check([column(texts).dictionaryEncoded()], texts)
  }

  @Test func nothingButNullsHasOneEntry() {
    let encoded = Column.nulls(type: .text, count: 100_000).dictionaryEncoded()
    #expect(encoded.nullCount == 100_000)
    let views = Column(type: .text, values: Array(repeating: .null, count: 70_000)).dictionaryEncoded()
    #expect(views.dictionary?.count == 1)
    #expect(views.nullCount == 70_000)
  }

  @Test func aTableKeepsWhatWasMade() {
    let column = column((0..<1000).map { $0 % 13 == 5 ? nil : "text \($0 % 10)" })
    let table = Table([("t", column)])
    #expect(table.dictionaryEncoded(0, isNeeded: false) == nil)
    let bytes = table.byteCount
    let made = table.dictionaryEncoded(0, isNeeded: true)?.dictionary
    #expect(made != nil)
    #expect(table.dictionaryEncoded(0, isNeeded: false)?.dictionary === made)
    // 1,000 codes of four bytes and ten views of sixteen.
    #expect(table.byteCount == bytes + 4160)
  }

  /// A view's words are hashed as its bytes would be.
  @Test func aTextHashesAsItsBytesDo() {
    for length in 0...70 {
      let text = String((0..<length).map { Character(UnicodeScalar(UInt8(33 + ($0 * 7 + length) % 90))) })
      var builder = TextBuilder()
      builder.append(text)
      let (views, heap) = builder.finish()
      // The same by single bytes: words of eight, least significant first.
      #expect(hashText(at: views.pointer, heap) == byteHash(Array(text.utf8)))
    }
  }

  /// What `hashBytes` computes, a byte at a time.
  private func byteHash(_ bytes: [UInt8]) -> UInt64 {
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
      let product = left.multipliedFullWidth(by: right)
      return product.high ^ product.low
    }
    var seed = 0xA076_1D64_78BD_642F ^ UInt64(bytes.count)
    var rest = bytes[...]
    while rest.count >= 16 {
      seed = mix(word(rest.prefix(8)) ^ 0xE703_7ED1_A0B4_28DB, word(rest.dropFirst(8).prefix(8)) ^ seed)
      rest = rest.dropFirst(16)
    }
    return mix(word(rest.prefix(8)) ^ 0x8EBC_6AF0_9C88_C6E3, word(rest.dropFirst(8)) ^ seed)
  }

  // MARK: Codes looked up

  @Test(arguments: [0, 1, 63, 64, 65, 1000]) func aBitIsLookedUpForEveryCode(_ rows: Int) {
    for (width, entries) in [(1, 1), (1, 256), (2, 257), (2, 65_536), (4, 65_537)] {
      let dictionary = TextDictionary((0..<entries).map { "\($0)" })
      let bits = (0..<entries).map { $0 % 3 == 1 }
      let codes = (0..<rows).map { row in row % 10 == 9 ? entries - 1 : row &* 7919 % entries }
      let isValid = (0..<rows).map { $0 % 7 != 3 }
      let data: ColumnData =
        switch width {
        case 1: .codes8(Buffer(codes.map { UInt8($0) }), dictionary)
        case 2: .codes16(Buffer(codes.map { UInt16($0) }), dictionary)
        default: .codes32(Buffer(codes.map { UInt32($0) }), dictionary)
        }
      let whole = Column(type: .text, data: data)
      let gaps = Column(type: .text, data: data, validity: Bitmap(isValid))
      let found = whole.lookUp(Bitmap(bits), ofNull: true)
      let withTrue = gaps.lookUp(Bitmap(bits), ofNull: true)
      let withFalse = gaps.lookUp(Bitmap(bits), ofNull: false)
      #expect((0..<rows).allSatisfy { found[$0] == bits[codes[$0]] })
      #expect((0..<rows).allSatisfy { withTrue[$0] == (isValid[$0] ? bits[codes[$0]] : true) })
      #expect((0..<rows).allSatisfy { withFalse[$0] == (isValid[$0] ? bits[codes[$0]] : false) })
    }
  }
}
