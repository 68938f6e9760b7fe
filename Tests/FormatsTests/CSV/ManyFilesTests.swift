import ColumnStore
import Testing

@testable import Formats

@Suite("Many files") struct ManyFilesTests {
  @Test func columnsAreUnitedByName() throws {
    let folder = try Folder()
    let first = try folder.write("a.csv", "Id,name\n1,ann\n2,bob\n")
    let second = try folder.write("b.csv", "NAME ;id;age\r\ncat;3.5;7\r\n")
    let loaded = try DelimitedSource.open(paths: [first, second]).load()
    #expect(loaded.names == ["Id", "name", "age"])
    #expect(loaded.types == [.double, .text, .integer])
    #expect(loaded.values(0) == [.double(1), .double(2), .double(3.5)])
    #expect(loaded.texts(1) == ["ann", "bob", "cat"])
    #expect(loaded.values(2) == [.null, .null, .integer(7)])
    #expect(loaded.report.files.map(\.missingColumns) == [["age"], []])
    #expect(loaded.report.files.map(\.rowCount) == [2, 1])
    #expect(loaded.report.lines.contains("age: only in \(second)"))
    let origin = try #require(loaded.table.origin)
    #expect(origin.place(of: 1)?.file == first)
    #expect(origin.place(of: 1)?.line == 3)
    #expect(origin.place(of: 2)?.file == second)
    #expect(origin.place(of: 2)?.line == 2)
  }

  @Test func aTypeHoldsForAllFiles() throws {
    let folder = try Folder()
    let paths = try (0..<20).map { try folder.write("f\($0).csv", "v,k\n\($0 == 17 ? "x17" : "\($0)"),1\n") }
    let loaded = try DelimitedSource.open(paths: paths).load()
    #expect(loaded.texts(0) == (0..<20).map { $0 == 17 ? "x17" : "\($0)" })
  }

  @Test(arguments: [
    ("a.XLS", "a spreadsheet"), ("b.xlsx", "a spreadsheet"), ("c.parquet", "a column file"),
  ])
  func whatIsNoTableIsRefused(_ name: String, _ content: String) throws {
    let path = try Folder().write(name, "{\"a\":1,\"b\":2}\n")
    #expect(
      throws: LoadError.unreadable(
        path: path, reason: "this is \(content), which cannot be loaded; save it as CSV first")
    ) { try DelimitedSource.open(paths: [path]) }
  }

  @Test func filesThatWriteNumbersDifferentlyEndAsText() throws {
    let folder = try Folder()
    let german = try folder.write("de.csv", "a;b\n1;1.000.000\n")
    for other in ["x", "1.0"] {
      let english = try folder.write("en.csv", "a,b\n1,\(other)\n")
      let loaded = try DelimitedSource.open(paths: [german, english]).load()
      #expect(loaded.types == [.integer, .text])
      #expect(loaded.texts(1) == ["1.000.000", other])
    }
  }

  @Test func pathsAreExpanded() throws {
    let folder = try Folder()
    for name in ["b-2.csv", "a-1.csv", "c.txt", "notes.md", ".hidden.csv"] { try folder.write(name, "x,y\n1,2\n") }
    func names(_ paths: [String]) -> [String] { paths.map { String($0.dropFirst(folder.path.count + 1)) } }
    #expect(names(try expandPaths([folder.path])) == ["a-1.csv", "b-2.csv", "c.txt"])
    #expect(names(try expandPaths([folder.path + "/*-?.csv"])) == ["a-1.csv", "b-2.csv"])
    #expect(names(try expandPaths([folder.path + "/c.txt", folder.path + "/*"])).first == "c.txt")
    var options = LoadOptions()
    options.files = ["a*"]
    #expect(names(try expandPaths([folder.path], options: options)) == ["a-1.csv"])
    #expect(
      throws: LoadError.notFound(
        path: folder.path + "/a-2.csv", nearest: [folder.path + "/a-1.csv", folder.path + "/b-2.csv"])
    ) { try expandPaths([folder.path + "/a-2.csv"]) }
    #expect(throws: LoadError.notFound(path: "/tmp/none-*.csv", nearest: [])) { try expandPaths(["/tmp/none-*.csv"]) }
  }

  @Test func whatCannotBeOpenedSaysWhy() throws {
    let folder = try Folder()
    #expect(throws: LoadError.unreadable(path: folder.path, reason: "is a folder")) {
      try DelimitedSource.open(paths: [folder.path])
    }
    #expect(throws: LoadError.nothingToLoad(path: folder.path)) { try expandPaths([folder.path]) }
    let error = #expect(throws: LoadError.self) { try DelimitedSource.open(paths: [folder.path + "/none.csv"]) }
    #expect(error?.message == folder.path + "/none.csv: no such file")
  }
}
