import ColumnStore
import Synchronization
import Testing

@testable import Formats

@Suite("How far a load is") struct LoadMeterTests {
  /// What a load reports, in the order of its reports.
  private func reports(_ paths: [String], mappingThreshold: Int = 1) throws -> [(done: Int, total: Int)] {
    let reports = Mutex<[(Int, Int)]>([])
    let control = LoadControl(progress: { done, total in reports.withLock { $0.append((done, total)) } })
    let tuning = SourceFile.Tuning(chunkSize: 1000, mappingThreshold: mappingThreshold)
    _ = try DelimitedSource.open(paths: paths, options: LoadOptions(), control: control, tuning: tuning)
      .load(control: control)
    return reports.withLock { $0 }
  }

  private let rows = "id,name\n" + (0..<2000).map { "\($0),text \($0 % 7)\n" }.joined()

  /// One thread, so that reports come in order.
  private func onOneThread(_ body: () throws -> Void) rethrows {
    let usual = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = usual }
    WorkerPool.shared.threadCount = 1
    try body()
  }

  @Test(arguments: ["a mapped file", "a small file", "a compressed file", "several files"])
  func openingIsTheFirstHalfAndReadingTheSecond(kind: String) throws {
    let folder = try Folder()
    let bytes = Array(rows.utf8)
    let paths: [String]
    switch kind {
    case "a compressed file": paths = [try folder.write("t.csv.gz", gzip(rows))]
    case "several files":
      paths = [try folder.write("a.csv.gz", gzip(rows)), try folder.write("b.csv", bytes)]
    default: paths = [try folder.write("t.csv", bytes)]
    }
    let size = paths.reduce(0) { $0 + (FileIdentity(path: $1)?.size ?? 0) }
    try onOneThread {
      let reports = try self.reports(paths, mappingThreshold: kind == "a small file" ? 1 << 20 : 1)
      #expect(reports.allSatisfy { $0.total == size })
      #expect(zip(reports, reports.dropFirst()).allSatisfy { $0.done <= $1.done })
      #expect(reports.last?.done == size)
      // The header of a mapped file, and what follows the last block of a compressed one, is opened unreported.
      let half = reports.lastIndex { $0.done <= size / 2 }
      #expect(try #require(half.map { reports[$0].done }) > size / 2 - 40)
      #expect(reports.count > 4)
    }
  }

  @Test func anotherSourceIsAddedToTheOneThatIsDoneWith() throws {
    let reports = Mutex<[[Int]]>([])
    let meter = LoadMeter { done, total in reports.withLock { $0.append([done, total]) } }
    meter.begin(100)
    meter.open(60)
    meter.open(60)
    meter.read(5, of: 10)
    meter.read(10, of: 10)
    meter.begin(50)
    meter.open(50)
    meter.read(1, of: 1)
    #expect(
      reports.withLock { $0 } == [[30, 100], [50, 100], [75, 100], [100, 100], [125, 150], [150, 150]])
  }

  @Test func aSourceThatIsReadAgainIsReadInOneGo() throws {
    let reports = Mutex<[[Int]]>([])
    LoadMeter { done, total in reports.withLock { $0.append([done, total]) } }.read(3, of: 10)
    #expect(reports.withLock { $0 } == [[3, 10]])
  }
}
