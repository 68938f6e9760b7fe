import ColumnStore
import Glibc

/// The bytes of one file, mapped or in memory, with at least 64 readable bytes beyond the end.
///
/// `@unchecked Sendable`: the bytes are not written to after the file was read.
final class FileBytes: @unchecked Sendable {
  /// The name that reports and `_file` give.
  let path: String
  let memory: Memory
  let base: UnsafePointer<UInt8>
  let count: Int
  /// The mapping that the bytes belong to; nil when they are in memory.
  let mapping: MappedFile?

  /// Bytes that must be readable beyond the end.
  static let padding = 64

  /// Files from this size on are mapped, smaller ones are read.
  static let usualMappingThreshold = 1 << 20

  init(path: String, memory: Memory, count: Int) {
    precondition(memory.byteCount >= count + FileBytes.padding)
    self.path = path
    self.memory = memory
    self.count = count
    base = UnsafePointer(memory.base.assumingMemoryBound(to: UInt8.self))
    mapping = nil
  }

  init(mapping: MappedFile) {
    path = mapping.path
    base = mapping.base
    count = mapping.count
    memory = Memory(
      borrowing: UnsafeRawBufferPointer(start: mapping.base, count: mapping.count + FileBytes.padding), from: mapping)
    self.mapping = mapping
  }

  convenience init(path: String, bytes: [UInt8]) {
    let memory = Memory(byteCount: bytes.count + FileBytes.padding)
    memory.base.initializeMemory(as: UInt8.self, repeating: 0, count: bytes.count + FileBytes.padding)
    bytes.withUnsafeBytes { source in
      if let base = source.baseAddress { memory.base.copyMemory(from: base, byteCount: source.count) }
    }
    self.init(path: path, memory: memory, count: bytes.count)
  }

  /// The bytes read as JSON; nil when they are none.
  var json: JSONValue? { JSONValue(bytes: unsafe) }

  /// A copy of the bytes of a range.
  func bytes(_ range: Range<Int>) -> [UInt8] { Array(UnsafeBufferPointer(rebasing: unsafe[range])) }

  var unsafe: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// The most bytes that are taken into memory for one file.
  static var memoryLimit: Int { MemoryBudget.shared.limit }

  /// Opens a file: maps a large regular one, reads everything else to its end.
  static func open(
    path: String, mappingThreshold: Int = usualMappingThreshold, limit: Int = memoryLimit,
    control: LoadControl = LoadControl()
  ) throws -> FileBytes {
    var descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    while descriptor < 0, errno == EINTR {
      // Nobody has opened the other end of a named pipe.
      try control.check()
      descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    }
    guard descriptor >= 0 else { throw LoadError.system(path: path) }
    defer { close(descriptor) }
    guard let identity = FileIdentity(descriptor: descriptor) else { throw LoadError.system(path: path) }
    if identity.isDirectory { throw LoadError.unreadable(path: path, reason: "is a folder") }
    if identity.isRegular, identity.size >= max(mappingThreshold, 1),
      let mapping = MappedFile(descriptor: descriptor, path: path, identity: identity)
    {
      return FileBytes(mapping: mapping)
    }
    var collector = ByteCollector(path: path, limit: limit, expected: identity.isRegular ? identity.size : 0)
    while true {
      try control.check()
      if !identity.isRegular {
        // Ctrl-C may interrupt another thread than this one, so nobody waits for long.
        var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&state, 1, 100) <= 0 { continue }
      }
      let got = try collector.fill { read(descriptor, $0.baseAddress, $0.count) }
      if got < 0 {
        if errno == EINTR { continue }
        throw LoadError.system(path: path)
      }
      if got == 0 { break }
    }
    if identity.isRegular, let now = FileIdentity(descriptor: descriptor), now != identity {
      throw LoadError.changed(path: path)
    }
    return collector.finish()
  }
}

/// Collects bytes whose number is not known before.
struct ByteCollector: ~Copyable {
  private let path: String
  private let limit: Int
  private var block = Memory(byteCount: 0)
  /// How many bytes it holds.
  private(set) var count = 0

  init(path: String, limit: Int, expected: Int = 0) {
    self.path = path
    self.limit = limit
    if expected > 0, expected < limit { grow(to: expected + 2 * FileBytes.padding + 1) }
  }

  private mutating func grow(to wanted: Int) {
    guard wanted > block.byteCount else { return }
    let larger = Memory(byteCount: wanted)
    larger.base.copyMemory(from: block.base, byteCount: count)
    block = larger
  }

  /// Lets `body` write into free space and takes what it wrote; gives back what `body` gave.
  mutating func fill(_ body: (UnsafeMutableRawBufferPointer) throws -> Int) throws -> Int {
    if count > limit { throw LoadError.tooLarge(path: path, limit: limit) }
    // Always room for some characters, so that whoever writes whole ones gets on.
    if block.byteCount - count <= FileBytes.padding + 64 { grow(to: max(65_536, block.byteCount / 2 * 3)) }
    let free = UnsafeMutableRawBufferPointer(
      start: block.base + count, count: block.byteCount - count - FileBytes.padding)
    let written = try body(free)
    if written > 0 { count += min(written, free.count) }
    return written
  }

  mutating func finish() -> FileBytes {
    grow(to: count + FileBytes.padding)
    memset(block.base + count, 0, FileBytes.padding)
    return FileBytes(path: path, memory: block, count: count)
  }
}

extension LoadError {
  /// The error that the last system call of this thread left.
  static func system(path: String) -> LoadError {
    let code = errno
    if code == ENOENT { return .notFound(path: path, nearest: nearestFiles(to: path)) }
    // glibc's strerror is safe between threads from version 2.32 on.
    let message = strerror(code).map { String(cString: $0) } ?? "cannot be read"
    return .unreadable(path: path, reason: String(message.prefix(1).lowercased() + message.dropFirst()))
  }
}
