import ColumnStore
import Language

/// The sum or mean of integers, kept in 128 bits.
final class IntegerSumState: AggregateState {
  private let sums = GroupArray<Int128>(filledWith: 0)
  private let counts = GroupArray<Int64>(filledWith: 0)
  private let isAverage: Bool
  private let span: SourceSpan

  init(isAverage: Bool, span: SourceSpan) {
    self.isAverage = isAverage
    self.span = span
  }

  func grow(_ groupCount: Int) {
    sums.grow(groupCount)
    counts.grow(groupCount)
  }

  func update(_ input: AggregateInput) {
    guard let column = input.arguments.first else { return }
    switch column.data {
    case .integer8(let values): add(values, input)
    case .integer16(let values): add(values, input)
    case .integer32(let values): add(values, input)
    case .integer64(let values): add(values, input)
    default: break
    }
  }

  private func add<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<Number>, _ input: AggregateInput
  ) {
    precondition(values.count >= input.count)
    let sums = sums.pointer
    let counts = counts.pointer
    // 128 bits hold 2^64 values of 64 bits, so the sum cannot overflow.
    input.forEach { row, group in
      sums[group] &+= Int128(values.pointer[row])
      counts[group] &+= 1
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? IntegerSumState else { return }
    for group in 0..<other.sums.count {
      sums[Int(map[group])] &+= other.sums[group]
      counts[Int(map[group])] &+= other.counts[group]
    }
  }

  func finish() throws -> Column {
    Column(type: isAverage ? .double : .integer, values: try (0..<sums.count).map(value))
  }

  private func value(_ group: Int) throws -> Value {
    if counts[group] == 0 { return .null }
    if isAverage { return .double(Double(sums[group]) / Double(counts[group])) }
    guard let sum = Int64(exactly: sums[group]) else {
      throw ExecutionError.overflow(operation: "the sum", operands: "\(counts[group]) values", span: span)
    }
    return .integer(sum)
  }
}

/// The sum or mean of doubles.
final class DoubleSumState: AggregateState {
  private let sums = GroupArray<DoubleDouble>(filledWith: DoubleDouble())
  private let counts = GroupArray<Int64>(filledWith: 0)
  private let isAverage: Bool

  init(isAverage: Bool) { self.isAverage = isAverage }

  func grow(_ groupCount: Int) {
    sums.grow(groupCount)
    counts.grow(groupCount)
  }

  func update(_ input: AggregateInput) {
    guard case .double(let values)? = input.arguments.first?.data else { return }
    precondition(values.count >= input.count)
    let sums = sums.pointer
    let counts = counts.pointer
    input.forEach { row, group in
      sums[group].add(values.pointer[row])
      counts[group] &+= 1
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? DoubleSumState else { return }
    for group in 0..<other.sums.count {
      sums[Int(map[group])].add(other.sums[group])
      counts[Int(map[group])] &+= other.counts[group]
    }
  }

  func finish() -> Column {
    Column(
      type: .double,
      values: (0..<sums.count).map { group in
        if counts[group] == 0 { return .null }
        return .double(isAverage ? sums[group].value / Double(counts[group]) : sums[group].value)
      })
  }
}

/// Variance and standard deviation from the sums of values and of squares, both in twice the bits, which leaves enough
/// of them after the subtraction.
final class MomentState: AggregateState {
  private let sums = GroupArray<DoubleDouble>(filledWith: DoubleDouble())
  private let squares = GroupArray<DoubleDouble>(filledWith: DoubleDouble())
  private let counts = GroupArray<Int64>(filledWith: 0)
  private let isSample: Bool
  private let isDeviation: Bool

  /// `isSample` divides by n - 1, else by n; `isDeviation` takes the root.
  init(isSample: Bool, isDeviation: Bool) {
    self.isSample = isSample
    self.isDeviation = isDeviation
  }

  func grow(_ groupCount: Int) {
    sums.grow(groupCount)
    squares.grow(groupCount)
    counts.grow(groupCount)
  }

  func update(_ input: AggregateInput) {
    guard case .double(let values)? = input.arguments.first?.data else { return }
    precondition(values.count >= input.count)
    let sums = sums.pointer
    let squares = squares.pointer
    let counts = counts.pointer
    input.forEach { row, group in
      sums[group].add(values.pointer[row])
      squares[group].addSquare(values.pointer[row])
      counts[group] &+= 1
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? MomentState else { return }
    for group in 0..<other.sums.count {
      sums[Int(map[group])].add(other.sums[group])
      squares[Int(map[group])].add(other.squares[group])
      counts[Int(map[group])] &+= other.counts[group]
    }
  }

  func finish() -> Column {
    Column(
      type: .double,
      values: (0..<sums.count).map { group in
        MomentState.spread(
          sums[group], squares[group], count: counts[group], isSample: isSample, isDeviation: isDeviation
        ).map { .double($0) } ?? .null
      })
  }

  /// The variance or standard deviation of values of which the sum and the sum of squares are known; nil for too few.
  static func spread(
    _ sum: DoubleDouble, _ squares: DoubleDouble, count: Int64, isSample: Bool, isDeviation: Bool
  ) -> Double? {
    let count = Double(count)
    guard count > (isSample ? 1 : 0) else { return nil }
    let spread = squares - sum.squared(over: count)
    // Rounding may leave a hair less than nothing; an infinity among the values leaves NaN.
    let variance = spread.value < 0 ? 0 : spread.value / (isSample ? count - 1 : count)
    return isDeviation ? variance.squareRoot() : variance
  }
}
