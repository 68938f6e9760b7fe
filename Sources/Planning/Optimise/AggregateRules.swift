import ColumnStore
import Language

extension Optimiser {
  /// Aggregates of a whole table that its statistics know: how many rows, how many values, the smallest and the largest.
  static let answerFromStatistics = Rule(name: "answer from statistics") { plan in
    guard case .aggregate(.scan(let scan), let keys, let aggregates) = plan, keys.isEmpty, scan.file == nil,
      !aggregates.isEmpty
    else { return nil }
    var projections: [Projection] = []
    for (aggregate, field) in zip(aggregates, plan.fields) {
      guard let value = known(aggregate, scan) else { return nil }
      let constant = PlanExpression(.literal(value), type: aggregate.type, span: aggregate.span)
      projections.append(Projection(field: field, expression: constant))
    }
    return .project(.oneRow, projections)
  }

  private static func known(_ aggregate: Aggregate, _ scan: Scan) -> Value? {
    guard aggregate.filter == nil, scan.table.columns.isCheap else { return nil }
    if aggregate.function == .countRows { return .integer(Int64(scan.table.rowCount)) }
    guard case .column(let index)? = aggregate.arguments.first?.kind, case .column(let source) = scan.sources[index]
    else { return nil }
    switch aggregate.function {
    case .count where !aggregate.isDistinct:
      return .integer(Int64(scan.table.rowCount - scan.table.columns[source].nullCount))
    case .minimum, .maximum:
      let type = scan.fields[index].type
      guard ColumnBounds.hasRange(type), type == aggregate.type else { return nil }
      let range = scan.table.statistics(source).total.range
      guard let number = aggregate.function == .minimum ? range?.lowerBound : range?.upperBound else { return .null }
      switch type {
      case .integer: return .integer(number)
      case .date: return Int32(exactly: number).map { .date($0) }
      case .timestamp: return .timestamp(number)
      default: return nil
      }
    default: return nil
    }
  }

  /// Aggregates in their plainer form: `count(1)` counts rows, and equal values make no difference to the smallest.
  static let plainAggregates = Rule(name: "plain aggregates") { plan in
    guard case .aggregate(let input, let keys, var aggregates) = plan else { return nil }
    var isChanged = false
    for index in aggregates.indices {
      let aggregate = aggregates[index]
      if aggregate.function == .count, !aggregate.isDistinct, let constant = aggregate.arguments.first?.literal,
        !constant.isNull
      {
        aggregates[index].function = .countRows
        aggregates[index].arguments = []
        isChanged = true
      } else if aggregate.isDistinct, [.minimum, .maximum, .every, .some].contains(aggregate.function) {
        aggregates[index].isDistinct = false
        isChanged = true
      }
    }
    return isChanged ? .aggregate(input, keys: keys, aggregates: aggregates) : nil
  }

  /// Rows that are different already need no `distinct`.
  static let dropDistinct = Rule(name: "drop distinct") { plan in
    guard case .distinct(let input) = plan, input.isUnique(in: Set(0..<input.columnCount)) else { return nil }
    return input
  }

  /// An order that nobody can see: below one number made of all rows, or on the side of a join or set operation of which
  /// only is asked what it holds.
  static let dropOrder = Rule(name: "drop order") { plan in
    switch plan {
    case .aggregate(.sort(let input, _, nil), let keys, let aggregates)
    where keys.isEmpty && aggregates.allSatisfy({ !$0.function.seesOrder }):
      return .aggregate(input, keys: keys, aggregates: aggregates)
    case .setOperation(let operation, let left, .sort(let right, _, nil), let keepsDuplicates):
      return .setOperation(operation, left, right, keepsDuplicates: keepsDuplicates)
    case .join(var join):
      guard [.semi, .anti, .mark].contains(join.kind), case .sort(let right, _, nil) = join.right else { return nil }
      join.right = right
      return .join(join)
    default: return nil
    }
  }
}

extension AggregateFunction {
  /// Whether the order of the rows can change the result, be it in a last digit.
  fileprivate var seesOrder: Bool {
    switch self {
    case .countRows, .count, .countWhere, .minimum, .maximum, .every, .some: false
    default: true
    }
  }
}
