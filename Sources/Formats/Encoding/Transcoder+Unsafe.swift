import Glibc

/// Text of other encodings made UTF-8 by the C library's iconv.
enum Transcoder {
  static func canRead(_ name: String) -> Bool {
    // A name with "//" or NUL would be options to iconv, not an encoding.
    guard !name.isEmpty, !name.contains("/"), !name.utf8.contains(0) else { return false }
    guard let converter = iconv_open("UTF-8", TextEncoding.canonical(name)), Int(bitPattern: converter) != -1 else {
      return false
    }
    iconv_close(converter)
    return true
  }
}
