/// Cuts bytes into tokens, one at a time, left to right, in linear time. Every input gives tokens: what cannot be one
/// is a token of kind `fault`.
struct Lexer {
  let bytes: [UInt8]
  private(set) var position = 0
  /// White space at the start of the current line, in bytes.
  private(set) var lineIndent = 0
  private var atLineStart = true
  private var sawSpace = false
  /// Set by a block comment that never ends.
  private var openComment: SourceSpan?
  /// The comments passed so far, if they are wanted.
  var comments: [SourceSpan] = []
  var keepsComments = false

  init(bytes: [UInt8]) {
    self.bytes = bytes
    measureIndent()
  }

  var isAtEnd: Bool { position >= bytes.count && openComment == nil }

  /// The byte `ahead` of the position; 0 beyond the end.
  func byte(_ ahead: Int = 0) -> UInt8 {
    let index = position + ahead
    return index < bytes.count ? bytes[index] : 0
  }

  func has(_ ahead: Int = 0) -> Bool { position + ahead < bytes.count }

  // MARK: White space and comments

  /// Passes white space and comments. Afterwards `crossedLine` and `lineIndent` speak of the next token's line.
  mutating func skipTrivia(inPath: Bool) {
    while has(), openComment == nil {
      let current = byte()
      if current == UInt8(ascii: "\n") || current == UInt8(ascii: "\r") {
        position += 1
        measureIndent()
      } else if let length = spaceLength() {
        position += length
        sawSpace = true
      } else if current == UInt8(ascii: "-"), byte(1) == UInt8(ascii: "-") {
        skipLineComment()
      } else if current == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*"), !inPath || startsCommentInPath() {
        skipBlockComment()
      } else {
        return
      }
    }
  }

  /// Whether the next token is the first on its line. Only meaningful after `skipTrivia`.
  var crossedLine: Bool { atLineStart }

  /// Whether nothing but `|>` comes next.
  var isAtPipe: Bool { byte() == UInt8(ascii: "|") && byte(1) == UInt8(ascii: ">") }

  private mutating func measureIndent() {
    atLineStart = true
    sawSpace = true
    let start = position
    while byte() == UInt8(ascii: " ") || byte() == UInt8(ascii: "\t") { position += 1 }
    lineIndent = position - start
  }

  /// The length of one character of white space at the position: ASCII, no-break space, byte-order mark.
  private func spaceLength() -> Int? {
    switch byte() {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0B, 0x0C: return 1
    case 0xC2 where byte(1) == 0xA0: return 2
    case 0xEF where byte(1) == 0xBB && byte(2) == 0xBF: return 3
    default: return nil
    }
  }

  /// In a path `/*` is a comment only with white space after it: `/*.csv` is a path.
  private func startsCommentInPath() -> Bool {
    switch byte(2) {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return true
    default: return false
    }
  }

  private mutating func skipLineComment() {
    let start = position
    while has(), byte() != UInt8(ascii: "\n"), byte() != UInt8(ascii: "\r") { position += 1 }
    sawSpace = true
    if keepsComments { comments.append(SourceSpan(start: start, end: position)) }
  }

  private mutating func skipBlockComment() {
    let start = position
    var depth = 0
    repeat {
      guard has() else {
        openComment = SourceSpan(start: start, end: start + 2)
        return
      }
      if byte() == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
        depth += 1
        position += 2
      } else if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
        depth -= 1
        position += 2
      } else {
        position += 1
      }
    } while depth > 0
    sawSpace = true
    if keepsComments { comments.append(SourceSpan(start: start, end: position)) }
  }

  // MARK: Tokens

  /// The next token. `skipTrivia` must have been called; nil at the end of the text.
  mutating func next() -> Token? {
    if let token = takeOpenComment() { return token }
    guard has() else { return nil }
    let start = position
    let kind = scan()
    return token(kind, from: start)
  }

  /// The next word of a path, or a comma, bracket, `;` or `|>`. `isNested` says that a bracket is open around it.
  mutating func nextPathWord(isNested: Bool) -> Token? {
    if let token = takeOpenComment() { return token }
    guard has() else { return nil }
    let start = position
    switch byte() {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("):
      return token(scan(), from: start)
    case UInt8(ascii: ")") where isNested:
      return token(scan(), from: start)
    case UInt8(ascii: "|") where isAtPipe:
      return token(scan(), from: start)
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      return token(scanQuoted(byte(), .path, unterminated: .unterminatedPath), from: start)
    default:
      scanPathWord(isNested: isNested)
      return token(.path, from: start)
    }
  }

  private mutating func takeOpenComment() -> Token? {
    guard let span = openComment else { return nil }
    openComment = nil
    position = bytes.count
    return Token(kind: .fault(.unterminatedComment), span: span)
  }

  private mutating func token(_ kind: Token.Kind, from start: Int) -> Token {
    defer {
      atLineStart = false
      sawSpace = false
    }
    let span = SourceSpan(start: start, end: position)
    var keyword: Keyword?
    if kind == .word { keyword = Keyword(bytes: bytes[start..<position]) }
    return Token(kind: kind, span: span, keyword: keyword, startsLine: atLineStart, followsSpace: sawSpace)
  }

  private mutating func scan() -> Token.Kind {
    let current = byte()
    switch current {
    case UInt8(ascii: "'"):
      return scanQuoted(current, .string, unterminated: .unterminatedString)
    case UInt8(ascii: "\""), UInt8(ascii: "`"):
      return scanQuotedName(current)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return scanNumber()
    case UInt8(ascii: ".") where isDigit(byte(1)):
      return scanNumber()
    case UInt8(ascii: "$") where byte(1) == UInt8(ascii: "$"): return scanDollarString()
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      if byte(1) == UInt8(ascii: "'") { return scanEscapeString() }
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      guard byte(1) == UInt8(ascii: "'") else { break }
      position += 1
      return scanQuoted(byte(), .specialString, unterminated: .unterminatedString)
    case UInt8(ascii: "$"):
      position += 1
      guard nameLength(atStart: true) != nil else { return .fault(.unexpectedCharacter) }
      scanNameRest()
      return .parameter
    default: break
    }
    if nameLength(atStart: true) != nil {
      scanNameRest()
      scanSuffix()
      return .word
    }
    if let symbol = scanSymbol() { return .symbol(symbol) }
    guard let length = scalarLength() else {
      position += 1
      return .fault(.invalidUTF8)
    }
    position += length
    return .fault(.unexpectedCharacter)
  }

  /// A quote, text in which the quote is doubled, a quote.
  private mutating func scanQuoted(_ quote: UInt8, _ kind: Token.Kind, unterminated: LexicalFault) -> Token.Kind {
    position += 1
    while has() {
      guard byte() == quote else {
        position += 1
        continue
      }
      if byte(1) == quote, has(1) {
        position += 2
        continue
      }
      position += 1
      return kind
    }
    return .fault(unterminated)
  }

  /// `e'...'`: a backslash keeps the quote after it from ending the text.
  private mutating func scanEscapeString() -> Token.Kind {
    position += 2
    while has() {
      if byte() == UInt8(ascii: "\\"), has(1) {
        position += 2
      } else if byte() == UInt8(ascii: "'") {
        guard byte(1) == UInt8(ascii: "'") else {
          position += 1
          return .specialString
        }
        position += 2
      } else {
        position += 1
      }
    }
    return .fault(.unterminatedString)
  }

  /// `$$...$$`: nothing in it has a meaning.
  private mutating func scanDollarString() -> Token.Kind {
    position += 2
    while has() {
      if byte() == UInt8(ascii: "$"), byte(1) == UInt8(ascii: "$") {
        position += 2
        return .specialString
      }
      position += 1
    }
    return .fault(.unterminatedDollarString)
  }

  private mutating func scanQuotedName(_ quote: UInt8) -> Token.Kind {
    let start = position
    let kind = scanQuoted(quote, .quotedName, unterminated: .unterminatedName)
    guard kind == .quotedName else { return kind }
    if position - start == 2 { return .fault(.emptyName) }
    scanSuffix()
    return kind
  }

  /// `!rejects` right after a table's name belongs to the name.
  private mutating func scanSuffix() {
    guard byte() == UInt8(ascii: "!") else { return }
    position += 1
    if nameLength(atStart: true) != nil { scanNameRest() } else { position -= 1 }
  }

  private mutating func scanNameRest() {
    while let length = nameLength(atStart: false) { position += length }
  }

  private mutating func scanNumber() -> Token.Kind {
    if byte() == UInt8(ascii: "0"), byte(1) | 0x20 == UInt8(ascii: "x"), isHexDigit(byte(2)) {
      position += 2
      while isHexDigit(byte()) || (byte() == UInt8(ascii: "_") && isHexDigit(byte(1))) { position += 1 }
      return endOfNumber()
    }
    scanDigits()
    if byte() == UInt8(ascii: "."), byte(1) != UInt8(ascii: ".") {
      position += 1
      if isDigit(byte()) { scanDigits() }
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      let signed = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
      if isDigit(byte(signed ? 2 : 1)) {
        position += signed ? 2 : 1
        scanDigits()
      }
    }
    return endOfNumber()
  }

  /// A number, unless letters follow it.
  private mutating func endOfNumber() -> Token.Kind {
    guard nameLength(atStart: false) != nil else { return .number }
    scanNameRest()
    return .fault(.malformedNumber)
  }

  /// Digits with single `_` between them.
  private mutating func scanDigits() {
    while isDigit(byte()) || (byte() == UInt8(ascii: "_") && isDigit(byte(1))) { position += 1 }
  }

  /// The longest symbol at the position.
  private mutating func scanSymbol() -> Symbol? {
    let longest = min(3, bytes.count - position)
    guard longest > 0, byte() < 0x80 else { return nil }
    for length in stride(from: longest, through: 1, by: -1) {
      if let symbol = Symbol(bytes: bytes[position..<position + length]) {
        position += length
        return symbol
      }
    }
    return nil
  }

  /// Up to white space, `;`, or a comma outside braces.
  private mutating func scanPathWord(isNested: Bool) {
    var braces = 0
    while has() {
      switch byte() {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: ";"): return
      case UInt8(ascii: ",") where braces == 0: return
      case UInt8(ascii: ")") where isNested: return
      case UInt8(ascii: "{"): braces += 1
      case UInt8(ascii: "}"): braces -= 1
      default: break
      }
      position += 1
    }
  }

  // MARK: Characters

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  /// The length of the character at the position if it can be part of a bare name.
  private func nameLength(atStart: Bool) -> Int? {
    let current = byte()
    if current < 0x80 {
      let lower = current | 0x20
      let isLetter = lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
      return isLetter || current == UInt8(ascii: "_") || (!atStart && isDigit(current)) ? 1 : nil
    }
    guard let length = scalarLength(),
      let scalar = String(decoding: bytes[position..<position + length], as: UTF8.self).unicodeScalars.first
    else { return nil }
    let properties = scalar.properties
    return (atStart ? properties.isIDStart : properties.isIDContinue) ? length : nil
  }

  /// The length of the UTF-8 character at the position; nil if the bytes are not valid.
  private func scalarLength() -> Int? {
    let length: Int
    switch byte() {
    case 0..<0x80: length = 1
    case 0xC2..<0xE0: length = 2
    case 0xE0..<0xF0: length = 3
    case 0xF0..<0xF5: length = 4
    default: return nil
    }
    guard position + length <= bytes.count else { return nil }
    let slice = bytes[position..<position + length]
    return String(validating: slice, as: UTF8.self) == nil ? nil : length
  }
}
