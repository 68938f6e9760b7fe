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
  var low: UInt64 = 0
  var high: UInt64 = 0
  let rest = count - position
  if rest >= 8 {
    low = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
    high = tail(raw + position + 8, rest - 8)
  } else {
    low = tail(raw + position, rest)
  }
  return mix(low ^ 0x8EBC_6AF0_9C88_C6E3, high ^ seed)
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

@inlinable
func tail(_ pointer: UnsafeRawPointer, _ count: Int) -> UInt64 {
  var word: UInt64 = 0
  for index in 0..<count {
    word |= UInt64(pointer.load(fromByteOffset: index, as: UInt8.self)) << UInt64(index * 8)
  }
  return word
}
