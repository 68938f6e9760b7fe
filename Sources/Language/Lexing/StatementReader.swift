/// Cuts a text into statements by the line rules, one at a time, without parsing them.
///
/// A statement ends at `;` or at the end of a line. It goes on to the next line while a bracket or quote is open, the
/// line ends in an operator, a comma or `|>`, or the next line begins with `|>` or is indented: further than the line
/// on which the statement began, so that a script that is indented as a whole still reads. SQL ends only at `;`.
struct StatementReader {
  /// The tokens of one statement.
  struct Piece {
    /// The tokens, without the `;`, with an `end` token last.
    var tokens: [Token]
    /// Whether the text ran out, and neither `;` nor a line's end closed the statement.
    var reachedEndOfText = false
    /// How many brackets were still open.
    var openBrackets = 0
    /// Whether the statement is SQL, which ends at `;`.
    var isSQL = false
    /// Whether the last line ended in something that wants more.
    var wantsMore = false
    /// The first token that is no token.
    var fault: Token?
  }

  private(set) var lexer: Lexer
  /// The `;` passed so far.
  private(set) var semicolons: [SourceSpan] = []

  init(_ source: SourceText) {
    lexer = Lexer(bytes: source.utf8)
  }

  init(lexer: Lexer) {
    self.lexer = lexer
  }

  /// What the next word is to be read as.
  private enum Mode {
    case ordinary
    /// Words are paths, up to `as`, `with`, the `of` of a snapshot, or `|>`.
    case path
  }

  /// How it is found out whether a statement is SQL.
  private enum Opening {
    case undecided
    case sql
    case other
  }

  /// The next statement that is not empty; nil at the end of the text.
  mutating func next() -> Piece? {
    var piece = Piece(tokens: [])
    var mode = Mode.ordinary
    var opening = Opening.undecided
    var statementIndent = 0
    while true {
      let readsPath = mode == .path && piece.openBrackets == 0
      lexer.skipTrivia(inPath: readsPath)
      if piece.tokens.isEmpty {
        statementIndent = lexer.lineIndent
      } else if endsAtLine(piece, opening, statementIndent) {
        break
      }
      guard let token = readsPath ? lexer.nextPathWord(isNested: false) : lexer.next() else {
        piece.reachedEndOfText = true
        break
      }
      if token.kind == .symbol(.semicolon) {
        semicolons.append(token.span)
        if piece.tokens.isEmpty { continue }
        piece.openBrackets = 0
        break
      }
      append(token, to: &piece)
      if opening == .undecided { opening = self.opening(after: token, before: piece.tokens.dropLast().last) }
      mode = self.mode(mode, after: token, in: &piece)
    }
    guard !piece.tokens.isEmpty else { return nil }
    piece.isSQL = opening == .sql
    piece.wantsMore = wantsMore(piece)
    let end = piece.tokens.last?.span.end ?? 0
    piece.tokens.append(Token(kind: .end, span: SourceSpan(start: end, end: end)))
    return piece
  }

  private func append(_ token: Token, to piece: inout Piece) {
    piece.tokens.append(token)
    switch token.kind {
    case .symbol(let symbol) where symbol.opens: piece.openBrackets += 1
    case .symbol(let symbol) where symbol.closes: piece.openBrackets = max(0, piece.openBrackets - 1)
    case .fault where piece.fault == nil: piece.fault = token
    default: break
    }
  }

  private func endsAtLine(_ piece: Piece, _ opening: Opening, _ statementIndent: Int) -> Bool {
    guard lexer.crossedLine, opening != .sql, piece.openBrackets == 0 else { return false }
    return !(lexer.isAtPipe || lexer.lineIndent > statementIndent || wantsMore(piece))
  }

  /// The words that begin SQL, which ends at `;`; so do `replace into` and `pivot t on ...`.
  static let sqlWords = KeywordSet([.select, .with, .values, .create, .insert, .update, .delete])

  private func opening(after token: Token, before: Token?) -> Opening {
    if token.kind == .symbol(.leftParenthesis) { return .undecided }
    let isFirst = before == nil
    if token.kind == .path { return .undecided }
    if before?.keyword == .pivot || before?.keyword == .unpivot {
      return token.keyword == .include || token.keyword == .exclude ? .other : .sql
    }
    switch token.keyword {
    case .explain where isFirst, .replace where isFirst, .analyze where !isFirst, .watch where isFirst:
      return .undecided
    case .into where !isFirst: return .sql
    case .pivot, .unpivot: return .undecided
    case let keyword?: return Self.sqlWords.contains(keyword) ? .sql : .other
    case nil: return .other
    }
  }

  private func mode(_ mode: Mode, after token: Token, in piece: inout Piece) -> Mode {
    switch mode {
    case .ordinary:
      let count = piece.tokens.count
      let opensPipe = count > 1 && piece.tokens[count - 2].kind == .symbol(.pipe)
      switch token.keyword {
      case .load where count == 1, .run where count == 1, .output where count == 1, .cd where count == 1: return .path
      case .ls where count == 1, .watch where count == 1, .connect where count == 1: return .path
      case .save where count == 1 || opensPipe: return piece.openBrackets == 0 ? .path : .ordinary
      default: return .ordinary
      }
    case .path:
      if token.kind == .symbol(.pipe) { return .ordinary }
      // Of `watch`, only how long it waits.
      if piece.tokens.first?.keyword == .watch { return .ordinary }
      guard token.kind == .path, let keyword = Keyword(bytes: lexer.bytes[token.span.start..<token.span.end]),
        keyword == .as || keyword == .with || (keyword == .of && piece.tokens.first?.keyword == .save),
        piece.tokens.count > 2
      else { return .path }
      piece.tokens[piece.tokens.count - 1].kind = .word
      piece.tokens[piece.tokens.count - 1].keyword = keyword
      return .ordinary
    }
  }

  /// Whether the last token cannot end a line.
  private func wantsMore(_ piece: Piece) -> Bool {
    guard let last = piece.tokens.last, piece.tokens.first?.keyword != .help else { return false }
    if case .symbol(let symbol) = last.kind {
      return symbol == .star ? !meansEveryColumn(piece) : symbol.joinsLines
    }
    switch last.keyword {
    case .and, .or, .not: return true
    default: return false
    }
  }

  /// Whether a `*` at the end of a line stands for columns and is no multiplication: nothing to multiply is before it.
  private func meansEveryColumn(_ piece: Piece) -> Bool {
    guard piece.tokens.count > 1 else { return false }
    let before = piece.tokens[piece.tokens.count - 2]
    switch before.kind {
    case .symbol(let symbol): return symbol == .comma || symbol == .dot
    case .word: return before.keyword == .select || before.keyword == .distinct || before.keyword == .all
    default: return false
    }
  }
}
