import ColumnStore
import Glibc
import Testing

@testable import Formats

@Suite("Snapshots") struct SnapshotTests {
  @Test(
    "every type and encoding comes back, around the size of a segment, on one thread and on many",
    arguments: [0, 1, 2, 65_535, 65_536, 65_537])
  func roundTrip(rowCount: Int) throws {
    let before = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = before }
    let table = SnapshotFixture.table(rowCount: rowCount)
    var files: Set<[UInt8]> = []
    for threads in [1, 5] {
      WorkerPool.shared.threadCount = threads
      SnapshotFixture.expectSame(try SnapshotFixture.reopened(table), table, "\(rowCount) rows, \(threads) threads")
      files.insert(try SnapshotFixture.bytes([("t", table)]))
    }
    #expect(files.count == 1, "the file depends on the number of threads")
  }

  @Test("a slice takes only its own items and bits with it") func slices() throws {
    let table = SnapshotFixture.table(rowCount: 500).slice(129..<300)
    SnapshotFixture.expectSame(try SnapshotFixture.reopened(table), table, "a slice")
  }

  @Test("what a table says of itself comes back") func descriptions() throws {
    let origin = RowOrigin(parts: [
      .init(file: "a.csv", firstRow: 0, rowCount: 2, firstLine: 2, jumps: [(row: 1, extraLines: 3)]),
      .init(file: "b.csv", firstRow: 2, rowCount: 1, firstLine: 5),
    ])
    let descriptions = [
      ColumnDescription(name: "n", type: .integer, note: "a number"),
      ColumnDescription(name: "s", type: .double, display: .share(within: ["n", "x"])),
      ColumnDescription(name: "p", type: .double, display: .percent),
      ColumnDescription(name: "o", type: .double, display: .share(within: nil)),
      ColumnDescription(name: "c", type: .integer, display: .amount),
      ColumnDescription(name: "h", type: .integer, display: .distribution),
      ColumnDescription(name: "low", type: .double, display: .leastPercent),
      ColumnDescription(name: "high", type: .double, display: .mostPercent),
    ]
    let columns = descriptions.map { Column(type: $0.type, values: [.integer(1), .null, .integer(3)].map { $0 }) }
    let table = Table(descriptions: descriptions, columns: columns, rowCount: 3, origin: origin, note: "three rows")
    let reopened = try SnapshotFixture.reopened(table)
    #expect(reopened.descriptions == descriptions)
    #expect(reopened.note == "three rows")
    #expect(
      (0..<3).map { "\(reopened.origin?.place(of: $0) ?? ("", 0))" } == [
        #"(file: "a.csv", line: 2)"#, #"(file: "a.csv", line: 6)"#, #"(file: "b.csv", line: 5)"#,
      ])
  }

  @Test("a dictionary that columns and tables share is saved once, and shared again") func sharedDictionaries() throws {
    let dictionary = TextDictionary(["a text that fits no view", "another of that kind"])
    let table = Table([
      ("x", Column(type: .text, data: .codes8(Buffer([0, 1]), dictionary))),
      ("y", Column(type: .text, data: .codes8(Buffer([1, 1]), dictionary))),
    ])
    let snapshot = try SnapshotFixture.open(try SnapshotFixture.bytes([("a", table), ("b", table)]))
    let dictionaries = snapshot.tables.flatMap { $0.table.columns.compactMap(\.dictionary) }
    #expect(dictionaries.count == 4)
    #expect(Set(dictionaries.map { ObjectIdentifier($0) }).count == 1)
  }

  @Test("columns are read when they are asked for, and only those") func laziness() throws {
    let snapshot = try SnapshotFixture.open(try SnapshotFixture.bytes([("t", SnapshotFixture.table(rowCount: 9))]))
    let table = try #require(snapshot.tables.first?.table)
    #expect(table.columns.held.isEmpty)
    _ = table.columns[4]
    #expect(table.columns.held.map(\.count) == [9])
  }

  // MARK: Files that are wrong

  private func fault(_ bytes: [UInt8]) throws -> SnapshotFault? {
    do {
      _ = try SnapshotFixture.open(bytes)
      return nil
    } catch LoadError.wrongSnapshot(_, let fault) {
      return fault
    }
  }

  @Test("what is no snapshot, another version, or another byte order is told apart") func ends() throws {
    let good = try SnapshotFixture.bytes([("t", SnapshotFixture.table(rowCount: 3))])
    #expect(try fault(good) == nil)
    #expect(try fault(Array("id,action\n1,none\n".utf8)) == .notOne)
    #expect(try fault([]) == .notOne)
    var bytes = good
    bytes[8] = 7
    #expect(try fault(bytes) == .otherVersion(7))
    bytes = good
    bytes.swapAt(12, 13)
    #expect(try fault(bytes) == .otherByteOrder)
    for count in [8, 20, 63, 64, 65, 200, good.count - 41, good.count - 1] {
      #expect(try fault(Array(good[..<count])) == .cut, "the first \(count) bytes")
    }
    #expect(try fault(good + [0]) == .cut)
    // A transfer as text makes one byte of two.
    #expect(try fault(Array(good[..<4]) + Array(good[5...])) == .notOne)
    bytes = good
    bytes[good.count - 60] ^= 1
    #expect(try fault(bytes) == .damaged(part: nil))
  }

  @Test("a damaged column is named, and the others can still be read") func damagedColumn() throws {
    let good = try SnapshotFixture.bytes([("t", SnapshotFixture.table(rowCount: 300))])
    let table = try #require(try SnapshotFixture.open(good).tables.first?.table)
    let offset = try #require(table.columns.source as? SnapshotColumns).table.columns[3].values.offset
    var bytes = good
    bytes[offset + 17] ^= 0x40
    let damaged = try #require(try SnapshotFixture.open(bytes).tables.first?.table)
    #expect(damaged.columns[2].value(1) == .integer(1))
    #expect(damaged.columns.problem == nil)
    #expect(damaged.columns[3].nullCount == 300)
    let problem = try #require(damaged.columns.problem as? LoadError)
    #expect(problem.message == "t.nbs: a damaged snapshot: the column `integer32` of t is not what was written")
  }

  @Test("a mapped file that is cut is an error and no crash") func cutWhileMapped() throws {
    let folder = try Folder()
    let bytes = try SnapshotFixture.bytes([("t", SnapshotFixture.table(rowCount: 65_537))])
    let path = folder.path + "/t.nbs"
    let sink = try AtomicFileSink(path: path)
    try sink.write(bytes)
    try sink.commit()
    let table = try #require(try Snapshot(path: path).tables.first?.table)
    let integers = table.columns[3]
    #expect(integers.value(65_536) == .integer(-65_536))
    try #require(truncate(path, 4096) == 0)
    #expect(integers.value(65_536) == .integer(0))
    #expect(table.mappedFiles(of: [3]).map(\.hasChanged) == [true])
    _ = table.columns[16]
    #expect(table.columns.problem != nil)
  }

  @Test("a snapshot saved over the file that it is read from is whole") func savedOverItself() throws {
    let folder = try Folder()
    let path = folder.path + "/t.nbs"
    let table = SnapshotFixture.table(rowCount: 65_537)
    for source in [table, nil] {
      let rows = try source ?? #require(try Snapshot(path: path).tables.first?.table)
      let sink = try AtomicFileSink(path: path)
      try Snapshot.write([("t", rows)], savedBy: "a test", savedAt: 0, to: sink)
      try sink.commit()
      // What was read before is still there.
      SnapshotFixture.expectSame(rows, table, "the table that was saved")
      #expect(rows.mappedFiles.allSatisfy { !$0.hasChanged })
    }
    let reopened = try #require(try Snapshot(path: path).tables.first?.table)
    SnapshotFixture.expectSame(reopened, table, "the second copy")
  }
}
