import ColumnStore
import Planning
import Synchronization

/// The rows that window functions work on, with every expression on them computed once.
final class WindowInput: Sendable {
  /// The rows.
  let table: Table
  let context: ExecutionContext
  private let columns = Mutex<[PlanExpression: Column]>([:])

  init(_ table: Table, _ context: ExecutionContext) {
    self.table = table
    self.context = context
  }

  var rowCount: Int { table.rowCount }

  /// The value of an expression in every row.
  func column(_ expression: PlanExpression) throws -> Column {
    if case .column(let index) = expression.kind { return table.columns[index] }
    if let known = columns.withLock({ $0[expression] }) { return known }
    let column = try evaluated(expression, of: table)
    columns.withLock { $0[expression] = column }
    return column
  }

  /// The arguments of an aggregate, and the rows that its filter leaves. Rows that it leaves out are not computed where
  /// they might fail, and hold any value.
  func arguments(_ aggregate: Aggregate) throws -> (columns: [Column], filter: Bitmap?) {
    guard let filter = aggregate.filter else { return (try aggregate.arguments.map(column), nil) }
    guard case .boolean(let bits) = try column(filter).data else { return ([], nil) }
    let selection = Bitmap.both(bits, try column(filter).validity) ?? bits
    guard aggregate.arguments.contains(where: \.mayFail) else {
      return (try aggregate.arguments.map(column), selection)
    }
    let rows = selection.trueIndices()
    let places = MutableBuffer<UInt32>(repeating: .max, count: rowCount)
    for (place, row) in rows.enumerated() { places[Int(row)] = UInt32(truncatingIfNeeded: place) }
    let few = Table(
      descriptions: table.descriptions, columns: table.columns.map { $0.gather(rows) }, rowCount: rows.count)
    return (try aggregate.arguments.map { try evaluated($0, of: few).gather(places.frozen()) }, selection)
  }

  private func evaluated(_ expression: PlanExpression, of table: Table) throws -> Column {
    let batches = try ProjectSource(TableSource(table), [expression]).batches(context)
    return Column.concatenated(batches.map { $0.columns[0] }, type: expression.type)
  }

  /// The number of the group that each row falls into by some keys, and how many groups there may be.
  func groups(_ keys: [PlanExpression]) throws -> (numbers: Buffer<UInt32>, groupCount: Int) {
    try groups(keys, try keys.map(column))
  }

  /// How the values of some keys number the groups, where they are not many more than the rows.
  func denseLayout(_ keys: [PlanExpression]) -> DenseLayout? {
    DenseLayout(domains(keys), types: keys.map(\.type), limit: max(1 << 16, min(rowCount, 1 << 24)))
  }

  private func domains(_ keys: [PlanExpression]) -> [ColumnDomain] {
    let source = TableSource(table)
    return keys.map { key in
      if case .column(let index) = key.kind { return source.domain(index) }
      return .unknown
    }
  }

  /// The same, with the keys' values.
  func groups(_ keys: [PlanExpression], _ columns: [Column]) throws -> (numbers: Buffer<UInt32>, groupCount: Int) {
    let grouper: any Grouper
    if let layout = denseLayout(keys) {
      grouper = DenseGrouper(layout)
    } else {
      grouper = HashGrouper(types: keys.map(\.type), dictionaries: domains(keys).map(\.dictionary))
    }
    let numbers = MutableBuffer<UInt32>(count: rowCount)
    for part in 0..<Segment.count(rows: rowCount) {
      try context.checkCancellation()
      let range = Segment.range(part, rows: rowCount)
      let groups = grouper.groups(columns.map { $0.slice(range) }, count: range.count, firstRow: range.lowerBound)
      for (place, group) in groups.enumerated() { numbers[range.lowerBound + place] = group }
    }
    return (numbers.frozen(), grouper.groupCount)
  }
}
