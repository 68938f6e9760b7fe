import ColumnStore

/// The groups of one partition: a hash table with open addressing and linear probing that one worker fills, small enough
/// for its cache. Groups are numbered as their first rows come, so that these ascend.
final class PartitionTable {
  private let width: Int
  /// The words of each group's keys, side by side.
  let words = GroupArray<UInt64>(filledWith: 0)
  /// Where each group's first row stands in the whole input.
  let firstRows = GroupArray<Int>(filledWith: 0)
  /// The number of the group in each slot, counted from 1; 0 where there is none.
  private var slots: MutableBuffer<UInt32>
  private(set) var groupCount = 0

  /// A table for keys of so many words, with room for some rows at first.
  init(width: Int, expectedGroups: Int) {
    self.width = width
    slots = Self.emptySlots(expectedGroups)
  }

  /// Twice as many slots as groups, a power of two.
  private static func emptySlots(_ groups: Int) -> MutableBuffer<UInt32> {
    let count = 1 << (Int.bitWidth - max(groups * 2 - 1, 15).leadingZeroBitCount)
    return MutableBuffer(count: count, zeroed: true)
  }

  /// Writes the group of each row to `groups`.
  ///
  /// - Parameters:
  ///   - rows: the rows of a part, whose words are those from `words` on.
  ///   - firstRow: where the part's row 0 stands in the whole input.
  func assign(
    _ keys: UnsafePointer<UInt64>, _ rows: UnsafePointer<UInt32>, count: Int, firstRow: Int,
    into groups: UnsafeMutablePointer<UInt32>
  ) {
    if (groupCount + count) * 2 > slots.count { makeRoom(for: count) }
    words.grow((groupCount + count) * width)
    firstRows.grow(groupCount + count)
    if width == 1 {
      find(keys, rows, count, firstRow, groups, width: 1)
    } else {
      find(keys, rows, count, firstRow, groups, width: width)
    }
  }

  /// Takes some rows in whose groups nobody asks for.
  func count(_ columns: [Column], _ rows: Range<Int>, _ layout: PackedKeys) {
    let keys = MutableBuffer<UInt64>(count: rows.count * width)
    let groups = MutableBuffer<UInt32>(count: rows.count)
    let numbers = Buffer(Array(0..<UInt32(truncatingIfNeeded: rows.count)))
    layout.pack(columns, rows, into: keys.pointer)
    assign(keys.pointer, numbers.pointer, count: rows.count, firstRow: 0, into: groups.pointer)
  }

  @inline(__always)
  private func find(
    _ keys: UnsafePointer<UInt64>, _ rows: UnsafePointer<UInt32>, _ count: Int, _ firstRow: Int,
    _ groups: UnsafeMutablePointer<UInt32>, width: Int
  ) {
    let (slots, known, firstRows) = (slots.pointer, words.pointer, firstRows.pointer)
    let mask = UInt64(self.slots.count - 1)
    var groupCount = groupCount
    for row in 0..<count {
      let key = keys + row * width
      var slot = Int(truncatingIfNeeded: PackedKeys.hash(key, width: width) & mask)
      while true {
        let group = Int(slots[slot])
        if group == 0 {
          for word in 0..<width { known[groupCount * width + word] = key[word] }
          firstRows[groupCount] = firstRow + Int(rows[row])
          groups[row] = UInt32(truncatingIfNeeded: groupCount)
          groupCount += 1
          slots[slot] = UInt32(truncatingIfNeeded: groupCount)
          break
        }
        let candidate = known + (group - 1) * width
        var isSame = true
        for word in 0..<width where candidate[word] != key[word] { isSame = false }
        if isSame {
          groups[row] = UInt32(truncatingIfNeeded: group - 1)
          break
        }
        slot = (slot + 1) & Int(truncatingIfNeeded: mask)
      }
    }
    self.groupCount = groupCount
  }

  /// A larger table, should rows be so many that each could be a new group.
  private func makeRoom(for count: Int) {
    slots = Self.emptySlots(max(groupCount + count, slots.count / 2 + 1))
    let mask = UInt64(slots.count - 1)
    for group in 0..<groupCount {
      var slot = Int(truncatingIfNeeded: PackedKeys.hash(words.pointer + group * width, width: width) & mask)
      while slots.pointer[slot] != 0 { slot = (slot + 1) & Int(truncatingIfNeeded: mask) }
      slots.pointer[slot] = UInt32(truncatingIfNeeded: group + 1)
    }
  }
}
