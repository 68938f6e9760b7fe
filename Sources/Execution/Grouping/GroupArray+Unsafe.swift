import ColumnStore

/// One value per group, growing as groups are found. For the innermost loops: an index is checked in debug builds only,
/// and every caller takes it from a grouper that has grown the array first.
final class GroupArray<Element: BitwiseCopyable & Sendable> {
  private(set) var pointer: UnsafeMutablePointer<Element>
  private(set) var count = 0
  fileprivate var storage: MutableBuffer<Element>
  private let initial: Element

  /// An empty array whose new elements are `initial`.
  init(filledWith initial: Element) {
    self.initial = initial
    storage = MutableBuffer(count: 16)
    pointer = storage.pointer
  }

  /// Whether it has no elements.
  var isEmpty: Bool { count == 0 }

  /// The values as they are now, until the array is changed.
  var values: Buffer<Element> { storage.frozen().slice(0..<count) }

  /// The values, to be changed by a kernel, or by several threads in different places, until the array grows.
  var shared: MutableBuffer<Element> { storage }

  /// Makes the array at least `newCount` long.
  func grow(_ newCount: Int) {
    guard newCount > count else { return }
    if newCount > storage.count {
      let larger = MutableBuffer<Element>(count: max(newCount, storage.count * 2))
      larger.pointer.update(from: pointer, count: count)
      storage = larger
      pointer = larger.pointer
    }
    (pointer + count).update(repeating: initial, count: newCount - count)
    count = newCount
  }

  @inline(__always)
  subscript(group: Int) -> Element {
    get {
      assert(group < count)
      return pointer[group]
    }
    set {
      assert(group < count)
      pointer[group] = newValue
    }
  }
}

extension GroupArray<UInt32> {
  /// Adds to each group's number how many of the codes are the group's.
  func tally(_ codes: Buffer<UInt8>) { codes.tally(into: storage, kinds: count) }
}
