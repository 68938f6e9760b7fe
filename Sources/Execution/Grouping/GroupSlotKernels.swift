import ColumnStore

/// The slots of a hash table of groups, with open addressing and linear probing. Hashes and words lie outside, by group.
struct GroupSlots {
  /// The group in each slot; `UInt32.max` where there is none.
  private var slots = GroupSlots.empty(1024)

  /// How many slots there are, a power of two. At least one must stay empty.
  var count: Int { slots.count }

  private static func empty(_ count: Int) -> MutableBuffer<UInt32> {
    let slots = MutableBuffer<UInt32>(count: count)
    slots.pointer.update(repeating: .max, count: count)
    return slots
  }

  /// The group with these words, and the slot where it is or would be.
  ///
  /// - Parameters:
  ///   - hashes: one per group.
  ///   - words: `width` words per group.
  @inline(__always)
  func find(
    _ key: UnsafePointer<UInt64>, hash: UInt64, width: Int, _ hashes: UnsafePointer<UInt64>,
    _ words: UnsafePointer<UInt64>
  ) -> (slot: Int, group: UInt32?) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let group = slots.pointer[slot]
      if group == .max { return (slot, nil) }
      if hashes[Int(group)] == hash {
        let candidate = words + Int(group) * width
        var isSame = true
        for word in 0..<width where candidate[word] != key[word] { isSame = false }
        if isSame { return (slot, group) }
      }
      slot = (slot + 1) & mask
    }
  }

  /// Puts a group into an empty slot.
  @inline(__always)
  func fill(_ slot: Int, _ group: UInt32) { slots[slot] = group }

  /// Twice as many slots for the same groups.
  mutating func grow(_ hashes: UnsafePointer<UInt64>, groupCount: Int) {
    let larger = Self.empty(slots.count * 2)
    let mask = larger.count - 1
    for group in 0..<groupCount {
      var slot = Int(truncatingIfNeeded: hashes[group]) & mask
      while larger.pointer[slot] != .max { slot = (slot + 1) & mask }
      larger.pointer[slot] = UInt32(truncatingIfNeeded: group)
    }
    slots = larger
  }
}
