import ColumnStore
import Language

/// What the rows of a table must be, and what stands where an `insert` gives no value.
struct TableRules {
  /// Columns that are never NULL.
  var notNull: Set<Int> = []
  /// The value of a column that gets none; NULL where nothing is said.
  var defaults: [Int: Value] = [:]
  /// Keys of which no two rows have the same.
  var uniques: [UniqueKey] = []
  /// Conditions that are never false.
  var checks: [Check] = []
  /// The indexes that were asked for. Nothing is looked up in them: they are names.
  var indexes: [String] = []

  /// `check (condition)`, and the text that it was written in.
  struct Check {
    let name: String?
    let condition: Language.Expression
    let source: SourceText
  }
}

/// `primary key`, `unique`, or a unique index: the values of some columns that tell rows apart. A key with a NULL in it is
/// like no other.
struct UniqueKey {
  /// The name of the constraint or index, if it has one.
  let name: String?
  let columns: [Int]
  var isPrimary = false
  /// The index that it belongs to.
  var index: String?
  /// The keys of all rows; nil if they have to be collected first.
  var known: Set<[Value]>?

  /// The same key of rows that are not known yet.
  var forgotten: UniqueKey {
    var key = self
    key.known = nil
    return key
  }

  /// The key of a row; nil if a NULL is in it.
  func key(of row: [Value]) -> [Value]? {
    let key = columns.map { row[$0] }
    return key.contains(.null) ? nil : key
  }

  /// The key of a table's row; nil if a NULL is in it.
  func key(of table: Table, row: Int) -> [Value]? {
    let key = columns.map { table.columns[$0].value(row) }
    return key.contains(.null) ? nil : key
  }

  /// The keys of a table, and the first that two rows have.
  func keys(of table: Table) -> (keys: Set<[Value]>, twice: [Value]?) {
    var keys: Set<[Value]> = []
    keys.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      guard let key = key(of: table, row: row) else { continue }
      if !keys.insert(key).inserted { return (keys, key) }
    }
    return (keys, nil)
  }
}
