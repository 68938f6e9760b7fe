import ColumnStore
import Planning

/// The sum of doubles, and how many they are.
private struct DoubleTotal: WindowSummary {
  var sum = DoubleDouble()
  var count: Int64 = 0

  static let nothing = DoubleTotal()

  @inline(__always)
  mutating func add(_ other: DoubleTotal) {
    sum.add(other.sum)
    count &+= other.count
  }
}

/// Sums of doubles and of their squares.
private struct Moments: WindowSummary {
  var sum = DoubleDouble()
  var squares = DoubleDouble()
  var count: Int64 = 0

  static let nothing = Moments()

  @inline(__always)
  mutating func add(_ other: Moments) {
    sum.add(other.sum)
    squares.add(other.squares)
    count &+= other.count
  }
}

/// The row whose word is the smallest.
private struct Extreme: WindowSummary {
  var word = UInt64.max
  var row = UInt32.max

  static let nothing = Extreme()

  @inline(__always)
  mutating func add(_ other: Extreme) {
    if other.row != .max, row == .max || other.word < word { self = other }
  }
}

extension WindowRows {
  /// The sum or mean of doubles.
  func doubleSums(_ values: Column, isAverage: Bool, in frames: ExcludedFrames, taken: Bitmap?) throws -> Column {
    guard case .double(let numbers) = values.data else { return .nulls(type: .double, count: count) }
    return try doubles { give in
      try summarise(frames) { row in
        guard taken.map({ $0[row] }) ?? true else { return .nothing }
        return DoubleTotal(sum: DoubleDouble(high: numbers[row], low: 0), count: 1)
      } give: { (row, total: DoubleTotal) in
        if total.count > 0 { give(row, isAverage ? total.sum.value / Double(total.count) : total.sum.value) }
      }
    }
  }

  /// The variance or standard deviation.
  func spreads(
    _ values: Column, isSample: Bool, isDeviation: Bool, in frames: ExcludedFrames, taken: Bitmap?
  ) throws -> Column {
    guard case .double(let numbers) = values.data else { return .nulls(type: .double, count: count) }
    return try doubles { give in
      try summarise(frames) { row in
        var leaf = Moments()
        guard taken.map({ $0[row] }) ?? true else { return leaf }
        leaf.sum.add(numbers[row])
        leaf.squares.addSquare(numbers[row])
        leaf.count = 1
        return leaf
      } give: { (row, moments: Moments) in
        let spread = MomentState.spread(
          moments.sum, moments.squares, count: moments.count, isSample: isSample, isDeviation: isDeviation)
        if let spread { give(row, spread) }
      }
    }
  }

  /// The smallest or largest value; nil for a type whose order takes more than a word to say.
  func extremes(_ values: Column, isMaximum: Bool, in frames: ExcludedFrames, taken: Bitmap?) throws -> Column? {
    let span = values.validity == nil ? 1 : 2
    let words = SortOperator.sortWords(values, isDescending: isMaximum, nullsFirst: false)
    guard words.count == span, let word = words.last else { return nil }
    let source = MutableBuffer<UInt32>(count: count)
    try summarise(frames) { row in
      guard taken.map({ $0[row] }) ?? true else { return .nothing }
      return Extreme(word: word[row], row: UInt32(truncatingIfNeeded: row))
    } give: { (row, extreme: Extreme) in
      source.pointer[row] = extreme.row
    }
    return values.gather(source.frozen())
  }

  /// A column of doubles that several workers write, each row at most once; rows that nobody writes are NULL.
  private func doubles(_ write: ((@Sendable (Int, Double) -> Void)) throws -> Void) rethrows -> Column {
    let result = MutableBuffer<Double>(count: count, zeroed: true)
    let valid = MutableBuffer<UInt8>(count: count, zeroed: true)
    try write { row, value in
      result.pointer[row] = value
      valid.pointer[row] = 1
    }
    return Column(type: .double, data: .double(result.frozen()), validity: Bitmap(flags: valid.frozen()))
  }
}
