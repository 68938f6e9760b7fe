import Glibc

/// Writes a file that is there either whole or not at all: a temporary file in the same folder, renamed by `commit`.
///
/// A file that exists keeps its permissions; a new one gets those that the umask leaves. A symbolic link stays and what it
/// points at is replaced, unless it points at nothing. Devices and named pipes (`/dev/stdout`, `/dev/null`) cannot be replaced and are written directly.
/// Without `commit` nothing remains and an existing file is untouched.
public final class AtomicFileSink: ByteSink {
  /// The path as it was given.
  public let path: String

  private let target: String
  /// The temporary file's path; nil when the target is written directly or is finished.
  private var temporary: String?
  private let descriptor: Int32
  private var isOpen = true
  private let buffered: FileSink

  /// Opens the temporary file. Throws `SinkError` when the path is a folder, or cannot be written.
  public init(path: String) throws {
    self.path = path
    target = AtomicFileSink.resolvingLinks(path)
    var status = stat()
    let exists = stat(target, &status) == 0
    let kind = status.st_mode & S_IFMT
    if (exists && kind == S_IFDIR) || path.hasSuffix("/") { throw SinkError.isFolder(path: path) }

    if exists && kind != S_IFREG {
      temporary = nil
      descriptor = open(target, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw SinkError.cannotCreate(path: path, code: errno) }
    } else {
      if exists && access(target, W_OK) != 0 { throw SinkError.cannotCreate(path: path, code: errno) }
      let (folder, name) = AtomicFileSink.split(target)
      let opened = AtomicFileSink.openTemporary(folder: folder, name: name)
      guard opened.descriptor >= 0 else {
        let code = errno
        if code == ENOENT || code == ENOTDIR { throw SinkError.noFolder(path: path, folder: folder) }
        throw SinkError.cannotCreate(path: path, code: code)
      }
      temporary = opened.path
      descriptor = opened.descriptor
      if exists { _ = fchmod(descriptor, status.st_mode & 0o7777) }
    }
    buffered = FileSink(descriptor: descriptor, name: path)
  }

  /// Takes bytes; nothing is visible at the path before `commit`.
  public func write(_ bytes: Span<UInt8>) throws { try buffered.write(bytes) }

  /// Brings the file to the disk and into its place.
  public func commit() throws {
    guard isOpen else { return }
    do {
      try buffered.flush()
      if temporary != nil, fsync(descriptor) != 0 { throw SinkError.cannotWrite(path: path, code: errno) }
      isOpen = false
      // Network file systems report a failed write only here.
      if close(descriptor) != 0, errno != EINTR { throw SinkError.cannotWrite(path: path, code: errno) }
      if let temporary, rename(temporary, target) != 0 { throw SinkError.cannotCreate(path: path, code: errno) }
    } catch {
      discard()
      throw error
    }
    if temporary != nil { AtomicFileSink.synchroniseFolder(of: target) }
    temporary = nil
  }

  /// Gives up: the temporary file goes away. Does nothing after `commit`.
  public func discard() {
    if isOpen {
      _ = close(descriptor)
      isOpen = false
    }
    if let temporary { _ = unlink(temporary) }
    temporary = nil
  }

  deinit { discard() }
}

extension AtomicFileSink {
  /// The file that a path leads to through symbolic links; the path itself where there is none yet.
  private static func resolvingLinks(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  /// Opens a new hidden file beside the target. `open` applies the umask, which `mkstemp` would not.
  private static func openTemporary(folder: String, name: String) -> (path: String, descriptor: Int32) {
    // A name may have 255 bytes; dots and the number need up to 23 of them.
    let stem = String(decoding: name.utf8.prefix(200), as: UTF8.self)
    while true {
      let number = String(UInt64.random(in: .min ... .max), radix: 36)
      let path = "\(folder)/.\(stem).\(number)"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 || (errno != EEXIST && errno != EINTR) { return (path, descriptor) }
    }
  }

  /// Makes the rename itself durable. A folder that cannot be opened for reading still holds the file.
  private static func synchroniseFolder(of path: String) {
    let descriptor = open(split(path).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    _ = close(descriptor)
  }
}
