import CIsal
import Glibc

/// The content of a gzip file, member after member. What it does not understand, such as something else behind the last
/// member, is left to libarchive; but that does not look at checksums.
final class GzipStream {
  private let source: FileBytes
  private let state: UnsafeMutablePointer<inflate_state>
  private var input: UnsafePointer<UInt8>?
  private var left: Int
  private var isBetweenMembers = true

  /// Bytes that are written at once at most, so that nobody waits long for an answer.
  private static let largestPiece = 4 << 20
  /// Deflate does not make more of a byte (RFC 1951: 258 bytes of two bits).
  private static let largestRatio = 1032

  /// Nil for bytes that are no gzip file.
  init?(_ source: FileBytes) {
    guard source.count > 18, source.bytes(0..<2) == [0x1F, 0x8B], let state = cisal_new() else { return nil }
    self.source = source
    self.state = state
    input = source.base
    left = source.count
  }

  deinit { free(state) }

  /// How many bytes of the file have been read.
  var bytesRead: Int { source.count - left }

  /// How many bytes the file says that it holds; 0 where that cannot be true, as in a file of several members or of 4 GB.
  var expectedSize: Int {
    let size = source.bytes(source.count - 4..<source.count).reversed().reduce(0) { $0 << 8 | Int($1) }
    return size >= source.count && size / GzipStream.largestRatio <= source.count ? size : 0
  }

  /// Reads some bytes; 0 at the end, negative where it does not understand the file.
  ///
  /// - Throws: `LoadError.damagedArchive` where a checksum is wrong.
  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let bytes = target.bindMemory(to: UInt8.self).baseAddress else { return 0 }
    let room = min(target.count, GzipStream.largestPiece)
    while left > 0 || !isBetweenMembers {
      let before = left
      let written = cisal_inflate(state, &input, &left, bytes, room, &isBetweenMembers)
      if written == ISAL_INCORRECT_CHECKSUM {
        throw LoadError.damagedArchive(path: source.path, reason: "cannot be unpacked: its checksum is wrong")
      }
      if written != 0 { return Int(written) }
      if !isBetweenMembers, left == before { return -1 }
    }
    return 0
  }
}
