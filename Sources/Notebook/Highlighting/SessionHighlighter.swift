import Language
import Planning

/// Tells what each word of a statement is, from the grammar and from what is loaded, for a person who is typing it.
public struct SessionHighlighter {
  /// What a part of a statement is.
  public enum Kind: Sendable, Hashable {
    /// A word of the grammar.
    case keyword
    /// A table or view that exists.
    case table
    /// A column of a table or view that the statement speaks of.
    case column
    /// A function that exists.
    case function
    /// A name that nothing has.
    case unknownName
    /// A text in quotes.
    case string
    /// A number.
    case number
    /// `$name`
    case parameter
    /// A file or folder.
    case path
    /// An operator.
    case symbol
    /// A comment.
    case comment
    /// A bracket without its other half, a quote that is not closed, a stray character.
    case fault
  }

  /// A part of a statement: UTF-8 offsets, and what it is.
  public struct Span: Sendable, Hashable {
    /// Where it stands.
    public let range: Range<Int>
    /// What it is.
    public let kind: Kind
  }

  private let session: Session

  /// A highlighter for a session.
  public init(_ session: Session) { self.session = session }

  /// The parts of a statement in order; what is not among them is plain. A name that ends at the cursor may be unfinished
  /// and is not called unknown, nor is a quote before it called open.
  public func spans(of text: String, cursor: Int) -> [Span] {
    let source = SourceText(text: text)
    let pieces = lexemes(of: source)
    let names = KnownNames(session, pieces.map { ($0.kind, source.text($0.span)) })
    let unmatched = unmatchedBrackets(pieces, source)
    return pieces.enumerated().compactMap { number, piece in
      let range = piece.span.start..<piece.span.end
      func span(_ kind: Kind) -> Span { Span(range: range, kind: kind) }
      let next = number + 1 < pieces.count ? source.text(pieces[number + 1].span) : ""
      switch piece.kind {
      case .string: return span(.string)
      case .number: return span(.number)
      case .parameter: return span(.parameter)
      case .path: return span(.path)
      case .symbol: return span(.symbol)
      case .comment: return span(.comment)
      case .fault:
        // A text that is being typed has no end yet.
        return span(source.text(piece.span).first == "'" ? .string : .fault)
      case .punctuation: return unmatched.contains(number) ? span(.fault) : nil
      case .keyword, .name, .quotedName:
        let kind = names.kind(
          of: source.text(piece.span), isKeyword: piece.kind == .keyword, isCalled: next == "(",
          isUnfinished: range.upperBound == cursor)
        return kind.map(span)
      }
    }
  }

  /// The brackets that close nothing, and those that are closed by another kind. One that is still open is not wrong yet.
  private func unmatchedBrackets(_ pieces: [Lexeme], _ source: SourceText) -> Set<Int> {
    let pairs: [String: String] = [")": "(", "]": "[", "}": "{"]
    var open: [(number: Int, text: String)] = []
    var unmatched: Set<Int> = []
    for (number, piece) in pieces.enumerated() where piece.kind == .punctuation {
      let text = source.text(piece.span)
      if pairs.values.contains(text) { open.append((number, text)) }
      guard let opening = pairs[text] else { continue }
      if open.last?.text == opening {
        open.removeLast()
      } else {
        unmatched.insert(number)
        if let last = open.popLast() { unmatched.insert(last.number) }
      }
    }
    return unmatched
  }
}

/// The names that a statement can speak of.
private struct KnownNames {
  private let tables: Set<String>
  private let columns: Set<String>
  /// Names that the statement itself gives.
  private let given: Set<String>
  /// Whether all columns are known that there may be.
  private let isComplete: Bool

  init(_ session: Session, _ pieces: [(kind: Lexeme.Kind, text: String)]) {
    tables = Set(session.storedEntries.keys)
    let words = pieces.map { Quoting.name(written: $0.text).lowercased() }
    var columns: Set<String> = []
    let spoken = session.tables(spokenOf: words)
    for name in spoken { columns.formUnion(session.columns(named: name).map { $0.name.lowercased() }) }
    self.columns = columns
    var given: Set<String> = []
    for (number, word) in words.enumerated() where pieces[number].kind == .name || pieces[number].kind == .quotedName {
      let before = number > 0 ? words[number - 1] : ""
      let after = number + 1 < words.count ? words[number + 1] : ""
      if ["as", "let", "with", "rename", ".", "recursive", "plot"].contains(before)
        || ["=", ":=", "=>"].contains(after)
        || before == ")" || number == 1 && before == "set"
      {
        given.insert(word)
      }
    }
    self.given = given
    // Files in place, views and tables of other statements have columns that are not known here.
    isComplete = !spoken.isEmpty && !pieces.contains { $0.kind == .path || $0.kind == .string && $0.text.contains(".") }
  }

  func kind(of text: String, isKeyword: Bool, isCalled: Bool, isUnfinished: Bool) -> SessionHighlighter.Kind? {
    let name = Quoting.name(written: text).lowercased()
    if isCalled, isFunction(name) { return .function }
    if columns.contains(name), !isKeyword { return .column }
    if tables.contains(name), !isKeyword { return .table }
    if isKeyword { return .keyword }
    if isUnfinished || isCalled || given.contains(name) || !isComplete || name.first == "_" { return nil }
    return .unknownName
  }

  private func isFunction(_ name: String) -> Bool {
    FunctionRegistry.scalar(named: name) != nil || FunctionRegistry.aggregate(named: name) != nil
      || FunctionRegistry.window(named: name) != nil
  }
}
