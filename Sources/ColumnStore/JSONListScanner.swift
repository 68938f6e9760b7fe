/// Reads a JSON array whose items are of one type.
struct JSONListScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// The items of the array that begins here. A list type is nested no deeper than `DataType.listDepthLimit`, and so is
  /// the recursion.
  mutating func list(of element: DataType) -> [Value]? {
    guard skip(UInt8(ascii: "[")) else { return nil }
    var items: [Value] = []
    skipSpace()
    if skip(UInt8(ascii: "]")) { return items }
    repeat {
      skipSpace()
      guard let item = item(of: element) else { return nil }
      items.append(item)
      skipSpace()
    } while skip(UInt8(ascii: ","))
    return skip(UInt8(ascii: "]")) ? items : nil
  }

  private mutating func item(of type: DataType) -> Value? {
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
      return string().flatMap { TextParsing.value($0[...], as: type) }
    }
    if case .list(let element) = type, position < bytes.count, bytes[position] == UInt8(ascii: "[") {
      return list(of: element).map { .list($0, of: element) }
    }
    let bare = bytes[position...].prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "]") }
    position += bare.count
    let text = TextParsing.trimmed(Substring(decoding: bare, as: UTF8.self))
    if text.lowercased() == "null" { return .null }
    return type == .text || text.isEmpty ? nil : TextParsing.value(text, as: type)
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private mutating func string() -> String? {
    guard skip(UInt8(ascii: "\"")) else { return nil }
    var result: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: result, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      guard position < bytes.count else { return nil }
      let escape = bytes[position]
      position += 1
      switch escape {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(escape)
      case UInt8(ascii: "u"):
        guard let scalar = unicodeScalar() else { return nil }
        result.append(contentsOf: String(Character(scalar)).utf8)
      default: return nil
      }
    }
    return nil
  }

  private mutating func unicodeScalar() -> Unicode.Scalar? {
    guard let high = hexadecimal() else { return nil }
    if !(0xD800..<0xDC00).contains(high) { return Unicode.Scalar(high) }
    guard skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")), let low = hexadecimal(), (0xDC00..<0xE000).contains(low)
    else { return nil }
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
  }

  private mutating func hexadecimal() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    position += 4
    return UInt32(digits, radix: 16)
  }
}
