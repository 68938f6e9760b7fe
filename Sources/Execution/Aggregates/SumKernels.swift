import ColumnStore
import Language

/// The sum or mean of integers, exact whatever they are.
final class IntegerSumState: AggregateState {
  /// A group's sum, without what has been carried away from it, and how many values it is made of.
  private struct Sum: BitwiseCopyable {
    var total: Int64 = 0
    var count: Int64 = 0
  }

  private let sums = GroupArray<Sum>(filledWith: Sum())
  /// What is beyond 64 bits; filled only where that can be.
  private let carried = GroupArray<Int128>(filledWith: 0)
  /// The largest sum that the values since the last carrying can have, whatever their signs.
  private var reach: UInt64 = 0
  private let isAverage: Bool
  private let span: SourceSpan

  init(isAverage: Bool, span: SourceSpan) {
    self.isAverage = isAverage
    self.span = span
  }

  func grow(_ groupCount: Int) { sums.grow(groupCount) }

  func update(_ input: AggregateInput) {
    guard let column = input.arguments.first else { return }
    switch column.data {
    case .integer8(let values): add(values, input)
    case .integer16(let values): add(values, input)
    case .integer32(let values): add(values, input)
    case .integer64(let values): addWide(values, input)
    default: break
    }
  }

  private func add<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<Number>, _ input: AggregateInput
  ) {
    precondition(values.count >= input.count && input.count < 1 << 31)
    // So many values of at most 32 bits keep within 63.
    reach += UInt64(input.count) << UInt64(Number.bitWidth - 1)
    if reach >= 1 << 62 {
      carry()
      reach = UInt64(input.count) << UInt64(Number.bitWidth - 1)
    }
    let pointer = values.pointer
    if let counts = input.groupCounts {
      add(counts)
      let sums = sums.pointer
      input.forEach { row, group in sums[group].total &+= Int64(pointer[row]) }
      return
    }
    let sums = sums.pointer
    input.forEach { row, group in
      sums[group].total &+= Int64(pointer[row])
      sums[group].count &+= 1
    }
  }

  private func add(_ counts: Buffer<UInt32>) {
    for (group, count) in counts.enumerated() { sums[group].count &+= Int64(count) }
  }

  private func addWide(_ values: Buffer<Int64>, _ input: AggregateInput) {
    precondition(values.count >= input.count)
    carried.grow(sums.count)
    let sums = sums.pointer
    let carried = carried.pointer
    // 128 bits hold 2^64 values of 64 bits, so the sum cannot overflow.
    input.forEach { row, group in
      carried[group] &+= Int128(values.pointer[row])
      sums[group].count &+= 1
    }
  }

  private func carry() {
    carried.grow(sums.count)
    for group in 0..<sums.count {
      carried[group] &+= Int128(sums[group].total)
      sums[group].total = 0
    }
    reach = 0
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? IntegerSumState else { return }
    let isWide = !carried.isEmpty || !other.carried.isEmpty || reach + other.reach >= 1 << 62
    if isWide {
      carry()
      other.carry()
    }
    reach += other.reach
    for group in 0..<other.sums.count {
      let target = Int(map[group])
      sums[target].total &+= other.sums[group].total
      sums[target].count &+= other.sums[group].count
      if isWide { carried[target] &+= other.carried[group] }
    }
  }

  func finish() throws -> Column {
    let isWide = !carried.isEmpty
    if isWide { carry() }
    if isAverage {
      return Column(doubles: sums.count) { group in
        let sum = sums[group]
        if sum.count == 0 { return nil }
        return (isWide ? Double(carried[group]) : Double(sum.total)) / Double(sum.count)
      }
    }
    return try Column(integers: sums.count) { group in
      let sum = sums[group]
      if sum.count == 0 { return nil }
      if !isWide { return sum.total }
      guard let total = Int64(exactly: carried[group]) else {
        throw ExecutionError.overflow(operation: "the sum", operands: "\(sum.count) values", span: span)
      }
      return total
    }
  }
}

/// The sum or mean of doubles.
final class DoubleSumState: AggregateState {
  private struct Sum: BitwiseCopyable {
    var total = DoubleDouble()
    var count: Int64 = 0
  }

  private let sums = GroupArray<Sum>(filledWith: Sum())
  private let isAverage: Bool

  init(isAverage: Bool) { self.isAverage = isAverage }

  func grow(_ groupCount: Int) {
    sums.grow(groupCount)
  }

  func update(_ input: AggregateInput) {
    guard case .double(let values)? = input.arguments.first?.data else { return }
    precondition(values.count >= input.count)
    let pointer = values.pointer
    if let counts = input.groupCounts {
      for (group, count) in counts.enumerated() { sums[group].count &+= Int64(count) }
      let sums = sums.pointer
      input.forEach { row, group in sums[group].total.add(pointer[row]) }
      return
    }
    let sums = sums.pointer
    input.forEach { row, group in
      sums[group].total.add(pointer[row])
      sums[group].count &+= 1
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? DoubleSumState else { return }
    for group in 0..<other.sums.count {
      sums[Int(map[group])].total.add(other.sums[group].total)
      sums[Int(map[group])].count &+= other.sums[group].count
    }
  }

  func finish() -> Column {
    Column(doubles: sums.count) { group in
      let sum = sums[group]
      if sum.count == 0 { return nil }
      return isAverage ? sum.total.value / Double(sum.count) : sum.total.value
    }
  }
}

/// Variance and standard deviation from the sums of values and of squares, both in twice the bits, which leaves enough
/// of them after the subtraction.
final class MomentState: AggregateState {
  private struct Moments: BitwiseCopyable {
    var sum = DoubleDouble()
    var squares = DoubleDouble()
    var count: Int64 = 0
  }

  private let moments = GroupArray<Moments>(filledWith: Moments())
  private let isSample: Bool
  private let isDeviation: Bool

  /// `isSample` divides by n - 1, else by n; `isDeviation` takes the root.
  init(isSample: Bool, isDeviation: Bool) {
    self.isSample = isSample
    self.isDeviation = isDeviation
  }

  func grow(_ groupCount: Int) { moments.grow(groupCount) }

  func update(_ input: AggregateInput) {
    guard case .double(let values)? = input.arguments.first?.data else { return }
    precondition(values.count >= input.count)
    let moments = moments.pointer
    let pointer = values.pointer
    input.forEach { row, group in
      moments[group].sum.add(pointer[row])
      moments[group].squares.addSquare(pointer[row])
      moments[group].count &+= 1
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? MomentState else { return }
    for group in 0..<other.moments.count {
      let target = Int(map[group])
      moments[target].sum.add(other.moments[group].sum)
      moments[target].squares.add(other.moments[group].squares)
      moments[target].count &+= other.moments[group].count
    }
  }

  func finish() -> Column {
    Column(doubles: moments.count) { group in
      let moments = moments[group]
      return MomentState.spread(
        moments.sum, moments.squares, count: moments.count, isSample: isSample, isDeviation: isDeviation)
    }
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
