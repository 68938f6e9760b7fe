import CVector

/// The widest vectors that the machine has.
private let vectorLevel = cvector_level()

extension Buffer where Element: FixedWidthInteger {
  /// A bit per value: whether it equals a bound.
  public func equal(to bound: Element) -> Bitmap { compared(with: bound, cvector_equal, isNegated: false) }

  /// A bit per value: whether it is less than a bound.
  public func less(than bound: Element) -> Bitmap { compared(with: bound, cvector_less, isNegated: false) }

  /// A bit per value: whether it is greater than a bound.
  public func greater(than bound: Element) -> Bitmap { compared(with: bound, cvector_greater, isNegated: false) }

  /// A bit per value: whether it differs from a bound.
  public func notEqual(to bound: Element) -> Bitmap { compared(with: bound, cvector_equal, isNegated: true) }

  /// A bit per value: whether it is at least a bound.
  public func atLeast(_ bound: Element) -> Bitmap { compared(with: bound, cvector_less, isNegated: true) }

  /// A bit per value: whether it is at most a bound.
  public func atMost(_ bound: Element) -> Bitmap { compared(with: bound, cvector_greater, isNegated: true) }

  private func compared(with bound: Element, _ relation: cvector_relation, isNegated: Bool) -> Bitmap {
    let words = MutableBuffer<UInt64>(count: Bitmap.wordCount(count))
    let (bits, flip): (_, UInt64) = (words.pointer, isNegated ? .max : 0)
    func values<Number>(_: Number.Type) -> UnsafePointer<Number> {
      UnsafeRawPointer(pointer).assumingMemoryBound(to: Number.self)
    }
    switch (Element.bitWidth, Element.isSigned) {
    case (8, true): cvector_compare_i8(values(Int8.self), count, Int8(bound), relation, flip, bits, vectorLevel)
    case (16, true): cvector_compare_i16(values(Int16.self), count, Int16(bound), relation, flip, bits, vectorLevel)
    case (32, true): cvector_compare_i32(values(Int32.self), count, Int32(bound), relation, flip, bits, vectorLevel)
    case (64, true): cvector_compare_i64(values(Int64.self), count, Int64(bound), relation, flip, bits, vectorLevel)
    case (8, false): cvector_compare_u8(values(UInt8.self), count, UInt8(bound), relation, flip, bits, vectorLevel)
    case (16, false): cvector_compare_u16(values(UInt16.self), count, UInt16(bound), relation, flip, bits, vectorLevel)
    case (32, false): cvector_compare_u32(values(UInt32.self), count, UInt32(bound), relation, flip, bits, vectorLevel)
    default: preconditionFailure("no column has integers of such a width")
    }
    return Bitmap(words: words.frozen(), count: count)
  }
}

extension Buffer<UInt32> {
  /// The least and the largest of what the numbers are followed by, where 0 follows `UInt32.max`; 0 as the largest and
  /// `UInt32.max` as the least without any numbers.
  var boundsOfSuccessors: (least: UInt32, largest: UInt32) {
    var (least, largest): (UInt32, UInt32) = (0, 0)
    cvector_successors(pointer, count, &least, &largest, vectorLevel)
    return (least, largest)
  }
}

extension UnsafeMutableBufferPointer<Int64> {
  /// Calls `body` with values among which are the one that sorting would put at a place and, if there is one, the next, and
  /// with the place among them. From many values those between two of a sample are chosen, again and again, until there
  /// are few or the sample was a bad one.
  ///
  /// R. W. Floyd and R. L. Rivest, "Expected Time Bounds for Selection" (1975), with a sample of fixed size.
  public func around<Result>(
    _ place: Int, _ body: (UnsafeMutableBufferPointer<Int64>, _ place: Int) -> Result
  ) -> Result {
    // The place in the sample is off by no more than twice its deviation, most of the time.
    let (sampleSize, margin) = (64, 8)
    guard count >= 4 * sampleSize, let base = baseAddress else { return body(self, place) }
    return withUnsafeTemporaryAllocation(of: Int64.self, capacity: count + 8) { few in
      guard let target = few.baseAddress else { return body(self, place) }
      for index in 0..<sampleSize { target[index] = base[index * count / sampleSize] }
      let rank = place * sampleSize / count
      var (low, high) = (Int64.min, Int64.max)
      cvector_ranked(
        target, Swift.max(rank - margin, 0), Swift.min(rank + margin, sampleSize - 1), &low, &high, vectorLevel)
      if rank < margin { low = .min }
      if rank + margin >= sampleSize { high = .max }
      var below = 0
      let kept = cvector_between(base, count, low, high, target, &below, vectorLevel)
      guard place >= below, Swift.min(place + 1, count - 1) < below + kept, kept <= count / 2 else {
        return body(self, place)
      }
      return UnsafeMutableBufferPointer(rebasing: few[..<kept]).around(place - below, body)
    }
  }
}

/// The sum of values and that of their squares, each in twice the bits of a double: a high part, and a low one with what
/// is lost by rounding.
public struct MomentSums: BitwiseCopyable, Sendable {
  /// The high parts of the sum and of the sum of squares.
  public var high = SIMD2<Double>()
  /// Their low parts.
  public var low = SIMD2<Double>()

  /// Nothing.
  public init() {}
}

extension Buffer<Double> {
  /// A bit per value: whether it equals a bound, 0 being -0; NaN equals nothing.
  public func equal(to bound: Double) -> Bitmap { compared(with: bound, cvector_equal) }

  /// A bit per value: whether it is less than a bound; NaN is not.
  public func less(than bound: Double) -> Bitmap { compared(with: bound, cvector_less) }

