import ColumnStore
import Language
import Planning

/// The sum, the extremes and the common ground of counts with bounds.
final class BoundedCountState: AggregateState {
  private struct Total: BitwiseCopyable {
    var bounds = CountBounds(BoundedCount(0))
    var first = BoundedCount(0)
    var rows: Int64 = 0
    /// Whether all rows stated the same.
    var isUniform = true
  }

  private let totals = GroupArray<Total>(filledWith: Total())
  private let function: AggregateFunction
  private let type: DataType
  private let span: SourceSpan

  init(_ aggregate: Aggregate) {
    function = aggregate.function
    type = aggregate.type
    span = aggregate.span
  }

  func grow(_ groupCount: Int) { totals.grow(groupCount) }

  func update(_ input: AggregateInput) {
    guard case .counts(let values)? = input.arguments.first?.data else { return }
    precondition(values.count >= input.count)
    let totals = totals.pointer
    input.forEach { row, group in
      let count = values.pointer[row]
      add(Total(bounds: CountBounds(count), first: count, rows: 1), to: &totals[group])
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? BoundedCountState else { return }
    for group in 0..<other.totals.count { add(other.totals[group], to: &totals.pointer[Int(map[group])]) }
  }

  private func add(_ other: Total, to total: inout Total) {
    guard total.rows > 0, other.rows > 0 else {
      if other.rows > 0 { total = other }
      return
    }
    total.isUniform = total.isUniform && other.isUniform && total.first == other.first
    total.rows &+= other.rows
    switch function {
    case .sum: total.bounds = total.bounds + other.bounds
    case .minimum: total.bounds = total.bounds.minimum(other.bounds)
    case .maximum: total.bounds = total.bounds.maximum(other.bounds)
    default: total.bounds = total.bounds.intersection(other.bounds)
    }
  }

  func finish() throws -> Column {
    Column(type: type, values: try (0..<totals.count).map { try value(totals[$0]) })
  }

  private func value(_ total: Total) throws -> Value {
    if total.rows == 0 { return .null }
    if function == .contradict { return .boolean(total.bounds.isEmpty) }
    // One count alone keeps the number that it names.
    if total.isUniform, function != .sum || total.rows == 1 { return .count(total.first) }
    if total.bounds.isEmpty { return .null }
    guard let count = total.bounds.count else {
      throw ExecutionError.countOverflow(operation: "the sum", operands: "\(total.rows) values", span: span)
    }
    return .count(count)
  }
}
