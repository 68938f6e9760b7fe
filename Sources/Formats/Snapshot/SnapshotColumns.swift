import ColumnStore
import Synchronization

/// The columns of one table of a snapshot.
final class SnapshotColumns: ColumnSource {
  private let path: String
  let file: FileBytes
  let table: SavedTable
  private let reader: ColumnReader
  private let state: Mutex<(known: [Int: Column], damaged: Int?)> = Mutex(([:], nil))

  init(path: String, file: FileBytes, table: SavedTable, reader: ColumnReader) {
    self.path = path
    self.file = file
    self.table = table
    self.reader = reader
  }

  func column(_ index: Int) -> Column {
    if let known = state.withLock({ $0.known[index] }) { return known }
    let saved = table.columns[index]
    let column = try? reader.column(saved)
    return state.withLock { state in
      if let first = state.known[index] { return first }
      let made = column ?? .nulls(type: saved.type, count: saved.count)
      state.known[index] = made
      if column == nil { state.damaged = index }
      return made
    }
  }

  var fetched: [Column] { state.withLock { Array($0.known.values) } }

  var problem: (any Error)? {
    guard let index = state.withLock({ $0.damaged }) else { return nil }
    let part = "the column `\(table.descriptions[index].name)` of \(table.name)"
    return LoadError.wrongSnapshot(path: path, fault: .damaged(part: part))
  }
}
