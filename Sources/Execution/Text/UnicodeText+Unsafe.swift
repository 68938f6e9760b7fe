import CUtf8proc
import Glibc

/// Unicode's transformations of texts, by utf8proc.
enum UnicodeText {
  /// What a text is turned into.
  enum Form {
    case nfc, nfd, nfkc, nfkd
    /// Full case folding, without normalisation.
    case caseFolded
  }

  /// The text in a form. A text that utf8proc cannot read stays as it is, which UTF-8 from here never is.
  static func transformed(_ text: String, to form: Form) -> String {
    let options: UInt32 =
      switch form {
      case .nfc: UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue
      case .nfd: UTF8PROC_STABLE.rawValue | UTF8PROC_DECOMPOSE.rawValue
      case .nfkc: UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue | UTF8PROC_COMPAT.rawValue
      case .nfkd: UTF8PROC_STABLE.rawValue | UTF8PROC_DECOMPOSE.rawValue | UTF8PROC_COMPAT.rawValue
      case .caseFolded: UTF8PROC_CASEFOLD.rawValue
      }
    if form != .caseFolded, text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var text = text
    let result: String? = text.withUTF8 { bytes in
      var output: UnsafeMutablePointer<UInt8>?
      let length = utf8proc_map(bytes.baseAddress, bytes.count, &output, utf8proc_option_t(options))
      guard length >= 0, let output else { return nil }
      defer { free(output) }
      return String(decoding: UnsafeBufferPointer(start: output, count: length), as: UTF8.self)
    }
    return result ?? text
  }

  /// The text without diacritics: the marks of Unicode's blocks of combining diacritical marks. Vowel signs of Indic
  /// scripts, which are marks too, are letters to those who read them, and stay.
  static func withoutAccents(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: transformed(text, to: .nfd).unicodeScalars.lazy.filter { !isDiacritic($0) })
    return transformed(String(scalars), to: .nfc)
  }

  /// Whether it is one of the combining diacritical marks.
  static func isDiacritic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0300...0x036F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
    default: false
    }
  }

  /// A text whose code points order as dictionaries do. Its levels, one behind the other and parted by zeros, are those of
  /// UTS 10 (Unicode Collation Algorithm), with letters in the order of their code points: base letters without case;
  /// for each its accents; for each whether it is small or capital, small first; the text itself.
  static func dictionaryKey(_ text: String) -> String {
    var letters = String.UnicodeScalarView()
    var accents = String.UnicodeScalarView()
    var cases = String.UnicodeScalarView()
    for scalar in transformed(text, to: .nfd).unicodeScalars {
      if isDiacritic(scalar) {
        accents.append(scalar)
        continue
      }
      letters.append(scalar)
      accents.append("\u{1}")
      cases.append(scalar.properties.isUppercase || scalar.properties.isTitlecase ? "\u{2}" : "\u{1}")
    }
    return transformed(String(letters), to: .caseFolded) + "\0" + String(accents) + "\0" + String(cases) + "\0" + text
  }
}

extension Unicode.Scalar.Properties {
  /// Whether it is one of the few letters that look like a capital and a small one side by side.
  fileprivate var isTitlecase: Bool { generalCategory == .titlecaseLetter }
}
