import ColumnStore
import Planning
import Synchronization

extension RowSource {
  /// All parts in order, each put through `transform` by whichever worker took it.
  func batches(
    _ context: ExecutionContext, _ transform: @Sendable (Batch) throws -> Batch = { $0 }
  ) throws -> [Batch] {
    let batches = Mutex<[Batch?]>(Array(repeating: nil, count: partCount))
    try WorkerPool.shared.run(parts: partCount) { index, _ in
      try context.checkCancellation()
      let batch = try transform(try part(index))
      batches.withLock { $0[index] = batch }
    }
    return batches.withLock { $0.compactMap { $0 } }
  }

  /// All rows as a table.
  func table(_ fields: [Field], _ context: ExecutionContext) throws -> Table {
    Table(concatenating: try batches(context), fields)
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
