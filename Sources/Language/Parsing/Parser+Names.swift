extension Parser {
  /// A name where one must stand, any word that is not reserved; after `as`, `afterAs` admits those, too.
  mutating func identifier(_ what: String, afterAs: Bool = false) throws(Diagnostic) -> Identifier {
    guard isAtName(allowReserved: afterAs) else {
      let isReserved = token.keyword?.isReserved ?? false
      let quoted = "`\(text(token))` is a word of the language; as a name it needs quotes: \"\(text(token))\""
      throw failure(expected: what, help: isReserved ? quoted : nil)
    }
    return takeIdentifier()
  }

  /// Whether the current token can be a name.
  func isAtName(allowReserved: Bool = false) -> Bool {
    switch token.kind {
    case .quotedName: return true
    case .word: return allowReserved || !(token.keyword?.isReserved ?? false)
    default: return false
    }
  }

  /// Whether the current token can be a name that follows a value or table without `as`.
  func isAtImplicitAlias() -> Bool {
    switch token.kind {
    case .quotedName: return true
    case .word: return !(token.keyword?.endsItem ?? false)
    default: return false
    }
  }

  /// Takes the current token, which is a word or a quoted name, as a name.
  mutating func takeIdentifier() -> Identifier {
    let taken = token
    advance()
    return Identifier(nameText(taken), isQuoted: taken.kind == .quotedName, span: taken.span)
  }

  /// The name that a token spells: quotes taken off and undoubled.
  private func nameText(_ token: Token) -> String {
    guard token.kind == .quotedName, let quote = source.utf8[token.span.start..<token.span.end].first else {
      return text(token)
    }
    let bytes = Array(source.utf8[token.span.start..<token.span.end])
    var result: [UInt8] = []
    var place = 1
    while place < bytes.count {
      if bytes[place] == quote {
        guard place + 1 < bytes.count, bytes[place + 1] == quote else {
          result += bytes[(place + 1)...]
          break
        }
        place += 1
      }
      result.append(bytes[place])
      place += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `a`, `a.b`, `a.b.c`.
  mutating func qualifiedName(_ what: String) throws(Diagnostic) -> QualifiedName {
    var parts = [try identifier(what)]
    while at(.dot) {
      advance()
      parts.append(try identifier("a name after the point", afterAs: true))
    }
    let last = parts.removeLast()
    return QualifiedName(last, qualifiers: parts)
  }

  /// `a, b, c`.
  mutating func identifiers(_ what: String) throws(Diagnostic) -> [Identifier] {
    var names = [try identifier(what)]
    while accept(.comma) { names.append(try identifier(what)) }
    return names
  }

  /// `(a, b, c)`.
  mutating func bracketedIdentifiers(_ what: String) throws(Diagnostic) -> [Identifier] {
    let opening = token
    try expect(.leftParenthesis)
    let names = try identifiers(what)
    try close(opening)
    return names
  }

  /// `as name`, or a name alone where `implicit` allows one.
  mutating func alias(implicit: Bool) throws(Diagnostic) -> Identifier? {
    if accept(.as) { return try identifier("a name after `as`", afterAs: true) }
    return implicit && isAtImplicitAlias() ? takeIdentifier() : nil
  }

  /// A string where one must stand.
  mutating func string(_ what: String) throws(Diagnostic) -> String {
    guard token.kind == .string else { throw failure(expected: what) }
    let taken = token
    advance()
    return stringText(taken)
  }

  /// A whole number where one may stand: nil if the current token is no number.
  mutating func count(_ what: String) throws(Diagnostic) -> Int64? {
    guard token.kind == .number else { return nil }
    guard let value = Int64(numberText(token)) else { throw failure(expected: what) }
    advance()
    return value
  }
}
