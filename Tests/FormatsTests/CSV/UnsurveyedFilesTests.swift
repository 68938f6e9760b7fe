import ColumnStore
import FixedRandom
import Synchronization
import Testing

@testable import Formats

/// Large files are read without a survey of their records. Whatever stands in them, that gives what a survey would give.
@Suite("Files that are not surveyed") struct UnsurveyedFilesTests {
  private struct Reading {
    var loaded: LoadedTable
    /// Whether the records were looked for before they were read, be it at the second attempt.
    var isSurveyed: Bool
  }

  private func read(
    _ paths: [String], surveyed: Bool, chunkSize: Int, isMapped: Bool = true, _ options: LoadOptions = LoadOptions()
  ) throws -> Reading {
    var tuning = SourceFile.Tuning()
    tuning.chunkSize = chunkSize
    tuning.sampleRows = 64
    tuning.mappingThreshold = isMapped ? 1 : 1 << 20
    tuning.unsurveyedSize = surveyed ? .max : 0
    let source = try DelimitedSource.open(paths: paths, options: options, tuning: tuning)
    let isOpened = source.files.contains { $0.index != nil }
    let reports = Atomic<Int>(0)
    let loaded = try source.load(
      control: LoadControl(progress: { _, _ in reports.wrappingAdd(1, ordering: .relaxed) }))
    // Each piece is reported once when it is read, and those of an attempt that failed before.
    let pieces = source.files.reduce(0) { $0 + ($1.dataRange.count + chunkSize - 1) / chunkSize }
    return Reading(loaded: loaded, isSurveyed: isOpened || reports.load(ordering: .relaxed) != pieces)
  }

