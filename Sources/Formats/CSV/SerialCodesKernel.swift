import ColumnStore

/// The codes of texts that are the same prefix and a number of a fixed length, as identifiers often are: `acc_00457500`.
/// The number says where the code stands, so that no table is searched and no text is compared.
///
/// What it knows it was told: it lies before a `TextTable`, which has all texts.
final class SerialCodes {
  private let length: UInt32
  /// How the first and the last eight bytes of a text must look outside its number.
  private let headMask: UInt64
  private let head: UInt64
  private let tailMask: UInt64
  private let tail: UInt64
  /// For every number the code and one; 0 where no code is known.
  private let codes: Memory

  private static let mostDigits = 6

  /// Codes for texts that look like this one; nil when it is none of 2 to 16 bytes that ends with digits.
  init?(like text: [UInt8]) {
    let digits = min(text.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count, SerialCodes.mostDigits)
    guard digits > 0, text.count > 1, text.count <= 16 else { return nil }
    var padded = text
    padded.append(contentsOf: repeatElement(0, count: 8))
    let key = padded.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { TextKey($0, text.count) }
    }
    guard let key else { return nil }
    length = key.length
    let prefix = text.count - digits
    headMask = prefix >= 8 ? .max : 1 << UInt64(prefix * 8) - 1
    tailMask = 1 << UInt64(64 - digits * 8) - 1
    head = key.first & headMask
    tail = SerialCodes.tail(key) & tailMask
    var count = 1
    for _ in 0..<digits { count *= 10 }
    codes = Memory(byteCount: count * 4, zeroed: true)
  }

  /// The last eight bytes of a text, the last one highest.
  @inline(__always)
  private static func tail(_ key: TextKey) -> UInt64 {
    key.length >= 8 ? key.second : key.first &<< UInt64(truncatingIfNeeded: 64 &- Int(key.length) &* 8)
  }

  /// Where the code of a text stands; nil for a text that looks otherwise.
  @inline(__always)
  func place(_ key: TextKey) -> UnsafeMutablePointer<UInt32>? {
    guard key.length == length, key.first & headMask == head else { return nil }
    let last = SerialCodes.tail(key)
    guard last & tailMask == tail, let number = numberOfDigits((last ^ eightZeros) & ~tailMask) else { return nil }
    return codes.base.assumingMemoryBound(to: UInt32.self) + Int(truncatingIfNeeded: number)
  }
}
