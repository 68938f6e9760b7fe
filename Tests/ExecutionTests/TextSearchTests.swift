import CScan
import ColumnStore
import FixedRandom
import Glibc
import Planning
import Testing

@testable import Execution

@Suite("Searches in texts") struct TextSearchTests {
  /// Two pages, the second of which must not be touched.
  private final class FencedPage {
    let page: UnsafeMutablePointer<UInt8>
    static let size = 4096

    init?() {
      let block = mmap(nil, Self.size * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      guard let block, block != MAP_FAILED else { return nil }
      mprotect(block + Self.size, Self.size, PROT_NONE)
      page = block.bindMemory(to: UInt8.self, capacity: Self.size * 2)
    }

    deinit { munmap(page, Self.size * 2) }
  }

  private func stands(_ part: [UInt8], in text: [UInt8]) -> Bool {
    text.count >= part.count
      && (0...text.count - part.count).contains { text[$0..<$0 + part.count].elementsEqual(part) }
  }

  /// Small alphabets, so that much is nearly found; texts at every alignment, and at the very end of the memory.
  @Test(arguments: 0...cscan_level()) func findsWhatTheObviousSearchFinds(_ level: Int32) throws {
    let fenced = try #require(FencedPage())
    var generator = FixedGenerator(seed: 11)
    for round in 0..<20_000 {
      let size = 1 + round % 40
      let letters = 1 + generator.below(3)
      let text = (0..<generator.below(200)).map { _ in UInt8(97 + generator.below(letters)) }
      var part = (0..<size).map { _ in UInt8(97 + generator.below(letters)) }
      if text.count >= size, generator.oneIn(2) {
        let start = generator.oneIn(2) ? text.count - size : generator.below(text.count - size + 1)
        part = Array(text[start..<start + size])
      }
      let start = generator.oneIn(2) ? FencedPage.size - text.count : round % 64 + 3000
      for (index, byte) in text.enumerated() { fenced.page[start + index] = byte }
      let found = part.withUnsafeBufferPointer { part -> Bool in
        guard let bytes = part.baseAddress else { return false }
        return cscan_contains(level, fenced.page + start, text.count, bytes, part.count) != 0
      }
      if found != stands(part, in: text) {
        Issue.record("\(String(decoding: part, as: UTF8.self)) in \(String(decoding: text, as: UTF8.self))")
        return
      }
    }
  }

  /// So much alike that comparing at every place would take four thousand million bytes.
  @Test(arguments: 0...cscan_level()) func textsMadeToDeceiveTakeNoLonger(_ level: Int32) {
    let text = [UInt8](repeating: 97, count: 2_000_000)
    var part = [UInt8](repeating: 97, count: 20_000)
    part[10_000] = 98
    func isFound(_ part: [UInt8]) -> Bool {
      text.withUnsafeBufferPointer { text in
        part.withUnsafeBufferPointer { part in
          guard let start = text.baseAddress, let bytes = part.baseAddress else { return false }
          return cscan_contains(level, start, text.count, bytes, part.count) != 0
        }
      }
    }
    #expect(!isFound(part))
    part[10_000] = 97
    #expect(isFound(part))
  }

  /// Columns of texts short and long, beside Swift's own comparison of bytes.
  @Test func searchesWholeColumns() {
    let texts = [
      "", "a", "ab", "abc", "abcd", "abcde", "xabc", "éabc", "abcé", "a text that ends in abcd", "abcd begins this one",
    ]
    let rows = (0..<200).map { texts[$0 * 7 % texts.count] }
    let column = Column(type: .text, values: rows.map { .text($0) })
    for part in ["", "a", "abc", "abcd", "abcde", "é", "a text that ends in abcd", "no"] {
      let bytes = Array(part.utf8)
      for function in [ScalarFunction.contains, .startsWith, .endsWith, .equal] {
        let found = TextKernels.search(column, for: part, function)
        for (row, text) in rows.enumerated() {
          let text = Array(text.utf8)
          let expected =
            switch function {
            case .startsWith: text.starts(with: bytes)
            case .endsWith: text.suffix(bytes.count).elementsEqual(bytes)
            case .equal: text == bytes
            default: bytes.isEmpty || stands(bytes, in: text)
            }
          #expect(found?.value(row) == .boolean(expected), "\(function) \(part) in \(rows[row])")
        }
      }
    }
  }

  // MARK: Searches that are repeated

  private func table(rows: Int, distinct: Int) -> Table {
    let values = (0..<rows).map { row -> Value in
      row % 11 == 4 ? .null : .text("statement number \(row &* 7919 % distinct) of a reason")
    }
    return Table([
      ("reason", Column(type: .text, values: values)),
      ("n", Column(type: .integer, values: (0..<rows).map { .integer(Int64($0)) })),
    ])
  }

  private func isEncoded(_ table: Table) -> Bool { table.dictionaryEncoded(0, isNeeded: false) != nil }

  @Test func aColumnOfFewTextsGetsADictionaryInItsSecondSearch() throws {
    let table = table(rows: 100_000, distinct: 1000)
    let session = TestSession()
    session.define("t", table)
    // Row 4 of every 11 is NULL. 7919 and 1000 have no common factor, so texts recur every 1,000 rows.
    let expected = (0..<100_000).count { $0 % 11 != 4 && "\($0 * 7919 % 1000)".hasPrefix("12") }
    let unknown = (0..<100_000).count { $0 % 11 == 4 }
    for search in 1...6 {
      #expect(isEncoded(table) == (search > 2))
      let found = try session.run("select count(*) from t where reason like '%number 12%'")
      #expect(found?.row(0) == [.integer(Int64(expected))])
    }
    let others = try session.run("select count(*) from t where not (reason like '%number 12%')")
    #expect(others?.row(0) == [.integer(Int64(100_000 - expected - unknown))])
    let missing = try session.run("select count(*) from t where (reason like '%number 12%') is null")
    #expect(missing?.row(0) == [.integer(Int64(unknown))])
    let rows = try session.run("select reason, n from t where reason like '%number 12 %' order by n limit 1")
    // 7919 * 148 = 1,172,012, and 148 % 11 is 5.
    #expect(rows?.row(0) == [.text("statement number 12 of a reason"), .integer(148)])
  }

  @Test func aColumnOfDifferentTextsGetsNone() throws {
    let table = table(rows: 100_000, distinct: 100_000)
    let session = TestSession()
    session.define("t", table)
    for _ in 1...6 { try session.run("select count(*) from t where reason like '%number 12%'") }
    #expect(!isEncoded(table))
  }

  @Test func searchesCountForTheRowsThatTheyRead() throws {
    let table = table(rows: 400_000, distinct: 1000)
    // Of the seven segments all but the first are then ruled out.
    #expect(table.statistics(1).total.range == 0...399_999)
    let session = TestSession()
    session.define("t", table)
    for _ in 1...4 { try session.run("select reason from t where n < 10 and reason like '%number%'") }
    #expect(!isEncoded(table))
  }

  @Test func comparisonsDoNotCountAsSearches() throws {
    let table = table(rows: 100_000, distinct: 1000)
    let session = TestSession()
    session.define("t", table)
    for _ in 1...6 { try session.run("select count(*) from t where reason = 'statement number 12 of a reason'") }
    #expect(!isEncoded(table))
  }
}
