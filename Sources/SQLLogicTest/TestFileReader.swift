/// Reads the entries of a test file, one at a time. Takes line ends of either kind, and never fails as a whole: after an
/// entry that has no sense the next one is looked for.
public struct TestFileReader: Sequence, IteratorProtocol, Sendable {
  private let bytes: [UInt8]
  private var position = 0
  private var lineNumber = 0

  /// Starts at the beginning of a file's bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next entry, nil at the end.
  public mutating func next() -> Result<TestRecord, MalformedRecord>? {
    var conditions: [EngineCondition] = []
    while let line = nextLine() {
      if isBlank(line) || line.first == UInt8(ascii: "#") { continue }
      let words = words(line)
      let start = lineNumber
      switch words[0] {
      case "skipif", "onlyif":
        guard words.count > 1, !words[1].hasPrefix("#") else {
          skipToBlankLine()
          return malformed(start, "`\(words[0])` needs the name of an engine")
        }
        conditions.append(EngineCondition(isOnly: words[0] == "onlyif", engine: words[1].lowercased()))
        continue
      default: break
      }
      do throws(MalformedRecord) {
        return .success(TestRecord(line: start, conditions: conditions, work: try work(words, line, at: start)))
      } catch {
        return .failure(error)
      }
    }
    guard let condition = conditions.first else { return nil }
    return malformed(lineNumber, "the condition on \(condition.engine) has nothing behind it")
  }

  private func malformed(_ line: Int, _ message: String) -> Result<TestRecord, MalformedRecord> {
    .failure(MalformedRecord(line: line, message: message))
  }

  private mutating func work(_ words: [String], _ line: ArraySlice<UInt8>, at start: Int) throws(MalformedRecord)
    -> TestRecord.Work
  {
    switch words[0] {
    case "statement":
      let (text, expected) = body()
      guard !text.isEmpty else { throw MalformedRecord(line: start, message: "there is no statement") }
      switch (words.count > 1 ? words[1] : "", expected) {
      case ("ok", nil): return .statement(text)
      case ("error", nil): return .failure(text, pattern: words.dropFirst(2).joined(separator: " "))
      case ("error", let message?): return .failure(text, pattern: TestFileReader.pattern(message))
      case ("ok", _): throw MalformedRecord(line: start, message: "a statement has no expected rows")
      default: throw MalformedRecord(line: start, message: "a statement is `ok` or `error`")
      }
    case "query":
      let (text, expected) = body()
      return .query(try query(words, text, expected, at: start))
    case "hash-threshold":
      guard words.count > 1, let count = Int(words[1]), count >= 0 else {
        throw MalformedRecord(line: start, message: "`hash-threshold` needs a number")
      }
      return .hashThreshold
    case "halt": return .halt
    case "control": return .control(try control(words, at: start))
    default:
      skipToBlankLine()
      throw MalformedRecord(
        line: start,
        message: "an entry begins with statement, query, skipif, onlyif, hash-threshold, halt or control, "
          + "not with `\(words[0])`")
    }
  }

  private func query(_ words: [String], _ text: String, _ expected: [String]?, at start: Int) throws(MalformedRecord)
    -> TestQuery
  {
    guard !text.isEmpty else { throw MalformedRecord(line: start, message: "there is no query") }
    guard words.count > 1 else { throw MalformedRecord(line: start, message: "`query` needs a letter for each column") }
    let order = words.count > 2 ? words[2] : "nosort"
    guard let order = TestQuery.Order(rawValue: order) else {
      throw MalformedRecord(line: start, message: "the order is nosort, rowsort or valuesort, not `\(order)`")
    }
    let expectation: TestQuery.Expectation
    if let expected {
      expectation = TestFileReader.hash(in: expected) ?? .lines(expected)
    } else {
      expectation = .anything
    }
    return TestQuery(
      text: text, types: words[1], order: order, label: words.count > 3 ? words[3] : nil, expectation: expectation)
  }

  /// What an error must say in DuckDB's form: lines that it holds, or a regular expression.
  private static func pattern(_ lines: [String]) -> String {
    let text = lines.joined(separator: "\n")
    let mark = "<REGEX>:"
    return text.hasPrefix(mark) ? String(text.dropFirst(mark.count)) : "\\Q\(text)\\E"
  }

  /// `30 values hashing to 3c13dee48d9356ae19af2515e05e6b54`.
  private static func hash(in lines: [String]) -> TestQuery.Expectation? {
    guard lines.count == 1, lines[0].utf8.count > 32, lines[0].utf8.first.map({ (0x30...0x39).contains($0) }) == true
    else { return nil }
    let words = lines[0].split(separator: " ")
    guard words.count == 5, words[1] == "values", words[2] == "hashing", words[3] == "to", words[4].utf8.count == 32,
      words[4].allSatisfy(\.isHexDigit), let count = Int(words[0])
    else { return nil }
    return .hash(count: count, digest: words[4].lowercased())
  }

  private func control(_ words: [String], at start: Int) throws(MalformedRecord) -> TestControl {
    let value = words.count > 2 ? words[2] : ""
    switch words.count > 1 ? words[1] : "" {
    case "values":
      if let style = ValueStyle(rawValue: value) { return .values(style) }
    case let name where TestSettings.take(name, value): return .setting(name, value)
    default: break
    }
    throw MalformedRecord(
      line: start,
      message: "`control` takes `values original`, `values exact`, `division integer`, `division double`, "
        + "`nulls smallest` or `nulls largest`")
  }

  // MARK: Lines

  /// The lines up to a blank one: what is to be run, and behind `----` what is expected.
  private mutating func body() -> (text: String, expected: [String]?) {
    var text: [UInt8] = []
    var expected: [String]?
    while let line = nextLine(), !isBlank(line) {
      if expected != nil {
        expected?.append(String(decoding: line, as: UTF8.self))
      } else if line.elementsEqual("----".utf8) {
        expected = []
      } else {
        if !text.isEmpty { text.append(UInt8(ascii: "\n")) }
        text.append(contentsOf: line)
      }
    }
    return (String(decoding: text, as: UTF8.self), expected)
  }

  private mutating func skipToBlankLine() { while let line = nextLine(), !isBlank(line) {} }

  /// The next line without its end.
  private mutating func nextLine() -> ArraySlice<UInt8>? {
    guard position < bytes.count else { return nil }
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    var end = position
    position += 1
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    lineNumber += 1
    return bytes[start..<end]
  }

  private func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
  }

  private func words(_ line: ArraySlice<UInt8>) -> [String] {
    line.split { $0 == 0x20 || $0 == 0x09 }.map { String(decoding: $0, as: UTF8.self) }
  }
}
