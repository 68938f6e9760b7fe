/// The encodings of text, by the names of the C library's iconv.
public enum TextEncoding {
  /// Names that are worth suggesting.
  static let usualNames = [
    "utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "macintosh", "iso-8859-1", "iso-8859-15",
    "windows-1250", "windows-1251", "windows-1254", "koi8-r", "shift_jis", "euc-jp", "euc-kr", "gb18030", "big5",
    "us-ascii",
  ]

  /// Whether text of this encoding can be read.
  public static func isKnown(_ name: String) -> Bool { Transcoder.canRead(name) }

  /// The names closest to one that is not known.
  static func nearestNames(to name: String) -> [String] { Formats.nearestNames(to: name, among: usualNames) }

  /// One name for the spellings of the encodings that are told apart here; others as they are, in lower case.
  static func canonical(_ name: String) -> String {
    let plain = String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    return switch plain {
    case "utf8", "usascii", "ascii": "utf-8"
    case "utf16", "ucs2": "utf-16"
    case "utf16le", "ucs2le": "utf-16le"
    case "utf16be", "ucs2be": "utf-16be"
    case "windows1252", "cp1252", "1252": "windows-1252"
    case "macintosh", "macroman", "mac": "macintosh"
    case "latin1", "iso88591": "iso-8859-1"
    default: name.lowercased()
    }
  }
}
