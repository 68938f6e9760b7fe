/// A statement of a text: its tree, or what is wrong with it.
public enum ParsedStatement: Sendable, Equatable {
  /// A statement that reads.
  case statement(Statement)
  /// A statement that does not. The diagnostic has its place in the text; the span is the whole statement's.
  case failure(Diagnostic, SourceSpan)

  /// Where it stands, without the `;`.
  public var span: SourceSpan {
    switch self {
    case .statement(let statement): return statement.span
    case .failure(_, let span): return span
    }
  }

  /// The tree.
  ///
  /// - Throws: the diagnostic, if it does not read.
  public func get() throws(Diagnostic) -> Statement {
    switch self {
    case .statement(let statement): return statement
    case .failure(let diagnostic, _): throw diagnostic
    }
  }
}

/// The statements of a text in order, each parsed when it is asked for, so that a script can run up to a statement that
/// does not read. After such a statement the next one is looked for by the line rules.
///
/// ```swift
/// for parsed in StatementSequence(source) {
///   try session.run(try parsed.get())
/// }
/// ```
public struct StatementSequence: Sequence, IteratorProtocol, Sendable {
  /// The text.
  public let source: SourceText
  private var reader: StatementReader

  /// Starts at the beginning of a text.
  public init(_ source: SourceText) {
    self.source = source
    reader = StatementReader(source)
  }

  /// The next statement that is not empty.
  public mutating func next() -> ParsedStatement? {
    guard let piece = reader.next() else { return nil }
    let start = piece.tokens.first?.span.start ?? 0
    let span = SourceSpan(start: start, end: piece.tokens.last?.span.end ?? start)
    do {
      return .statement(try Self.parse(piece, source))
    } catch {
      return .failure(error.located(in: source), span)
    }
  }

  private static func parse(_ piece: StatementReader.Piece, _ source: SourceText) throws(Diagnostic) -> Statement {
    let isHelp = piece.tokens.first?.keyword == .help
    if !isHelp, let token = piece.fault, case .fault(let fault) = token.kind {
      throw fault.diagnostic(for: token, in: source)
    }
    var parser = Parser(source: source, tokens: piece.tokens)
    return try parser.statement()
  }
}

/// Everything that a text holds.
public struct ParsedScript: Sendable, Equatable {
  /// The statements that read, in order.
  public let statements: [Statement]
  /// What is wrong with the others, in order.
  public let diagnostics: [Diagnostic]
}

/// Parses a whole text in linear time. Never fails as a whole: a statement that does not read gives one diagnostic.
public func parseScript(_ source: SourceText) -> ParsedScript {
  var statements: [Statement] = []
  var diagnostics: [Diagnostic] = []
  for parsed in StatementSequence(source) {
    switch parsed {
    case .statement(let statement): statements.append(statement)
    case .failure(let diagnostic, _): diagnostics.append(diagnostic)
    }
  }
  return ParsedScript(statements: statements, diagnostics: diagnostics)
}

/// Parses a text that is one expression, such as the value of `--set since=2021-01-31`.
///
/// - Throws: a diagnostic with its place in the text.
public func parseExpression(_ source: SourceText) throws(Diagnostic) -> Expression {
  var reader = StatementReader(source)
  let end = Token(kind: .end, span: SourceSpan(start: source.utf8.count, end: source.utf8.count))
  let piece = reader.next() ?? StatementReader.Piece(tokens: [end])
  do throws(Diagnostic) {
    if let token = piece.fault, case .fault(let fault) = token.kind {
      throw fault.diagnostic(for: token, in: source)
    }
    var parser = Parser(source: source, tokens: piece.tokens)
    let result = try parser.expression()
    guard parser.isAtEnd, reader.next() == nil else { throw parser.failure(expected: "the end of the expression") }
    return result
  } catch {
    throw error.located(in: source)
  }
}
