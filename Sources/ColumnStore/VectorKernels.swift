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

extension Buffer<UInt8> {
  /// Adds to each of the first tallies how many values are its index, by comparing all values with each index below
  /// `kinds`, of which there should be few.
  public func tally(into tallies: MutableBuffer<UInt32>, kinds: Int) {
    precondition(kinds <= tallies.count && kinds <= 256 && count <= Int(UInt32.max))
    cvector_tally(pointer, count, kinds, tallies.pointer, vectorLevel)
  }
}

extension Bitmap {
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
