import ColumnStore
import Foundation
import Language
import Testing

/// Runs every file of `Tests/Queries`, with the optimiser and without: both must give the same rows.
@Suite("Query files") struct QueryFileTests {
  @Test("there are files") func filesAreFound() { #expect(QueryTestFolder.names.count > 10) }

  @Test("rows and errors are as written", arguments: QueryTestFolder.names, [true, false])
  func file(_ name: String, isOptimised: Bool) throws {
    let path = "\(QueryTestFolder.path)/\(name)"
    let session = TestSession(isOptimised: isOptimised)
    for record in try QueryTestRecord.read(try String(contentsOfFile: path, encoding: .utf8)) {
      guard let complaint = complaint(about: record, in: session) else { continue }
      Issue.record(
        "\(name):\(record.line)\(isOptimised ? "" : " (not optimised)"): \(complaint)\n\(record.text)",
        sourceLocation: SourceLocation(fileID: "Queries/\(name)", filePath: path, line: record.line, column: 1))
    }
  }

  /// What is not as the record says; nil when all is.
  private func complaint(about record: QueryTestRecord, in session: TestSession) -> Comment? {
    let table: Table?
    do {
      table = try session.run(record.text)
    } catch {
      let text = describe(error)
      guard case .failure(let pattern) = record.expectation else { return "failed: \(text)" }
      guard let expression = try? Regex(pattern).dotMatchesNewlines() else { return "not a pattern: \(pattern)" }
      return text.contains(expression) ? nil : "another error: \(text)"
    }
    switch record.expectation {
    case .success: return nil
    case .failure: return "no error"
    case .rows(let types, let expected, let isSorted):
      guard let table else { return "no rows at all" }
      let found = String(table.descriptions.map { letter($0.type) })
      if found != types { return "columns are \(found): \(table.descriptions.map(\.name).joined(separator: ", "))" }
      var rows = (0..<table.rowCount).map { table.row($0).map(cell) }
      var wanted = expected.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
      if isSorted {
        rows.sort { $0.lexicographicallyPrecedes($1) }
        wanted.sort { $0.lexicographicallyPrecedes($1) }
      }
      let isSame =
        rows.count == wanted.count
        && zip(rows, wanted).allSatisfy { row, wanted in
          row.count == wanted.count && zip(zip(row, wanted), types).allSatisfy { matches($0.0, $0.1, $1) }
        }
      if isSame { return nil }
      return "found\n\(rows.map { $0.joined(separator: "\t") }.joined(separator: "\n"))"
    }
  }

  private func describe(_ error: any Error) -> String {
    guard let diagnostic = error as? Diagnostic else { return "\(error)" }
    let words = diagnostic.span.flatMap { diagnostic.source?.text($0) } ?? ""
    return "\(diagnostic.message) | at: \(words) | help: \(diagnostic.help ?? "")"
  }

  private func letter(_ type: DataType) -> Character {
    switch type {
    case .integer: "I"
    case .double: "R"
    case .text: "T"
    case .boolean: "B"
    case .date: "D"
    case .timestamp: "S"
    case .decimal: "N"
    case .time: "C"
    case .interval: "P"
    case .list: "L"
    }
  }

  private func cell(_ value: Value) -> String {
    if value.isNull { return "NULL" }
    return value == .text("") ? "(empty)" : value.description
  }

  private func matches(_ found: String, _ wanted: String, _ type: Character) -> Bool {
    if found == wanted { return true }
    guard type == "R", let first = Double(found), let second = Double(wanted) else { return false }
    return abs(first - second) <= 1e-14 * abs(second)
  }
}
