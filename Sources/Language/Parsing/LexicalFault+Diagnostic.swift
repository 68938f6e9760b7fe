extension LexicalFault {
  /// What to tell about the fault of `token`.
  func diagnostic(for token: Token, in source: SourceText) -> Diagnostic {
    let span = token.span
    let opening = SourceSpan(start: span.start, end: min(span.end, span.start + 1))
    switch self {
    case .unterminatedString:
      return Diagnostic(
        "this string is never closed", at: opening, help: "put `'` at its end; inside it a `'` is written twice")
    case .unterminatedDollarString:
      return Diagnostic("this text is never closed", at: opening, help: "put `$$` at its end")
    case .unterminatedName:
      let quote = source.text(opening)
      return Diagnostic("this name in quotes is never closed", at: opening, help: "put `\(quote)` at its end")
    case .unterminatedPath:
      let quote = source.text(opening)
      return Diagnostic("this path in quotes is never closed", at: opening, help: "put `\(quote)` at its end")
    case .unterminatedComment:
      return Diagnostic("this comment is never closed", at: span, help: "put `*/` at its end; comments nest")
    case .emptyName:
      return Diagnostic("a name in quotes cannot be empty", at: span, help: "an empty text is written ''")
    case .malformedNumber:
      return Diagnostic(
        "`\(source.text(span))` is neither a number nor a name", at: span,
        help: "a name that begins with a digit needs quotes: \"\(source.text(span))\"")
    case .unexpectedCharacter: return unexpected(source.text(span), at: span)
    case .invalidUTF8:
      return Diagnostic("this byte is not valid UTF-8", at: span, help: "save the text as UTF-8")
    }
  }

  private func unexpected(_ character: String, at span: SourceSpan) -> Diagnostic {
    let help: String?
    switch character {
    case "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{201E}", "\u{201A}", "\u{00B4}":
      help = "texts stand in straight quotes: 'text'"
    case "\u{2212}", "\u{2013}", "\u{2014}": help = "a minus sign is written `-`"
    case "\u{2265}": help = "at least is written `>=`"
    case "\u{2264}": help = "at most is written `<=`"
    case "\u{2260}": help = "unequal is written `<>`"
    case "#": help = "a comment begins with `--`"
    case "$": help = "a parameter is written `$name`"
    case "!": help = "unequal is written `<>` or `!=`; the opposite is `not`"
    default: help = nil
    }
    let scalar = character.unicodeScalars.first
    let isVisible = scalar.map { $0.value > 0x20 && $0.value != 0x7F && !(0x80..<0xA0).contains($0.value) } ?? false
    let code = String(scalar?.value ?? 0, radix: 16, uppercase: true)
    let name = isVisible ? "`\(character)`" : "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
    return Diagnostic("the character \(name) cannot stand here", at: span, help: help)
  }
}
