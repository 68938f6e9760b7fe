import ColumnStore

/// Reads what `DirectoryEncoder` wrote, and takes nothing on trust: whatever the bytes say, what comes out describes
/// columns that fit their tables, and blocks that lie in the file and are as long as their columns need.
struct DirectoryDecoder {
  private let bytes: [UInt8]
  private var position = 0
  /// Where the blocks lie.
  private let blocks: Range<Int>
  private var dictionaryCount = 0

  /// The most rows of a table, and the most items of all lists of a column: rows are numbered in 32 bits.
  private static let rowLimit = Int(UInt32.max) - 1
  /// The deepest type: lists of lists.
  private static let depthLimit = 200
  /// Larger than any number of lines, and small enough to be added up.
  private static let lineLimit = 1 << 48

  /// A decoder of a directory whose blocks lie in a range of the file.
  init(_ bytes: [UInt8], blocks: Range<Int>) {
    self.bytes = bytes
    self.blocks = blocks
  }

  private static let damage = SnapshotFault.damaged(part: nil)

  /// The directory, which takes up all bytes.
  mutating func directory() throws(SnapshotFault) -> SnapshotDirectory {
    var directory = SnapshotDirectory(savedAt: try number(), savedBy: try text())
    for _ in 0..<(try count()) {
      let count = try rowCount()
      let dictionary = SavedDictionary(
        count: count, isSorted: try flag(), views: try block(of: count * 16), texts: try block())
      directory.dictionaries.append(dictionary)
    }
    dictionaryCount = directory.dictionaries.count
    var names: Set<String> = []
    for _ in 0..<(try count()) {
      let table = try table()
      guard names.insert(table.name.lowercased()).inserted else { throw Self.damage }
      directory.tables.append(table)
    }
    guard position == bytes.count else { throw Self.damage }
    return directory
  }

  // MARK: Parts

  private mutating func byte() throws(SnapshotFault) -> UInt8 {
    guard position < bytes.count else { throw Self.damage }
    position += 1
    return bytes[position - 1]
  }

  mutating func number<Number: FixedWidthInteger>() throws(SnapshotFault) -> Number {
    var result: Number = 0
    for index in 0..<(Number.bitWidth / 8) { result |= Number(truncatingIfNeeded: try byte()) << Number(index * 8) }
    return result
  }

  private mutating func flag() throws(SnapshotFault) -> Bool {
    switch try byte() {
    case 0: false
    case 1: true
    default: throw Self.damage
    }
  }

  /// How many things follow, each of at least a byte.
  private mutating func count() throws(SnapshotFault) -> Int {
    let count: Int = try number()
    guard count >= 0, count <= bytes.count - position else { throw Self.damage }
    return count
  }

  private mutating func text() throws(SnapshotFault) -> String {
    let count = try count()
    guard let text = String(validating: bytes[position..<position + count], as: UTF8.self) else { throw Self.damage }
    position += count
    return text
  }

  private mutating func rowCount() throws(SnapshotFault) -> Int {
    let count: Int = try number()
    guard count >= 0, count <= Self.rowLimit else { throw Self.damage }
    return count
  }

  /// A block of a length, or of any.
  private mutating func block(of wanted: Int? = nil) throws(SnapshotFault) -> SavedBlock {
    let offset: Int = try number()
    let byteCount: Int = try number()
    guard blocks.lowerBound <= offset, offset <= blocks.upperBound, offset % SavedBlock.alignment == 0, byteCount >= 0,
      byteCount <= blocks.upperBound - offset, wanted == nil || wanted == byteCount
    else { throw Self.damage }
    var block = SavedBlock(offset: offset, byteCount: byteCount, checksums: [])
    for _ in 0..<SavedBlock.checksumCount(byteCount) { block.checksums.append(try number()) }
    return block
  }

