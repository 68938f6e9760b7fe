extension Parser {
  /// `(name values, name values)`.
  mutating func optionList() throws(Diagnostic) -> [Option] {
    let opening = token
    try expect(.leftParenthesis)
    var options: [Option] = []
    if accept(.rightParenthesis) { return options }
    repeat {
      let name = try identifier("the name of an option", afterAs: true)
      if at(.equal) || at(.fatArrow) || at(.assign) { advance() }
      let values = try optionValues()
      options.append(Option(name: name, values: values, span: span(from: name.span.start)))
    } while accept(.comma)
    guard at(.rightParenthesis) || isAtEnd else { throw failure(expected: "a value, `,` or `)`") }
    try close(opening)
    return options
  }

  /// Values up to a comma, a closing bracket or the end.
  mutating func optionValues() throws(Diagnostic) -> [OptionValue] {
    var values: [OptionValue] = []
    while let value = try optionValue() { values.append(value) }
    return values
  }

  private mutating func optionValue() throws(Diagnostic) -> OptionValue? {
    let first = token
    switch first.kind {
    case .word:
      advance()
      return OptionValue(kind: .word(text(first)), span: first.span)
    case .quotedName:
      return OptionValue(kind: .quotedName(takeIdentifier().text), span: first.span)
    case .string:
      advance()
      return OptionValue(kind: .string(stringText(first)), span: first.span)
    case .parameter:
      advance()
      return OptionValue(kind: .parameter(String(text(first).dropFirst())), span: first.span)
    case .number:
      advance()
      return OptionValue(kind: .number(numberText(first)), span: first.span)
    case .symbol(.minus) where peek(1).kind == .number:
      advance()
      let digits = numberText(token)
      advance()
      return OptionValue(kind: .number("-" + digits), span: span(from: first.span.start))
    case .symbol(.leftBracket) where peek(1).kind == .symbol(.rightBracket):
      // Behind the name of a type: `integer[]`.
      advance(by: 2)
      return OptionValue(kind: .word("[]"), span: span(from: first.span.start))
    case .symbol(.leftParenthesis):
      return try nested { parser throws(Diagnostic) in try parser.optionValueList() }
    default: return nil
    }
  }

  private mutating func optionValueList() throws(Diagnostic) -> OptionValue {
    let opening = token
    advance()
    var items: [[OptionValue]] = []
    while !at(.rightParenthesis), !isAtEnd {
      let values = try optionValues()
      if values.isEmpty { throw failure(expected: "a value") }
      items.append(values)
      if !accept(.comma) { break }
    }
    guard at(.rightParenthesis) || isAtEnd else { throw failure(expected: "a value, `,` or `)`") }
    try close(opening)
    return OptionValue(kind: .list(items), span: span(from: opening.span.start))
  }
}
