import ColumnStore

extension Table {
  /// The mapped files that values of the table are read from. A file that is cut or rewritten takes these values with it:
  /// see `MappedFile.hasChanged`.
  public var mappedFiles: [MappedFile] { mappedFiles(of: Array(columns.indices)) }

  /// The mapped files that values of some of its columns are read from.
  public func mappedFiles(of columns: [Int]) -> [MappedFile] {
    if let source = self.columns.source as? SnapshotColumns { return source.file.mapping.map { [$0] } ?? [] }
    // What lies in a database is not fetched for this, and lies in no file.
    guard self.columns.isCheap else { return [] }
    var found: [ObjectIdentifier: MappedFile] = [:]
    for index in columns {
      for memory in self.columns[index].memories {
        guard let file = memory.owner as? MappedFile else { continue }
        found[ObjectIdentifier(file)] = file
      }
    }
    return found.values.sorted { $0.path < $1.path }
  }
}

extension Column {
  /// What the values lie in.
  fileprivate var memories: [Memory] { data.memories + (validity.map { [$0.words.memory] } ?? []) }
}

extension ColumnData {
  fileprivate var memories: [Memory] {
    switch self {
    case .boolean(let bits): [bits.words.memory]
    case .integer8(let values): [values.memory]
    case .integer16(let values): [values.memory]
    case .integer32(let values): [values.memory]
    case .integer64(let values), .decimal64(let values), .time(let values), .timestamp(let values): [values.memory]
    case .double(let values): [values.memory]
    case .decimal128(let values): [values.memory]
    case .date(let values): [values.memory]
    case .interval(let values): [values.memory]
    case .counts(let values): [values.memory]
    case .codes8(let codes, let dictionary): [codes.memory] + dictionary.heap.memories
    case .codes16(let codes, let dictionary): [codes.memory] + dictionary.heap.memories
    case .codes32(let codes, let dictionary): [codes.memory] + dictionary.heap.memories
    case .views(let views, let heap): [views.memory] + heap.memories
    case .lists(let lists): lists.items.memories
    }
  }
}

extension TextHeap {
  fileprivate var memories: [Memory] { blocks.map(\.memory) }
}
