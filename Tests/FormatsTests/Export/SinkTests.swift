import Formats
import Glibc
import Testing

@Suite struct SinkTests {
  /// A new empty folder, and its removal.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let path = "/tmp/noticebook-sink-\(UInt64.random(in: 0 ... .max))"
    try #require(mkdir(path, 0o700) == 0)
    defer {
      for name in names(in: path) { _ = unlink("\(path)/\(name)") }
      _ = rmdir(path)
    }
    try body(path)
  }

  private func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private func content(_ path: String) throws -> String {
    let descriptor = open(path, O_RDONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    _ = stat(path, &status)
    return status.st_mode & 0o7777
  }

  @Test func showsAFileOnlyAfterCommit() throws {
    try withFolder { folder in
      let path = folder + "/out.csv"
      let sink = try AtomicFileSink(path: path)
      try sink.write("n\n1\n")
      #expect(!names(in: folder).contains("out.csv"))
      try sink.commit()
      #expect(names(in: folder) == ["out.csv"])
      #expect(try content(path) == "n\n1\n")
    }
  }

  @Test func leavesTheOldFileWithoutCommit() throws {
    try withFolder { folder in
      let path = folder + "/out.csv"
      let first = try AtomicFileSink(path: path)
      try first.write("old")
      try first.commit()
      do {
        let second = try AtomicFileSink(path: path)
        try second.write("new")
      }
      #expect(names(in: folder) == ["out.csv"])
      #expect(try content(path) == "old")
    }
  }

  @Test func honoursTheUmaskAndKeepsTheModeOfAFileThatIsThere() throws {
    try withFolder { folder in
      let path = folder + "/out.csv"
      let mask = umask(0)
      umask(mask)
      try AtomicFileSink(path: path).commit()
      #expect(mode(path) == 0o666 & ~mask)
      _ = chmod(path, 0o640)
      try AtomicFileSink(path: path).commit()
      #expect(mode(path) == 0o640)
    }
  }

  @Test func keepsALinkAndReplacesWhatItPointsAt() throws {
    try withFolder { folder in
      try AtomicFileSink(path: folder + "/real.csv").commit()
      _ = symlink("real.csv", folder + "/link.csv")
      let sink = try AtomicFileSink(path: folder + "/link.csv")
      try sink.write("x")
      try sink.commit()
      #expect(try content(folder + "/real.csv") == "x")
      #expect(names(in: folder) == ["link.csv", "real.csv"])
    }
  }

  @Test func refusesFoldersAndNamesThePath() throws {
    try withFolder { folder in
      #expect(throws: SinkError.isFolder(path: folder)) { try AtomicFileSink(path: folder) }
      #expect(SinkError.isFolder(path: "out").description == "cannot write 'out': it is a folder")
      let path = folder + "/none/out.csv"
      #expect(throws: SinkError.noFolder(path: path, folder: folder + "/none")) { try AtomicFileSink(path: path) }
    }
  }

  @Test func writesStraightIntoDevices() throws {
    let sink = try AtomicFileSink(path: "/dev/null")
    try sink.write("x")
    try sink.commit()
    var status = stat()
    _ = stat("/dev/null", &status)
    #expect(status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test func saysThatTheDeviceIsFull() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let sink = FileSink(descriptor: descriptor, name: "out.csv")
    try sink.write("x")
    #expect(throws: SinkError.cannotWrite(path: "out.csv", code: ENOSPC)) { try sink.flush() }
    #expect(
      SinkError.cannotWrite(path: "out.csv", code: ENOSPC).description
        == "cannot write to 'out.csv': no space is left on the device")
  }

  @Test func tellsABrokenPipeFromAFault() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let sink = FileSink(descriptor: ends[1], name: "pipe")
    try sink.write("x")
    #expect(throws: BrokenPipe()) { try sink.flush() }
  }

  @Test func keepsTheOrderOfSmallAndLargeWrites() throws {
    try withFolder { folder in
      let path = folder + "/out"
      let sink = try AtomicFileSink(path: path)
      let large = String(repeating: "b", count: 100_000)
      try sink.write("a")
      try sink.write(large)
      try sink.write("c")
      try sink.commit()
      #expect(try content(path) == "a" + large + "c")
    }
  }
}
