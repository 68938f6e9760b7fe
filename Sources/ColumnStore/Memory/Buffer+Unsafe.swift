/// A read-only array of trivial values: a window into a `Memory`. Copying it copies no values.
///
/// `@unchecked Sendable`: see `Memory`.
public struct Buffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  /// The block that holds the values.
  public let memory: Memory
  /// The first value; for kernels, which prove their bounds against `count`.
  public let pointer: UnsafePointer<Element>
  /// How many values there are.
  public let count: Int

  /// The first `count` values of a block.
  @inlinable
  public init(memory: Memory, count: Int) {
    precondition(count >= 0 && count <= memory.byteCount / MemoryLayout<Element>.stride)
    self.init(memory: memory, pointer: UnsafePointer(memory.base.assumingMemoryBound(to: Element.self)), count: count)
  }

  @usableFromInline
  init(memory: Memory, pointer: UnsafePointer<Element>, count: Int) {
    self.memory = memory
    self.pointer = pointer
    self.count = count
  }

  /// A copy of an array's values.
  public init(_ values: [Element]) {
    let builder = MutableBuffer<Element>(count: values.count)
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { builder.pointer.update(from: base, count: values.count) }
    }
    self = builder.frozen()
  }

  /// `count` copies of one value.
  public init(repeating value: Element, count: Int) {
    self = MutableBuffer(repeating: value, count: count).frozen()
  }

  /// The value at an index.
  @inlinable
  public subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count, "buffer index out of range")
    return pointer[index]
  }

  /// The values of a range, without copying.
  @inlinable
  public func slice(_ range: Range<Int>) -> Buffer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "buffer range out of bounds")
    return Buffer(memory: memory, pointer: pointer + range.lowerBound, count: range.count)
  }

  /// All values as they lie in memory. Valid only as long as the buffer is held: never take it from a buffer that nothing
  /// else names.
  @inlinable public var unsafe: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: pointer, count: count) }

  /// The bytes that the window spans.
  public var byteCount: Int { count * MemoryLayout<Element>.stride }

  /// The same where they are memory of our own; nothing for a part of a mapped file.
  var heldByteCount: Int { memory.isBorrowed ? 0 : byteCount }
}

extension Buffer: RandomAccessCollection {
  /// Zero.
  @inlinable public var startIndex: Int { 0 }
  /// The number of values.
  @inlinable public var endIndex: Int { count }

  /// Calls `body` with all values as they lie in memory.
  @inlinable
  public func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result? {
    try withExtendedLifetime(memory) { try body(unsafe) }
  }
}

/// A buffer that is still being written. Its owner freezes it once and writes no more.
///
/// `@unchecked Sendable`: workers write disjoint ranges of it, and it is frozen after they have been joined.
public struct MutableBuffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  /// The block that holds the values.
  public let memory: Memory
  /// The first value; for kernels, which prove their bounds against `count`.
  public let pointer: UnsafeMutablePointer<Element>
  /// How many values there is place for.
  public let count: Int

  /// Place for `count` values, undefined unless `zeroed`.
  @inlinable
  public init(count: Int, zeroed: Bool = false) {
    memory = Memory(byteCount: count * MemoryLayout<Element>.stride, zeroed: zeroed)
    pointer = memory.base.bindMemory(to: Element.self, capacity: count)
    self.count = count
  }

  /// A copy of finished values.
  public init(copying values: Buffer<Element>) {
    self.init(count: values.count)
    pointer.update(from: values.pointer, count: values.count)
  }

  /// `count` copies of one value.
  public init(repeating value: Element, count: Int) {
    self.init(count: count)
    pointer.update(repeating: value, count: count)
  }

  /// The value at an index.
  @inlinable
  public subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "buffer index out of range")
      return pointer[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count, "buffer index out of range")
      pointer[index] = newValue
    }
  }

  /// The values as a read-only buffer; nothing may be written after this.
  @inlinable
  public func frozen() -> Buffer<Element> { Buffer(memory: memory, count: count) }
}

extension MutableBuffer<UInt32> {
  /// The numbers from 0 on.
  public static func numbered(_ count: Int) -> MutableBuffer {
    let result = MutableBuffer(count: count)
    for index in 0..<count { result.pointer[index] = UInt32(truncatingIfNeeded: index) }
    return result
  }
}
