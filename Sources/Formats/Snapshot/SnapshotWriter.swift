import ColumnStore

/// Writes tables as a snapshot: see `SnapshotDirectory`.
struct SnapshotWriter {
  private let out: BlockWriter
  private var directory: SnapshotDirectory
  private var dictionaryNumbers: [ObjectIdentifier: Int] = [:]

  /// A writer to a sink that nothing has been written to.
  init(_ sink: any ByteSink, savedBy: String, savedAt: Int64) {
    out = BlockWriter(sink)
    directory = SnapshotDirectory(savedAt: savedAt, savedBy: savedBy)
  }

  /// Writes the whole file.
  mutating func write(_ tables: [(name: String, table: Table)]) throws {
    try out.write(SnapshotEnds.header)
    for (name, table) in tables {
      let columns = try table.columns.map { try write($0) }
      directory.tables.append(
        SavedTable(
          name: name, note: table.note, rowCount: columns.isEmpty ? 0 : table.rowCount,
          descriptions: table.descriptions, columns: columns, origin: columns.isEmpty ? nil : table.origin))
    }
    let bytes = DirectoryEncoder(directory).bytes
    let start = out.position
    try out.write(bytes)
    try out.write(SnapshotEnds.footer(directory: bytes, at: start))
  }

  private mutating func write(_ column: Column) throws -> SavedColumn {
    let validity = try column.validity.map { try out.block($0) }
    func saved(_ form: SavedColumn.Form, _ values: SavedBlock) -> SavedColumn {
      SavedColumn(type: column.type, form: form, count: column.count, values: values, validity: validity)
    }
    switch column.data {
    case .boolean(let bits): return saved(.boolean, try out.block(bits))
    case .integer8(let values): return saved(.integer8, try out.block(values))
    case .integer16(let values): return saved(.integer16, try out.block(values))
    case .integer32(let values): return saved(.integer32, try out.block(values))
    case .integer64(let values): return saved(.integer64, try out.block(values))
    case .double(let values): return saved(.double, try out.block(values))
    case .decimal64(let values): return saved(.decimal64, try out.block(values))
    case .decimal128(let values): return saved(.decimal128, try out.block(values))
    case .date(let values): return saved(.date, try out.block(values))
    case .time(let values): return saved(.time, try out.block(values))
    case .timestamp(let values): return saved(.timestamp, try out.block(values))
    case .interval(let values): return saved(.interval, try out.block(values))
    case .counts(let values): return saved(.counts, try out.block(values))
    case .codes8(let codes, let dictionary): return try write(dictionary, of: saved(.codes8, try out.block(codes)))
    case .codes16(let codes, let dictionary): return try write(dictionary, of: saved(.codes16, try out.block(codes)))
    case .codes32(let codes, let dictionary): return try write(dictionary, of: saved(.codes32, try out.block(codes)))
    case .views(let views, let heap):
      let blocks = try out.blocks(views, heap, validity: column.validity)
      var result = saved(.views, blocks.views)
      result.texts = blocks.texts
      return result
    case .lists(let lists):
      // A slice of lists has the items of all others too.
      let (first, last) = (lists.offsets[0], lists.offsets[lists.count])
      let offsets = first == 0 ? lists.offsets : Buffer(lists.offsets.map { $0 - first })
      var result = saved(.lists, try out.block(offsets))
      result.items = [try write(lists.items.slice(Int(first)..<Int(last)))]
      return result
    }
  }

  /// The column with the number of its dictionary, which is written where it is met first.
  private mutating func write(_ dictionary: TextDictionary, of column: SavedColumn) throws -> SavedColumn {
    var column = column
    if let known = dictionaryNumbers[ObjectIdentifier(dictionary)] {
      column.dictionary = known
      return column
    }
    let blocks = try out.blocks(dictionary.views, dictionary.heap, validity: nil)
    column.dictionary = directory.dictionaries.count
    dictionaryNumbers[ObjectIdentifier(dictionary)] = directory.dictionaries.count
    directory.dictionaries.append(
      SavedDictionary(
        count: dictionary.count, isSorted: dictionary.isSorted, views: blocks.views, texts: blocks.texts))
    return column
  }
}
