/// A read-only row of bits in 64-bit words, least significant first: validity (1 = there is a value) and booleans.
///
/// A slice keeps its parent's words, so it may begin only at a multiple of 64 bits.
public struct Bitmap: Sendable {
  /// The words. Bits beyond `count` in the last one are undefined.
  public let words: Buffer<UInt64>
  /// The number of bits.
  public let count: Int

  /// Bits over words that hold at least `count` of them.
  @inlinable
  public init(words: Buffer<UInt64>, count: Int) {
    precondition(count >= 0 && words.count >= Bitmap.wordCount(count))
    self.words = words
    self.count = count
  }

  /// `count` equal bits.
  public init(repeating bit: Bool, count: Int) {
    self.init(words: Buffer(repeating: bit ? .max : 0, count: Bitmap.wordCount(count)), count: count)
  }

  /// The bits of an array.
  public init(_ bits: [Bool]) {
    let mutable = MutableBitmap(count: bits.count)
    for (index, bit) in bits.enumerated() where bit { mutable.set(index) }
    self = mutable.frozen()
  }

  /// The words that `bits` bits need.
  @inlinable public static func wordCount(_ bits: Int) -> Int { (bits + 63) >> 6 }

  /// The bit at an index.
  @inlinable
  public subscript(index: Int) -> Bool {
    precondition(index >= 0 && index < count, "bit index out of range")
    return words.pointer[index >> 6] >> UInt64(index & 63) & 1 == 1
  }

  /// The bits of a range: without copying when it begins at a multiple of 64, else copied.
  public func slice(_ range: Range<Int>) -> Bitmap {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "bit range out of bounds")
    if range.lowerBound & 63 == 0 {
      let first = range.lowerBound >> 6
      return Bitmap(words: words.slice(first..<first + Bitmap.wordCount(range.count)), count: range.count)
    }
    let copy = MutableBitmap(count: range.count)
    let shift = UInt64(range.lowerBound & 63)
    let first = range.lowerBound >> 6
    let available = Bitmap.wordCount(count)
    for word in 0..<Bitmap.wordCount(range.count) {
      let low = words.pointer[first + word] >> shift
      let high = first + word + 1 < available ? words.pointer[first + word + 1] << (64 - shift) : 0
      copy.words.pointer[word] = low | high
    }
    return copy.frozen()
  }

  /// The word at an index with the bits beyond `count` cleared.
  @inlinable
  public func maskedWord(_ index: Int) -> UInt64 {
    precondition(index >= 0 && index < Bitmap.wordCount(count))
    let rest = count - index << 6
    let word = words.pointer[index]
    return rest >= 64 ? word : word & (1 << UInt64(rest) - 1)
  }

  /// A new bitmap from the words of this and another of the same count.
  @inlinable
  public func combined(with other: Bitmap, _ operation: (UInt64, UInt64) -> UInt64) -> Bitmap {
    precondition(count == other.count)
    let result = MutableBitmap(count: count)
    for index in 0..<Bitmap.wordCount(count) {
      result.words.pointer[index] = operation(words.pointer[index], other.words.pointer[index])
    }
    return result.frozen()
  }

  /// The bits as a validity: nil when all are set, since that is how "no nulls" is said.
  public var validity: Bitmap? { trueCount == count ? nil : self }

  /// Every bit turned round.
  public func inverted() -> Bitmap { combined(with: self) { word, _ in ~word } }

  /// The validity of a value made of two: both must be there. Nil stands for "no nulls".
  public static func both(_ left: Bitmap?, _ right: Bitmap?) -> Bitmap? {
    guard let left else { return right }
    guard let right else { return left }
    return left.combined(with: right, &)
  }

  /// Calls `body` with the index of every set bit, in order.
  @inlinable
  public func forEachTrue(_ body: (Int) throws -> Void) rethrows {
    for index in 0..<Bitmap.wordCount(count) {
      var word = maskedWord(index)
      while word != 0 {
        try body(index << 6 + word.trailingZeroBitCount)
        word &= word &- 1
      }
    }
  }
}

/// A bitmap that is still being written; all bits begin cleared.
///
/// Workers may write different *words* of it at the same time, not different bits of one word.
public struct MutableBitmap: Sendable {
  /// The words, zero at first.
  public let words: MutableBuffer<UInt64>
  /// The number of bits.
  public let count: Int

  /// `count` cleared bits.
  @inlinable
  public init(count: Int) {
    words = MutableBuffer(count: Bitmap.wordCount(count), zeroed: true)
    self.count = count
  }

  /// Sets the bit at an index.
  @inlinable
  public func set(_ index: Int) {
    precondition(index >= 0 && index < count, "bit index out of range")
    words.pointer[index >> 6] |= 1 << UInt64(index & 63)
  }

  /// Clears the bit at an index.
  @inlinable
  public func clear(_ index: Int) {
    precondition(index >= 0 && index < count, "bit index out of range")
    words.pointer[index >> 6] &= ~(1 << UInt64(index & 63))
  }

  /// The bits as a read-only bitmap; nothing may be written after this.
  @inlinable
  public func frozen() -> Bitmap { Bitmap(words: words.frozen(), count: count) }

  /// The bits as a validity; nothing may be written after this.
  public func frozenValidity() -> Bitmap? { frozen().validity }
}
