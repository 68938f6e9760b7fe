import CVector

/// The widest vectors that the machine has.
private let vectorLevel = cvector_level()

/// Whole numbers that are compared many at a time.
public protocol VectorComparable: FixedWidthInteger, BitwiseCopyable, Sendable {
  /// Writes a bit for each of `count` values; see `cvector_relation` for what it says.
  static func compareAll(
    _ values: UnsafePointer<Self>, _ count: Int, _ bound: Self, _ relation: cvector_relation, _ flip: UInt64,
    _ words: UnsafeMutablePointer<UInt64>, _ level: Int32)
}

extension UInt8: VectorComparable {
  /// By the kernel of the type's width.
  public static func compareAll(
    _ values: UnsafePointer<Self>, _ count: Int, _ bound: Self, _ relation: cvector_relation, _ flip: UInt64,
    _ words: UnsafeMutablePointer<UInt64>, _ level: Int32
  ) { cvector_compare_u8(values, count, bound, relation, flip, words, level) }
}

extension UInt16: VectorComparable {
  /// By the kernel of the type's width.
  public static func compareAll(
    _ values: UnsafePointer<Self>, _ count: Int, _ bound: Self, _ relation: cvector_relation, _ flip: UInt64,
    _ words: UnsafeMutablePointer<UInt64>, _ level: Int32
  ) { cvector_compare_u16(values, count, bound, relation, flip, words, level) }
}

extension UInt32: VectorComparable {
  /// By the kernel of the type's width.
  public static func compareAll(
    _ values: UnsafePointer<Self>, _ count: Int, _ bound: Self, _ relation: cvector_relation, _ flip: UInt64,
    _ words: UnsafeMutablePointer<UInt64>, _ level: Int32
  ) { cvector_compare_u32(values, count, bound, relation, flip, words, level) }
}

extension Int8: VectorComparable {
  /// By the kernel of the type's width.
  public static func compareAll(
    _ values: UnsafePointer<Self>, _ count: Int, _ bound: Self, _ relation: cvector_relation, _ flip: UInt64,
    _ words: UnsafeMutablePointer<UInt64>, _ level: Int32
  ) { cvector_compare_i8(values, count, bound, relation, flip, words, level) }
}

extension Int16: VectorComparable {
  /// By the kernel of the type's width.
  public static func compareAll(
    _ values: UnsafePointer<Self>, _ count: Int, _ bound: Self, _ relation: cvector_relation, _ flip: UInt64,
    _ words: UnsafeMutablePointer<UInt64>, _ level: Int32
  ) { cvector_compare_i16(values, count, bound, relation, flip, words, level) }
}

extension Int32: VectorComparable {
  /// By the kernel of the type's width.
  public static func compareAll(
    _ values: UnsafePointer<Self>, _ count: Int, _ bound: Self, _ relation: cvector_relation, _ flip: UInt64,
    _ words: UnsafeMutablePointer<UInt64>, _ level: Int32
  ) { cvector_compare_i32(values, count, bound, relation, flip, words, level) }
}

extension Int64: VectorComparable {
  /// By the kernel of the type's width.
  public static func compareAll(
    _ values: UnsafePointer<Self>, _ count: Int, _ bound: Self, _ relation: cvector_relation, _ flip: UInt64,
    _ words: UnsafeMutablePointer<UInt64>, _ level: Int32
  ) { cvector_compare_i64(values, count, bound, relation, flip, words, level) }
}

extension Buffer where Element: VectorComparable {
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
    Element.compareAll(pointer, count, bound, relation, isNegated ? .max : 0, words.pointer, vectorLevel)
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
