import ColumnStore
import Planning

/// Correlation, covariance, regression, and other functions of sums over pairs.
final class PairSumState: AggregateState {
  private let sums = GroupArray<PairSums>(filledWith: PairSums())
  /// The sums of pairs of short integers, which are cheaper and as exact.
  private let shortSums = GroupArray<ShortPairSums>(filledWith: ShortPairSums())
  /// How many pairs the short sums are made of at most.
  private var shortCount = 0
  private let function: AggregateFunction
  private var groupCount = 0

  init(_ function: AggregateFunction) { self.function = function }

  var isDivisible: Bool { true }

  /// Whether it takes integers as they are where they would else become doubles.
  static func takesIntegers(_ function: AggregateFunction) -> Bool {
    switch function {
    case .correlation, .covariancePopulation, .covarianceSample, .regressionCount, .regressionAverageX,
      .regressionAverageY, .regressionSXX, .regressionSYY, .regressionSXY, .regressionSlope, .regressionIntercept,
      .regressionR2:
      true
    default: false
    }
  }

  func grow(_ groupCount: Int) { self.groupCount = max(self.groupCount, groupCount) }

  func update(_ input: AggregateInput) {
    let columns = input.arguments
    if columns.count == 2, let values = columns[0].shortIntegers, let others = columns[1].shortIntegers {
      shortCount += input.count
      if shortCount > ShortPairSums.pairLimit { settle() }
      shortSums.grow(groupCount)
      let sums = shortSums.pointer
      precondition(values.count >= input.count && others.count >= input.count)
      input.forEach { row, group in sums[group].add(Int64(others.pointer[row]), Int64(values.pointer[row])) }
      return
    }
    sums.grow(groupCount)
    let sums = sums.pointer
    let values = columns[0].doubles
    precondition(values.count >= input.count)
    guard columns.count > 1 else {
      input.forEach { row, group in sums[group].add(0, values.pointer[row]) }
      return
    }
    let others = columns[1].doubles
    precondition(others.count >= input.count)
    input.forEach { row, group in sums[group].add(others.pointer[row], values.pointer[row]) }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? PairSumState else { return }
    if shortCount + other.shortCount <= ShortPairSums.pairLimit {
      shortCount += other.shortCount
      shortSums.grow(groupCount)
      for group in 0..<other.shortSums.count { shortSums[Int(map[group])].add(other.shortSums[group]) }
    } else {
      settle()
      other.settle()
    }
    sums.grow(groupCount)
    for group in 0..<other.sums.count { sums[Int(map[group])].add(other.sums[group]) }
  }

  /// Adds the short sums to the others and begins them anew.
  private func settle() {
    sums.grow(groupCount)
    for group in 0..<shortSums.count {
      sums[group].add(PairSums(shortSums[group]))
      shortSums[group] = ShortPairSums()
    }
    shortCount = 0
  }

  func finish() -> Column {
    settle()
    if function == .regressionCount { return Column(integers: groupCount) { sums[$0].count } }
    return Column(doubles: groupCount) { sums[$0].value(function) }
  }
}

/// The sums of pairs of integers of 16 bits at most.
private struct ShortPairSums: BitwiseCopyable {
  /// The sums of so many products keep within 64 bits.
  static let pairLimit = 1 << 32

  var count: Int64 = 0
  var x: Int64 = 0
  var y: Int64 = 0
  var xx: Int64 = 0
  var yy: Int64 = 0
  var xy: Int64 = 0

  @inline(__always)
  mutating func add(_ x: Int64, _ y: Int64) {
    count &+= 1
    self.x &+= x
    self.y &+= y
    xx &+= x &* x
    yy &+= y &* y
    xy &+= x &* y
  }

  mutating func add(_ other: ShortPairSums) {
    count &+= other.count
    x &+= other.x
    y &+= other.y
    xx &+= other.xx
    yy &+= other.yy
    xy &+= other.xy
  }
}

extension PairSums {
  /// The same sums of integers.
  fileprivate init(_ sums: ShortPairSums) {
    self.init(
      count: sums.count, x: DoubleDouble(sums.x), y: DoubleDouble(sums.y), xx: DoubleDouble(sums.xx),
      yy: DoubleDouble(sums.yy), xy: DoubleDouble(sums.xy))
  }
}

extension Column {
  /// The values of a column of integers of at most 16 bits; nil for others.
  fileprivate var shortIntegers: Buffer<Int16>? {
    switch data {
    case .integer8(let values): values.widened()
    case .integer16(let values): values
    default: nil
    }
  }

  /// The values of a column of integers or doubles.
  fileprivate var doubles: Buffer<Double> {
    if case .double(let values) = data { return values }
    guard case .double(let values)? = CastKernels.cast(self, to: .double)?.data else {
      preconditionFailure("planning has made doubles of all other numbers")
    }
    return values
  }
}
