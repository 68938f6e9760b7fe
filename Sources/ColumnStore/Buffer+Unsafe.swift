import Glibc

/// A block of bytes with an owner: allocated here, or part of a mapped file that something else keeps alive.
///
/// `@unchecked Sendable`: a block is written by whoever made it before it is shared, and only read after that.
public final class Memory: @unchecked Sendable {
  /// The first byte.
  public let base: UnsafeMutableRawPointer
  /// How many bytes belong to it.
  public let byteCount: Int
  /// What keeps borrowed bytes alive, such as a mapped file; nil for bytes of our own.
  public let owner: AnyObject?

  /// A fresh block, aligned for every vector width; its content is undefined unless `zeroed`.
  public init(byteCount: Int, zeroed: Bool = false) {
    self.byteCount = byteCount
    owner = nil
    let rounded = (max(byteCount, 1) + 63) & ~63
    // Large zeroed blocks come straight from the system as untouched pages, so they cost nothing until written.
    guard let block = zeroed ? calloc(rounded, 1) : aligned_alloc(64, rounded) else {
      // Reached only when the address space itself is exhausted; there is no state to save at that point.
      fatalError("out of memory: \(byteCount) bytes could not be allocated")
    }
    base = block
  }

  /// Bytes that `owner` keeps alive, such as a mapped file. They are not freed here.
  public init(borrowing bytes: UnsafeRawBufferPointer, from owner: AnyObject) {
    self.owner = owner
    byteCount = bytes.count
    base = UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped)
  }

  /// Whether the bytes belong to a file's mapping and so are not memory of our own.
  public var isBorrowed: Bool { owner != nil }

  deinit {
    if owner == nil { free(base) }
  }
}

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
    let builder = MutableBuffer<Element>(count: count)
    builder.pointer.update(repeating: value, count: count)
    self = builder.frozen()
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
