import ColumnStore
import Synchronization

/// Files inside files: compressed ones and the members of archives, decompressed into memory by libarchive. Nothing is
/// written to disk, and all of it together stays within a budget, so that a decompression bomb ends in an error.
struct ArchiveReader {
  let options: LoadOptions
  let control: LoadControl
  let mappingThreshold: Int
  let budget: OpeningBudget
  /// The bytes of memory that this reader's files take.
  private(set) var used = 0
  /// The most that they took at one time, with those that were given back since.
  private(set) var peak = 0
  /// How far into the file on disk it has got; beyond its end where that tells nothing.
  fileprivate var position = 0

  /// Archives in archives in archives; deeper than this is no honest file.
  private static let deepest = 8

  /// A reader whose files take their memory from a budget.
  init(options: LoadOptions, mappingThreshold: Int, budget: OpeningBudget, control: LoadControl) {
    self.options = options
    self.control = control
    self.mappingThreshold = mappingThreshold
    self.budget = budget
  }

  /// What `open` makes of every file of values that a path holds: itself, or the members of the archive that it is, named
  /// `archive.zip/member.csv`, in the archive's order. Members of other kinds are passed over. Members of a zip file are
  /// unpacked and opened at the same time.
  ///
  /// - Throws: `LoadError.damagedArchive`, `.tooLarge`, `.nothingToLoad`, and what reading a file throws.
  mutating func files<File: Sendable>(
    in path: String, _ open: @Sendable (FileBytes, FileFormat) throws -> File
  ) throws -> [File] {
    let format = FileFormat(path: path) ?? .plain
    let left = budget.left
    let raw = try FileBytes.open(
      path: path, mappingThreshold: mappingThreshold, limit: left, control: control)
    if raw.mapping == nil { peak = max(peak, used + raw.count) }
    var files: [File] = []
    if format.content == .archive {
      if raw.count == 0 { throw LoadError.isEmpty(path: path) }
      files = try members(of: raw, at: 0, depth: 1, open)
      if files.isEmpty { throw LoadError.nothingToLoad(path: path) }
    } else if format.isCompressed, raw.count > 0 {
      files = [try open(try decompressed(raw, at: 0), format)]
    } else {
      if raw.mapping == nil { try take(raw.count, for: path, left: left) }
      files = [try open(raw, format)]
      // A mapped file is gone over as its records are found.
      if raw.mapping == nil { advance(to: raw.count) }
    }
    if let mapping = raw.mapping, mapping.hasChanged { throw LoadError.changed(path: path) }
    return files
  }

  /// The content of a compressed file that lies at `offset` of the file on disk.
  private mutating func decompressed(_ raw: FileBytes, at offset: Int) throws -> FileBytes {
    if let bytes = try inflated(raw, at: offset) { return bytes }
    let archive = try OpenArchive(raw, isArchive: false)
    guard try archive.nextEntry() != nil else { return FileBytes(path: raw.path, bytes: []) }
    return try read(archive, as: raw.path, at: offset)
  }

  /// The content of a gzip file; nil for what libarchive has to look at.
  private mutating func inflated(_ raw: FileBytes, at offset: Int) throws -> FileBytes? {
    guard let stream = InflateStream(gzip: raw) else { return nil }
    return try read(stream, as: raw.path, expected: stream.expectedSize, at: offset) { _ in true }
  }

  /// A member of a zip file; nil for what libarchive has to look at.
  private mutating func inflated(
    _ name: String, _ directory: ZipDirectory, in raw: FileBytes, at offset: Int?
  ) throws -> FileBytes? {
    guard let entry = directory.entry(name), let stream = InflateStream(deflated: entry.range, of: raw) else {
      return nil
    }
    return try read(stream, as: raw.path + "/" + name, expected: entry.size, at: offset) { count in
      count == entry.size && stream.checksum == entry.checksum
    }
  }