  private mutating func table() throws(SnapshotFault) -> SavedTable {
    let name = try text()
    let note = try text()
    let rowCount = try rowCount()
    var descriptions: [ColumnDescription] = []
    for _ in 0..<(try count()) {
      descriptions.append(
        ColumnDescription(name: try text(), type: .boolean, note: try text(), display: try display()))
    }
    var columns: [SavedColumn] = []
    for index in descriptions.indices {
      let column = try column()
      guard column.count == rowCount else { throw Self.damage }
      descriptions[index].type = column.type
      columns.append(column)
    }
    let origin = try flag() ? try origin(rowCount: rowCount) : nil
    // Rows without columns take no place, so there could be any number of them.
    guard !name.isEmpty, !columns.isEmpty || rowCount == 0 else { throw Self.damage }
    return SavedTable(
      name: name, note: note, rowCount: rowCount, descriptions: descriptions, columns: columns, origin: origin)
  }

  private mutating func display() throws(SnapshotFault) -> ColumnDisplay {
    switch try byte() {
    case 0: return .plain
    case 1: return .percent
    case 2:
      var names: [String] = []
      for _ in 0..<(try count()) { names.append(try text()) }
      return .share(within: names)
    case 3: return .leastPercent
    case 4: return .mostPercent
    case 5: return .share(within: nil)
    case 6: return .amount
    case 7: return .distribution
    default: throw Self.damage
    }
  }

  private mutating func column(depth: Int = 0) throws(SnapshotFault) -> SavedColumn {
    let type = try type()
    guard depth < Self.depthLimit, let form = SavedColumn.Form(rawValue: try byte()), form.fits(type) else {
      throw Self.damage
    }
    let count = try rowCount()
    var column = SavedColumn(
      type: type, form: form, count: count, values: SavedBlock(offset: 0, byteCount: 0, checksums: []))
    guard let byteCount = column.valuesByteCount else { throw Self.damage }
    column.values = try block(of: byteCount)
    if try flag() { column.validity = try block(of: Bitmap.wordCount(count) * 8) }
    switch form {
    case .codes8, .codes16, .codes32:
      let dictionary: Int = try number()
      guard dictionary >= 0, dictionary < dictionaryCount else { throw Self.damage }
      column.dictionary = dictionary
    case .views: column.texts = try block()
    case .lists:
      let items = try self.column(depth: depth + 1)
      guard items.type == type.element else { throw Self.damage }
      column.items = [items]
    default: break
    }
    return column
  }

  private mutating func type(depth: Int = 0) throws(SnapshotFault) -> DataType {
    switch try byte() {
    case 0: return .boolean
    case 1: return .integer
    case 2: return .double
    case 3:
      let precision = Int(try byte())
      let scale = Int(try byte())
      guard (1...Decimal.precisionLimit).contains(precision), scale <= precision else { throw Self.damage }
      return .decimal(precision: precision, scale: scale)
    case 4: return .text
    case 5: return .date
    case 6: return .time
    case 7: return .timestamp
    case 8: return .interval
    case 10: return .count
    case 9 where depth < Self.depthLimit: return .list(try type(depth: depth + 1))
    default: throw Self.damage
    }
  }

  private mutating func origin(rowCount: Int) throws(SnapshotFault) -> RowOrigin {
    var parts: [RowOrigin.Part] = []
    var firstRow = 0
    for _ in 0..<(try count()) {
      var part = RowOrigin.Part(
        file: try text(), firstRow: firstRow, rowCount: try self.rowCount(), firstLine: try lineCount())
      var before = (row: 0, extraLines: 0)
      for _ in 0..<(try count()) {
        let jump = (row: try self.rowCount(), extraLines: try lineCount())
        guard jump.row >= before.row, jump.row <= part.rowCount, jump.extraLines >= before.extraLines else {
          throw Self.damage
        }
        part.jumps.append(jump)
        before = jump
      }
      firstRow += part.rowCount
      guard firstRow <= rowCount else { throw Self.damage }
      parts.append(part)
    }
    guard firstRow == rowCount else { throw Self.damage }
    return RowOrigin(parts: parts)
  }

  private mutating func lineCount() throws(SnapshotFault) -> Int {
    let count: Int = try number()
    guard count >= 0, count <= Self.lineLimit else { throw Self.damage }
    return count
  }
}
