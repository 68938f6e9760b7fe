import ColumnStore

extension Table {
  /// The mapped files that texts of the table are read from. A file that is cut or rewritten takes these texts with it:
  /// see `MappedFile.hasChanged`.
  public var mappedFiles: [MappedFile] {
    var found: [ObjectIdentifier: MappedFile] = [:]
    for column in columns {
      for block in column.data.heap?.blocks ?? [] {
        guard let file = block.memory.mappedFile else { continue }
        found[ObjectIdentifier(file)] = file
      }
    }
    return found.values.sorted { $0.path < $1.path }
  }
}

extension Memory {
  fileprivate var mappedFile: MappedFile? { owner as? MappedFile }
}

extension ColumnData {
  /// What long texts of the column lie in.
  fileprivate var heap: TextHeap? {
    switch self {
    case .views(_, let heap): heap
    case .codes8(_, let dictionary), .codes16(_, let dictionary), .codes32(_, let dictionary): dictionary.heap
    case .lists(let lists): lists.items.data.heap
    default: nil
    }
  }
}