  /// Reads a stream to its end; nil where that is not as it should be, so that libarchive tells what is wrong.
  private mutating func read(
    _ stream: InflateStream, as path: String, expected: Int, at offset: Int?, isRight: (_ count: Int) -> Bool
  ) throws -> FileBytes? {
    let left = budget.left
    var collector = ByteCollector(path: path, limit: left, expected: expected)
    while true {
      try control.check()
      let got = try collector.fill(stream.read)
      if got == 0, isRight(collector.count) { return collector.finish() }
      if got <= 0 {
        give(collector.count)
        return nil
      }
      try take(got, for: path, left: left)
      if let offset { advance(to: offset + stream.position) }
    }
  }

  /// Reads the member that an archive is at. Where the archive lies in the file on disk is told only if how far it is read
  /// is how far that file is.
  private mutating func read(_ archive: OpenArchive, as path: String, at offset: Int?) throws -> FileBytes {
    let left = budget.left
    return try archive.read(as: path, limit: left, control: control) { got in
      try take(got, for: path, left: left)
      if let offset { advance(to: offset + archive.bytesRead) }
    }
  }

  /// Reports that the file on disk has been opened up to a place.
  private mutating func advance(to place: Int) {
    if place > position { control.meter.open(place - position) }
    position = max(position, place)
  }

  /// Takes memory for a file, before which `left` bytes were left.
  private mutating func take(_ bytes: Int, for path: String, left: Int) throws {
    used += bytes
    peak = max(peak, used)
    if !budget.take(bytes) { throw LoadError.tooLarge(path: path, limit: left) }
  }

  private mutating func give(_ bytes: Int) {
    used -= bytes
    budget.give(bytes)
  }

  /// What the members of an archive that lies at `offset` of the file on disk give.
  private mutating func members<File: Sendable>(
    of raw: FileBytes, at offset: Int, depth: Int, _ open: @Sendable (FileBytes, FileFormat) throws -> File
  ) throws -> [File] {
    guard depth <= ArchiveReader.deepest else {
      throw LoadError.damagedArchive(path: raw.path, reason: "has archives in archives, more than eight deep")
    }
    if let files = try zippedFiles(of: raw, at: offset, depth: depth, open) { return files }
    var files: [File] = []
    let directory = ZipDirectory(raw)
    let archive = try OpenArchive(raw, isArchive: true)
    while let name = try archive.nextEntry() {
      try control.check()
      guard let format = wantedFormat(name) else { continue }
      let isPacked = format.content == .archive || format.isCompressed
      let start = offset + archive.bytesRead
      let told = isPacked ? nil : offset
      let bytes =
        try inflated(name, directory, in: raw, at: told) ?? read(archive, as: raw.path + "/" + name, at: told)
      files += try self.files(of: bytes, format, at: start, depth: depth, open)
    }
    return files
  }

  /// What a member of an archive gives, whose bytes have been read.
  private mutating func files<File: Sendable>(
    of bytes: FileBytes, _ format: FileFormat, at start: Int, depth: Int,
    _ open: @Sendable (FileBytes, FileFormat) throws -> File
  ) throws -> [File] {
    if format.content == .archive {
      let files = try members(of: bytes, at: start, depth: depth + 1, open)
      give(bytes.count)
      return files
    }
    guard format.isCompressed, bytes.count > 0 else { return [try open(bytes, format)] }
    give(bytes.count)
    return [try open(try decompressed(bytes, at: start), format)]
  }

  /// The format of a member by its name; nil for one that is passed over.
  private func wantedFormat(_ name: String) -> FileFormat? {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    guard !name.hasSuffix("/"), !last.hasPrefix("."), !name.hasPrefix("__MACOSX/"), let format = FileFormat(path: name)
    else { return nil }
    return format.content == .archive || isWanted(name, by: options.files) ? format : nil
  }

  // MARK: Members at the same time

