import CArchive

/// Files inside files: compressed ones and the members of archives, decompressed into memory by libarchive. Nothing is
/// written to disk, and all of it together stays within a budget, so that a decompression bomb ends in an error.
struct ArchiveReader {
  private let options: LoadOptions
  private let control: LoadControl
  private let mappingThreshold: Int
  private let budget: OpeningBudget
  /// The bytes of memory that this reader's files take.
  private(set) var used = 0
  /// The most that they took at one time, with those that were given back since.
  private(set) var peak = 0
  /// How far into the file on disk it has got.
  private var position = 0

  /// Archives in archives in archives; deeper than this is no honest file.
  private static let deepest = 8

  /// A reader whose files take their memory from a budget.
  init(options: LoadOptions, mappingThreshold: Int, budget: OpeningBudget, control: LoadControl) {
    self.options = options
    self.control = control
    self.mappingThreshold = mappingThreshold
    self.budget = budget
  }

  /// Calls `body` with every file of values that a path holds: itself, or the members of the archive that it is, named
  /// `archive.zip/member.csv`, in the archive's order. Members of other kinds are passed over.
  ///
  /// - Throws: `LoadError.damagedArchive`, `.tooLarge`, `.nothingToLoad`, and what reading a file throws.
  mutating func forEachFile(in path: String, _ body: (FileBytes, FileFormat) throws -> Void) throws {
    let format = FileFormat(path: path) ?? .plain
    let left = budget.left
    let raw = try FileBytes.open(
      path: path, mappingThreshold: mappingThreshold, limit: left, control: control)
    if raw.mapping == nil { peak = max(peak, used + raw.count) }
    if format.content == .archive {
      if raw.count == 0 { throw LoadError.isEmpty(path: path) }
      if try !members(of: raw, at: 0, depth: 1, body) { throw LoadError.nothingToLoad(path: path) }
    } else if format.isCompressed, raw.count > 0 {
      try body(try decompressed(raw, at: 0), format)
    } else {
      if raw.mapping == nil { try take(raw.count, for: path, left: left) }
      try body(raw, format)
      // A mapped file is gone over as its records are found.
      if raw.mapping == nil { advance(to: raw.count) }
    }
    if let mapping = raw.mapping, mapping.hasChanged { throw LoadError.changed(path: path) }
  }

  /// The content of a compressed file that lies at `offset` of the file on disk.
  private mutating func decompressed(_ raw: FileBytes, at offset: Int) throws -> FileBytes {
    let archive = try OpenArchive(raw, isArchive: false)
    guard try archive.nextEntry() != nil else { return FileBytes(path: raw.path, bytes: []) }
    return try read(archive, as: raw.path, at: offset)
  }

  /// Reads the member that an archive is at. Where the archive lies in the file on disk is told only if how far it is read
  /// is how far that file is.
  private mutating func read(_ archive: OpenArchive, as path: String, at offset: Int?) throws -> FileBytes {
    let left = budget.left
    var collector = ByteCollector(path: path, limit: left)
    while true {
      try control.check()
      let got = try collector.fill { try archive.read(into: $0) }
      if got == 0 { break }
      try take(got, for: path, left: left)
      if let offset { advance(to: offset + archive.bytesRead) }
    }
    return collector.finish()
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

  /// Gives the members of an archive that lies at `offset` of the file on disk to `body`; whether there were any.
  private mutating func members(
    of raw: FileBytes, at offset: Int, depth: Int, _ body: (FileBytes, FileFormat) throws -> Void
  ) throws -> Bool {
    guard depth <= ArchiveReader.deepest else {
      throw LoadError.damagedArchive(path: raw.path, reason: "has archives in archives, more than eight deep")
    }
    var any = false
    let archive = try OpenArchive(raw, isArchive: true)
    while let name = try archive.nextEntry() {
      try control.check()
      let last = name.split(separator: "/").last.map(String.init) ?? name
      guard !name.hasSuffix("/"), !last.hasPrefix("."), !name.hasPrefix("__MACOSX/") else { continue }
      guard let format = FileFormat(path: name) else { continue }
      let isNested = format.content == .archive
      if !isNested, !isWanted(name, by: options.files) { continue }
      let isPacked = isNested || format.isCompressed
      let start = offset + archive.bytesRead
      var bytes = try read(archive, as: raw.path + "/" + name, at: isPacked ? nil : offset)
      if isNested {
        if try members(of: bytes, at: start, depth: depth + 1, body) { any = true }
        give(bytes.count)
        continue
      }
      if format.isCompressed, bytes.count > 0 {
        give(bytes.count)
        bytes = try decompressed(bytes, at: start)
      }
      any = true
      try body(bytes, format)
    }
    return any
  }
}

/// An archive that libarchive has opened in memory; it keeps the bytes alive.
private final class OpenArchive {
  private let handle: OpaquePointer
  private let source: FileBytes

  init(_ source: FileBytes, isArchive: Bool) throws {
    guard let handle = archive_read_new() else { throw LoadError.tooLarge(path: source.path, limit: 0) }
    self.handle = handle
    self.source = source
    archive_read_support_filter_all(handle)
    if isArchive {
      archive_read_support_format_zip(handle)
      archive_read_support_format_tar(handle)
    } else {
      archive_read_support_format_raw(handle)
      archive_read_support_format_empty(handle)
    }
    if archive_read_open_memory(handle, source.base, source.count) != ARCHIVE_OK { throw failure }
  }

  deinit { archive_read_free(handle) }

  /// The next member's name; nil behind the last.
  func nextEntry() throws -> String? {
    var entry: OpaquePointer?
    let result = archive_read_next_header(handle, &entry)
    if result == ARCHIVE_EOF { return nil }
    guard result == ARCHIVE_OK || result == ARCHIVE_WARN, let entry else { throw failure }
    if let name = archive_entry_pathname_utf8(entry) { return String(cString: name) }
    return archive_entry_pathname(entry).map { String(cString: $0) } ?? "member"
  }

  /// How many bytes of the archive have been read.
  var bytesRead: Int { Int(archive_filter_bytes(handle, -1)) }

  /// Reads some bytes of the member; 0 at its end.
  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let got = archive_read_data(handle, target.baseAddress, target.count)
      if got >= 0 { return got }
      if got != Int(ARCHIVE_RETRY) { throw failure }
    }
  }

  private var failure: LoadError {
    let reason = archive_error_string(handle).map { String(cString: $0) } ?? "cannot be unpacked"
    return .damagedArchive(path: source.path, reason: "cannot be unpacked: \(reason)")
  }
}
