import ColumnStore
import Language

/// The sum or mean of integers, exact whatever they are.
final class IntegerSumState: AggregateState {
  /// The groups' sums, without what has been carried away from them.
  private let totals = GroupArray<Int64>(filledWith: 0)
  private var counts: ValueCounts
  /// What is beyond 64 bits; filled only where that can be.
  private let carried = GroupArray<Int128>(filledWith: 0)
  /// The largest sum that the values since the last carrying can have, whatever their signs.
  private var reach: UInt64 = 0
  private let isAverage: Bool
  private let span: SourceSpan

  init(isAverage: Bool, countsAreGiven: Bool = false, span: SourceSpan) {
    self.isAverage = isAverage
    self.span = span
    counts = ValueCounts(areGiven: countsAreGiven)
  }

  var isIndependent: Bool { true }
  var isDivisible: Bool { true }

  func grow(_ groupCount: Int) {
    totals.grow(groupCount)
    counts.grow(groupCount)
  }

  func update(_ input: AggregateInput) {
    guard let column = input.arguments.first else { return }
    counts.noteMissing(input)
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
    let (pointer, totals) = (values.pointer, totals.pointer)
    if let counts = counts.pointer {
      input.forEach { row, group in
        totals[group] &+= Int64(pointer[row])
        counts[group] &+= 1
      }
    } else {
      input.forEach { row, group in totals[group] &+= Int64(pointer[row]) }
    }
  }

  /// Takes over a sum for every group, none of them beyond `furthest` of less than 63 bits, without missing values.
  func add(furthest: UInt64, _ sum: (Int) -> Int64) {
    precondition(furthest < 1 << 63)
    if reach + furthest >= 1 << 62 { carry() }
    reach += furthest
    let totals = totals.pointer
    for group in 0..<self.totals.count { totals[group] &+= sum(group) }
  }

  private func addWide(_ values: Buffer<Int64>, _ input: AggregateInput) {
    precondition(values.count >= input.count)
    carried.grow(totals.count)
    let carried = carried.pointer
    // 128 bits hold 2^64 values of 64 bits, so the sum cannot overflow.
    if let counts = counts.pointer {
      input.forEach { row, group in
        carried[group] &+= Int128(values.pointer[row])
        counts[group] &+= 1
      }
    } else {
      input.forEach { row, group in carried[group] &+= Int128(values.pointer[row]) }
    }
  }

  private func carry() {
    carried.grow(totals.count)
    for group in 0..<totals.count {
      carried[group] &+= Int128(totals[group])
      totals[group] = 0
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
    for group in 0..<other.totals.count {
      let target = Int(map[group])
      totals[target] &+= other.totals[group]
      if isWide { carried[target] &+= other.carried[group] }
    }
    counts.merge(other.counts, map: map)
  }

  func take(rowCounts: Buffer<Int64>) { counts.take(rowCounts) }

  func finish() throws -> Column {
    let isWide = !carried.isEmpty
    if isWide { carry() }
    let counts = counts.all
    if isAverage {
      return Column(doubles: totals.count) { group in
        if counts[group] == 0 { return nil }
        return (isWide ? Double(carried[group]) : Double(totals[group])) / Double(counts[group])
      }
    }
    return try Column(integers: totals.count) { group in
      if counts[group] == 0 { return nil }
      if !isWide { return totals[group] }
      guard let total = Int64(exactly: carried[group]) else {
        throw ExecutionError.overflow(operation: "the sum", operands: "\(counts[group]) values", span: span)
      }
      return total
    }
  }
}

/// The sum or mean of doubles.
final class DoubleSumState: AggregateState {
  private let totals = GroupArray<DoubleDouble>(filledWith: DoubleDouble())
  private var counts: ValueCounts
  private let isAverage: Bool

  init(isAverage: Bool, countsAreGiven: Bool = false) {
    self.isAverage = isAverage
    counts = ValueCounts(areGiven: countsAreGiven)
  }

  var isIndependent: Bool { true }
  var isDivisible: Bool { true }

  func grow(_ groupCount: Int) {
    totals.grow(groupCount)
    counts.grow(groupCount)
  }

  func update(_ input: AggregateInput) {
    guard case .double(let values)? = input.arguments.first?.data else { return }
    precondition(values.count >= input.count)
    counts.noteMissing(input)
    let (pointer, totals) = (values.pointer, totals.pointer)
    if let counts = counts.pointer {
      input.forEach { row, group in
        totals[group].add(pointer[row])
        counts[group] &+= 1
      }
    } else {
      input.forEach(of: self.totals) { row, group in totals[group].add(pointer[row]) }
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? DoubleSumState else { return }
    for group in 0..<other.totals.count { totals[Int(map[group])].add(other.totals[group]) }
    counts.merge(other.counts, map: map)
  }

  func take(rowCounts: Buffer<Int64>) { counts.take(rowCounts) }

  func finish() -> Column {
    let counts = counts.all
    return Column(doubles: totals.count) { group in
      if counts[group] == 0 { return nil }
      return isAverage ? totals[group].value / Double(counts[group]) : totals[group].value
    }
  }
}

/// Variance and standard deviation from the sums of values and of squares, both in twice the bits, which leaves enough
/// of them after the subtraction.
final class MomentState: AggregateState {
  private var counts: ValueCounts
  private let moments = GroupArray<MomentSums>(filledWith: MomentSums())
  private let isSample: Bool
  private let isDeviation: Bool

  /// `isSample` divides by n - 1, else by n; `isDeviation` takes the root.
  init(isSample: Bool, isDeviation: Bool, countsAreGiven: Bool = false) {
    self.isSample = isSample
    self.isDeviation = isDeviation
    counts = ValueCounts(areGiven: countsAreGiven)
  }

  var isIndependent: Bool { true }
  var isDivisible: Bool { true }

  func grow(_ groupCount: Int) {
    moments.grow(groupCount)
    counts.grow(groupCount)
  }

  func update(_ input: AggregateInput) {
    guard case .double(let values)? = input.arguments.first?.data else { return }
    precondition(values.count >= input.count)
    counts.noteMissing(input)
    if let rows = input.mask?.trueIndices() {
      Buffer(rows.map { values[Int($0)] }).addMoments(to: moments.shared, groups: input.groups.gather(rows))
    } else {
      values.slice(0..<input.count).addMoments(to: moments.shared, groups: input.groups)
    }
    if let counts = counts.pointer { input.forEach { _, group in counts[group] &+= 1 } }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? MomentState else { return }
    for group in 0..<other.moments.count {
      let target = Int(map[group])
      var (sum, squares) = (moments[target].sum, moments[target].squares)
      sum.add(other.moments[group].sum)
      squares.add(other.moments[group].squares)
      moments[target] = MomentSums(sum: sum, squares: squares)
    }
    counts.merge(other.counts, map: map)
  }

  func take(rowCounts: Buffer<Int64>) { counts.take(rowCounts) }

  func finish() -> Column {
    let counts = counts.all
    return Column(doubles: moments.count) { group in
      let moments = moments[group]
      return MomentState.spread(
        moments.sum, moments.squares, count: counts[group], isSample: isSample, isDeviation: isDeviation)
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

extension MomentSums {
  fileprivate init(sum: DoubleDouble, squares: DoubleDouble) {
    self.init()
    high = SIMD2(sum.high, squares.high)
    low = SIMD2(sum.low, squares.low)
  }

  fileprivate var sum: DoubleDouble { DoubleDouble(high: high[0], low: low[0]) }
  fileprivate var squares: DoubleDouble { DoubleDouble(high: high[1], low: low[1]) }
}