  /// What the members of a zip file give, unpacked and opened on all threads: in a zip file one need not unpack what comes
  /// before a member. Nil where they have to be taken one after the other: it is no zip file, or there was too little memory
  /// for all at once, and then the error shall not depend on the threads.
  private mutating func zippedFiles<File: Sendable>(
    of raw: FileBytes, at offset: Int, depth: Int, _ open: @Sendable (FileBytes, FileFormat) throws -> File
  ) throws -> [File]? {
    guard raw.count > 4, raw.bytes(0..<4) == [0x50, 0x4B, 3, 4], WorkerPool.shared.threadCount > 1 else { return nil }
    var members: [ZipMembers.Member] = []
    let archive = try OpenArchive(raw, isArchive: true)
    var number = 0
    while let name = try archive.nextEntry() {
      if let format = wantedFormat(name) {
        members.append(ZipMembers.Member(number: number, name: name, path: raw.path + "/" + name, format: format))
      }
      number += 1
    }
    guard members.count > 1 else { return nil }
    let readers = MemberReaders<File>(self, of: members, in: raw)
    try? WorkerPool.shared.run(parts: members.count) { number, worker in
      try readers.read(number, worker: worker, depth: depth, open)
    }
    let results = readers.results
    // Members are handed out in order, so all before the first that failed are opened to their end.
    for result in results {
      guard case .failure(let error) = result else { continue }
      guard case LoadError.tooLarge = error else { throw error }
      for case .success(let opened) in results { budget.give(opened.used) }
      return nil
    }
    var files: [File] = []
    for case .success(let opened) in results {
      // As if they had been read one after the other.
      peak = max(peak, used + opened.peak)
      used += opened.used
      files += opened.files
    }
    position = max(position, offset + raw.count)
    return files
  }

  /// A reader for a member that is read beside others. The place of what it reads in the file on disk tells nothing, since
  /// the members come in no order.
  fileprivate init(besides other: ArchiveReader) {
    self = other
    used = 0
    peak = 0
    position = .max
  }

  /// What the member `number` of a zip file gives.
  fileprivate mutating func files<File: Sendable>(
    of member: ZipMembers.Member, in zip: ZipMembers, worker: Int, depth: Int,
    _ open: @Sendable (FileBytes, FileFormat) throws -> File
  ) throws -> [File] {
    let left = budget.left
    let bytes =
      try inflated(member.name, zip.directory, in: zip.raw, at: nil)
      ?? zip.read(member, worker: worker, control: control) { got in try take(got, for: member.path, left: left) }
    return try files(of: bytes, member.format, at: 0, depth: depth, open)
  }
}

/// The members of a zip file that are read at the same time, and what came of each.
private final class MemberReaders<File: Sendable>: Sendable {
  struct Opened: Sendable {
    var files: [File]
    var used: Int
    var peak: Int
  }

  private let reader: ArchiveReader
  private let members: [ZipMembers.Member]
  private let zip: ZipMembers
  private let shareOfDisk: Int
  private let opened: Mutex<[Result<Opened, any Error>?]>

  init(_ reader: ArchiveReader, of members: [ZipMembers.Member], in raw: FileBytes) {
    self.reader = reader
    self.members = members
    zip = ZipMembers(raw, threads: WorkerPool.shared.threadCount, limit: reader.budget.left)
    shareOfDisk = raw.count / members.count
    opened = Mutex(Array(repeating: nil, count: members.count))
  }

  /// Reads a member; throws what it has kept as the member's result as well, so that no others are begun.
  func read(
    _ number: Int, worker: Int, depth: Int, _ open: @Sendable (FileBytes, FileFormat) throws -> File
  ) throws {
    var own = ArchiveReader(besides: reader)
    do {
      let files = try own.files(of: members[number], in: zip, worker: worker, depth: depth, open)
      let result = Opened(files: files, used: own.used, peak: own.peak)
      opened.withLock { $0[number] = .success(result) }
      if reader.position < .max { reader.control.meter.open(shareOfDisk) }
    } catch {
      own.budget.give(own.used)
      opened.withLock { $0[number] = .failure(error) }
      throw error
    }
  }

  /// The results of the members that were begun, in the order of the members.
  var results: [Result<Opened, any Error>] { opened.withLock { $0.compactMap(\.self) } }
}
