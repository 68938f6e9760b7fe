import CLibmd
import Glibc

/// Digests of texts, by libmd.
enum MessageDigest {
  /// Which digest.
  enum Algorithm { case md5, sha1, sha256, sha512 }

  /// The digest of a text's bytes in hexadecimal.
  static func hexadecimal(_ text: String, _ algorithm: Algorithm) -> String {
    var text = text
    return text.withUTF8 { bytes in
      // Twice the digest's length and a zero; SHA-512's is the longest.
      var digits = [CChar](repeating: 0, count: 129)
      switch algorithm {
      case .md5: MD5Data(bytes.baseAddress, bytes.count, &digits)
      case .sha1: SHA1Data(bytes.baseAddress, bytes.count, &digits)
      case .sha256: SHA256Data(bytes.baseAddress, bytes.count, &digits)
      case .sha512: SHA512Data(bytes.baseAddress, bytes.count, &digits)
      }
      return String(decoding: digits.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// The first 63 bits of a text's SHA-256 as a whole number.
  static func number(_ text: String) -> Int64 {
    Int64(truncatingIfNeeded: (UInt64(hexadecimal(text, .sha256).prefix(16), radix: 16) ?? 0) >> 1)
  }
}
