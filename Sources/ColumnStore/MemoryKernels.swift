import Glibc

/// The order of two runs of bytes: negative, zero or positive. Both must be at least `count` long.
@inlinable
public func compareMemory(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Int {
  Int(memcmp(left, right, count))
}

/// A 64-bit hash of bytes: two 64-bit words a step, multiplied to 128 bits and folded (the scheme of wyhash, W. Yi 2019).
/// It is the same on every run and machine, so results do not depend on it; it does not resist chosen keys, so tables
/// that use it bound their probes by growing.
@inlinable
public func hashBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
  let count = bytes.count
  var seed: UInt64 = 0xA076_1D64_78BD_642F ^ UInt64(truncatingIfNeeded: count)
  guard let start = bytes.baseAddress else { return mix(seed, 0xE703_7ED1_A0B4_28DB) }
  let raw = UnsafeRawPointer(start)
  var position = 0
  while count - position >= 16 {
    seed = mix(
      raw.loadUnaligned(fromByteOffset: position, as: UInt64.self) ^ 0xE703_7ED1_A0B4_28DB,
      raw.loadUnaligned(fromByteOffset: position + 8, as: UInt64.self) ^ seed)
    position += 16
  }
  let rest = count - position
  let low: UInt64
  let high: UInt64
  if rest >= 8 {
    low = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
    high = lastBytes(raw, count, rest - 8)
  } else {
    low = lastBytes(raw, count, rest)
    high = 0
  }
  return mix(low ^ 0x8EBC_6AF0_9C88_C6E3, high ^ seed)
}

/// The hash that `hashBytes` gives of the text whose view lies at `pointer`. A short text is hashed as it stands in the
/// view: its zero-filled words are what would be loaded of its bytes.
@inlinable
public func hashText(at pointer: UnsafePointer<TextView>, _ heap: TextHeap) -> UInt64 {
  let view = pointer.pointee
  guard view.isInline else { return hashBytes(heap.bytes(at: pointer)) }
  let low = UInt64(view.prefix) | view.payload << 32
  let seed = 0xA076_1D64_78BD_642F ^ UInt64(view.length)
  return mix(low ^ 0x8EBC_6AF0_9C88_C6E3, view.payload >> 32 ^ seed)
}

/// A 64-bit hash of a word.
@inlinable
public func hashWord(_ word: UInt64) -> UInt64 { mix(word ^ 0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB) }

/// Two hashes made into one; the order counts.
@inlinable
public func combineHashes(_ left: UInt64, _ right: UInt64) -> UInt64 { mix(left ^ 0x8EBC_6AF0_9C88_C6E3, right ^ left) }

@inlinable
func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let (high, low) = left.multipliedFullWidth(by: right)
  return high ^ low
}

/// The last `wanted` bytes, fewer than eight, of some.
@inlinable
func lastBytes(_ bytes: UnsafeRawPointer, _ count: Int, _ wanted: Int) -> UInt64 {
  if wanted == 0 { return 0 }
  if count >= 8 {
    let word = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    return word >> UInt64(truncatingIfNeeded: (8 - wanted) * 8)
  }
  var word: UInt64 = 0
  for index in count - wanted..<count {
    word |= UInt64(bytes.load(fromByteOffset: index, as: UInt8.self)) << UInt64((index - count + wanted) * 8)
  }
  return word
}
