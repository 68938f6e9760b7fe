// Numbers and texts as they are written out.

extension Parser {
  /// The value of a number token.
  func number(_ token: Token) throws(Diagnostic) -> Literal {
    let text = numberText(token)
    if let value = Int64(text) { return .integer(value) }
    if text.hasPrefix("0x") || text.hasPrefix("0X") {
      throw Diagnostic("this number does not fit 64 bits", at: token.span, help: "the largest is 0x7FFFFFFFFFFFFFFF")
    }
    let value = Double(text.hasSuffix(".") ? text + "0" : text) ?? .infinity
    if text.contains(where: { $0 == "e" || $0 == "E" }) { return .double(value) }
    return .decimal(text: text, value: value)
  }

  /// The digits of a number token without `_`; `0x1F` in decimal digits where it fits 64 bits.
  func numberText(_ token: Token) -> String {
    let text = text(token).filter { $0 != "_" }
    guard text.hasPrefix("0x") || text.hasPrefix("0X") else { return text }
    return Int64(text.dropFirst(2), radix: 16).map { String($0) } ?? text
  }

  /// The text of a string token: quotes taken off and undoubled.
  func stringText(_ token: Token) -> String {
    String(decoding: undoubled(source.utf8[token.span.start..<token.span.end].dropFirst().dropLast()), as: UTF8.self)
  }

  private func undoubled(_ inner: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(inner.count)
    var skipsQuote = false
    for byte in inner {
      if byte == UInt8(ascii: "'"), skipsQuote {
        skipsQuote = false
        continue
      }
      skipsQuote = byte == UInt8(ascii: "'")
      result.append(byte)
    }
    return result
  }

  /// The text of `e'...'`, `x'...'` or `$$...$$`.
  func specialStringText(_ token: Token) throws(Diagnostic) -> String {
    let bytes = source.utf8[token.span.start..<token.span.end]
    switch bytes.first {
    case UInt8(ascii: "$"): return String(decoding: bytes.dropFirst(2).dropLast(2), as: UTF8.self)
    case UInt8(ascii: "x"), UInt8(ascii: "X"): return try hexText(bytes.dropFirst(2).dropLast(), token)
    default: return try escapedText(bytes.dropFirst(2).dropLast(), token)
    }
  }

  /// `x'68690a'`: the text whose UTF-8 bytes the digits spell.
  private func hexText(_ digits: ArraySlice<UInt8>, _ token: Token) throws(Diagnostic) -> String {
    let values = digits.map { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count % 2 == 0, !values.contains(nil) else {
      throw Diagnostic("`x'...'` holds two hexadecimal digits for each byte", at: token.span)
    }
    let nibbles = values.map { UInt8($0 ?? 0) }
    let bytes = stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Diagnostic("these bytes are no text in UTF-8", at: token.span, help: "there is no type for bytes here")
    }
    return text
  }

  /// `e'a\tb'`: what C and PostgreSQL write with a backslash.
  private func escapedText(_ inner: ArraySlice<UInt8>, _ token: Token) throws(Diagnostic) -> String {
    var result: [UInt8] = []
    var place = inner.startIndex
    while place < inner.endIndex {
      let byte = inner[place]
      place += 1
      if byte == UInt8(ascii: "'") { place += 1 }
      guard byte == UInt8(ascii: "\\"), place < inner.endIndex else {
        result.append(byte)
        continue
      }
      let escaped = inner[place]
      place += 1
      switch escaped {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "x"): result += try scalar(inner, &place, digits: 2, token)
      case UInt8(ascii: "u"): result += try scalar(inner, &place, digits: 4, token)
      case UInt8(ascii: "U"): result += try scalar(inner, &place, digits: 8, token)
      default: result.append(escaped)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The character whose number up to `digits` hexadecimal digits give.
  private func scalar(
    _ inner: ArraySlice<UInt8>, _ place: inout Int, digits: Int, _ token: Token
  ) throws(Diagnostic) -> [UInt8] {
    var value: UInt32 = 0
    var count = 0
    while count < digits, place < inner.endIndex,
      let digit = Character(Unicode.Scalar(inner[place])).hexDigitValue
    {
      value = value << 4 | UInt32(digit)
      place += 1
      count += 1
    }
    guard count > 0, let scalar = Unicode.Scalar(value) else {
      throw Diagnostic(
        "an escape in this text names no character", at: token.span, help: "it is written \\x41, \\u0041 or \\U00000041"
      )
    }
    return Array(String(Character(scalar)).utf8)
  }
}
