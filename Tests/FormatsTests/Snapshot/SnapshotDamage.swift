@testable import Formats

/// What somebody can make of a snapshot who knows the format.
enum SnapshotDamage {
  /// The snapshot with all checksums made right again.
  static func signed(_ bytes: [UInt8]) throws -> [UInt8] {
    let footer = Array(bytes.suffix(SnapshotEnds.footerSize))
    let range = try SnapshotEnds.directory(footer: footer, fileSize: bytes.count).range
    var decoder = DirectoryDecoder(Array(bytes[range]), blocks: SnapshotEnds.headerSize..<range.lowerBound)
    var directory = try decoder.directory()
    func sign(_ block: inout SavedBlock) {
      for part in block.checksums.indices {
        let start = block.offset + part * SavedBlock.checkedSize
        let end = min(start + SavedBlock.checkedSize, block.offset + block.byteCount)
        block.checksums[part] = checksum(Array(bytes[start..<end]))
      }
    }
    func sign(_ column: inout SavedColumn) {
      sign(&column.values)
      column.validity = column.validity.map { block in
        var block = block
        sign(&block)
        return block
      }
      column.texts = column.texts.map { block in
        var block = block
        sign(&block)
        return block
      }
      for index in column.items.indices { sign(&column.items[index]) }
    }
    for index in directory.dictionaries.indices {
      sign(&directory.dictionaries[index].views)
      sign(&directory.dictionaries[index].texts)
    }
    for table in directory.tables.indices {
      for column in directory.tables[table].columns.indices { sign(&directory.tables[table].columns[column]) }
    }
    let encoded = DirectoryEncoder(directory).bytes
    return bytes[..<range.lowerBound] + encoded + SnapshotEnds.footer(directory: encoded, at: range.lowerBound)
  }
}
