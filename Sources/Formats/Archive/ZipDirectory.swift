/// Where the deflated members of a zip file lie, by their names (PKWARE's APPNOTE.TXT 6.3). What is not as it usually is has
/// no place here and is left to libarchive: encrypted members, other ways to pack, names that occur twice, zip files behind
/// other bytes.
///
/// Nothing here is believed: whoever reads a member holds its size and checksum against what came out.
struct ZipDirectory: Sendable {
  /// A deflated member.
  struct Entry: Sendable {
    let size: Int
    let checksum: UInt32
    /// Where the deflated bytes lie in the file.
    let range: Range<Int>
  }

  private var entries: [[UInt8]: Entry?] = [:]

  /// The member of a name; nil for one that is left to libarchive.
  func entry(_ name: String) -> Entry? { entries[Array(name.utf8)] ?? nil }

  /// The directory of a zip file, empty if it is none.
  init(_ bytes: FileBytes) {
    guard let end = ZipDirectory.end(of: bytes), var place = end.numbers(bytes) else { return }
    for _ in 0..<place.count {
      guard let record = Record(bytes, at: place.start) else { return }
      // The name that two members have tells neither.
      entries[record.name] = entries[record.name] == nil ? record.entry(in: bytes) : .some(nil)
      place.start = record.end
    }
  }

  /// The record that ends a zip file: 22 bytes, of which the last two are the length of a comment.
  private struct End {
    let offset: Int

    /// How many members there are, and where their records begin.
    func numbers(_ bytes: FileBytes) -> (count: Int, start: Int)? {
      guard let count = bytes.number(offset + 10, 2), let start = bytes.number(offset + 16, 4) else { return nil }
      if count < 0xFFFF, start < 0xFFFF_FFFF { return (count, start) }
      // Zip64: a locator of 20 bytes before it tells where the wider numbers are.
      guard bytes.number(offset - 20, 4) == 0x0706_4B50, let wide = bytes.number(offset - 12, 8),
        bytes.number(wide, 4) == 0x0606_4B50, let count = bytes.number(wide + 32, 8),
        let start = bytes.number(wide + 48, 8), count <= bytes.count / 46
      else { return nil }
      return (count, start)
    }
  }

  private static func end(of bytes: FileBytes) -> End? {
    var offset = bytes.count - 22
    while offset >= max(0, bytes.count - 22 - 0xFFFF) {
      if bytes.number(offset, 4) == 0x0605_4B50, bytes.number(offset + 20, 2) == bytes.count - offset - 22 {
        return End(offset: offset)
      }
      offset -= 1
    }
    return nil
  }

  /// What the directory says of a member: 46 bytes, the name, further fields and a comment.
  private struct Record {
    let name: [UInt8]
    /// Behind the record.
    let end: Int
    private let isPlain: Bool
    private let checksum: UInt32
    private var size: Int
    private var packedSize: Int
    private var header: Int

    init?(_ bytes: FileBytes, at start: Int) {
      guard bytes.number(start, 4) == 0x0201_4B50, let flags = bytes.number(start + 8, 2),
        let method = bytes.number(start + 10, 2), let checksum = bytes.number(start + 16, 4),
        let packedSize = bytes.number(start + 20, 4), let size = bytes.number(start + 24, 4),
        let nameLength = bytes.number(start + 28, 2), let fieldsLength = bytes.number(start + 30, 2),
        let commentLength = bytes.number(start + 32, 2), let header = bytes.number(start + 42, 4),
        start + 46 + nameLength + fieldsLength + commentLength <= bytes.count
      else { return nil }
      name = bytes.bytes(start + 46..<start + 46 + nameLength)
      end = start + 46 + nameLength + fieldsLength + commentLength
      // Deflated, and not encrypted in one way or another.
      isPlain = method == 8 && flags & 0x2041 == 0
      self.checksum = UInt32(checksum)
      (self.size, self.packedSize, self.header) = (size, packedSize, header)
      var field = start + 46 + nameLength
      while field + 4 <= start + 46 + nameLength + fieldsLength {
        guard let kind = bytes.number(field, 2), let length = bytes.number(field + 2, 2) else { return nil }
        if kind == 1 { takeWide(bytes, field + 4) }
        field += 4 + length
      }
    }

    /// Zip64: the numbers that had no room in 32 bits, one after the other.
    private mutating func takeWide(_ bytes: FileBytes, _ start: Int) {
      var place = start
      for number in [\Self.size, \Self.packedSize, \Self.header] where self[keyPath: number] == 0xFFFF_FFFF {
        self[keyPath: number] = bytes.number(place, 8) ?? -1
        place += 8
      }
    }

    /// Where its bytes lie: behind a header of 30 bytes with the name and further fields once more.
    func entry(in bytes: FileBytes) -> Entry? {
      guard isPlain, bytes.number(header, 4) == 0x0403_4B50, let nameLength = bytes.number(header + 26, 2),
        let fieldsLength = bytes.number(header + 28, 2), packedSize >= 0, size >= 0
      else { return nil }
      let start = header + 30 + nameLength + fieldsLength
      guard start <= bytes.count, packedSize <= bytes.count - start, InflateStream.canHold(size, in: packedSize)
      else { return nil }
      return Entry(size: size, checksum: checksum, range: start..<start + packedSize)
    }
  }
}

extension FileBytes {
  /// A number of so many bytes, the lowest first; nil where it is not in the file, or beyond `Int`.
  fileprivate func number(_ offset: Int, _ length: Int) -> Int? {
    guard offset >= 0, offset <= count - length else { return nil }
    return Int(exactly: bytes(offset..<offset + length).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}
