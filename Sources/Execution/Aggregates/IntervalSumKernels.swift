import ColumnStore
import Language

/// The sum or mean of lengths of time, part by part.
final class IntervalSumState: AggregateState {
  private struct Sum: BitwiseCopyable {
    var months: Int128 = 0
    var days: Int128 = 0
    var microseconds: Int128 = 0
    var count: Int64 = 0
  }

  private let sums = GroupArray<Sum>(filledWith: Sum())
  private let isAverage: Bool
  private let span: SourceSpan

  init(isAverage: Bool, span: SourceSpan) {
    self.isAverage = isAverage
    self.span = span
  }

  func grow(_ groupCount: Int) { sums.grow(groupCount) }

  func update(_ input: AggregateInput) {
    guard case .interval(let values)? = input.arguments.first?.data else { return }
    precondition(values.count >= input.count)
    let sums = sums.pointer
    input.forEach { row, group in
      sums[group].months &+= Int128(values.pointer[row].months)
      sums[group].days &+= Int128(values.pointer[row].days)
      sums[group].microseconds &+= Int128(values.pointer[row].microseconds)
      sums[group].count &+= 1
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? IntervalSumState else { return }
    for group in 0..<other.sums.count {
      let target = Int(map[group])
      sums[target].months &+= other.sums[group].months
      sums[target].days &+= other.sums[group].days
      sums[target].microseconds &+= other.sums[group].microseconds
      sums[target].count &+= other.sums[group].count
    }
  }

  func finish() throws -> Column {
    Column(
      type: .interval,
      values: try (0..<sums.count).map { group in
        let sum = sums[group]
        if sum.count == 0 { return .null }
        guard let total = Interval(months: sum.months, days: sum.days, microseconds: sum.microseconds) else {
          throw ExecutionError.intervalOutOfRange(span: span)
        }
        if !isAverage { return .interval(total) }
        return .interval(try TemporalArithmetic.scaled(total, span) { $0 / Double(sum.count) })
      })
  }
}
