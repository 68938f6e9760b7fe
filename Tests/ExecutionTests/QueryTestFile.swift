import Foundation

/// One entry of a test file in the form of sqllogictest (D. R. Hipp).
///
/// ```
/// # A comment.
/// statement ok
/// let t := values (1, 'a'), (2, NULL)
///
/// statement error there is no column `c`.*at: c
/// select c from t
///
/// query IT rowsort
/// select * from t
/// ----
/// 1	a
/// 2	NULL
/// ```
///
/// A query's letters are its columns' types: `I` integer, `R` double, `T` text, `B` boolean, `D` date, `S` timestamp,
/// `L` list of texts. Cells are parted by tabs; NULL is `NULL`, the empty text `(empty)`. Doubles may differ in the last
/// two of their sixteen digits. The regular expression of an error is looked for in
/// `message | at: the words that the error points at | help: what to do`.
struct QueryTestRecord {
  enum Expectation {
    case success
    case failure(pattern: String)
    case rows(types: String, [String], isSorted: Bool)
  }

  var line: Int
  var text: String
  var expectation: Expectation

  /// The records of a file's text.
  static func read(_ text: String) throws -> [QueryTestRecord] {
    var records: [QueryTestRecord] = []
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().makeIterator()
    while let (index, line) = lines.next() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      let words = line.split(separator: " ")
      var body: [Substring] = []
      var expected: [String]?
      while let (_, line) = lines.next(), !line.isEmpty {
        if line == "----" {
          expected = []
        } else if expected != nil {
          expected?.append(String(line))
        } else {
          body.append(line)
        }
      }
      let expectation: Expectation
      switch (words[0], words.dropFirst().first, expected) {
      case ("statement", "ok", nil): expectation = .success
      case ("statement", "error", nil):
        expectation = .failure(pattern: words.dropFirst(2).joined(separator: " "))
      case ("query", let types?, let rows?):
        expectation = .rows(types: String(types), rows, isSorted: words.dropFirst(2).contains("rowsort"))
      default: throw Unreadable(line: index + 1)
      }
      records.append(
        QueryTestRecord(line: index + 1, text: body.joined(separator: "\n"), expectation: expectation))
    }
    return records
  }

  /// A record that has no sense.
  struct Unreadable: Error {
    var line: Int
  }
}

/// The folder `Tests/Queries`.
enum QueryTestFolder {
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Queries").path

  /// The names of all test files.
  static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".test") }.sorted()
}
