import ColumnStore
import Planning

/// What an aggregate takes of some rows.
struct AggregateRows: Sendable {
  /// The arguments' values.
  let arguments: [Column]
  /// The values of the order's keys.
  let order: [Column]
  /// The rows to take; nil for all.
  let mask: Bitmap?

  /// What each of some aggregates takes of a batch, its rows in another order. What several of them take is there once.
  static func rows(_ aggregates: [Aggregate], _ batch: Batch, _ order: Buffer<UInt32>, _ evaluator: Evaluator) throws
    -> [AggregateRows]
  {
    var known: [PlanExpression: Column] = [:]
    func column(_ expression: PlanExpression) throws -> Column {
      if let column = known[expression] { return column }
      let column = try evaluator.column(expression, batch).gather(order)
      known[expression] = column
      return column
    }
    return try aggregates.map { aggregate in
      var filter: Bitmap?
      if let predicate = aggregate.filter { filter = try column(predicate).trueRows }
      let arguments =
        if let filter, aggregate.arguments.contains(where: \.mayFail) {
          try Self.arguments(aggregate, batch, order, filter, evaluator)
        } else {
          try aggregate.arguments.map(column)
        }
      return AggregateRows(
        arguments: arguments, order: try aggregate.order.map { try column($0.expression) },
        mask: AggregateStates.mask(aggregate.function, arguments, filter: filter))
    }
  }

  /// Arguments that must not be computed for rows that a filter leaves out: there they are NULL.
  private static func arguments(
    _ aggregate: Aggregate, _ batch: Batch, _ order: Buffer<UInt32>, _ filter: Bitmap, _ evaluator: Evaluator
  ) throws -> [Column] {
    let places = filter.trueIndices()
    let few = batch.gather(
      Buffer(places.map { order[Int($0)] }), columns: aggregate.arguments.columns)
    var numbers = Array(repeating: UInt32.max, count: order.count)
    for (number, place) in places.enumerated() { numbers[Int(place)] = UInt32(truncatingIfNeeded: number) }
    let chosen = Buffer(numbers)
    return try aggregate.arguments.map { try evaluator.column($0, few).gather(chosen) }
  }

  /// What a state takes of a range of the rows, which fall into these groups.
  func input(_ range: Range<Int>, groups: Buffer<UInt32>, firstRow: Int) -> AggregateInput {
    AggregateInput(
      groups: groups, count: range.count, arguments: arguments.map { $0.slice(range) },
      order: order.map { $0.slice(range) }, mask: mask?.slice(range), firstRow: firstRow)
  }
}
