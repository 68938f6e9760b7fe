import ColumnStore
import Planning
import Synchronization

extension RowSource {
  /// All parts in order, each put through `transform` by whichever worker took it.
  func batches(
    _ context: ExecutionContext, _ transform: @Sendable (Batch) throws -> Batch = { $0 }
  ) throws -> [Batch] {
    if let knownRowCount, knownRowCount >= Int(UInt32.max) { throw ExecutionError.tooManyRows }
    let collected = Mutex<(batches: [(part: Int, batch: Batch)], rowCount: Int)>(([], 0))
    try WorkerPool.shared.run(parts: partCount) { index, _ in
      try context.checkCancellation()
      let batch = try transform(try part(index))
      if batch.count == 0 { return }
      let rowCount = collected.withLock { collected in
        collected.batches.append((index, batch))
        collected.rowCount += batch.count
        return collected.rowCount
      }
      guard rowCount < Int(UInt32.max) else { throw ExecutionError.tooManyRows }
    }
    return collected.withLock { $0.batches.sorted { $0.part < $1.part }.map(\.batch) }
  }

  /// All rows as a table.
  func table(_ fields: [Field], _ context: ExecutionContext) throws -> Table {
    if let knownRowCount, knownRowCount < Int(UInt32.max), let whole = whole() {
      return Table(descriptions: fields.map(\.description), columns: whole.columns, rowCount: whole.count)
    }
    return Table(concatenating: try batches(context), fields)
  }
}

extension Table {
  /// The rows of batches, one after the other.
  init(concatenating batches: [Batch], _ fields: [Field]) {
    self.init(
      descriptions: fields.map(\.description),
      columns: fields.indices.map { column in
        Column.concatenated(batches.map { $0.columns[column] }, type: fields[column].type)
      }, rowCount: batches.reduce(0) { $0 + $1.count })
  }
}
