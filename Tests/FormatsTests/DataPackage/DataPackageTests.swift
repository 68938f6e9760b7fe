import ColumnStore
import Testing

@testable import Formats

@Suite("Data packages") struct DataPackageTests {
  @Test func everyTableIsLoadedAsDeclared() throws {
    let folder = try Folder()
    try folder.write(
      "datapackage.json",
      """
      {"name": "p", "resources": [
        {"name": "notices", "path": "n.csv", "description": "What was asked",
         "schema": {"missingValues": ["", "?"], "fields": [
           {"name": "id", "type": "string", "description": "the number"}, {"name": "n", "type": "integer"},
           {"name": "day", "type": "date"}, {"name": "share", "type": "number"}]}},
        {"path": ["a.txt", "b.txt"], "dialect": {"delimiter": "|", "header": false},
         "schema": {"fields": [{"name": "x", "type": "integer"}, {"name": "y"}]}},
        {"name": "text", "path": "readme.md"}]}
      """)
    try folder.write("n.csv", "id,n,day,share\n007,5,2021-01-31,0.5\n8,many,?,-\n")
    try folder.write("a.txt", "1|p\n")
    try folder.write("b.txt", "2|q\n")
    let tables = try loadDataPackage(folder.path)
    #expect(tables.map(\.name) == ["notices", "a"])
    let notices = tables[0].loaded
    #expect(tables[0].description == "What was asked")
    #expect(notices.table.note == "What was asked")
    #expect(notices.types == [.text, .integer, .date, .double])
    #expect(notices.table.descriptions[0].note == "the number")
    #expect(notices.texts(0) == ["007", "8"])
    #expect(notices.values(1) == [.integer(5), .null])
    #expect(notices.values(2) == [.date(18658), .null])
    // A hyphen is no missing value here, and no number.
    #expect(notices.rejected == ["3 n many is no integer", "3 share - is no double"])
    #expect(tables[1].loaded.names == ["x", "y"])
    #expect(tables[1].loaded.values(0) == [.integer(1), .integer(2)])
    #expect(try loadDataPackage(folder.path + "/datapackage.json").count == 2)
  }

  @Test func aTypeOfOursStandsBesideTheStandards() throws {
    let folder = try Folder()
    try folder.write(
      "datapackage.json",
      """
      {"resources": [{"path": "a.csv", "schema": {"fields": [
        {"name": "n", "type": "string", "columnType": "count"}, {"name": "m", "type": "string"}]}}]}
      """)
    try folder.write("a.csv", "n,m\nover 500,over 500\n")
    let loaded = try loadDataPackage(folder.path)[0].loaded
    #expect(loaded.types == [.count, .text])
    #expect(loaded.values(0) == [.count(try #require(BoundedCount(lower: 501, upper: nil)))])
  }

  @Test(arguments: ["../secret.csv", "/etc/passwd.csv", "https://example.org/a.csv", "a/../../b.csv", "~/a.csv"])
  func pathsStayInside(path: String) throws {
    let folder = try Folder()
    let file = try folder.write("datapackage.json", #"{"resources": [{"path": "\#(path)"}]}"#)
    #expect(
      throws: LoadError.wrongPackage(
        path: file, place: "resources[0].path", found: "'\(path)'", expected: "a path inside the package's folder")
    ) { try loadDataPackage(folder.path) }
  }

  @Test(arguments: [
    ("{", "the file"), ("[]", "the descriptor"), (#"{"resources": 5}"#, "resources"),
    (#"{"resources": [5]}"#, "resources[0]"), (#"{"resources": [{"name": "x"}]}"#, "resources[0].path"),
    (#"{"resources": [{"path": "a.csv", "schema": {"fields": 1}}]}"#, "resources[0].schema.fields"),
    (
      #"{"resources": [{"path": "a.csv", "schema": {"fields": [{"name": "a", "type": "colour"}]}}]}"#,
      "resources[0].schema.fields[0].type"
    ),
    (
      #"{"resources": [{"path": "a.csv", "schema": {"fields": [{"name": "zz", "type": "date"}]}}]}"#,
      "resources[0].schema"
    ),
    (
      #"{"resources": [{"path": "a.csv", "schema": {"fields": [{"name": "a", "columnType": "colour"}]}}]}"#,
      "resources[0].schema.fields[0].columnType"
    ),
    (#"{"resources": [{"path": "a.csv", "dialect": {"delimiter": ";;"}}]}"#, "resources[0].dialect.delimiter"),
    (#"{"resources": [{"path": "a.json", "schema": {}}]}"#, "resources[0].path"),
  ])
  func whatIsWrongIsNamed(descriptor: String, expected: String) throws {
    let folder = try Folder()
    try folder.write("a.csv", "a,b\n1,2\n")
    try folder.write("datapackage.json", descriptor)
    let error = #expect(throws: LoadError.self) { try loadDataPackage(folder.path) }
    guard case .wrongPackage(_, let place, _, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(place == expected)
  }

  @Test func aMissingDescriptorIsNotFound() throws {
    let folder = try Folder()
    #expect(throws: LoadError.notFound(path: folder.path + "/datapackage.json", nearest: [])) {
      try loadDataPackage(folder.path)
    }
  }
}
