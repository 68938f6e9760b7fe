import ColumnStore
@testable import SQLLogicTest
import Testing

@testable import noticebook_sqllogictest

/// Hashes are those of Python's `hashlib.md5(b'1\n2\n3\n')`.
@Suite("Running test files") struct TestFileRunTests {
  private func run(_ text: String, maxFailures: Int = .max) throws -> (TestFileRun.Counts, [TestFailure]) {
    var run = TestFileRun(on: try SessionEngine(isOptimising: true, timeout: nil))
    var failures: [TestFailure] = []
    run.run(Array(text.utf8), maxFailures: maxFailures) { failures.append($0) }
    return (run.counts, failures)
  }

  private func expectPass(_ text: String, passed: Int = 1, skipped: Int = 0) throws {
    let (counts, failures) = try run(text)
    #expect(failures.isEmpty, "\(failures)")
    #expect(counts == TestFileRun.Counts(passed: passed, failed: 0, skipped: skipped))
  }

  private func failure(_ text: String) throws -> TestFailure {
    let (counts, failures) = try run(text)
    #expect(counts.failed == 1)
    return try #require(failures.first)
  }

  @Test func aValueALineOrARowALine() throws {
    try expectPass("query IT nosort\nvalues (1, 'a'), (2, '')\n----\n1\na\n2\n(empty)\n")
    try expectPass("query IT nosort\nvalues (1, 'a'), (2, NULL)\n----\n1\ta\n2\tNULL\n")
    let failure = try failure("\nquery IT nosort\nvalues (1, 'a'), (2, NULL)\n----\n1\ta\n2\tb\n")
    #expect(failure.line == 2)
    #expect(failure.text == "values (1, 'a'), (2, NULL)")
    #expect(failure.expected == "1\ta\n2\tb")
    #expect(failure.found == "1\ta\n2\tNULL")
  }

  @Test func fewerOrMoreRowsFail() throws {
    _ = try failure("query I\nvalues (1), (2)\n----\n1\n")
    _ = try failure("query I\nvalues (1)\n----\n1\n2\n")
    _ = try failure("query I\nvalues (1)\n----\n")
    try expectPass("query I\nselect 1 where false\n----\n")
  }

  @Test func orders() throws {
    let query = "values (2, 'b'), (10, 'a'), (2, 'a')"
    try expectPass("query IT rowsort\n\(query)\n----\n10\na\n2\na\n2\nb\n")
    try expectPass("query IT valuesort\n\(query)\n----\n10\n2\n2\na\na\nb\n")
    _ = try failure("query IT nosort\n\(query)\n----\n10\na\n2\na\n2\nb\n")
    // Texts, not numbers, are put in order; small letters come behind large ones.
    try expectPass("query T rowsort\nvalues ('b'), ('B'), ('a'), (NULL)\n----\nB\nNULL\na\nb\n")
  }

  @Test func hashes() throws {
    try expectPass("query I\nvalues (1), (2), (3)\n----\n3 values hashing to c0710d6b4f15dfa88f600b0e6b624077\n")
    try expectPass(
      "query I rowsort\nvalues (3), (1), (2)\n----\n3 values hashing to c0710d6b4f15dfa88f600b0e6b624077\n")
    try expectPass("query I\nvalues (3), (2), (1)\n----\n3 values hashing to 53c225db474ffb86c7e9459e87ebf56e\n")
    try expectPass(
      "query ITTT\nvalues (1, NULL, '', 'éx')\n----\n4 values hashing to 5012e7949048b5a978f3d4f66f64095a\n")
    let failure = try failure("query I\nvalues (3)\n----\n3 values hashing to c0710d6b4f15dfa88f600b0e6b624077\n")
    #expect(failure.expected == "3 values hashing to c0710d6b4f15dfa88f600b0e6b624077")
    #expect(failure.found == "1 values hashing to 6d7fce9fee471194aa8b5b6e47267f03\n3")
  }

  @Test func lettersSayHowValuesAreWritten() throws {
    try expectPass("query IRT\nselect 1.9, 2, 2.5\n----\n1\n2.000\n2.5\n")
    try expectPass("query IIII\nselect -1.9, true, '42 cats', 'cats'\n----\n-1\n1\n42\n0\n")
    try expectPass("query RRRR\nselect 0.0625, -0.0625, '1.5e1x', -0.0\n----\n0.063\n-0.063\n15.000\n0.000\n")
    try expectPass("query TTTT\nselect 3.0, 7, true, 'naïve'\n----\n3.0\n7\n1\nna@@ve\n")
    let wrong = try failure("query IX\nselect 1, 2\n----\n1\n2\n")
    #expect(wrong.found == "`X` is none of the letters T, I and R")
    #expect(try failure("query I\nselect 1, 2\n----\n1\n2\n").found == "2 columns")
  }

