import ColumnStore
import Planning
import Synchronization

/// The rows of a query's shared plans, by number: each is run when first asked for.
///
/// Operators are put together by one thread, so that no plan is run twice; workers only read finished tables.
final class SharedTables: Sendable {
  private let tables = Mutex<[Int: Table]>([:])

  func table(_ number: Int, make: () throws -> Table) rethrows -> Table {
    if let known = tables.withLock({ $0[number] }) { return known }
    let made = try make()
    tables.withLock { $0[number] = made }
    return made
  }
}

extension Table {
  /// The same rows under the names of other fields.
  func described(_ fields: [Field]) -> Table {
    Table(descriptions: fields.map(\.description), columns: columns, rowCount: rowCount)
  }
}
