import Foundation
import SQLLogicTest
import Testing

@testable import noticebook_sqllogictest

/// Runs every file of `Tests/Queries`, with the optimiser and without: both must give the same rows.
@Suite("Query files") struct QueryFileTests {
  @Test("there are files") func filesAreFound() { #expect(QueryFolder.names.count > 10) }

  @Test("files say that their values are whole", arguments: QueryFolder.names)
  func filesAreExact(_ name: String) throws {
    let first = TestFileReader(try QueryFolder.bytes(of: name)).first { _ in true }
    #expect(
      (try? first?.get())?.work == .control(.values(.exact)), "\(name) does not begin with `control values exact`")
  }

  @Test("rows and errors are as written", arguments: QueryFolder.names, [true, false])
  func file(_ name: String, isOptimised: Bool) throws {
    var run = TestFileRun(on: try SessionEngine(isOptimising: isOptimised, timeout: nil))
    run.run(try QueryFolder.bytes(of: name)) { failure in
      Issue.record(
        "\(failure.shown(in: "Queries/\(name)"))\(isOptimised ? "" : "\n(not optimised)")",
        sourceLocation: SourceLocation(
          fileID: "Queries/\(name)", filePath: "\(QueryFolder.path)/\(name)", line: failure.line, column: 1))
    }
    #expect(run.counts.passed > 0)
  }
}

/// The folder `Tests/Queries`.
private enum QueryFolder {
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Queries").path

  /// The names of all test files.
  static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".test") }.sorted()

  static func bytes(of name: String) throws -> [UInt8] { try TestFileBytes.read("\(path)/\(name)") }
}
