import CArchive
import Glibc

/// libarchive gives names in the characters of the thread's locale; those of the process's own may be ASCII alone, and
/// other names would be lost.
///
/// `nonisolated(unsafe)`: it is made once, and a locale is only read.
private nonisolated(unsafe) let unicodeLocale = newlocale(Int32(LC_CTYPE_MASK), "C.UTF-8", nil)

/// An archive that libarchive has opened in memory; it keeps the bytes alive.
final class OpenArchive {
  private let handle: OpaquePointer
  private let source: FileBytes
  /// The member that it is at; libarchive's own, until the next one.
  private var entry: OpaquePointer?

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
    entry = nil
    let usual = unicodeLocale.map { uselocale($0) }
    defer { if let usual { uselocale(usual) } }
    let result = archive_read_next_header(handle, &entry)
    if result == ARCHIVE_EOF { return nil }
    guard result == ARCHIVE_OK || result == ARCHIVE_WARN, let entry else { throw failure }
    if let name = archive_entry_pathname_utf8(entry) { return String(cString: name) }
    return archive_entry_pathname(entry).map { String(cString: $0) } ?? "member"
  }

  /// How many bytes the member is said to have, as far as room may be made on somebody's word; 0 where nothing is said.
  private var expectedSize: Int {
    guard let entry, archive_entry_size_is_set(entry) != 0 else { return 0 }
    return min(max(0, Int(archive_entry_size(entry))), 256 << 20)
  }

  /// How many bytes of the archive have been read.
  var bytesRead: Int { Int(archive_filter_bytes(handle, -1)) }

  /// Reads the member that it is at. `take` is told of every piece how many bytes that is, and throws where there is no room
  /// for them.
  func read(as path: String, limit: Int, control: LoadControl, take: (Int) throws -> Void) throws -> FileBytes {
    var collector = ByteCollector(path: path, limit: limit, expected: expectedSize)
    while true {
      try control.check()
      let got = try collector.fill { try read(into: $0) }
      if got == 0 { return collector.finish() }
      try take(got)
    }
  }

  /// Reads some bytes of the member; 0 at its end.
  private func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
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
