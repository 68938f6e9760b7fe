import ColumnStore

/// The values of some rows of an array, one after the other.
struct ArrowValues {
  let values: UnsafeRawPointer?
  let places: Range<Int>
  let owner: AnyObject
  let validity: Bitmap?

  var count: Int { places.count }

  /// The values as they are: where they lie if none is missing, else copied.
  func numbers<Number: FixedWidthInteger & BitwiseCopyable & Sendable>() -> Buffer<Number> { unchanged(zero: 0) }

  func numbers() -> Buffer<Double> { unchanged(zero: 0) }

  private func unchanged<Number: BitwiseCopyable & Sendable>(zero: Number) -> Buffer<Number> {
    if validity == nil, let values {
      let start = values + places.lowerBound * MemoryLayout<Number>.stride
      if Int(bitPattern: start) % MemoryLayout<Number>.alignment == 0 {
        let bytes = UnsafeRawBufferPointer(start: start, count: count * MemoryLayout<Number>.stride)
        return Buffer(memory: Memory(borrowing: bytes, from: owner), count: count)
      }
    }
    return converted(zero: zero) { (number: Number) in number }
  }

  /// The values as others.
  func numbers<Source: BitwiseCopyable, Number: Numeric & BitwiseCopyable & Sendable>(
    _ convert: (Source) -> Number
  ) -> Buffer<Number> {
    converted(zero: 0, convert)
  }

  private func converted<Source: BitwiseCopyable, Number: BitwiseCopyable & Sendable>(
    zero: Number, _ convert: (Source) -> Number
  ) -> Buffer<Number> {
    let result = MutableBuffer<Number>(count: count)
    guard let values else { return Buffer(repeating: zero, count: count) }
    let start = values + places.lowerBound * MemoryLayout<Source>.stride
    for row in 0..<count {
      result.pointer[row] = convert(
        start.loadUnaligned(fromByteOffset: row * MemoryLayout<Source>.stride, as: Source.self))
    }
    validity?.inverted().forEachTrue { result.pointer[$0] = zero }
    return result.frozen()
  }

  /// The values of one bit each.
  func bits() -> Bitmap? { values.map { ArrowValues.bits($0, places) } }

  static func bits(_ start: UnsafeRawPointer, _ places: Range<Int>) -> Bitmap {
    let first = places.lowerBound & 7
    let copy = MutableBitmap(count: first + places.count)
    UnsafeMutableRawPointer(copy.words.pointer).copyMemory(
      from: start + places.lowerBound >> 3, byteCount: (first + places.count + 7) >> 3)
    return copy.frozen().slice(first..<first + places.count)
  }

  /// Takes away the texts of rows that have none.
  func hide(in views: MutableBuffer<TextView>) { validity?.inverted().forEachTrue { views.pointer[$0] = .empty } }

  /// Bytes of texts: large ones stay where they are, small ones are not worth what would be kept with them.
  func kept(_ bytes: UnsafeRawBufferPointer) -> Buffer<UInt8> {
    if bytes.count >= 1 << 16 {
      return Buffer(memory: Memory(borrowing: bytes, from: owner), count: bytes.count)
    }
    return Buffer(Array(bytes))
  }
}

/// What bytes of texts are made of; nil where they are no valid UTF-8.
struct TextBytes {
  let isASCII: Bool

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else {
      isASCII = true
      return
    }
    let span = Span<UInt8>(_unsafeStart: base.assumingMemoryBound(to: UInt8.self), count: bytes.count)
    guard let text = try? UTF8Span(validating: span) else { return nil }
    isASCII = text.isKnownASCII
  }
}
