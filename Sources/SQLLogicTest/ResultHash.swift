import CLibmd

/// The MD5 hash of values, each with a line end behind it, by which test files stand for long results.
struct ResultHash {
  private var context = MD5_CTX()

  /// The hash as 32 digits.
  static func digest(of values: [String]) -> String {
    var hash = ResultHash()
    MD5Init(&hash.context)
    var bytes: [UInt8] = []
    for value in values {
      bytes.append(contentsOf: value.utf8)
      bytes.append(UInt8(ascii: "\n"))
      if bytes.count > 1 << 16 {
        MD5Update(&hash.context, bytes, bytes.count)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    MD5Update(&hash.context, bytes, bytes.count)
    var digest = [UInt8](repeating: 0, count: 16)
    MD5Final(&digest, &hash.context)
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
