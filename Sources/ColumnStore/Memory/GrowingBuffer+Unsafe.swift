/// An array of trivial values that grows at its end, in blocks that the memory budget counts. One worker writes it.
public struct GrowingBuffer<Element: BitwiseCopyable & Sendable>: ~Copyable {
  private var storage: MutableBuffer<Element>
  /// How many values there are.
  public private(set) var count = 0

  /// An empty array with place for some values.
  public init(capacity: Int = 16) { storage = MutableBuffer(count: max(1, capacity)) }

  /// The first value; for kernels. Valid until the array grows.
  public var pointer: UnsafeMutablePointer<Element> { storage.pointer }

  /// The value at an index.
  public subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "buffer index out of range")
      return storage.pointer[index]
    }
    set {
      precondition(index >= 0 && index < count, "buffer index out of range")
      storage.pointer[index] = newValue
    }
  }

  /// Appends a value.
  @inline(__always)
  public mutating func append(_ value: Element) {
    if count == storage.count { reserve(count + 1) }
    storage.pointer[count] = value
    count += 1
  }

  /// Appends values.
  public mutating func append(contentsOf values: UnsafeBufferPointer<Element>) {
    reserve(count + values.count)
    if let base = values.baseAddress { (storage.pointer + count).update(from: base, count: values.count) }
    count += values.count
  }

  /// Appends copies of a value until there are `newCount`.
  public mutating func grow(to newCount: Int, with value: Element) {
    guard newCount > count else { return }
    reserve(newCount)
    (storage.pointer + count).update(repeating: value, count: newCount - count)
    count = newCount
  }

  private mutating func reserve(_ wanted: Int) {
    guard wanted > storage.count else { return }
    let larger = MutableBuffer<Element>(count: max(wanted, storage.count * 2))
    larger.pointer.update(from: storage.pointer, count: count)
    storage = larger
  }

  /// The values, without copying them. Nothing may be appended or changed after this.
  public func frozen() -> Buffer<Element> { storage.frozen().slice(0..<count) }
}