  private func expectSame(_ one: LoadedTable, _ other: LoadedTable, _ comment: Comment) {
    #expect(one.names == other.names, comment)
    #expect(one.types == other.types, comment)
    #expect(one.lines == other.lines, comment)
    #expect(one.rejected == other.rejected, comment)
    #expect(one.remarked == other.remarked, comment)
    #expect(one.report == other.report, comment)
    guard one.names == other.names, one.table.rowCount == other.table.rowCount else { return }
    for column in one.names.indices { #expect(one.texts(column) == other.texts(column), comment) }
  }

  /// Rows of numbers, texts and days, of which none is out of the ordinary.
  private func rows(_ count: Int) -> [String] {
    (0..<count).map { "\($0),\"text, \($0 % 97)\",2021-02-\(10 + $0 % 18),\(Double($0) / 8)" }
  }

  private let header = "id,text,day,share"

  @Test(arguments: ["\n", "\r\n", "\r"], [true, false])
  func plainFilesAreReadAtOnce(end: String, endsWithOne: Bool) throws {
    let folder = try Folder()
    let text = ([header] + rows(600)).joined(separator: end) + (endsWithOne ? end : "")
    let path = try folder.write("t.csv", text)
    let expected = try read([path], surveyed: true, chunkSize: 1000)
    #expect(expected.isSurveyed)
    #expect(expected.loaded.texts(1)[599] == "text, 17")
    for (size, isMapped) in [(1, true), (30, false), (64, true), (1000, false), (1 << 20, true)] {
      let found = try read([path], surveyed: false, chunkSize: size, isMapped: isMapped)
      #expect(!found.isSurveyed)
      expectSame(found.loaded, expected.loaded, "pieces of \(size)")
    }
  }

  @Test func severalFilesFollowEachOther() throws {
    let folder = try Folder()
    let lines = rows(800)
    let paths = [
      try folder.write("a.csv", ([header] + lines[..<300]).joined(separator: "\n")),
      try folder.write("b.csv", ([header, ""] + lines[300..<301] + [""]).joined(separator: "\n")),
      try folder.write("c.csv", header + "\n"),
      try folder.write("d.csv", (["share,id"] + (0..<200).map { "0.5,\($0)" }).joined(separator: "\r\n")),
      try folder.write("e.csv", ([header] + lines[301...]).joined(separator: "\n") + "\n"),
    ]
    for size in [50, 1000, 1 << 20] {
      let found = try read(paths, surveyed: false, chunkSize: size)
      #expect(!found.isSurveyed)
      expectSame(found.loaded, try read(paths, surveyed: true, chunkSize: size).loaded, "pieces of \(size)")
      #expect(found.loaded.table.rowCount == 1000)
    }
  }

  @Test func filesThatNeedASurveyLieBetweenOthersThatDoNot() throws {
    let folder = try Folder()
    let lines = rows(900)
    let paths = [
      try folder.write("a.csv", ([header] + lines[..<300]).joined(separator: "\n")),
      // Line ends of both kinds, and a quote that is never closed: read record by record.
      try folder.write(
        "b.csv",
        ([header] + lines[300..<400]).enumerated().map { $1 + ($0 % 2 == 0 ? "\n" : "\r") }.joined()
          + "1,\"x,2021-02-10,1\n"),
      try folder.write("c.csv", ([header] + lines[400..<700]).joined(separator: "\n") + "\n"),
      // A name that is not ASCII.
      try folder.write("d.csv", (["id,text,day,größe"] + lines[700..<750]).joined(separator: "\r\n")),
      try folder.write("e.csv", ([header] + lines[750...]).joined(separator: "\n") + "\n"),
    ]
    for (size, order) in [(50, [0, 1, 2, 3, 4]), (1000, [1, 0, 3, 4, 2]), (1 << 20, [3, 2, 1, 0, 4])] {
      let chosen = order.map { paths[$0] }
      let expected = try read(chosen, surveyed: true, chunkSize: size).loaded
      expectSame(try read(chosen, surveyed: false, chunkSize: size).loaded, expected, "pieces of \(size)")
      #expect(expected.table.rowCount == 901)
      #expect(expected.report.files.map(\.rowCount) == order.map { [300, 101, 300, 50, 150][$0] })
    }
  }

  @Test("a quoted text of many lines, where pieces begin inside quotes")
  func longTexts() throws {
    let folder = try Folder()
    var lines = rows(1000)
    // No sampled row is one of these, or sees one, but pieces of the file begin in them.
    lines[434] = "7,\"" + (0..<100).map { "line \($0), of \"\"many\"\"\n" }.joined() + "\",2021-02-10,1.5"
    lines[845] = "8,\"a\n\",2021-02-11,2.5"
    let path = try folder.write("t.csv", ([header] + lines).joined(separator: "\n") + "\n")
    var unsurveyed = 0
    for size in [64, 500, 700, 900, 1500, 2500] {
      let found = try read([path], surveyed: false, chunkSize: size)
      expectSame(found.loaded, try read([path], surveyed: true, chunkSize: size).loaded, "pieces of \(size)")
      #expect(found.loaded.lines[435] == 435 + 2 + 100)
      if !found.isSurveyed { unsurveyed += 1 }
    }
    #expect(unsurveyed >= 3)
  }

  @Test func aSampleThatBeganInsideQuotesIsNotBelieved() throws {
    let folder = try Folder()
    // Inside the quotes lie lines that look like rows, with numbers where all other rows have none.
    let inner = (0..<200).map { "x,\($0)" }.joined(separator: "\n")
    let lines = ["name,note"] + (0..<40).map { "abc \($0),word" } + ["\"\(inner)\",end"] + ["z,last"]
    let path = try folder.write("t.csv", lines.joined(separator: "\n") + "\n")
    for size in [64, 100, 130] {
      let found = try read([path], surveyed: false, chunkSize: size)
      #expect(found.isSurveyed)
      expectSame(found.loaded, try read([path], surveyed: true, chunkSize: size).loaded, "pieces of \(size)")
      #expect(found.loaded.texts(0)[40] == inner)
    }
  }

  @Test func moreRowsThanExpectedAreSurveyed() throws {
    let folder = try Folder()
    // Each piece of 1000 bytes begins with a long row, which alone is sampled, and goes on with many short ones.
    let block = "a,\(String(repeating: "x", count: 497))\n" + String(repeating: "bb,1\n", count: 100)
    let text = "n,m\n" + String(repeating: block, count: 100)
    let path = try folder.write("t.csv", text)
    let found = try read([path], surveyed: false, chunkSize: 1000)
    #expect(found.isSurveyed)
    #expect(found.loaded.table.rowCount == 10_100)
    expectSame(found.loaded, try read([path], surveyed: true, chunkSize: 1000).loaded, "short rows behind long ones")
  }

  @Test("a byte far down that is no UTF-8 changes the encoding of all")
  func legacyBytes() throws {
    let folder = try Folder()
    let text = Array("name,n\n".utf8) + (0..<20_000).flatMap { Array("x\($0),1\n".utf8) }
    try #require(text.count > DialectSniffer.sampleSize)
    let path = try folder.write("t.csv", text + Array("caf".utf8) + [0xE9] + Array(",2\n".utf8))
    let found = try read([path], surveyed: false, chunkSize: 4096)
    #expect(found.isSurveyed)
    #expect(found.loaded.texts(0).last == "café")
    #expect(found.loaded.report.files[0].encoding == "Windows-1252")
  }

  @Test func stoppingEndsAllWorkers() throws {
    let folder = try Folder()
    let path = try folder.write("t.csv", ([header] + rows(5000)).joined(separator: "\n"))
    var tuning = SourceFile.Tuning()
    tuning.chunkSize = 100
    tuning.unsurveyedSize = 0
    let threads = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = threads }
    WorkerPool.shared.threadCount = 8
    for limit in [0, 1, 50, 900] {
      let source = try DelimitedSource.open(paths: [path], options: LoadOptions(), tuning: tuning)
      let asked = Atomic<Int>(0)
      #expect(throws: LoadError.cancelled) {
        try source.load(
          control: LoadControl(isCancelled: { asked.wrappingAdd(1, ordering: .relaxed).newValue > limit }))
      }
    }
  }

  @Test(arguments: 0..<3) func whateverStandsThere(seed: UInt64) throws {
    let folder = try Folder()
    var random = FixedGenerator(seed: seed)
    let fields = [
      "", "x", "12", "3.5", "é", "2020-01-01", "null", "\"a, b\"", "\"q \"\"\"", "\"\"", "a longer text that is plain",
    ]
    let rare = ["\"two\nlines\"", "\"", "a\"b", "\"x\"y", "\r", "1,2", "\"\n\n,\n\""]
    for round in 0..<24 {
      let end = ["\n", "\r\n"][round % 2]
      // The rarer they are, the more often a sample has none of them.
      let rarity = [5, 50, 500][round % 3]
      var text = "a,b,c" + end
      for _ in 0..<Int.random(in: 0...300, using: &random) {
        switch Int.random(in: 0..<rarity, using: &random) {
        case 0: text += (rare.randomElement(using: &random) ?? "") + ",y,z" + end
        case 1: text += ["", ",,", "only", "1,2,3,4"].randomElement(using: &random) ?? ""; text += end
        default:
          text += (0..<3).map { _ in fields.randomElement(using: &random) ?? "" }.joined(separator: ",") + end
        }
      }
      let path = try folder.write("t.csv", Bool.random(using: &random) ? text : String(text.dropLast()))
      for size in [Int.random(in: 1...40, using: &random), 64, Int.random(in: 100...5000, using: &random)] {
        expectSame(
          try read([path], surveyed: false, chunkSize: size).loaded,
          try read([path], surveyed: true, chunkSize: size).loaded, "round \(round), pieces of \(size)")
      }
    }
  }
}
