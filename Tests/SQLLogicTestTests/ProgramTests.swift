import Foundation
import Testing

@Suite("noticebook-sqllogictest") struct ProgramTests {
  /// The program lies beside the bundle of the tests, which `swift test` hands to a tool of its own.
  private static let program: URL? = CommandLine.arguments
    .map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("noticebook-sqllogictest") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }

  private func run(_ words: [String], files: [String: String] = [:]) throws -> (status: Int32, output: String) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sqllogictest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    let program = try #require(ProgramTests.program)
    process.executableURL = program
    process.arguments = words
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private static let files = [
    "good.test": "control values exact\n\nquery I\nselect 1\n----\n1\n\nskipif noticebook\nstatement ok\nx\n",
    "bad.test": "control values exact\n\nquery I\nselect 1\n----\n2\n\nstatement ok\nselect nothing\n",
  ]

  @Test func passing() throws {
    let (status, output) = try run(["good.test"], files: ProgramTests.files)
    #expect(output == "good.test: 1 passed, 0 failed, 1 skipped\n")
    #expect(status == 0)
  }

  @Test func failing() throws {
    let (status, output) = try run(["--show=1", "bad.test", "good.test"], files: ProgramTests.files)
    #expect(
      output == """
        bad.test:3: failed
          select 1
          expected
            2
          got
            1
        bad.test: 1 more failure not shown
        bad.test: 0 passed, 2 failed, 0 skipped
        good.test: 1 passed, 0 failed, 1 skipped

        """)
    #expect(status == 1)
  }

  @Test func endingAFileEarly() throws {
    let (status, output) = try run(["--max-failures", "1", "bad.test"], files: ProgramTests.files)
    #expect(output.hasSuffix("bad.test: 0 passed, 1 failed, 0 skipped\n"))
    #expect(status == 1)
  }

  @Test func severalAtATime() throws {
    let (status, output) = try run(["-j2", "good.test", "bad.test", "missing.test"], files: ProgramTests.files)
    #expect(output.contains("good.test: 1 passed, 0 failed, 1 skipped\n"))
    #expect(output.contains("bad.test: 0 passed, 2 failed, 0 skipped\n"))
    #expect(output.contains("noticebook-sqllogictest: missing.test: No such file or directory\n"))
    #expect(status == 2)
  }

  @Test func wrongOptions() throws {
    #expect(try run([]).output.hasPrefix("noticebook-sqllogictest: which files?\n"))
    #expect(try run(["--frob", "x"]).output.hasPrefix("noticebook-sqllogictest: there is no option '--frob'\n"))
    #expect(
      try run(["-j", "0", "x"]).output.hasPrefix("noticebook-sqllogictest: -j takes a number from 1 on, not '0'\n"))
    #expect(try run(["--values=some", "x"]).status == 2)
    #expect(try run(["--help"]).status == 0)
  }
}
