/// Turns the bytes of a keyboard into characters, one byte at a time.
///
/// Bytes that are no UTF-8 become U+FFFD, so that a person sees that something odd was typed or pasted, and the bytes
/// behind them are read as if nothing had been there.
struct ScalarDecoder {
  private var pending: [UInt8] = []

  /// Whether a character has begun and not ended.
  var isInsideCharacter: Bool { !pending.isEmpty }

  /// The characters that `byte` ends: none while one goes on, two when it shows that the one before was broken.
  mutating func feed(_ byte: UInt8) -> [Unicode.Scalar] {
    pending.append(byte)
    if byte < 0x80 || !isPrefixOfScalar(pending) || isWhole(pending) { return flush() }
    return []
  }

  /// Forgets a character that has begun.
  mutating func reset() { pending.removeAll() }

  private mutating func flush() -> [Unicode.Scalar] {
    // A byte that cannot go on with what was pending may begin a character of its own.
    if pending.count > 1, !isWhole(pending), let last = pending.last {
      pending = []
      return ["\u{FFFD}"] + feed(last)
    }
    let scalars = Array(String(decoding: pending, as: UTF8.self).unicodeScalars)
    pending = []
    return scalars
  }

  private func isWhole(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

  /// Whether some continuation makes `bytes` one scalar.
  private func isPrefixOfScalar(_ bytes: [UInt8]) -> Bool {
    guard let lead = bytes.first else { return true }
    let length =
      switch lead {
      case 0..<0x80: 1
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 0
      }
    guard bytes.count <= length else { return false }
    guard bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return false }
    guard bytes.count > 1 else { return true }
    // The second bytes that would give an overlong form, a surrogate or a value above U+10FFFF (Unicode, table 3-7).
    let second = bytes[1]
    return switch lead {
    case 0xE0: second >= 0xA0
    case 0xED: second < 0xA0
    case 0xF0: second >= 0x90
    case 0xF4: second < 0x90
    default: true
    }
  }
}
