/// How much of some bytes is UTF-8.
struct UTF8Census: Sendable {
  /// Characters of two to four bytes.
  var characters = 0
  /// Bytes that belong to no character.
  var badBytes = 0

  mutating func add(_ other: UTF8Census) {
    characters += other.characters
    badBytes += other.badBytes
  }

  /// Whether the bytes are UTF-8 for all that: damage is rare against characters that are right. Text of another
  /// encoding hardly ever has a valid sequence.
  var isDamagedUTF8: Bool { badBytes > 0 && characters >= 2 && badBytes * 4 <= characters }
}

/// The length of the character at `position`, 1 to 4; 0 when its first byte belongs to none (Unicode 15, table 3-7).
@inline(__always)
func utf8Length(_ bytes: UnsafePointer<UInt8>, _ position: Int, _ count: Int) -> Int {
  let first = bytes[position]
  if first < 0x80 { return 1 }
  if first < 0xC2 || first > 0xF4 { return 0 }
  let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  guard position + length <= count, bytes[position + 1] & 0xC0 == 0x80 else { return 0 }
  if length == 2 { return 2 }
  let second = bytes[position + 1]
  switch first {
  case 0xE0 where second < 0xA0, 0xED where second > 0x9F, 0xF0 where second < 0x90, 0xF4 where second > 0x8F: return 0
  default: break
  }
  guard bytes[position + 2] & 0xC0 == 0x80 else { return 0 }
  if length == 3 { return 3 }
  return bytes[position + 3] & 0xC0 == 0x80 ? 4 : 0
}

extension UTF8Census {
  /// Counts the characters that begin in a range of `count` bytes in all; one that began before it is left out.
  init(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, of count: Int) {
    var position = UTF8Census.firstStart(bytes, range.lowerBound, count)
    while position < range.upperBound {
      position = UTF8Census.skipASCII(bytes, position, range.upperBound)
      if position >= range.upperBound { break }
      let length = utf8Length(bytes, position, count)
      if length == 0 { badBytes += 1 } else if length > 1 { characters += 1 }
      position += max(length, 1)
    }
  }

  private static func firstStart(_ bytes: UnsafePointer<UInt8>, _ position: Int, _ count: Int) -> Int {
    for back in 1...3 where position - back >= 0 {
      let length = utf8Length(bytes, position - back, count)
      if length > back { return position - back + length }
      if bytes[position - back] & 0xC0 != 0x80 { break }
    }
    return position
  }

  @inline(__always)
  private static func skipASCII(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    let raw = UnsafeRawPointer(bytes)
    var position = start
    while position + 8 <= end,
      raw.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    {
      position += 8
    }
    while position < end, bytes[position] < 0x80 { position += 1 }
    return position
  }
}

extension FileBytes {
  /// How much of a range is UTF-8.
  func census(of range: Range<Int>) -> UTF8Census { UTF8Census(base, range, of: count) }
}
