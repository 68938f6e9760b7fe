import ColumnStore
import Synchronization
import Testing

@testable import Formats

/// Compressed files opened at the same time: what comes of them is what opening them one after the other gives.
@Suite("Several compressed files", .serialized) struct SeveralFilesTests {
  private static let text = "id,name\n1,ann\n2,bob\n"

  @Test func theTableIsTheSameForAnyNumberOfThreads() throws {
    let folder = try Folder()
    let paths = try (0..<12).map { number in
      let rows = (0..<40 * number).map { "\($0),text \(number) \($0 % 7)\n" }.joined()
      return try folder.write("f\(number).csv.gz", gzip("id,name\n" + rows))
    }
    let plain = try folder.write("plain.csv", Self.text)
    try withThreads([1, 2, 5]) { _ in
      let loaded = try DelimitedSource.open(paths: paths + [plain]).load()
      #expect(loaded.report.files.map(\.path) == paths + [plain])
      #expect(loaded.report.files.map(\.rowCount) == (0..<12).map { $0 * 40 } + [2])
      let expected = (0..<12).flatMap { number in (0..<40 * number).map { "text \(number) \($0 % 7)" } }
      #expect(loaded.texts(1) == expected + ["ann", "bob"])
      #expect(loaded.lines == (0..<12).flatMap { number in (0..<40 * number).map { $0 + 2 } } + [2, 3])
    }
  }

