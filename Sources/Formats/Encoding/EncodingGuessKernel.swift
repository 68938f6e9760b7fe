/// Guesses the encoding of text.
enum EncodingGuess {
  /// What a byte-order mark says: the encoding and the mark's length.
  static func mark(_ bytes: FileBytes) -> (name: String, length: Int)? {
    let start = Array(bytes.unsafe.prefix(4))
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { return ("utf-8", 3) }
    if start == [0xFF, 0xFE, 0, 0] { return ("utf-32le", 4) }
    if start == [0, 0, 0xFE, 0xFF] { return ("utf-32be", 4) }
    if start.starts(with: [0xFF, 0xFE]) { return ("utf-16le", 2) }
    if start.starts(with: [0xFE, 0xFF]) { return ("utf-16be", 2) }
    return nil
  }

  /// UTF-16 without a mark: nearly every second byte is zero, as in any text with delimiters and line ends. The first
  /// line end or delimiter must be one of 16 bits, so that a file with some NUL bytes is not taken for it.
  static func unmarkedUTF16(_ bytes: FileBytes) -> String? {
    let count = min(bytes.count, 4096) & ~1
    guard count >= 4, bytes.count & 1 == 0 else { return nil }
    var zeros = (even: 0, odd: 0)
    for position in stride(from: 0, to: count, by: 2) {
      if bytes.base[position] == 0 { zeros.even += 1 }
      if bytes.base[position + 1] == 0 { zeros.odd += 1 }
    }
    let half = count / 2
    if zeros.odd * 10 >= half * 7, zeros.even * 20 <= half { return "utf-16le" }
    if zeros.even * 10 >= half * 7, zeros.odd * 20 <= half { return "utf-16be" }
    return nil
  }

  /// Windows-1252 or Mac Roman, whichever makes more sensible text; `hasReturns` tells that lines end in carriage returns
  /// alone, which hardly anything but a Macintosh wrote.
  static func legacy(_ bytes: FileBytes, from start: Int, hasReturns: Bool) -> String {
    guard let windows = table("windows-1252"), let mac = table("macintosh") else { return "windows-1252" }
    var difference = hasReturns ? -4 : 0
    var seen = 0
    var position = start
    while position < bytes.count, seen < 20_000 {
      if bytes.base[position] >= 0x80 {
        seen += 1
        difference += score(bytes, position, start, windows) - score(bytes, position, start, mac)
        if hasReturns { difference -= 3 }
      }
      position += 1
    }
    return difference >= 0 ? "windows-1252" : "macintosh"
  }

  /// The characters of the bytes from 128 on.
  private static func table(_ name: String) -> [Unicode.Scalar?]? {
    var scalars: [Unicode.Scalar?] = []
    for byte in UInt8(0x80)...0xFF {
      guard let result = try? Transcoder.decode(FileBytes(path: "", bytes: [byte]), from: 0, encoding: name) else {
        return nil
      }
      let text = String(decoding: result.bytes.unsafe, as: UTF8.self)
      scalars.append(result.badOffsets.isEmpty ? text.unicodeScalars.first : nil)
    }
    return scalars
  }

  private enum Neighbour {
    case lower, upper, digit, space, other
  }

  private static func neighbour(_ bytes: FileBytes, _ position: Int, _ start: Int, _ table: [Unicode.Scalar?])
    -> Neighbour
  {
    guard position >= start, position < bytes.count else { return .space }
    let byte = bytes.base[position]
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return .lower
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return .upper
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .digit
    case 0x80...:
      guard let scalar = table[Int(byte) - 0x80] else { return .other }
      return scalar.properties.isLowercase ? .lower : scalar.properties.isUppercase ? .upper : .other
    case 0x21...0x7E where !",;|\"()".utf8.contains(byte): return .other
    default: return .space
    }
  }

  /// How well a character sits between its neighbours.
  private static func score(_ bytes: FileBytes, _ position: Int, _ start: Int, _ table: [Unicode.Scalar?]) -> Int {
    guard let scalar = table[Int(bytes.base[position]) - 0x80] else { return -6 }
    let before = neighbour(bytes, position - 1, start, table)
    let after = neighbour(bytes, position + 1, start, table)
    let isWordBefore = before == .lower || before == .upper
    let isWordAfter = after == .lower || after == .upper
    switch scalar {
    case "\u{2019}": return isWordBefore ? (isWordAfter ? 4 : 2) : -1
    case "\u{2018}", "\u{201C}": return before == .space && after != .space ? 3 : 0
    case "\u{201D}": return before != .space && !isWordAfter ? 3 : 0
    case "\u{2013}", "\u{2014}": return (before == .space) == (after == .space) ? 2 : 0
    case "\u{A0}": return 1
    case "€", "£", "¥": return before == .digit || after == .digit ? 3 : 0
    case "°": return before == .digit ? 2 : 0
    case "•", "…", "©", "®", "™", "§", "«", "»", "†", "‡", "·", "½", "¿", "¡":
      return isWordBefore && isWordAfter ? -1 : 1
    default: break
    }
    let properties = scalar.properties
    if properties.isLowercase, scalar != "ª", scalar != "º", scalar != "ƒ" {
      return before == .lower || after == .lower || before == .upper ? 2 : 0
    }
    if properties.isUppercase {
      if before == .lower { return -3 }
      if after == .lower, !isWordBefore { return 2 }
      return before == .upper || after == .upper ? 2 : 0
    }
    return properties.generalCategory == .control ? -6 : -2
  }
}
