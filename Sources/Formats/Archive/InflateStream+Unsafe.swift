import CIsal
import Glibc

/// The content of a gzip file, stream after stream, or of deflated bytes. What it does not understand, such as something else
/// behind the last stream, is left to libarchive; but that does not look at the checksums of gzip.
final class InflateStream {
  private let source: FileBytes
  private let isGzip: Bool
  private let state: UnsafeMutablePointer<inflate_state>
  private var input: UnsafePointer<UInt8>?
  private let end: Int
  private var left: Int
  private var hasEnded = false
  /// The CRC-32 of what has been read.
  private(set) var checksum: UInt32 = 0

  /// Bytes that are written at once at most, so that nobody waits long for an answer.
  private static let largestPiece = 4 << 20
  /// Deflate does not make more of a byte (RFC 1951: 258 bytes of two bits).
  private static let largestRatio = 1032

  /// Nil for bytes that are no gzip file.
  convenience init?(gzip source: FileBytes) {
    guard source.count > 18, source.bytes(0..<2) == [0x1F, 0x8B] else { return nil }
    self.init(source, 0..<source.count, isGzip: true)
  }

  /// Deflated bytes in a range of others.
  convenience init?(deflated range: Range<Int>, of source: FileBytes) { self.init(source, range, isGzip: false) }

  private init?(_ source: FileBytes, _ range: Range<Int>, isGzip: Bool) {
    precondition(range.lowerBound >= 0 && range.upperBound <= source.count)
    guard let state = cisal_new(isGzip) else { return nil }
    self.source = source
    self.isGzip = isGzip
    self.state = state
    input = source.base + range.lowerBound
    end = range.upperBound
    left = range.count
  }

  deinit { free(state) }

  /// Up to where its source has been read.
  var position: Int { end - left }

  /// How many bytes a gzip file says that it holds; 0 where that cannot be true, as for one of several streams or of 4 GB.
  var expectedSize: Int {
    let size = source.bytes(source.count - 4..<source.count).reversed().reduce(0) { $0 << 8 | Int($1) }
    return size >= source.count && InflateStream.canHold(size, in: source.count) ? size : 0
  }

  /// Whether so many bytes can have been deflated to `count`.
  static func canHold(_ size: Int, in count: Int) -> Bool { size / largestRatio <= count }

  /// Reads some bytes; 0 at the end, negative where it does not understand them.
  ///
  /// - Throws: `LoadError.damagedArchive` where a checksum of gzip is wrong.
  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let bytes = target.bindMemory(to: UInt8.self).baseAddress else { return 0 }
    let room = min(target.count, InflateStream.largestPiece)
    while !hasEnded || isGzip && left > 0 {
      let before = left
      let written = cisal_inflate(state, &input, &left, bytes, room, &hasEnded)
      if written == ISAL_INCORRECT_CHECKSUM {
        throw LoadError.damagedArchive(path: source.path, reason: "cannot be unpacked: its checksum is wrong")
      }
      if !isGzip, written > 0 { checksum = crc32_gzip_refl(checksum, bytes, UInt64(written)) }
      if written != 0 { return Int(written) }
      if !hasEnded, left == before { return -1 }
    }
    return 0
  }
}
