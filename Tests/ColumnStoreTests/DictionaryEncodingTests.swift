import ColumnStore
import Testing

@Suite("Dictionaries made of views") struct DictionaryEncodingTests {
  /// Texts short and long, many times each, some missing: rows of a few segments and of less than one.
  private func column(rows: Int, distinct: Int) -> (column: Column, texts: [String?]) {
    let texts = (0..<rows).map { row -> String? in
      if row % 13 == 5 { return nil }
      let number = row &* 7919 % distinct
      return number.isMultiple(of: 3) ? "id\(number)" : "a text that is too long for a view, no. \(number)"
    }
    return (Column(type: .text, values: texts.map { $0.map { .text($0) } ?? .null }), texts)
  }

  @Test(arguments: [(10, 3), (65_536, 1000), (65_537, 1000), (200_000, 1), (200_000, 50_000), (150_000, 150_000)])
  func keepsEveryTextInTheOrderOfFirstAppearance(_ rows: Int, _ distinct: Int) throws {
    let (column, texts) = column(rows: rows, distinct: distinct)
    let encoded = column.dictionaryEncoded()
    let dictionary = try #require(encoded.dictionary)
    var expected: [String: Int] = [:]
    var isSame = true
    let codes = encoded.widened()
    for (row, text) in texts.enumerated() {
      guard let text else {
        isSame = isSame && encoded.isNull(row)
        continue
      }
      let next = expected.count
      let code = expected[text] ?? next
      expected[text] = code
      isSame = isSame && Int(codes[row]) == code && !encoded.isNull(row)
    }
    #expect(isSame)
    #expect(dictionary.count == expected.count)
    #expect(expected.allSatisfy { dictionary[$0.value] == $0.key })
  }

  @Test func nothingButNullsHasOneEntry() {
    let encoded = Column.nulls(type: .text, count: 100_000).dictionaryEncoded()
    #expect(encoded.nullCount == 100_000)
    let views = Column(type: .text, values: Array(repeating: .null, count: 70_000)).dictionaryEncoded()
    #expect(views.dictionary?.count == 1)
    #expect(views.nullCount == 70_000)
  }

  @Test func aTableKeepsWhatWasMade() {
    let (column, _) = column(rows: 1000, distinct: 10)
    let table = Table([("t", column)])
    #expect(table.dictionaryEncoded(0, isNeeded: false) == nil)
    let bytes = table.byteCount
    let made = table.dictionaryEncoded(0, isNeeded: true)?.dictionary
    #expect(made != nil)
    #expect(table.dictionaryEncoded(0, isNeeded: false)?.dictionary === made)
    // 1,000 codes of four bytes and ten views of sixteen.
    #expect(table.byteCount == bytes + 4160)
  }
}
