/// A piece of a text as a highlighter or completer sees it.
public struct Lexeme: Sendable, Hashable {
  /// The kinds of pieces.
  public enum Kind: Sendable, Hashable {
    /// A bare word with a meaning in the grammar; it may still be a name where it stands.
    case keyword
    /// Another bare word.
    case name
    /// `"..."`, backticks
    case quotedName
    /// `'...'`
    case string
    /// `1`, `2.5e3`
    case number
    /// `$name`
    case parameter
    /// A path word after `load`, `run`, `save`, `output`.
    case path
    /// An operator.
    case symbol
    /// A bracket, a comma, `;`
    case punctuation
    /// `-- ...`, `/* ... */`
    case comment
    /// Something that is never right: an open string, a stray character.
    case fault
  }
  /// What it is.
  public let kind: Kind
  /// Where it stands.
  public let span: SourceSpan
}

/// Every token and comment of a text in order; white space is left out. Costs one pass over the text.
public func lexemes(of source: SourceText) -> [Lexeme] {
  var lexer = Lexer(bytes: source.utf8)
  lexer.keepsComments = true
  var reader = StatementReader(lexer: lexer)
  var result: [Lexeme] = []
  while let piece = reader.next() { result += piece.tokens.compactMap(lexeme) }
  result += reader.semicolons.map { Lexeme(kind: .punctuation, span: $0) }
  result += reader.lexer.comments.map { Lexeme(kind: .comment, span: $0) }
  return result.sorted { $0.span.start < $1.span.start }
}

private func lexeme(_ token: Token) -> Lexeme? {
  let kind: Lexeme.Kind
  switch token.kind {
  case .word: kind = token.keyword == nil ? .name : .keyword
  case .quotedName: kind = .quotedName
  case .string, .specialString: kind = .string
  case .number: kind = .number
  case .parameter: kind = .parameter
  case .path: kind = .path
  case .symbol(let symbol):
    let isPunctuation = symbol.opens || symbol.closes || symbol == .comma || symbol == .dot
    kind = isPunctuation ? .punctuation : .symbol
  case .fault: kind = .fault
  case .end: return nil
  }
  return Lexeme(kind: kind, span: token.span)
}
