/// Whether a text that is being typed can be run as it stands.
public enum Completeness: Sendable, Equatable {
  /// Nothing is open.
  case complete
  /// The last statement goes on.
  case incomplete(Reason)

  /// What the last statement waits for.
  public enum Reason: Sendable, Equatable {
    /// The end of a `'...'`.
    case string
    /// The end of a `"..."`, of backticks, or of a path in quotes.
    case quotedName
    /// `*/`
    case comment
    /// A closing bracket.
    case bracket
    /// What comes after an operator, a comma or `|>` at the end of the line.
    case continuation
    /// `;`, which alone ends SQL.
    case semicolon
  }
}

/// Whether the text ends with its last statement. A line such as `from t` is complete, although a next line might begin
/// with `|>`. Costs one pass over the text.
public func completeness(of text: String) -> Completeness {
  var reader = StatementReader(SourceText(text: text))
  var last: StatementReader.Piece?
  while let piece = reader.next() { last = piece }
  guard let last, last.reachedEndOfText else { return .complete }
  if let token = last.tokens.dropLast().last, case .fault(let fault) = token.kind {
    switch fault {
    case .unterminatedString, .unterminatedDollarString: return .incomplete(.string)
    case .unterminatedName, .unterminatedPath: return .incomplete(.quotedName)
    case .unterminatedComment: return .incomplete(.comment)
    case .emptyName, .malformedNumber, .unexpectedCharacter, .invalidUTF8: break
    }
  }
  if last.openBrackets > 0 { return .incomplete(.bracket) }
  if last.isSQL { return .incomplete(.semicolon) }
  return last.wantsMore ? .incomplete(.continuation) : .complete
}
