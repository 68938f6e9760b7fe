@testable import SQLLogicTest
import Testing

@Suite("Reading test files") struct TestFileReaderTests {
  private func records(_ text: String) -> [Result<TestRecord, MalformedRecord>] {
    Array(TestFileReader(Array(text.utf8)))
  }

  private func record(_ text: String) throws -> TestRecord {
    let all = records(text)
    try #require(all.count == 1)
    return try all[0].get()
  }

  private func complaint(_ text: String) -> MalformedRecord? {
    guard let first = records(text).first, case .failure(let malformed) = first else { return nil }
    return malformed
  }

  @Test func statements() throws {
    let all = try records(
      """
      # comment

      statement ok
      CREATE TABLE t1(a INTEGER,
        b INTEGER)


      statement error
      SELECT nothing

      statement error no such (table|view)
      SELECT * FROM t2
      """
    ).map { try $0.get() }
    #expect(all.map(\.line) == [3, 8, 11])
    #expect(
      all.map(\.work) == [
        .statement("CREATE TABLE t1(a INTEGER,\n  b INTEGER)"), .failure("SELECT nothing", pattern: ""),
        .failure("SELECT * FROM t2", pattern: "no such (table|view)"),
      ])
  }

  @Test func errorsInDuckDBsForm() throws {
    #expect(
      try record("statement error\nSELECT x\n----\nBinder Error (x)\n").work
        == .failure("SELECT x", pattern: #"\QBinder Error (x)\E"#))
    #expect(
      try record("statement error\nSELECT x\n----\n<REGEX>:.*x.*\n").work == .failure("SELECT x", pattern: ".*x.*"))
  }

  @Test func queries() throws {
    #expect(
      try record("query III rowsort label-12\nSELECT 1, 2,\n3\n----\n1\n2\n3\n").work
        == .query(
          TestQuery(
            text: "SELECT 1, 2,\n3", types: "III", order: .rowsort, label: "label-12",
            expectation: .lines(["1", "2", "3"]))))
    #expect(
      try record("query T\nSELECT 'a#b'\n----\n#a b\n").work
        == .query(
          TestQuery(text: "SELECT 'a#b'", types: "T", order: .nosort, label: nil, expectation: .lines(["#a b"]))))
    #expect(
      try record("query I valuesort\nSELECT 1\n----\n30 values hashing to 3c13dee48d9356ae19af2515e05e6b54\n").work
        == .query(
          TestQuery(
            text: "SELECT 1", types: "I", order: .valuesort, label: nil,
            expectation: .hash(count: 30, digest: "3c13dee48d9356ae19af2515e05e6b54"))))
    #expect(
      try record("query I nosort\nSELECT 1 WHERE 0\n----\n").work
        == .query(TestQuery(text: "SELECT 1 WHERE 0", types: "I", order: .nosort, label: nil, expectation: .lines([]))))
    #expect(
      try record("query I nosort\nSELECT 1\n").work
        == .query(TestQuery(text: "SELECT 1", types: "I", order: .nosort, label: nil, expectation: .anything)))
  }

  @Test func conditions() throws {
    let entry = try record("onlyif mysql # aggregate syntax: \n# why\nskipif SQLite\nstatement ok\nSELECT 1\n")
    #expect(
      entry.conditions == [
        EngineCondition(isOnly: true, engine: "mysql"), EngineCondition(isOnly: false, engine: "sqlite"),
      ])
    #expect(entry.line == 4)
    #expect(entry.isFor("mysql"))
    #expect(!entry.isFor("noticebook"))
    #expect(try !record("skipif noticebook\nstatement ok\nSELECT 1").isFor("noticebook"))
    #expect(try record("skipif mysql\nskipif mssql\nhalt").isFor("noticebook"))
  }

  @Test func lineEndsOfEitherKind() throws {
    let text = "hash-threshold 8\r\n\r\nquery I nosort\r\nSELECT 1\r\n----\r\n1\r\n\r\nonlyif mssql\r\nhalt\r\n"
    let all = try records(text).map { try $0.get() }
    #expect(all.count == 3)
    #expect(all[0].work == .hashThreshold)
    #expect(
      all[1].work
        == .query(TestQuery(text: "SELECT 1", types: "I", order: .nosort, label: nil, expectation: .lines(["1"]))))
    #expect(all[2].work == .halt)
    #expect(try all == records(text.replacing("\r", with: "")).map { try $0.get() })
  }

  @Test func directivesNeedNoBlankLineBehindThem() throws {
    let all = try records("hash-threshold 8\nstatement ok\nSELECT 1\n").map { try $0.get() }
    #expect(all.map(\.work) == [.hashThreshold, .statement("SELECT 1")])
  }

  @Test func controls() throws {
    #expect(try record("control values exact").work == .control(.values(.exact)))
    #expect(try record("control values original").work == .control(.values(.original)))
    #expect(try record("control division double").work == .control(.setting("division", "double")))
    #expect(complaint("control values whole")?.message.hasPrefix("`control` takes") == true)
  }

  @Test func entriesWithoutSenseAreTold() {
    #expect(
      complaint("statement maybe\nSELECT 1") == MalformedRecord(line: 1, message: "a statement is `ok` or `error`"))
    #expect(complaint("\n\nstatement ok\n\n") == MalformedRecord(line: 3, message: "there is no statement"))
    #expect(
      complaint("query I sorted\nSELECT 1\n----\n1")?.message
        == "the order is nosort, rowsort or valuesort, not `sorted`")
    #expect(complaint("query\nSELECT 1\n----\n1")?.message == "`query` needs a letter for each column")
    #expect(complaint("skipif # why\nstatement ok\nSELECT 1")?.message == "`skipif` needs the name of an engine")
    #expect(complaint("hash-threshold many")?.message == "`hash-threshold` needs a number")
    #expect(complaint("select 1\n")?.message.hasSuffix("not with `select`") == true)
    #expect(complaint("statement ok\nSELECT 1\n\nonlyif mysql\n") == nil)
    #expect(records("statement ok\nSELECT 1\n\nonlyif mysql\n").count == 2)
  }

  @Test func readingGoesOnBehindThem() {
    let all = records("select 1\nstatement ok\n\nstatement ok\nSELECT 2\n")
    #expect(all.count == 2)
    #expect((try? all.last?.get())?.work == .statement("SELECT 2"))
  }
}
