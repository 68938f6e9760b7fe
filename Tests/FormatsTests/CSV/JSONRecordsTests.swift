import ColumnStore
import Testing

@testable import Formats

@Suite("records in JSON") struct JSONRecordsTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func load(_ text: String, _ name: String = "t.json") throws -> LoadedTable {
    try DelimitedSource.open(paths: [try folder.write(name, text)]).load()
  }

  private func rows(_ text: String, _ name: String = "t.json") throws -> [[String]] {
    let table = try load(text, name).table
    return [table.descriptions.map(\.name)]
      + (0..<table.rowCount).map { row in table.row(row).map { $0.isNull ? "NULL" : $0.description } }
  }

  @Test(arguments: [
    #"[{"a": 1, "b": "x"}, {"b": "y", "c": true}]"#,
    #"{"meta": {"n": 2}, "rows": [{"a":1,"b":"x"},{"b":"y","c":true}]}"#,
    "{\"a\":1,\"b\":\"x\"}\n{\"b\":\"y\",\"c\":true}\n",
    "\u{FEFF}[{\"a\":1,\"b\":\"x\"},\n {\"B\":\"y\",\"c\":true}]\n",
  ])
  func areTheItemsOfAnArrayOrFollowEachOther(_ text: String) throws {
    #expect(try rows(text) == [["a", "b", "c"], ["1", "x", "NULL"], ["NULL", "y", "true"]])
  }

  @Test func anObjectAloneIsOneRecordAndSoIsTheOnlyObjectInIt() throws {
    #expect(try rows(#"{"a": 1, "b": [1, 2]}"#) == [["a", "b"], ["1", "[1, 2]"]])
    #expect(try rows(#"{"dmca": {"id": 7, "works": [{"u": "v"}]}}"#) == [["id", "works"], ["7", #"[{"u": "v"}]"#]])
  }

  @Test func noValueIsGuessedAndNoDigitLost() throws {
    let table = try load(
      #"[{"n": 9007199254740993, "t": "NA", "e": "", "z": null}, {"n": 1, "t": "-", "e": "x", "z": "007"}]"#
    )
    .table
    #expect(table.row(0) == [.integer(9_007_199_254_740_993), .text("NA"), .text(""), .null])
    #expect(table.row(1) == [.integer(1), .text("-"), .text("x"), .text("007")])
  }

  @Test func escapesAndLineBreaksAreText() throws {
    #expect(
      try rows(#"[{"t": "a\"b,\n\u00fc\ud83d\ude00\/", "u": "x\\"}]"#) == [["t", "u"], ["a\"b,\nü😀/", "x\\"]])
    #expect(try rows(#"[{"t": "\ud83d", "u": "\u12"}]"#)[1][0] == "\u{FFFD}")
  }

  @Test(arguments: [
    ("[{\"a\": 1}\n{\"a\": 2}]", "line 2 is no JSON: expected `,` or `]`, found `{\"a\": 2}]`"),
    ("[1, 2]", "line 1 is no JSON: expected an object, found `1, 2]`"),
    ("[{\"a\": }]", "line 1 is no JSON: expected a value, found `}]`"),
    ("[{a: 1}]", "line 1 is no JSON: expected a name in quotes, found `a: 1}]`"),
    ("[{\"a\": \"x}]", "line 1 is no JSON: expected `\"`, found the end of the file"),
    ("[{\"a\": [1, {]}]", "line 1 is no JSON: expected another bracket, found `]}]`"),
    ("[{\"a\": [1", "line 1 is no JSON: expected `]`, found the end of the file"),
    ("[{\"a\": 1}] x", "line 1 is no JSON: expected the end of the file, found `x`"),
    ("hello", "line 1 is no JSON: expected `{`, found `hello`"),
  ])
  func whatIsNoJSONIsToldWithItsLine(_ text: String, _ reason: String) throws {
    let path = try folder.write("t.json", text)
    #expect(throws: LoadError.unreadable(path: path, reason: reason)) { try DelimitedSource.open(paths: [path]) }
  }

  @Test(arguments: ["", " \n", "[]", "{}", "[{}]"]) func withoutAMemberAFileIsEmpty(_ text: String) throws {
    let path = try folder.write("t.json", text)
    #expect(throws: LoadError.isEmpty(path: path)) { try DelimitedSource.open(paths: [path]) }
  }

  /// Every text cut short, and every text with a byte changed, is a table or an error.
  @Test func damagedTextsNeverTrap() throws {
    let bytes = Array(#"{"n": [{"a": "\ud83d\ude00\"", "b": [1, {"c": null}]}, {"a": -1.5e3, "d": true}]}"#.utf8)
    for length in bytes.indices { _ = try? JSONRecords(Array(bytes[..<length]), path: "t").delimited }
    for place in bytes.indices {
      for byte in Array("\\\"[]{},:u0".utf8) {
        var changed = bytes
        changed[place] = byte
        _ = try? JSONRecords(changed, path: "t").delimited
      }
    }
  }
}