  @Test func theFileThatExceedsTheMemoryIsNamed() throws {
    let folder = try Folder()
    let paths = try (0..<6).map { try folder.write("f\($0).csv.gz", gzip(Self.text)) }
    var tuning = SourceFile.Tuning()
    // The compressed files are mapped and take no memory.
    tuning.mappingThreshold = 1
    tuning.memoryLimit = 115
    withThreads([1, 2, 4]) { _ in
      // Twenty bytes each; before the sixth 15 are left.
      #expect(throws: LoadError.tooLarge(path: paths[5], limit: 15)) {
        try DelimitedSource.open(paths: paths, options: LoadOptions(), tuning: tuning)
      }
    }
    tuning.memoryLimit = 120
    let loaded = try DelimitedSource.open(paths: paths, options: LoadOptions(), tuning: tuning).load()
    #expect(loaded.table.rowCount == 12)
  }

  @Test func membersOfAZipFileAreTheSameForAnyNumberOfThreads() throws {
    let folder = try Folder()
    var members = (0..<40).map { number in
      (
        "m\(number).csv",
        Array(("id,name\n" + (0..<10 * number + 1).map { "\($0),text \(number) \($0 % 7)\n" }.joined()).utf8)
      )
    }
    members.insert(("readme.md", Array("no table".utf8)), at: 7)
    members.insert((".hidden.csv", Array(Self.text.utf8)), at: 20)
    members.insert(("empty.csv", []), at: 30)
    let flat = try folder.write("flat.zip", zip(members))
    let nested = try folder.write("nested.zip", zip([("one.zip", zip(members)), ("two.csv", Array(Self.text.utf8))]))
    let names = (0..<40).map { "m\($0).csv" }
    let texts = (0..<40).flatMap { number in (0..<10 * number + 1).map { "text \(number) \($0 % 7)" } }
    try withThreads([1, 2, 5]) { _ in
      let one = try DelimitedSource.open(paths: [flat])
      #expect(one.emptyFiles == [flat + "/empty.csv"])
      let loaded = try one.load()
      #expect(loaded.report.files.map(\.path) == names.map { flat + "/" + $0 })
      #expect(loaded.texts(1) == texts)
      let both = try DelimitedSource.open(paths: [nested]).load()
      #expect(both.report.files.map(\.path) == names.map { nested + "/one.zip/" + $0 } + [nested + "/two.csv"])
      #expect(both.texts(1) == texts + ["ann", "bob"])
    }
  }

  @Test func archivesInAnArchiveAreTheSameForAnyNumberOfThreads() throws {
    let folder = try Folder()
    func text(_ name: String, _ rows: Int) -> String {
      "id,name\n" + (0..<rows).map { "\($0),\(name) \($0 % 7)\n" }.joined()
    }
    var members: [(name: String, content: [UInt8])] = (0..<9).map { outer in
      ("z\(outer).zip", zip((0..<4).map { ("m\($0).csv", Array(text("\(outer)-\($0)", 20 * outer).utf8)) }))
    }
    members.insert(("packed.csv.gz", gzip(text("packed", 5))), at: 3)
    members.insert(("deep.zip", zip([("in.zip", zip([("x.csv", Array(text("deep", 3).utf8))]))])), at: 6)
    let path = try folder.write("t.zip", zip(members))
    var expected = (0..<9).map { outer in
      (0..<4).flatMap { inner in (0..<20 * outer).map { "\(outer)-\(inner) \($0 % 7)" } }
    }
    expected.insert((0..<5).map { "packed \($0)" }, at: 3)
    expected.insert((0..<3).map { "deep \($0)" }, at: 6)
    var limits: [Int: LoadError] = [:]
    try withThreads([1, 2, 5]) { threads in
      let loaded = try DelimitedSource.open(paths: [path]).load()
      #expect(loaded.texts(1) == expected.flatMap(\.self))
      // What does not fit is the same file, with the same room left, however many threads there are.
      var tuning = SourceFile.Tuning()
      tuning.mappingThreshold = 1
      for limit in [1000, 8000, 20_000] {
        tuning.memoryLimit = limit
        let error = #expect(throws: LoadError.self) {
          try DelimitedSource.open(paths: [path], options: LoadOptions(), tuning: tuning)
        }
        if let known = limits[limit] { #expect(error == known) }
        limits[limit] = error
      }
    }
  }

  @Test func theMemberThatExceedsTheMemoryOrIsDamagedIsNamed() throws {
    let folder = try Folder()
    let members = (0..<6).map { ("m\($0).csv", Array(Self.text.utf8)) }
    let whole = zip(members)
    let path = try folder.write("t.zip", whole)
    var tuning = SourceFile.Tuning()
    tuning.mappingThreshold = 1
    tuning.memoryLimit = 115
    // The checksum of a stored member is held against its content: the fourth is damaged, and the fifth too.
    var damaged = whole
    let content = whole.indices.filter { whole[$0...].starts(with: Self.text.utf8) }
    for place in content[3...4] { damaged[place + 10] ^= 1 }
    let other = try folder.write("damaged.zip", damaged)
    withThreads([1, 2, 4]) { _ in
      #expect(throws: LoadError.tooLarge(path: path + "/m5.csv", limit: 15)) {
        try DelimitedSource.open(paths: [path], options: LoadOptions(), tuning: tuning)
      }
      let error = #expect(throws: LoadError.self) { try DelimitedSource.open(paths: [other]) }
      guard case .damagedArchive(other, _)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
    tuning.memoryLimit = 120
    let loaded = try DelimitedSource.open(paths: [path], options: LoadOptions(), tuning: tuning).load()
    #expect(loaded.table.rowCount == 12)
  }

  @Test func theFirstErrorIsReported() throws {
    let folder = try Folder()
    let rows = (0..<100_000).map { "\($0),somebody\n" }.joined()
    let long = try folder.write("a.csv.gz", gzip("id,name\n" + rows))
    let cut = try folder.write("b.csv.gz", Array(gzip("id,name\n" + rows).prefix(700_000)))
    let other = try folder.write("c.csv.gz", Array(gzip(Self.text).prefix(14)))
    let foreign = try folder.write("d.json", "{}")
    withThreads([1, 2, 4]) { _ in
      let error = #expect(throws: LoadError.self) {
        try DelimitedSource.open(paths: [long, cut, other, foreign, folder.path + "/none.csv"])
      }
      guard case .damagedArchive(let path, let reason)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(path == cut)
      #expect(reason.hasPrefix("cannot be unpacked: "))
    }
  }

  @Test func aLongFileThatIsCutIsAnError() throws {
    let folder = try Folder()
    let whole = gzip("id,name\n" + (0..<300_000).map { "\($0),somebody\n" }.joined())
    let path = try folder.write("t.csv.gz", whole)
    #expect(try DelimitedSource.open(paths: [path]).load().table.rowCount == 300_000)
    let cut = try folder.write("cut.csv.gz", Array(whole.prefix(whole.count / 2)))
    let error = #expect(throws: LoadError.self) { try DelimitedSource.open(paths: [cut]) }
    guard case .damagedArchive(cut, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func openingIsCancelled() throws {
    let folder = try Folder()
    let text = "id,name\n" + (0..<20_000).map { "\($0),somebody\n" }.joined()
    let paths = try (0..<4).map { try folder.write("f\($0).csv.gz", gzip(text)) }
    withThreads([1, 3]) { _ in
      for after in [0, 5, 12] {
        let asked = Mutex(0)
        let control = LoadControl(isCancelled: {
          asked.withLock {
            $0 += 1
            return $0 > after
          }
        })
        #expect(throws: LoadError.cancelled) { try DelimitedSource.open(paths: paths, control: control) }
      }
    }
  }
}
