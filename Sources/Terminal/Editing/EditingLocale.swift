import CLibedit
import Glibc

/// The character encoding of the C library, which libedit and `wcwidth` follow.
enum EditingLocale {
  /// Makes it UTF-8: that of the user's locale if it is, else that of `C.UTF-8`. Language, numbers and sorting of the
  /// process are left alone.
  static func useUTF8() {
    if setlocale(LC_CTYPE, "") != nil, isUTF8 { return }
    for name in ["C.UTF-8", "C.utf8", "en_US.UTF-8"] where setlocale(LC_CTYPE, name) != nil && isUTF8 { return }
  }

  private static var isUTF8: Bool {
    let encoding = nb_locale_encoding().map { String(cString: $0) } ?? ""
    return ["UTF-8", "UTF8"].contains(encoding.uppercased())
  }
}
