/// Passwords and tokens, which must be neither kept nor shown.
public struct Secrets: Sendable {
  private let values: [String]

  /// The secrets of a connection, such as its token.
  init(_ values: [String]) { self.values = values.filter { !$0.isEmpty } }

  /// Whether a password or token stands in an address, or in a statement with one.
  public static func stand(in text: String) -> Bool { !places(in: text).isEmpty }

  /// A text, such as what a driver says, with three stars for each secret.
  func removed(from text: String) -> String {
    var result = Secrets.removed(from: text)
    for value in values { result = result.replacing(value, with: "***") }
    return result
  }

  /// A text with three stars for each password or token in it.
  public static func removed(from text: String) -> String {
    var result = text
    for place in places(in: text).reversed() { result.replaceSubrange(place, with: "***") }
    return result
  }

  /// How the names of what is secret end: `password=`, `sslpassword=`, `token=` ...
  private static let names = ["password", "passwd", "pwd", "passphrase", "token", "secret"]

  /// Where secrets stand: behind the user of an address, and behind names that say so.
  private static func places(in text: String) -> [Range<String.Index>] {
    var found: [Range<String.Index>] = []
    var rest = text.startIndex..<text.endIndex
    while let scheme = text[rest].firstRange(of: "://") {
      let end = text[scheme.upperBound...].firstIndex(where: endsAddress) ?? text.endIndex
      if let place = password(in: text[scheme.upperBound..<end]) { found.append(place) }
      rest = end..<text.endIndex
    }
    var start = text.startIndex
    while let equals = text[start...].firstIndex(of: "=") {
      start = text.index(after: equals)
      guard names.contains(where: { text[..<equals].lowercased().hasSuffix($0) }) else { continue }
      let end = text[start...].firstIndex { endsAddress($0) || "&;".contains($0) } ?? text.endIndex
      if start < end { found.append(start..<end) }
      start = end
    }
    return found.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { places, place in
      if let last = places.last, last.upperBound > place.lowerBound {
        places[places.count - 1] = last.lowerBound..<max(last.upperBound, place.upperBound)
      } else {
        places.append(place)
      }
    }
  }

  /// Where the password stands in `user:password@host:port/database`.
  private static func password(in address: Substring) -> Range<String.Index>? {
    // The address of a host may be full of colons, in brackets.
    guard address.first != "[", let at = address.lastIndex(of: "@"), let colon = address[..<at].firstIndex(of: ":")
    else { return nil }
    let start = address.index(after: colon)
    let end = address[start...].firstIndex { "@/?;".contains($0) } ?? at
    let isPort = address[end] != "@" && address[start..<end].allSatisfy(\.isNumber)
    return isPort || start == at ? nil : start..<at
  }

  private static func endsAddress(_ character: Character) -> Bool {
    character.isWhitespace || "'\"`".contains(character)
  }
}
