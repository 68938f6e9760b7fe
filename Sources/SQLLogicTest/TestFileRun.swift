import ColumnStore

/// An entry that did not do what it should.
public struct TestFailure: Sendable {
  /// The line of its `statement` or `query`.
  public var line: Int
  /// What was run.
  public var text: String
  /// What should have come; nil where that goes without saying.
  public var expected: String?
  /// What came in its place.
  public var found: String
}

/// Runs one test file on an engine.
public struct TestFileRun {
  /// How entries went.
  public struct Counts: Sendable, Equatable {
    /// Statements and queries that did what they should.
    public var passed = 0
    /// Those that did not, and entries that have no sense.
    public var failed = 0
    /// Those that are for other engines.
    public var skipped = 0
  }

  /// What `skipif` and `onlyif` call the engine.
  public static let engineName = "noticebook"

  /// How entries went so far.
  public private(set) var counts = Counts()
  private var style: ValueStyle
  private var settings: [String: String]
  private var areSettingsTold = false
  private var results: [String: (digest: String, line: Int)] = [:]
  private let engine: any TestedEngine
  /// What `skipif` may call an engine besides that runs things elsewhere; empty for one that does not. Errors may have other
  /// words there, and rows any order that the query does not ask for.
  private let foreignNames: [String]
  private var isForeign: Bool { !foreignNames.isEmpty }

  /// A run on an engine that no file has used.
  ///
  /// - Parameters:
  ///   - style: how values are written where the file does not say it.
  ///   - settings: what the engine is told with `set` where the file does not say it. What is missing is as in SQLite for
  ///     files of the original style, and as the engine has it for others: see `TestSettings`.
  ///   - foreignNames: what `skipif` calls the engine as well that things are run on; empty where all is run here.
  public init(
    on engine: any TestedEngine, style: ValueStyle = .original, settings: [String: String] = [:],
    foreignNames: [String] = []
  ) {
    self.foreignNames = foreignNames
    self.engine = engine
    self.style = style
    self.settings = settings
  }

  /// Runs all entries in order, up to `halt` or the end; tells of each that fails.
  ///
  /// - Parameters:
  ///   - maxFailures: after so many failures the rest is not run.
  ///   - report: takes each failure.
  public mutating func run(_ bytes: [UInt8], maxFailures: Int = .max, report: (TestFailure) throws -> Void) rethrows {
    for entry in TestFileReader(bytes) {
      let record: TestRecord
      switch entry {
      case .success(let read): record = read
      case .failure(let malformed):
        counts.failed += 1
        try report(TestFailure(line: malformed.line, text: "", found: malformed.message))
        if counts.failed >= maxFailures { return }
        continue
      }
      guard ([TestFileRun.engineName] + foreignNames).allSatisfy(record.isFor) else {
        if record.isRun { counts.skipped += 1 }
        continue
      }
      if case .halt = record.work { return }
      if let failure = outcome(of: record) {
        counts.failed += 1
        try report(failure)
        if counts.failed >= maxFailures { return }
      } else if record.isRun {
        counts.passed += 1
      }
    }
  }

  private mutating func outcome(of record: TestRecord) -> TestFailure? {
    switch record.work {
    case .hashThreshold, .halt: return nil
    case .control(.values(let style)):
      self.style = style
      return nil
    case .control(.setting(let name, let value)):
      settings[name] = value
      return statement("set \(name) \(value)", at: record.line)
    case .statement(let text):
      return tellSettings(at: record.line) ?? statement(text, at: record.line)
    case .failure(let text, let pattern):
      return tellSettings(at: record.line) ?? failing(text, pattern, at: record.line)
    case .query(let query):
      return tellSettings(at: record.line) ?? self.query(query, at: record.line)
    }
  }

  // MARK: Settings

  /// Tells the engine before the first entry in what it is to be like SQLite, or what else was asked for.
  private mutating func tellSettings(at line: Int) -> TestFailure? {
    if areSettingsTold { return nil }
    areSettingsTold = true
    for setting in TestSettings.all {
      guard let value = settings[setting.name] ?? (style == .original ? setting.original : nil) else { continue }
      if let failure = statement("set \(setting.name) \(value)", at: line) { return failure }
    }
    return nil
  }

