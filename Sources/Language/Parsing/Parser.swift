/// A recursive-descent parser over the tokens of one statement.
///
/// Two bounds keep every input, however hostile, from exhausting the stack of the parser or of whoever walks the tree:
/// brackets and the like nest at most `deepest` levels, and no path through the tree is longer than about `tallest`
/// nodes, counting the links of chains such as `1 + 1 + 1` too. `and` and `or` chains are one node of any length.
struct Parser {
  static let deepest = 200
  static let tallest = 1_000

  let source: SourceText
  let tokens: [Token]
  /// The current token.
  private(set) var index = 0
  /// The words that would have been taken at the current token.
  private(set) var wanted = KeywordSet()
  /// The words taken as names, by their place among the tokens: their case matters, that of other words does not.
  private(set) var names: [Int] = []
  /// The tokens that belong to the one before them, as the bracket of a call does.
  private(set) var attached: [Int] = []
  private var depth = 0
  /// The height of the tallest subtree finished in the enclosing `nested` or `beside` block.
  private var height = 0

  init(source: SourceText, tokens: [Token]) {
    self.source = source
    self.tokens = tokens
  }

  // MARK: Looking

  /// The current token; the `end` token again and again at the end.
  var token: Token { peek(0) }

  /// The token `ahead` of the current one.
  func peek(_ ahead: Int) -> Token {
    let place = index + ahead
    if place >= 0, place < tokens.count { return tokens[place] }
    return tokens.last ?? Token(kind: .end, span: SourceSpan(start: 0, end: 0))
  }

  /// The end of the token before the current one.
  var lastEnd: Int { index > 0 ? peek(-1).span.end : token.span.start }

  /// The span from `start` to the end of the last token taken.
  func span(from start: Int) -> SourceSpan { SourceSpan(start: start, end: max(start, lastEnd)) }

  var isAtEnd: Bool { token.kind == .end }

  /// Whether the current token is the word, which is then among those that an error may suggest.
  mutating func at(_ keyword: Keyword) -> Bool {
    if token.keyword == keyword { return true }
    wanted.insert(keyword)
    return false
  }

  /// Whether the current tokens are these words, without noting them for suggestions.
  func looksAt(_ keywords: Keyword...) -> Bool {
    for (offset, keyword) in keywords.enumerated() where peek(offset).keyword != keyword { return false }
    return true
  }

  func at(_ symbol: Symbol) -> Bool { token.kind == .symbol(symbol) }

  // MARK: Taking

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
    wanted.removeAll()
  }

  mutating func advance(by count: Int) {
    for _ in 0..<count { advance() }
  }

  /// Takes the word if it is there.
  mutating func accept(_ keyword: Keyword) -> Bool {
    guard at(keyword) else { return false }
    advance()
    return true
  }

  /// Takes the words if they all are there.
  mutating func accept(_ first: Keyword, _ second: Keyword) -> Bool {
    guard at(first), peek(1).keyword == second else { return false }
    advance(by: 2)
    return true
  }

  mutating func accept(_ symbol: Symbol) -> Bool {
    guard at(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ keyword: Keyword) throws(Diagnostic) {
    if !accept(keyword) { throw failure(expected: "`\(keyword.text)`", near: [keyword.text]) }
  }

  mutating func expect(_ symbol: Symbol, _ what: String? = nil) throws(Diagnostic) {
    if !accept(symbol) { throw failure(expected: what ?? "`\(symbol.rawValue)`") }
  }

  /// Takes the bracket that closes `opening`.
  mutating func close(_ opening: Token, with symbol: Symbol = .rightParenthesis) throws(Diagnostic) {
    if accept(symbol) { return }
    guard isAtEnd else { throw failure(expected: "`\(symbol.rawValue)`") }
    throw Diagnostic(
      "this bracket is never closed", at: opening.span,
      help: "put `\(symbol.rawValue)` where it should end")
  }

  /// Notes that the current token is a name.
  mutating func noteName() { names.append(index) }

  /// Notes that the name taken last was none.
  mutating func forgetName() { names.removeLast() }

  /// Notes that the current token belongs to the one before it.
  mutating func noteAttached() { attached.append(index) }

  // MARK: Bounds

  /// Runs `body` one level deeper.
  mutating func nested<Result>(
    _ body: (inout Parser) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    guard depth < Self.deepest else {
      throw Diagnostic(
        "this is nested more than \(Self.deepest) levels deep", at: token.span,
        help: "name a part of it with `let` and use the name")
    }
    depth += 1
    let outer = height
    height = 0
    let result = try body(&self)
    depth -= 1
    try grow()
    height = max(outer, height)
    return result
  }

  /// Runs `body`, whose subtree stands beside those made so far: the taller counts.
  mutating func beside<Result>(
    _ body: (inout Parser) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let outer = height
    height = 0
    let result = try body(&self)
    height = max(outer, height)
    return result
  }

  /// Notes that the node just made stands above those made so far in this `nested` or `beside` block.
  mutating func grow(by count: Int = 1) throws(Diagnostic) {
    height += count
    guard height <= Self.tallest else {
      throw Diagnostic(
        "this is a chain of more than \(Self.tallest) parts", at: token.span,
        help: "name a part of it with `let` and use the name")
    }
  }

  // MARK: Faults

  /// "expected X, found Y" at the current token, with the nearest word that would have been right: of `near`, or of all
  /// that were looked for.
  func failure(expected: String, help: String? = nil, near: [String]? = nil) -> Diagnostic {
    var help = help
    if help == nil, token.kind == .word { help = suggestion(for: text(token), in: near ?? wanted.words) }
    return Diagnostic("expected \(expected), found \(described(token))", at: token.span, help: help ?? hint())
  }

  /// Advice for tokens that people bring from other languages.
  private func hint() -> String? {
    switch token.kind {
    case .symbol(.doubleEqual): return "equality is written `=`"
    case .symbol(.fatArrow): return "at least is written `>=`"
    case .symbol(.semicolon): return nil
    case .symbol(.leftBrace): return "there are no braces here; rows of columns need none, lists are written `[a, b]`"
    case .symbol(.bar) where peek(1).kind == .symbol(.greater) || peek(1).kind == .word:
      return "operators are put behind each other with `|>`"
    default: return nil
    }
  }

  /// A token as an error speaks of it.
  func described(_ token: Token) -> String {
    switch token.kind {
    case .end: return "the end of the statement"
    case .string, .path: return shortened(text(token))
    default: return "`\(shortened(text(token)))`"
    }
  }

  private func shortened(_ text: String) -> String {
    let line = text.prefix { !$0.isNewline }
    return line.count <= 40 && line.count == text.count ? text : line.prefix(37) + "..."
  }

  /// A token as it stands in the text.
  func text(_ token: Token) -> String { source.text(token.span) }
}
