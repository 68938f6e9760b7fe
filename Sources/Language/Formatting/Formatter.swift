/// Why a text was not formatted.
public enum FormattingFailure: Error, Sendable {
  /// Some of its statements do not read.
  case unreadable([Diagnostic])
  /// The formatted text would not say the same: it is left alone.
  case changedMeaning(SourceText, SourceSpan)
}

/// A script in the one layout that all scripts have: words of the language in lower case, one statement below the other,
/// each on one line if it fits on 100 columns, else one clause or operator a line. Comments and single empty lines
/// between statements stay.
///
/// ```
/// LOAD actions.csv;  FROM actions |> WHERE country='IN'   -- only India
/// ```
/// becomes
/// ```
/// load actions.csv
/// from actions |> where country = 'IN' -- only India
/// ```
///
/// Formatting a formatted text changes nothing, and the text means what it did. Costs a few passes over the text.
///
/// - Throws: `FormattingFailure`.
public func formatted(_ source: SourceText) throws(FormattingFailure) -> String {
  var formatter = Formatter(source)
  return try formatter.formatted()
}

/// Formats one text.
private struct Formatter {
  let source: SourceText
  private var output = ""
  /// Where the last statement or comment ended in the source.
  private var lastEnd: Int?

  init(_ source: SourceText) { self.source = source }

  mutating func formatted() throws(FormattingFailure) -> String {
    var lexer = Lexer(bytes: source.utf8)
    lexer.keepsComments = true
    var reader = StatementReader(lexer: lexer)
    var pieces: [StatementReader.Piece] = []
    while let piece = reader.next() { pieces.append(piece) }
    var comments = reader.lexer.comments.sorted { $0.start < $1.start }[...]
    var diagnostics: [Diagnostic] = []
    for (place, piece) in pieces.enumerated() {
      let tokens = Array(piece.tokens.dropLast())
      guard let first = tokens.first, let last = tokens.last else { continue }
      write(comments.prefix { $0.start < first.span.start })
      comments = comments.drop { $0.start < first.span.start }
      let inner = comments.prefix { $0.start < last.span.end }
      comments = comments.drop { $0.start < last.span.end }
      do {
        let text = try text(of: piece, tokens, inner)
        let isParted = piece.isSQL || piece.wantsMore || (place + 1 < pieces.count && pieces[place + 1].startsWithPipe)
        separate(from: first.span.start)
        output += isParted && first.keyword != .help ? text + ";" : text
        lastEnd = piece.isOpenHelp ? source.utf8.count : last.span.end
      } catch {
        diagnostics.append(error)
      }
    }
    write(comments)
    guard diagnostics.isEmpty else { throw .unreadable(diagnostics) }
    if !output.isEmpty { output += "\n" }
    try check(pieces)
    return output
  }

  private func text(
    of piece: StatementReader.Piece, _ tokens: [Token], _ comments: ArraySlice<SourceSpan>
  ) throws(Diagnostic) -> String {
    if tokens.first?.keyword == .help {
      // Whatever follows it is the topic, and need not even be made of tokens.
      let start = tokens.first?.span.start ?? 0
      let end = tokens.last?.span.end ?? start
      return source.trimmedText(SourceSpan(start: start, end: piece.isOpenHelp ? source.utf8.count : end))
    }
    do throws(Diagnostic) {
      if let token = piece.fault, case .fault(let fault) = token.kind {
        throw fault.diagnostic(for: token, in: source)
      }
      var parser = Parser(source: source, tokens: piece.tokens)
      let statement = try parser.statement()
      let layout = Layout(statement, TokenMap(tokens))
      let words = FormattedTokens(
        tokens, names: parser.names, attached: parser.attached, comments: comments, in: source)
      // Lines after the first must be indented, except where the first word says that it is SQL.
      let first = tokens.first?.keyword
      let isPlain = piece.isSQL && (first.map(StatementReader.sqlWords.contains) ?? true)
      var printer = LayoutPrinter(indentation: isPlain ? 0 : 2)
      return printer.print(layout, words)
    } catch {
      throw error.located(in: source)
    }
  }

  // MARK: Between statements

  private mutating func write(_ comments: ArraySlice<SourceSpan>) {
    for comment in comments {
      let isBehind = lastEnd.map { source.lineEnds(in: $0..<max($0, comment.start)) == 0 } ?? false
      if isBehind { output += " " } else { separate(from: comment.start) }
      output += source.trimmedText(comment)
      lastEnd = comment.end
    }
  }

  /// Begins a new line, and leaves one empty if some were.
  private mutating func separate(from start: Int) {
    guard let lastEnd else { return }
    output += source.lineEnds(in: lastEnd..<max(lastEnd, start)) > 1 ? "\n\n" : "\n"
  }

  // MARK: Safety

  /// The formatted text must hold the same statements of the same tokens.
  private func check(_ pieces: [StatementReader.Piece]) throws(FormattingFailure) {
    let result = SourceText(name: source.name, text: output)
    var reader = StatementReader(result)
    for piece in pieces {
      guard let other = reader.next(), piece.isSQL == other.isSQL,
        piece.isOpenHelp && other.isOpenHelp || isSame(piece.tokens, other.tokens, result)
      else {
        let start = piece.tokens.first?.span.start ?? 0
        throw .changedMeaning(source, SourceSpan(start: start, end: piece.tokens.last?.span.end ?? start))
      }
    }
    guard reader.next() == nil else { throw .changedMeaning(source, SourceSpan(start: 0, end: 0)) }
  }

  private func isSame(_ tokens: [Token], _ others: [Token], _ result: SourceText) -> Bool {
    tokens.count == others.count
      && zip(tokens, others).allSatisfy { token, other in
        guard token.kind == other.kind else { return false }
        let (text, otherText) = (source.text(token.span), result.text(other.span))
        return text == otherText || token.kind == .word && text.lowercased() == otherText
      }
  }
}

extension StatementReader.Piece {
  /// Whether it asks for help on something that is never closed, and goes on to the end of the text.
  fileprivate var isOpenHelp: Bool { tokens.first?.keyword == .help && fault != nil && reachedEndOfText }

  /// Whether the statement is a pipe on the last result.
  fileprivate var startsWithPipe: Bool { tokens.first?.kind == .symbol(.pipe) }
}
