import ColumnStore

/// Turns a directory into bytes: numbers of fixed width, texts and lists behind their length. `DirectoryDecoder` reads the
/// same in the same order.
struct DirectoryEncoder {
  private(set) var bytes: [UInt8] = []

  init() {}

  init(_ directory: SnapshotDirectory) {
    put(directory.savedAt)
    put(directory.savedBy)
    put(directory.dictionaries) { encoder, dictionary in
      encoder.put(dictionary.count)
      encoder.put(dictionary.isSorted)
      encoder.put(dictionary.views)
      encoder.put(dictionary.texts)
    }
    put(directory.tables) { $0.put($1) }
  }

  mutating func put(_ number: some FixedWidthInteger) {
    var rest = number
    for _ in 0..<(number.bitWidth / 8) {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  mutating func put(_ flag: Bool) { put(UInt8(flag ? 1 : 0)) }

  mutating func put(_ text: String) {
    put(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func put<Item>(_ items: [Item], _ put: (inout DirectoryEncoder, Item) -> Void) {
    self.put(items.count)
    for item in items { put(&self, item) }
  }

  private mutating func put<Item>(_ item: Item?, _ put: (inout DirectoryEncoder, Item) -> Void) {
    self.put(item != nil)
    if let item { put(&self, item) }
  }

  private mutating func put(_ block: SavedBlock) {
    put(block.offset)
    put(block.byteCount)
    for checksum in block.checksums { put(checksum) }
  }

  private mutating func put(_ table: SavedTable) {
    put(table.name)
    put(table.note)
    put(table.rowCount)
    put(table.descriptions) { encoder, description in
      encoder.put(description.name)
      encoder.put(description.note)
      encoder.put(description.display)
    }
    for column in table.columns { put(column) }
    put(table.origin?.parts) { encoder, parts in encoder.put(parts) { $0.put($1) } }
  }

  private mutating func put(_ display: ColumnDisplay) {
    switch display {
    case .plain: put(UInt8(0))
    case .percent: put(UInt8(1))
    case .share(let names?):
      put(UInt8(2))
      put(names) { $0.put($1) }
    case .leastPercent: put(UInt8(3))
    case .mostPercent: put(UInt8(4))
    case .share(within: nil): put(UInt8(5))
    case .amount: put(UInt8(6))
    case .distribution: put(UInt8(7))
    }
  }

  private mutating func put(_ column: SavedColumn) {
    put(column.type)
    put(column.form.rawValue)
    put(column.count)
    put(column.values)
    put(column.validity) { $0.put($1) }
    if let dictionary = column.dictionary { put(dictionary) }
    if let texts = column.texts { put(texts) }
    if let items = column.items.first { put(items) }
  }

  private mutating func put(_ type: DataType) {
    switch type {
    case .boolean: put(UInt8(0))
    case .integer: put(UInt8(1))
    case .double: put(UInt8(2))
    case .decimal(let precision, let scale):
      put(UInt8(3))
      put(UInt8(truncatingIfNeeded: precision))
      put(UInt8(truncatingIfNeeded: scale))
    case .text: put(UInt8(4))
    case .date: put(UInt8(5))
    case .time: put(UInt8(6))
    case .timestamp: put(UInt8(7))
    case .interval: put(UInt8(8))
    case .list(let element):
      put(UInt8(9))
      put(element)
    case .count: put(UInt8(10))
    }
  }

  private mutating func put(_ part: RowOrigin.Part) {
    put(part.file)
    put(part.rowCount)
    put(part.firstLine)
    put(part.jumps) { encoder, jump in
      encoder.put(jump.row)
      encoder.put(jump.extraLines)
    }
  }
}