  private func compared(with bound: Double, _ relation: cvector_relation) -> Bitmap {
    let words = MutableBuffer<UInt64>(count: Bitmap.wordCount(count))
    cvector_compare_f64(pointer, count, bound, relation, 0, words.pointer, vectorLevel)
    return Bitmap(words: words.frozen(), count: count)
  }

  /// Adds all values to the sums of their groups; each group has one.
  public func addMoments(to sums: MutableBuffer<MomentSums>, groups: Buffer<UInt32>) {
    precondition(groups.count >= count)
    sums.pointer.withMemoryRebound(to: cvector_moments.self, capacity: sums.count) {
      cvector_add_moments(groups.pointer, pointer, count, $0, vectorLevel)
    }
  }
}

extension ValueBins {
  /// Where the bins of numbers, each of a group, are among those of all groups: `group * count + bin`. NaN is larger than
  /// every number. Groups are below 2^22.
  public func places(of numbers: Buffer<Double>, groups: Buffer<UInt32>, into places: MutableBuffer<UInt32>) {
    precondition(groups.count >= numbers.count && places.count >= numbers.count)
    cvector_bins(numbers.pointer, groups.pointer, numbers.count, pivot, factor, places.pointer, vectorLevel)
  }
}

extension Buffer<UInt8> {
  /// Adds to each of the first tallies how many values are its index, by comparing all values with each index below
  /// `kinds`, of which there should be few.
  public func tally(into tallies: MutableBuffer<UInt32>, kinds: Int) {
    precondition(kinds <= tallies.count && kinds <= 256 && count <= Int(UInt32.max))
    cvector_tally(pointer, count, kinds, tallies.pointer, vectorLevel)
  }
}

extension Buffer where Element: FixedWidthInteger {
  /// Sets the first numbers, or with `adds` adds to them, what the values' codes are times `stride`. A code is how far a value
  /// is from `base`, and at most `limit`; the stride times that is below 2^32. False for widths that have no such loop.
  public func number(
    from base: UInt32, limit: UInt32, stride: UInt32, adds: Bool, into numbers: MutableBuffer<UInt32>
  ) -> Bool {
    precondition(numbers.count >= count)
    let (raw, target) = (UnsafeRawPointer(pointer), numbers.pointer)
    func values<Number>(_: Number.Type) -> UnsafePointer<Number> { raw.assumingMemoryBound(to: Number.self) }
    switch (Element.bitWidth, Element.isSigned) {
    case (8, true): cvector_number_i8(values(Int8.self), count, base, limit, stride, adds, target, vectorLevel)
    case (16, true): cvector_number_i16(values(Int16.self), count, base, limit, stride, adds, target, vectorLevel)
    case (32, true): cvector_number_i32(values(Int32.self), count, base, limit, stride, adds, target, vectorLevel)
    case (8, false): cvector_number_u8(values(UInt8.self), count, base, limit, stride, adds, target, vectorLevel)
    case (16, false): cvector_number_u16(values(UInt16.self), count, base, limit, stride, adds, target, vectorLevel)
    case (32, false): cvector_number_u32(values(UInt32.self), count, base, limit, stride, adds, target, vectorLevel)
    default: return false
    }
    return true
  }
}

extension Buffer<Int64> {
  /// All values divided by a number.
  public func divided(by divisor: Double) -> Buffer<Double> {
    let result = MutableBuffer<Double>(count: count)
    cvector_quotients(pointer, count, divisor, result.pointer, vectorLevel)
    return result.frozen()
  }
}

extension ColumnData {
  /// Whether they are whole numbers of at most 32 bits.
  public var isShortInteger: Bool {
    switch self {
    case .integer8, .integer16, .integer32: true
    default: false
    }
  }

  /// Adds to the first words, or without `adds` to 1, how far a range of short integers are from `least`, shifted to the
  /// left by `place` bits.
  public func place(
    _ rows: Range<Int>, from least: Int64, at place: Int, adds: Bool, into words: MutableBuffer<UInt64>
  ) {
    precondition(rows.count <= words.count && (0..<64).contains(place))
    precondition(rows.lowerBound >= 0 && rows.upperBound <= count)
    let (target, place) = (words.pointer, UInt32(place))
    switch self {
    case .integer8(let values):
      cvector_place_i8(values.pointer + rows.lowerBound, rows.count, least, place, adds, target, vectorLevel)
    case .integer16(let values):
      cvector_place_i16(values.pointer + rows.lowerBound, rows.count, least, place, adds, target, vectorLevel)
    case .integer32(let values):
      cvector_place_i32(values.pointer + rows.lowerBound, rows.count, least, place, adds, target, vectorLevel)
    default: preconditionFailure("such values are no short integers")
    }
  }
}

extension Bitmap {
  /// The number of set bits.
  public var trueCount: Int {
    let whole = count >> 6
    let rest = whole < Bitmap.wordCount(count) ? maskedWord(whole).nonzeroBitCount : 0
    return cvector_count_bits(words.pointer, whole, vectorLevel) + rest
  }

  /// The indices of the set bits, in order.
  public func trueIndices() -> Buffer<UInt32> {
    let total = trueCount
    // The kernel writes eight positions at a time.
    let indices = MutableBuffer<UInt32>(count: total + 8)
    let whole = count >> 6
    var found = cvector_positions(words.pointer, whole, indices.pointer, vectorLevel)
    if whole < Bitmap.wordCount(count) {
      var rest = maskedWord(whole)
      while rest != 0 {
        indices.pointer[found] = UInt32(truncatingIfNeeded: whole << 6 + rest.trailingZeroBitCount)
        found += 1
        rest &= rest &- 1
      }
    }
    return indices.frozen().slice(0..<total)
  }
}
