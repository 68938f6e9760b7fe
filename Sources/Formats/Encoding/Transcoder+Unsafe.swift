import Glibc

/// Text of other encodings made UTF-8 by the C library's iconv, and damaged UTF-8 mended.
enum Transcoder {
  /// Text as UTF-8, with the offsets of the replacement characters (U+FFFD) that stand for bytes that were no text.
  struct Result {
    var bytes: FileBytes
    var badOffsets: [Int]
  }

  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  static func canRead(_ name: String) -> Bool { open(name) { _ in true } ?? false }

  private static func open<Value>(_ name: String, _ body: (iconv_t) throws -> Value) rethrows -> Value? {
    // A slash would be an option to iconv, such as "//TRANSLIT", which would lose text silently.
    guard !name.isEmpty, !name.contains("/"), !name.utf8.contains(0) else { return nil }
    guard let converter = iconv_open("UTF-8", TextEncoding.canonical(name)), Int(bitPattern: converter) != -1 else {
      return nil
    }
    defer { iconv_close(converter) }
    return try body(converter)
  }

  /// Converts the bytes from `start` on.
  ///
  /// - Throws: `LoadError.unknownEncoding`, `.tooLarge`, `.cancelled`.
  static func decode(
    _ source: FileBytes, from start: Int, encoding: String, limit: Int = FileBytes.memoryLimit,
    control: LoadControl = LoadControl()
  ) throws -> Result {
    // The unit that is given up on when it cannot be read.
    let unit = TextEncoding.canonical(encoding).hasPrefix("utf-16") ? 2 : 1
    let result = try open(encoding) { converter -> Result in
      var collector = ByteCollector(path: source.path, limit: limit, expected: source.count - start)
      var bad: [Int] = []
      var input: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
        mutating: UnsafeRawPointer(source.base + start).assumingMemoryBound(to: CChar.self))
      var left = source.count - start
      while left > 0 {
        try control.check()
        // A step at a time, so that a cancelled load stops soon.
        var step = min(left, 1 << 20)
        let before = step
        var failure: Int32 = 0
        _ = try collector.fill { free in
          var output: UnsafeMutablePointer<CChar>? = free.baseAddress?.assumingMemoryBound(to: CChar.self)
          var room = free.count
          if iconv(converter, &input, &step, &output, &room) == -1 { failure = errno }
          return free.count - room
        }
        left -= before - step
        if failure == EILSEQ || (failure == EINVAL && left == step) {
          bad.append(collector.count)
          _ = try collector.fill { free in
            for (index, byte) in replacement.enumerated() where index < free.count { free[index] = byte }
            return replacement.count
          }
          let skipped = min(unit, left)
          input = input.map { $0 + skipped }
          left -= skipped
        }
      }
      return Result(bytes: collector.finish(), badOffsets: bad)
    }
    guard let result else {
      throw LoadError.unknownEncoding(name: encoding, nearest: TextEncoding.nearestNames(to: encoding))
    }
    return result
  }

  /// A copy from `start` on in which every byte that is not UTF-8 is a replacement character.
  static func mend(_ source: FileBytes, from start: Int, limit: Int = FileBytes.memoryLimit) throws -> Result {
    var collector = ByteCollector(path: source.path, limit: limit, expected: source.count - start)
    var bad: [Int] = []
    var position = start
    while position < source.count {
      var end = position
      var length = 1
      while end < source.count, end - position < 1 << 20 {
        length = utf8Length(source.base, end, source.count)
        if length == 0 { break }
        end += length
      }
      while position < end {
        let written = try collector.fill { free in
          let part = min(free.count, end - position)
          free.copyMemory(from: UnsafeRawBufferPointer(start: source.base + position, count: part))
          return part
        }
        position += written
      }
      guard length == 0 else { continue }
      bad.append(collector.count)
      _ = try collector.fill { free in
        free.copyBytes(from: replacement)
        return replacement.count
      }
      position += 1
    }
    return Result(bytes: collector.finish(), badOffsets: bad)
  }
}
