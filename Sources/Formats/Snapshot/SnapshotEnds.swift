/// The first and last bytes of a snapshot.
enum SnapshotEnds {
  static let headerSize = 64
  static let footerSize = 40

  /// Bytes that no text begins with; the line ends tell of a transfer that changed them, as in PNG.
  private static let magic: [UInt8] = [0x89] + Array("NBS\r\n".utf8) + [0x1A, 0x0A]
  private static let endMagic = Array("NBS-END\n".utf8)
  /// U+FEFF as the machine keeps it.
  private static let byteOrder: [UInt8] = UInt16(1).littleEndian == 1 ? [0xFF, 0xFE] : [0xFE, 0xFF]

  static var header: [UInt8] {
    var encoder = DirectoryEncoder()
    encoder.put(UInt32(SnapshotDirectory.version))
    let bytes = magic + encoder.bytes + byteOrder
    return bytes + [UInt8](repeating: 0, count: headerSize - bytes.count)
  }

  /// The end of a file whose directory was written at an offset.
  static func footer(directory: [UInt8], at offset: Int) -> [UInt8] {
    var encoder = DirectoryEncoder()
    encoder.put(offset)
    encoder.put(directory.count)
    encoder.put(offset + directory.count + footerSize)
    encoder.put(checksum(directory))
    return encoder.bytes + endMagic
  }

  /// Checks the header of a file: what it is at all.
  static func check(header: [UInt8]) throws(SnapshotFault) {
    guard header.starts(with: magic) else { throw .notOne }
    guard header.count == headerSize else { throw .cut }
    var decoder = DirectoryDecoder(Array(header[magic.count...]), blocks: 0..<0)
    let version: UInt32 = try decoder.number()
    guard version == SnapshotDirectory.version else { throw .otherVersion(Int(version)) }
    let order = Array(header[magic.count + 4..<magic.count + 6])
    guard order == byteOrder else { throw order == byteOrder.reversed() ? .otherByteOrder : .damaged(part: nil) }
  }

  /// The range of the directory in a file of so many bytes, and its checksum.
  static func directory(footer: [UInt8], fileSize: Int) throws(SnapshotFault) -> (range: Range<Int>, checksum: UInt64) {
    guard footer.count == footerSize, footer.suffix(endMagic.count) == endMagic[...] else { throw .cut }
    var decoder = DirectoryDecoder(footer, blocks: 0..<0)
    let offset: Int = try decoder.number()
    let byteCount: Int = try decoder.number()
    let size: Int = try decoder.number()
    let checksum: UInt64 = try decoder.number()
    guard size == fileSize, offset >= headerSize, offset <= fileSize - footerSize,
      byteCount == fileSize - footerSize - offset
    else { throw .damaged(part: nil) }
    return (offset..<offset + byteCount, checksum)
  }
}
