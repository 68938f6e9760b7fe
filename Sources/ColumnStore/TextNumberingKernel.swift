/// Gives every different text a number, counted from 0 in the order in which they come: open addressing over pairs of a
/// hash's 32 bits and a number.
struct TextNumbering {
  /// A text that has been seen: as in its view, but for a long one with the address of its bytes.
  private struct KnownText: BitwiseCopyable, Sendable {
    var length: UInt32
    var prefix: UInt32
    var payload: UInt64
  }

  private let heap: TextHeap
  /// In the upper half 32 bits of the hash, in the lower one more than the number; 0 in an empty slot.
  private var slots: MutableBuffer<UInt64>
  /// What a hash is shifted by to give a slot.
  private var shift: UInt32
  private var known: MutableBuffer<KnownText>
  /// Copies of the first texts, as many as stay in the processor's cache: later ones are compared with these.
  private let copies = MutableBuffer<UInt8>(count: 384 << 10)
  private var copiedBytes = 0
  /// The row where each number's text first stood.
  private(set) var firstRows: [UInt32] = []
  /// How many more slots may be gone past in vain.
  private var patience: Int

  /// An empty table for texts of a heap that are to be looked for `rowCount` times.
  init(_ heap: TextHeap, rowCount: Int) {
    self.heap = heap
    var bits: UInt32 = 6
    while bits < 30, 1 << bits < rowCount / 2 { bits += 1 }
    shift = 32 - bits
    slots = MutableBuffer(count: 1 << bits, zeroed: true)
    known = MutableBuffer(count: slots.count / 2)
    patience = rowCount * 16 + 1024
  }

  /// Whether so many hashes are alike that looking for texts takes more than its due.
  var isCrowded: Bool { patience < 0 }

  /// The number of a text, of whose hash `tag` holds 32 bits. A new text is remembered to stand first in `row`.
  mutating func number(of view: UnsafePointer<TextView>, tag: UInt32, row: Int) -> UInt32 {
    let mask = slots.count - 1
    var place = Int(tag >> shift)
    while true {
      let slot = slots.pointer[place]
      if slot == 0 { break }
      let number = UInt32(truncatingIfNeeded: slot) - 1
      if UInt32(truncatingIfNeeded: slot >> 32) == tag, isSame(known.pointer[Int(number)], view) { return number }
      place = (place + 1) & mask
      patience -= 1
    }
    let number = firstRows.count
    slots.pointer[place] = UInt64(tag) << 32 | UInt64(number + 1)
    known.pointer[number] = remember(view)
    firstRows.append(UInt32(truncatingIfNeeded: row))
    if firstRows.count == known.count { grow() }
    return UInt32(truncatingIfNeeded: number)
  }

  private func isSame(_ known: KnownText, _ view: UnsafePointer<TextView>) -> Bool {
    let text = view.pointee
    guard known.length == text.length, known.prefix == text.prefix else { return false }
    if text.isInline { return known.payload == text.payload }
    let bytes = heap.bytes(at: view)
    guard let start = bytes.baseAddress, let other = UnsafePointer<UInt8>(bitPattern: UInt(known.payload)) else {
      return false
    }
    return compareMemory(other, start, bytes.count) == 0
  }

  private mutating func remember(_ view: UnsafePointer<TextView>) -> KnownText {
    let text = view.pointee
    var result = KnownText(length: text.length, prefix: text.prefix, payload: text.payload)
    guard !text.isInline, let start = heap.bytes(at: view).baseAddress else { return result }
    let length = Int(text.length)
    var address = start
    if length <= copies.count - copiedBytes {
      let copy = copies.pointer + copiedBytes
      copy.update(from: start, count: length)
      copiedBytes += length
      address = UnsafePointer(copy)
    }
    result.payload = UInt64(UInt(bitPattern: address))
    return result
  }

  private mutating func grow() {
    let old = slots
    slots = MutableBuffer(count: old.count * 2, zeroed: true)
    shift -= 1
    let mask = slots.count - 1
    for index in 0..<old.count where old.pointer[index] != 0 {
      let slot = old.pointer[index]
      var place = Int(slot >> 32) >> Int(shift)
      while slots.pointer[place] != 0 {
        place = (place + 1) & mask
        patience -= 1
      }
      slots.pointer[place] = slot
    }
    let fewer = known
    known = MutableBuffer(count: slots.count / 2)
    known.pointer.update(from: fewer.pointer, count: fewer.count)
  }
}
