import ColumnStore
import Planning

/// Digests and codes of single texts.
enum CodeFunctions {
  static let table: [ScalarFunction: RowFunction] = [
    .md5: .ofText { .text(MessageDigest.hexadecimal($0, .md5)) },
    .sha1: .ofText { .text(MessageDigest.hexadecimal($0, .sha1)) },
    .sha256: .ofText { .text(MessageDigest.hexadecimal($0, .sha256)) },
    .sha512: .ofText { .text(MessageDigest.hexadecimal($0, .sha512)) },
    // A unit separator stands between the texts of several values.
    .hash: RowFunction { .integer(MessageDigest.number($0.map(\.description).joined(separator: "\u{1F}"))) },
    .hexadecimal: RowFunction { .text(hexadecimal($0, uppercase: false)) },
    .hexadecimalUpper: RowFunction { .text(hexadecimal($0, uppercase: true)) },
    .fromHexadecimal: .ofText { text(Hexadecimal.bytes($0)) },
    .inBase: RowFunction { values in
      guard let number = values.integer(0), let base = values.integer(1), number >= 0, (2...36).contains(base) else {
        return .null
      }
      let digits = String(number, radix: Int(base), uppercase: true)
      let missing = Int(max(0, min(values.integer(2) ?? 0, 64))) - digits.count
      return .text(String(repeating: "0", count: max(0, missing)) + digits)
    },
    .binary: RowFunction { values in
      values.integer(0).map { .text(String(UInt64(bitPattern: $0), radix: 2)) } ?? .null
    },
    .base64: .ofText { .text(Base64.encoded(Array($0.utf8))) },
    .fromBase64: .ofText { text(Base64.decoded($0)) },
    .encode: RowFunction { values in
      let bytes = Array((values.text(0) ?? "").utf8)
      return .text(values.text(1) == "hex" ? Hexadecimal.text(bytes) : Base64.encoded(bytes))
    },
    .decode: RowFunction { values in
      let code = values.text(0) ?? ""
      return text(values.text(1) == "hex" ? Hexadecimal.bytes(code) : Base64.decoded(code))
    },
    .urlEncode: .ofText { .text(URLText.encoded($0)) },
    .urlDecode: .ofText { URLText.decoded($0).map { .text($0) } ?? .null },
    .urlScheme: ofURL { $0.scheme?.lowercased() },
    .urlHost: ofURL { $0.host?.lowercased() },
    .urlPath: ofURL { $0.path },
    .urlQuery: ofURL { $0.query },
    .urlFragment: ofURL { $0.fragment },
    .urlDomain: .ofText { text in
      let host = (URLText(text).host ?? URLText("//" + text).host)?.lowercased()
      return host.map { .text($0.hasPrefix("www.") ? String($0.dropFirst(4)) : $0) } ?? .null
    },
    .urlParameter: RowFunction { values in
      let name = values.text(1) ?? ""
      for pair in URLText(values.text(0) ?? "").query?.split(separator: "&") ?? [] {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let plain = parts.map { part in String(part.map { $0 == "+" ? " " : $0 }) }
        guard URLText.decoded(plain[0]) == name else { continue }
        return plain.count > 1 ? URLText.decoded(plain[1]).map { .text($0) } ?? .null : .text("")
      }
      return .null
    },
  ]

  private static func hexadecimal(_ values: [Value], uppercase: Bool) -> String {
    if let number = values.integer(0) {
      return String(UInt64(bitPattern: number), radix: 16, uppercase: uppercase)
    }
    let digits = Hexadecimal.text(Array((values.text(0) ?? "").utf8))
    return uppercase ? digits.uppercased() : digits
  }

  /// Bytes as a text; NULL where they are none.
  private static func text(_ bytes: [UInt8]?) -> Value {
    bytes.flatMap { String(validating: $0, as: UTF8.self) }.map { .text($0) } ?? .null
  }

  private static func ofURL(_ part: @escaping @Sendable (URLText) -> String?) -> RowFunction {
    .ofText { part(URLText($0)).map { .text($0) } ?? .null }
  }
}