  // MARK: Entries

  private func statement(_ text: String, at line: Int) -> TestFailure? {
    do {
      _ = try engine.rows(of: text)
      return nil
    } catch {
      return TestFailure(line: line, text: text, found: "it failed: \(errorText(error))")
    }
  }

  private func failing(_ text: String, _ pattern: String, at line: Int) -> TestFailure? {
    do {
      _ = try engine.rows(of: text)
      return TestFailure(line: line, text: text, expected: "an error: \(pattern)", found: "no error")
    } catch {
      if pattern.isEmpty || isForeign { return nil }
      let found = errorText(error)
      guard let expression = try? Regex(pattern).dotMatchesNewlines() else {
        return TestFailure(line: line, text: text, found: "`\(pattern)` is no regular expression")
      }
      if found.contains(expression) { return nil }
      return TestFailure(line: line, text: text, expected: "an error: \(pattern)", found: "another error: \(found)")
    }
  }

  private mutating func query(_ query: TestQuery, at line: Int) -> TestFailure? {
    var query = query
    if isForeign, query.order == .nosort, !query.text.lowercased().contains("order by") { query.order = .rowsort }
    let table: Table
    do {
      guard let rows = try engine.rows(of: query.text) else {
        return TestFailure(line: line, text: query.text, found: "it has no rows at all")
      }
      table = rows
    } catch {
      return TestFailure(line: line, text: query.text, found: "it failed: \(errorText(error))")
    }
    if let found = wrongTypes(of: table, query) {
      return TestFailure(line: line, text: query.text, expected: "columns \(query.types)", found: found)
    }
    let found = RenderedResult(table, query, style)
    return compare(found, query, line) ?? compareLabel(found, query, line)
  }

  /// What is wrong with the columns, if anything.
  private func wrongTypes(of table: Table, _ query: TestQuery) -> String? {
    if let letter = query.types.first(where: { !style.knows($0) }) {
      return "`\(letter)` is none of the letters T, I and R"
    }
    if style == .exact {
      let letters = String(table.descriptions.map(\.type.letter))
      if letters == query.types { return nil }
      return "columns \(letters): \(table.descriptions.map(\.name).joined(separator: ", "))"
    }
    let count = table.columns.count
    return count == query.types.utf8.count ? nil : "\(count) \(count == 1 ? "column" : "columns")"
  }

  private func compare(_ found: RenderedResult, _ query: TestQuery, _ line: Int) -> TestFailure? {
    switch query.expectation {
    case .anything:
      if style == .original { return nil }
      return TestFailure(line: line, text: query.text, found: "`----` and the rows that must come are missing")
    case .lines(let lines):
      let expected = RenderedResult(expecting: lines, query)
      if found.matches(expected, style) { return nil }
      return TestFailure(line: line, text: query.text, expected: expected.shown, found: found.shown)
    case .hash(let count, let digest):
      let foundDigest = found.digest
      if found.values.count == count, foundDigest == digest { return nil }
      return TestFailure(
        line: line, text: query.text, expected: "\(count) values hashing to \(digest)",
        found: "\(found.values.count) values hashing to \(foundDigest)\n\(found.shown)")
    }
  }

  private mutating func compareLabel(_ found: RenderedResult, _ query: TestQuery, _ line: Int) -> TestFailure? {
    guard let label = query.label else { return nil }
    let digest = found.digest
    guard let first = results[label] else {
      results[label] = (digest, line)
      return nil
    }
    if first.digest == digest { return nil }
    return TestFailure(
      line: line, text: query.text, expected: "the same as in line \(first.line), which has the label \(label) too",
      found: found.shown)
  }
}

extension TestRecord {
  /// Whether it runs something.
  fileprivate var isRun: Bool {
    switch work {
    case .statement, .failure, .query: true
    case .hashThreshold, .halt, .control: false
    }
  }
}

extension DataType {
  /// The letter of a column's type in the exact style.
  fileprivate var letter: Character {
    switch self {
    case .integer: "I"
    case .double: "R"
    case .text: "T"
    case .boolean: "B"
    case .date: "D"
    case .timestamp: "S"
    case .decimal: "N"
    case .time: "C"
    case .interval: "P"
    case .count: "O"
    case .list: "L"
    }
  }
}
