import CLibedit
import Glibc

/// The history file: reading, appending and cutting it to size, safe against other sessions that do the same.
///
/// The lock is `flock(2)` on the file itself. A session that waits for it may find, once it has it, that the file was
/// replaced meanwhile; it then opens the new one.
struct HistoryFile {
  /// Where the file is.
  let location: HistoryLocation

  /// What is read of a file at most, from its end.
  private static let readingLimit = 64 << 20

  /// The last `limit` entries, oldest first. Makes folder and file where they are missing, sets the file's mode to 0600,
  /// and removes older entries from it.
  func load(limit: Int) throws(HistoryProblem) -> [String] {
    try makeFolder()
    let descriptor = try openLocked()
    defer { close(descriptor) }
    var facts = stat()
    // A device such as /dev/null is used as it is.
    guard fstat(descriptor, &facts) == 0, nb_is_regular_file(&facts) != 0 else { return [] }
    if facts.st_mode & 0o777 != 0o600 { fchmod(descriptor, 0o600) }
    guard let bytes = Descriptor.readTail(of: descriptor, limit: HistoryFile.readingLimit) else {
      throw problem(.useFile)
    }
    let entries = HistoryEncoding.decode(file: bytes)
    guard entries.count > limit else { return entries }
    let kept = Array(entries.suffix(limit))
    try replace(with: kept)
    return kept
  }

  /// Writes one entry behind the others.
  func append(_ entry: String) throws(HistoryProblem) {
    let descriptor = try openLocked()
    defer { close(descriptor) }
    var line = HistoryEncoding.encode(entry) + "\n"
    // A session that was killed while it wrote may have left half a line.
    var last: UInt8 = 0
    let size = lseek(descriptor, 0, SEEK_END)
    if size > 0, pread(descriptor, &last, 1, size - 1) == 1, last != UInt8(ascii: "\n") { line = "\n" + line }
    // One write, so that a full disk leaves no entry mixed with another.
    if !Descriptor.writeAll(line, to: descriptor) { throw problem(.useFile) }
  }

  /// What can be read of a file that cannot be written; empty when it cannot be read either.
  func readOnlyEntries() -> [String] {
    let descriptor = open(location.path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    return HistoryEncoding.decode(file: Descriptor.readTail(of: descriptor, limit: HistoryFile.readingLimit) ?? [])
  }

  private func openLocked() throws(HistoryProblem) -> Int32 {
    for _ in 0..<100 {
      let descriptor = open(location.path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o600)
      guard descriptor >= 0 else { throw problem(.openFile) }
      while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
      var opened = stat()
      var named = stat()
      if fstat(descriptor, &opened) == 0, stat(location.path, &named) == 0, opened.st_ino == named.st_ino,
        opened.st_dev == named.st_dev
      {
        return descriptor
      }
      close(descriptor)
    }
    throw HistoryProblem(step: .useFile, path: location.path, code: EBUSY)
  }

  private func replace(with entries: [String]) throws(HistoryProblem) {
    // Where the path is a link, the file that it leads to is replaced, not the link.
    let resolved = realpath(location.path, nil)
    defer { free(resolved) }
    let target = resolved.map { String(cString: $0) } ?? location.path
    let temporary = target + ".\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw problem(.useFile) }
    let text = entries.reduce(into: "") { $0 += HistoryEncoding.encode($1) + "\n" }
    let isWritten = Descriptor.writeAll(text, to: descriptor) && fsync(descriptor) == 0
    let failure = errno
    close(descriptor)
    if isWritten, rename(temporary, target) == 0 { return }
    let code = isWritten ? errno : failure
    unlink(temporary)
    throw HistoryProblem(step: .useFile, path: location.path, code: code)
  }

  private func makeFolder() throws(HistoryProblem) {
    guard let slash = location.path.lastIndex(of: "/"), slash > location.path.startIndex else { return }
    let folder = String(location.path[..<slash])
    if let home = location.home, access(home, F_OK) != 0 {
      throw HistoryProblem(step: .makeFolder, path: folder, code: errno)
    }
    var made = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      made += made.isEmpty && part.isEmpty ? "/" : (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      if part.isEmpty { continue }
      if mkdir(made, 0o700) != 0, errno != EEXIST, errno != EISDIR {
        let code = errno
        // A folder that exists may lie in one that may not be written, or on a disk that is read-only.
        var facts = stat()
        if stat(made, &facts) != 0 { throw HistoryProblem(step: .makeFolder, path: made, code: code) }
      }
    }
    if location.ownsFolder { chmod(folder, 0o700) }
  }

  private func problem(_ step: HistoryProblem.Step) -> HistoryProblem {
    HistoryProblem(step: step, path: location.path, code: errno)
  }
}
