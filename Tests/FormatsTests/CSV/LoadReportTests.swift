import Testing

@testable import Formats

@Suite("The report of a load") struct LoadReportTests {
  /// Loads files of the given contents, named by their paths below a folder.
  private func lines(_ files: [(name: String, text: String)]) throws -> [String] {
    let folder = try Folder()
    let paths = try files.map { try folder.write($0.name, $0.text) }
    return try DelimitedSource.open(paths: paths).load().report.lines.map {
      $0.replacing(folder.path + "/", with: "FOLDER/")
    }
  }

  @Test func upToThreeFilesAreCalledByTheirPaths() throws {
    let lines = try lines([("a.csv", "x,y\n1,2\n"), ("b.csv", "x\n3\n"), ("c.csv", "x,y\n5,6\n")])
    #expect(lines.contains("y: not in FOLDER/b.csv"))
  }

  @Test func ofManyFilesTheLastNameIsEnough() throws {
    let whole = (0..<4).map { (name: "w\($0).csv", text: "x,y\n1,2\n") }
    let lines = try lines(whole + [("short.csv", "x\n3\n")])
    #expect(lines.contains("y: not in short.csv"))
    #expect(!lines.contains { $0.contains("FOLDER/") })
  }

  @Test func columnsThatTheSameFilesLackShareALine() throws {
    let whole = (0..<3).map { (name: "w\($0).csv", text: "x,y,z\n1,2,3\n") }
    let one = [(name: "one.csv", text: "x,q,y,z\n1,2,3,4\n")]
    let two = (0..<2).map { (name: "two\($0).csv", text: "x\n1\n") }
    let lines = try lines(whole + one + two)
    #expect(
      lines.filter { $0.contains(" in two") || $0.contains(" in one") } == [
        "q: only in one.csv", "y, z: not in two0.csv, two1.csv",
      ])
  }

  @Test func namesakesInDifferentFoldersKeepTheirPaths() {
    var report = LoadReport()
    for path in ["2020/t.csv", "2021/t.csv", "2022/u.csv", "2023/v.csv"] {
      report.files.append(
        LoadReport.File(
          path: path, byteCount: 1, rowCount: 1, encoding: "UTF-8", dialect: Dialect(), blankLineCount: 0,
          missingColumns: path < "2022" ? ["b"] : []))
    }
    report.unreadableColumns = [
      LoadReport.UnreadableColumn(name: "n", count: 4, places: ["2020/t.csv:2", "2023/v.csv:9"])
    ]
    #expect(report.lines.contains("b: only in u.csv, v.csv"))
    #expect(report.lines.contains("n: 4 values could not be read (2020/t.csv:2, v.csv:9 ...)"))
  }
}
