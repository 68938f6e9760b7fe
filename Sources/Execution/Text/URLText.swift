/// A URL cut into its parts by the rule of RFC 3986, appendix B. Parts are as they stand, not decoded.
struct URLText {
  var scheme: String?
  var host: String?
  var path: String
  var query: String?
  var fragment: String?

  init(_ text: String) {
    var rest = text[...]
    if let mark = rest.firstIndex(of: "#") {
      fragment = String(rest[mark...].dropFirst())
      rest = rest[..<mark]
    }
    if let mark = rest.firstIndex(of: "?") {
      query = String(rest[mark...].dropFirst())
      rest = rest[..<mark]
    }
    if let colon = rest.firstIndex(of: ":"),
      rest[..<colon].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }),
      rest.first?.isLetter == true, rest[colon...].dropFirst().hasPrefix("//") || !rest[..<colon].contains(".")
    {
      scheme = String(rest[..<colon])
      rest = rest[colon...].dropFirst()
    }
    if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex(of: "/") ?? rest.endIndex
      var authority = rest[..<end]
      rest = rest[end...]
      if let at = authority.lastIndex(of: "@") { authority = authority[at...].dropFirst() }
      // The colons of an address of IPv6 stand in brackets.
      if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
        authority = authority[..<colon]
      }
      host = authority.isEmpty ? nil : String(authority)
    }
    path = String(rest)
  }

  /// Every byte but letters, digits and `-._~` as `%` and two hexadecimal digits.
  static func encoded(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.append(byte)
      default:
        result.append(UInt8(ascii: "%"))
        result += Hexadecimal.text([byte]).uppercased().utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text; nil where the bytes are none in UTF-8. A `%` without two digits stands for itself.
  static func decoded(_ text: String) -> String? {
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = Hexadecimal.digit(bytes[index + 1]),
        let low = Hexadecimal.digit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(validating: result, as: UTF8.self)
  }
}
