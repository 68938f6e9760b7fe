import CScan
import ColumnStore
import Glibc

/// What a text is found by: up to 16 bytes it is the text itself, beyond that eight bytes of it and a hash.
struct TextKey {
  let first: UInt64
  let second: UInt64
  let length: UInt32

  /// The key of `count` bytes; 8 bytes from `bytes` on must be readable.
  @inline(__always)
  init(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    let raw = UnsafeRawPointer(bytes)
    let head = raw.loadUnaligned(as: UInt64.self)
    length = UInt32(truncatingIfNeeded: count)
    if count < 8 {
      first = head & (1 << UInt64(truncatingIfNeeded: count &* 8) &- 1)
      second = 0
    } else if count <= 16 {
      first = head
      second = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    } else {
      first = head
      second = hashBytes(UnsafeBufferPointer(start: bytes, count: count))
    }
  }

  @inline(__always) var hash: Int {
    let product = (first ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(
      by: second ^ UInt64(length) &* 0x9E37_79B9_7F4A_7C15 ^ 0xE703_7ED1_A0B4_28DB)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }
}

/// A hash table from texts to numbers, with linear probing; it grows at half its capacity. It does not own the texts.
final class TextTable {
  struct Entry {
    var first: UInt64
    var second: UInt64
    var length: UInt32
    var code: UInt32
    var text: UnsafePointer<UInt8>?
  }

  private(set) var count = 0
  private var entries: UnsafeMutablePointer<Entry>
  private var mask: Int
  private static let free = UInt32.max

  init(capacity: Int = 64) {
    mask = max(64, capacity) - 1
    entries = TextTable.allocate(mask + 1)
  }

  deinit { entries.deallocate() }

  private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Entry> {
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    entries.initialize(repeating: Entry(first: 0, second: 0, length: free, code: 0, text: nil), count: capacity)
    return entries
  }

  /// The number of a text, or -1.
  @inline(__always)
  func code(_ key: TextKey, _ text: UnsafePointer<UInt8>) -> Int {
    var position = key.hash & mask
    while true {
      let entry = entries + position
      if entry.pointee.length == key.length, entry.pointee.first == key.first, entry.pointee.second == key.second,
        key.length <= 16 || isEqual(entry.pointee, text)
      {
        return Int(entry.pointee.code)
      }
      if entry.pointee.length == TextTable.free { return -1 }
      position = (position + 1) & mask
    }
  }

  /// Asks for the memory in which a text is looked for first.
  @inline(__always)
  func prefetch(_ key: TextKey) { cscan_prefetch(entries + key.hash & mask) }

  @inline(never)
  private func isEqual(_ entry: Entry, _ text: UnsafePointer<UInt8>) -> Bool {
    guard let own = entry.text else { return false }
    return memcmp(own, text, Int(entry.length)) == 0
  }

  /// Adds a text that is not there; its bytes must stay where they are.
  func insert(_ key: TextKey, _ text: UnsafePointer<UInt8>, code: UInt32) {
    if (count + 1) * 2 > mask + 1 { grow() }
    place(Entry(first: key.first, second: key.second, length: key.length, code: code, text: text), key.hash)
    count += 1
  }

  private func place(_ entry: Entry, _ hash: Int) {
    var position = hash & mask
    while entries[position].length != TextTable.free { position = (position + 1) & mask }
    entries[position] = entry
  }

  private func grow() {
    let old = entries
    let oldCapacity = mask + 1
    mask = oldCapacity * 2 - 1
    entries = TextTable.allocate(oldCapacity * 2)
    for position in 0..<oldCapacity where old[position].length != TextTable.free {
      let entry = old[position]
      place(entry, TextKey(first: entry.first, second: entry.second, length: entry.length).hash)
    }
    old.deallocate()
  }
}

extension TextKey {
  init(first: UInt64, second: UInt64, length: UInt32) {
    self.first = first
    self.second = second
    self.length = length
  }
}
