import ColumnStore

/// Gives every different text a number, counted from 0 in the order of first appearance.
///
/// Open addressing over 32-bit slots; hashes are kept, so that growing touches no text. One worker uses it.
final class TextInterner {
  private var slots: MutableBuffer<UInt32>
  private var hashes = GrowingBuffer<UInt64>()
  private var views = GrowingBuffer<TextView>()
  private var arena = GrowingBuffer<UInt8>()

  init() { slots = MutableBuffer(repeating: .max, count: 64) }

  /// How many different texts it has seen.
  var count: Int { views.count }

  /// The number of a text.
  func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    if (views.count + 1) * 2 > slots.count { grow() }
    let hash = hashBytes(bytes)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != .max {
      let number = Int(slots[slot])
      if hashes[number] == hash, isEqual(number, bytes) { return UInt32(truncatingIfNeeded: number) }
      slot = (slot + 1) & mask
    }
    let number = UInt32(truncatingIfNeeded: views.count)
    slots[slot] = number
    hashes.append(hash)
    views.append(TextView(bytes: bytes, block: 0, offset: arena.count))
    if bytes.count > TextView.inlineCapacity { arena.append(contentsOf: bytes) }
    return number
  }

  /// The number of a text that has been seen; nil for a new one.
  func find(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
    find(bytes, slots.pointer, slots.count - 1, hashes.pointer)
  }

  /// Calls `body` with each row that has a text, and the text's number, or nil for one that has not been seen.
  @inline(__always)
  func find(_ texts: Column, count: Int, _ body: (_ row: Int, _ number: UInt32?) -> Void) {
    let (views, heap) = texts.textViews()
    precondition(views.count >= count)
    let (slots, mask, hashes) = (slots.pointer, slots.count - 1, hashes.pointer)
    for row in 0..<count where !texts.isNull(row) {
      body(row, find(heap.bytes(at: views.pointer + row), slots, mask, hashes))
    }
  }

  @inline(__always)
  private func find(
    _ bytes: UnsafeBufferPointer<UInt8>, _ slots: UnsafePointer<UInt32>, _ mask: Int, _ hashes: UnsafePointer<UInt64>
  ) -> UInt32? {
    let hash = hashBytes(bytes)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != .max {
      if hashes[Int(slots[slot])] == hash, isEqual(Int(slots[slot]), bytes) { return slots[slot] }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Calls `body` with the bytes of a number's text.
  func withBytes<Result>(of number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    var view = views[number]
    if view.isInline {
      return withUnsafePointer(to: &view) { body(TextHeap.none.bytes(at: $0)) }
    }
    return body(UnsafeBufferPointer(start: arena.pointer + view.offset, count: Int(view.length)))
  }

  /// All texts as a dictionary, a text's number being its code.
  func dictionary() -> TextDictionary {
    TextDictionary(
      views: views.frozen(), heap: arena.count == 0 ? .none : TextHeap(blocks: [arena.frozen()]), isSorted: false)
  }

  private func isEqual(_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard Int(views[number].length) == bytes.count else { return false }
    return withBytes(of: number) { TextHeap.equal($0, bytes) }
  }

  private func grow() {
    let larger = MutableBuffer<UInt32>(repeating: .max, count: slots.count * 2)
    let mask = larger.count - 1
    for number in 0..<hashes.count {
      var slot = Int(truncatingIfNeeded: hashes[number]) & mask
      while larger[slot] != .max { slot = (slot + 1) & mask }
      larger[slot] = UInt32(truncatingIfNeeded: number)
    }
    slots = larger
  }
}
