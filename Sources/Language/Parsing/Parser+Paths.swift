extension Parser {
  /// The path that a path or string token spells.
  func path(_ token: Token) throws(Diagnostic) -> PathText {
    let bytes = source.utf8[token.span.start..<token.span.end]
    let first = bytes.first ?? 0
    let isQuoted = bytes.count >= 2 && (first == UInt8(ascii: "'") || first == UInt8(ascii: "\""))
    var cutter = PathCutter(
      bytes: isQuoted ? bytes.dropFirst().dropLast() : bytes, quote: isQuoted ? first : nil)
    cutter.cut()
    if let span = cutter.openBrace {
      throw Diagnostic("`${` is never closed", at: span, help: "a parameter is written `$name` or `${name}`")
    }
    let result = PathText(parts: cutter.parts, isQuoted: isQuoted, span: token.span)
    if result.parts.isEmpty { throw Diagnostic("the path is empty", at: token.span) }
    return result
  }

  /// A path where one must stand.
  mutating func path(_ what: String) throws(Diagnostic) -> PathText {
    guard isAtPath else { throw failure(expected: what) }
    let result = try path(token)
    advance()
    return result
  }

  /// Whether the current token is a path or a string.
  var isAtPath: Bool { token.kind == .path || token.kind == .string }
}

/// Cuts the bytes of a path into text and parameters.
private struct PathCutter {
  let bytes: ArraySlice<UInt8>
  /// The quote that stands doubled inside, if the path is in quotes.
  let quote: UInt8?
  var parts: [PathText.Part] = []
  /// A `${` without `}`.
  var openBrace: SourceSpan?
  private var text: [UInt8] = []

  init(bytes: ArraySlice<UInt8>, quote: UInt8?) {
    self.bytes = bytes
    self.quote = quote
  }

  mutating func cut() {
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let byte = bytes[place]
      if byte == quote {
        text.append(byte)
        place += 2
      } else if byte == UInt8(ascii: "$"), let end = cutParameter(at: place) {
        place = end
      } else {
        text.append(byte)
        place += 1
      }
    }
    endText()
  }

  /// Cuts `$$`, `$name` or `${name}` and gives the place after it; nil if the `$` is only a character.
  private mutating func cutParameter(at start: Int) -> Int? {
    var place = start + 1
    guard place < bytes.endIndex else { return nil }
    if bytes[place] == UInt8(ascii: "$") {
      text.append(UInt8(ascii: "$"))
      return place + 1
    }
    let isBraced = bytes[place] == UInt8(ascii: "{")
    if isBraced { place += 1 }
    let nameStart = place
    while place < bytes.endIndex, isNameByte(bytes[place], isFirst: place == nameStart) { place += 1 }
    if isBraced, place == bytes.endIndex || bytes[place] != UInt8(ascii: "}") {
      openBrace = openBrace ?? SourceSpan(start: start, end: place)
      return nil
    }
    guard place > nameStart else { return nil }
    let end = isBraced ? place + 1 : place
    endText()
    parts.append(
      .parameter(String(decoding: bytes[nameStart..<place], as: UTF8.self), SourceSpan(start: start, end: end)))
    return end
  }

  private func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): return true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return !isFirst
    default: return byte >= 0x80
    }
  }

  private mutating func endText() {
    guard !text.isEmpty else { return }
    parts.append(.text(String(decoding: text, as: UTF8.self)))
    text.removeAll()
  }
}
