import CLibedit

/// Text as libedit holds it: an array of code points.
enum WideText {
  /// `text` as a C string of wide characters. NUL characters are left out, since they would end it.
  static func terminated(_ text: String) -> [wchar_t] {
    var wide: [wchar_t] = []
    wide.reserveCapacity(text.utf8.count + 1)
    for scalar in text.unicodeScalars where scalar.value != 0 { wide.append(wchar_t(scalar.value)) }
    wide.append(0)
    return wide
  }

  /// The text of the characters from `start` up to `end`; what is no Unicode scalar becomes U+FFFD.
  static func string(from start: UnsafePointer<wchar_t>?, to end: UnsafePointer<wchar_t>?) -> String {
    guard let start, let end, end > start else { return "" }
    return string(UnsafeBufferPointer(start: start, count: end - start))
  }

  /// The text of `wide`; what is no Unicode scalar becomes U+FFFD.
  static func string(_ wide: some Sequence<wchar_t>) -> String {
    var text = String.UnicodeScalarView()
    for unit in wide { text.append(Unicode.Scalar(UInt32(bitPattern: unit)) ?? "\u{FFFD}") }
    return String(text)
  }
}
