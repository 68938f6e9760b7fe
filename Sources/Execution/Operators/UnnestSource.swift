import ColumnStore
import Planning

/// Every row once for each item of its lists, which are gone through side by side.
struct UnnestSource: RowSource {
  private let input: any RowSource
  private let unnest: UnnestPlan
  private let evaluator: Evaluator

  init(_ unnest: UnnestPlan, _ input: any RowSource) {
    self.input = input
    self.unnest = unnest
    evaluator = Evaluator(rowCount: input.rowBound)
  }

  var partCount: Int { input.partCount }
  var partBound: Int { JoinOperator.partBound }
  var rowBound: Int { input.rowBound }

  func part(_ index: Int) throws -> Batch {
    let batch = try input.part(index)
    let columns = try unnest.lists.map { try evaluator.column($0.expression, batch) }
    var rows: [UInt32] = []
    var ordinals: [Int64] = []
    var places = columns.map { _ in [UInt32]() }
    for row in 0..<batch.count {
      let ranges = columns.map { $0.items(row) }
      let count = ranges.reduce(0) { max($0, $1.count) }
      guard rows.count + count <= JoinOperator.pairLimit else { throw ExecutionError.tooManyRows }
      for item in 0..<count {
        rows.append(UInt32(truncatingIfNeeded: row))
        ordinals.append(Int64(item + 1))
        for (list, range) in ranges.enumerated() {
          places[list].append(item < range.count ? UInt32(truncatingIfNeeded: range.lowerBound + item) : .max)
        }
      }
      if count == 0, unnest.keepsEmpty {
        rows.append(UInt32(truncatingIfNeeded: row))
        ordinals.append(0)
        for list in places.indices { places[list].append(.max) }
      }
    }
    let order = Buffer(rows)
    var result = batch.gather(order).columns
    for (column, place) in zip(columns, places) {
      if case .lists(let lists) = column.data {
        result.append(lists.items.gather(Buffer(place)))
      } else {
        result.append(.nulls(type: column.type.element ?? column.type, count: order.count))
      }
    }
    if unnest.ordinality != nil {
      // A row without items has no place either.
      result.append(Column(type: .integer, values: ordinals.map { $0 == 0 ? .null : .integer($0) }))
    }
    return Batch(columns: result, count: order.count)
  }

  func domain(_ column: Int) -> ColumnDomain {
    column < unnest.input.fields.count ? input.domain(column) : .unknown
  }
}

extension Column {
  /// Where the items of a row's list stand; nowhere where there is no list.
  fileprivate func items(_ row: Int) -> Range<Int> {
    guard case .lists(let lists) = data, !isNull(row) else { return 0..<0 }
    return lists.range(row)
  }
}
