/// Walks through the bytes of a JSON text (RFC 8259) and knows where its values begin and end.
struct JSONScanner {
  let bytes: [UInt8]
  var position = 0
  private let path: String

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  /// Skips a byte-order mark.
  mutating func skipMark() throws {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw LoadError.unreadable(path: path, reason: "JSON must be UTF-8")
    }
  }

  /// The next byte that is no white space; nil at the end.
  var next: UInt8? {
    mutating get {
      while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
      return position < bytes.count ? bytes[position] : nil
    }
  }

  /// Calls `body` at each item of the array that begins here; it must read the item.
  mutating func items(_ body: (inout JSONScanner) throws -> Void) throws {
    try expect("[")
    if next == UInt8(ascii: "]") {
      position += 1
      return
    }
    while true {
      try body(&self)
      if try isClosed(by: "]") { return }
    }
  }

  /// Calls `body` at the value of each member of the object that begins here; it must read the value.
  mutating func members(_ body: (String, inout JSONScanner) throws -> Void) throws {
    try expect("{")
    if next == UInt8(ascii: "}") {
      position += 1
      return
    }
    while true {
      guard next == UInt8(ascii: "\"") else { throw failure("a name in quotes") }
      let name = try string()
      try expect(":")
      _ = next
      try body(name, &self)
      if try isClosed(by: "}") { return }
    }
  }

  /// Skips the value that begins here; where it stands. Brackets are only counted, so that depth costs nothing.
  mutating func skipValue() throws -> Range<Int> {
    guard let first = next else { throw failure("a value") }
    let start = position
    switch first {
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      var open: [UInt8] = []
      repeat {
        guard let byte = next else { throw failure("`\(Character(UnicodeScalar((open.last ?? 0x5B) + 2)))`") }
        switch byte {
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "["), UInt8(ascii: "{"):
          open.append(byte)
          position += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          guard let last = open.popLast(), byte == last + 2 else { throw failure("another bracket") }
          position += 1
        default: position += 1
        }
      } while !open.isEmpty
    default:
      while position < bytes.count, !Self.ends.contains(bytes[position]) { position += 1 }
      let word = bytes[start..<position]
      let isWord = ["true", "false", "null"].contains { word == ArraySlice($0.utf8) }
      guard isWord || word.first.map({ $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }) == true else {
        position = start
        throw failure("a value")
      }
    }
    return start..<position
  }

  /// Reads the string that begins here.
  mutating func string() throws -> String {
    let start = position
    try skipString()
    var text: [UInt8] = []
    var index = start + 1
    while index < position - 1 {
      guard bytes[index] == UInt8(ascii: "\\") else {
        text.append(bytes[index])
        index += 1
        continue
      }
      let escaped = bytes[index + 1]
      index += 2
      switch escaped {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "u"): text += String(scalar(&index)).utf8
      default: text.append(escaped)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What is wrong at this place.
  func failure(_ expected: String) -> LoadError {
    let line = bytes[..<min(position, bytes.count)].count { $0 == 0x0A } + 1
    let found =
      position < bytes.count
      ? "`\(String(decoding: bytes[position...].prefix(12), as: UTF8.self).split(separator: "\n").first ?? "")`"
      : "the end of the file"
    return .unreadable(path: path, reason: "line \(line) is no JSON: expected \(expected), found \(found)")
  }

  // MARK: Pieces

  private static let ends: [UInt8] = [0x20, 0x09, 0x0A, 0x0D] + Array(",]}".utf8)

  private mutating func expect(_ character: Character) throws {
    guard next == character.asciiValue else { throw failure("`\(character)`") }
    position += 1
  }

  private mutating func isClosed(by bracket: Character) throws -> Bool {
    switch next {
    case bracket.asciiValue:
      position += 1
      return true
    case UInt8(ascii: ","):
      position += 1
      _ = next
      return false
    default: throw failure("`,` or `\(bracket)`")
    }
  }

  private mutating func skipString() throws {
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < bytes.count else {
      position = bytes.count
      throw failure("`\"`")
    }
    position += 1
  }

  /// The character of `\uXXXX`, with the second half of a pair; U+FFFD for half a pair and for what is none.
  private func scalar(_ index: inout Int) -> Character {
    func unit(_ start: Int) -> UInt32? {
      guard start + 4 < position else { return nil }
      return UInt32(String(decoding: bytes[start..<start + 4], as: UTF8.self), radix: 16)
    }
    guard let first = unit(index) else { return "\u{FFFD}" }
    index += 4
    if (0xD800..<0xDC00).contains(first), index + 1 < position, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u"), let second = unit(index + 2), (0xDC00..<0xE000).contains(second)
    {
      index += 6
      return UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)).map(Character.init) ?? "\u{FFFD}"
    }
    return UnicodeScalar(first).map(Character.init) ?? "\u{FFFD}"
  }
}