  @Test func divisionIsSQLitesUnlessTheFileSaysElse() throws {
    try expectPass("query IR\nselect -7 / 2, 7 / 2.0\n----\n-3\n3.500\n")
    try expectPass("control division double\n\nquery R\nselect 7 / 2\n----\n3.500\n")
    try expectPass("control values exact\n\nquery R\nselect 7 / 2\n----\n3.5\n")
    try expectPass("control values exact\n\ncontrol division integer\n\nquery I\nselect 7 / 2\n----\n3\n")
  }

  @Test func nullsAreAsInSQLiteUnlessTheFileSaysElse() throws {
    try expectPass("query I\nvalues (1), (null) order by 1\n----\nNULL\n1\n")
    try expectPass("query I\nvalues (1), (null) order by 1 desc\n----\n1\nNULL\n")
    try expectPass("query I\nvalues (1), (null) order by 1 nulls last\n----\n1\nNULL\n")
    try expectPass("control nulls largest\n\nquery I\nvalues (1), (null) order by 1\n----\n1\nNULL\n")
    try expectPass("control values exact\n\nquery I\nvalues (1), (null) order by 1\n----\n1\nNULL\n")
  }

  @Test func exactValues() throws {
    try expectPass(
      "control values exact\n\nquery IRTB\nselect 1, 0.1 + 0.2, 'naïve', true\n----\n1\t0.30000000000000004\tnaïve\ttrue\n"
    )
    let letters = try failure("control values exact\n\nquery RR\nselect 1, 2.5\n----\n1\t2.5\n")
    #expect(letters.expected == "columns RR")
    #expect(letters.found.hasPrefix("columns IR"))
    _ = try failure("control values exact\n\nquery T\nselect 'é'\n----\ne\u{301}\n")
    _ = try failure("control values exact\n\nquery R\nselect 0.1\n----\n0.100001\n")
  }

  @Test func otherEnginesEntriesAreSkipped() throws {
    try expectPass(
      """
      skipif noticebook
      statement ok
      nonsense

      onlyif mysql # DIV for integer division
      skipif sqlite
      query I
      nonsense
      ----

      onlyif noticebook
      statement ok
      select 1

      skipif mysql # not compatible
      query I
      select 2
      ----
      2

      onlyif mssql
      halt

      statement ok
      select 3

      skipif sqlite
      halt

      statement ok
      nonsense
      """, passed: 3, skipped: 2)
  }

  @Test func sameLabelSameResults() throws {
    let file = "query I rowsort x\nvalues (1), (2)\n----\n1\n2\n\nquery I rowsort %\nvalues (2), (1)\n----\n"
    try expectPass(file.replacing("%", with: "x") + "1\n2\n", passed: 2)
    try expectPass("query I nosort x\nvalues (1)\n----\n1\n\nquery I nosort y\nvalues (2)\n----\n2\n", passed: 2)
    let failure = try failure("query I nosort x\nvalues (1)\n----\n1\n\nquery I nosort x\nvalues (2)\n----\n2\n")
    #expect(failure.line == 6)
    #expect(failure.expected == "the same as in line 1, which has the label x too")
  }

  @Test func errors() throws {
    try expectPass("statement error\nselect nothing\n")
    try expectPass("statement error there is no column `no.*at: nothing\nselect nothing\n")
    #expect(try failure("statement error\nselect 1\n").found == "no error")
    #expect(
      try failure("statement error something else\nselect nothing\n").found.hasPrefix(
        "another error: there is no column"))
    #expect(try failure("statement error (\nselect nothing\n").found == "`(` is no regular expression")
    #expect(try failure("statement ok\nselect nothing\n").found.hasPrefix("it failed: there is no column `nothing`"))
    #expect(
      try failure("query I\nselect nothing\n----\n1\n").found.hasPrefix("it failed: there is no column `nothing`"))
    #expect(try failure("query I\nlet x = 1\n----\n1\n").found == "it has no rows at all")
    #expect(try failure("statement ok\n\n").found == "there is no statement")
  }

  @Test func aFileGoesOnBehindFailuresUpToALimit() throws {
    let file = String(repeating: "statement ok\nselect nothing\n\n", count: 5) + "statement ok\nselect 1\n"
    #expect(try run(file).0 == TestFileRun.Counts(passed: 1, failed: 5, skipped: 0))
    #expect(try run(file, maxFailures: 2).0 == TestFileRun.Counts(passed: 0, failed: 2, skipped: 0))
  }

  @Test func statementsThatTakeTooLongAreStopped() throws {
    let engine = try SessionEngine(isOptimising: true, timeout: 1)
    _ = try engine.rows(of: "let n := from (values (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)) as n(i)")
    let tables = (1...12).map { "n as n\($0)" }.joined(separator: ", ")
    #expect(throws: SessionEngine.TimedOut.self) {
      try engine.rows(of: "select sum(n1.i * n2.i + n12.i) from \(tables);")
    }
    #expect(try engine.rows(of: "select 1;")?.rowCount == 1)
  }
}
