import Glibc

/// A double as C's printf writes it.
/// - Parameters:
///   - letter: `e`, `E`, `f`, `g` or `G`.
///   - precision: decimal places, or significant digits for `g`; a hundred at most.
func formatted(_ number: Double, letter: Character, precision: Int) -> String {
  // 309 digits before the point at most, so this holds every double.
  var bytes = [CChar](repeating: 0, count: 512)
  let count = withVaList([Int32(clamping: precision), number]) {
    vsnprintf(&bytes, bytes.count, "%.*\(letter)", $0)
  }
  return String(decoding: bytes.prefix(max(0, Int(count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
