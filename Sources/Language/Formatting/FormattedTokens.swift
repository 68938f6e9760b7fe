/// The tokens of one statement as they are to be written: words of the language in lower case, all others as they are,
/// each with the comments that stand before it.
struct FormattedTokens {
  /// A comment inside a statement.
  struct Comment {
    let text: String
    /// Whether nothing stands before it on its line.
    let isOnOwnLine: Bool
    /// Whether nothing can or does stand behind it on its line.
    let endsLine: Bool
  }

  private let texts: [String]
  private let tokens: [Token]
  private let attached: Set<Int>
  private var comments: [Int: [Comment]] = [:]

  /// - Parameters:
  ///   - names: the places of words that are names
  ///   - attached: the places of tokens that belong to the one before them
  ///   - comments: the comments that lie between the tokens
  init(
    _ tokens: [Token], names: [Int], attached: [Int], comments: some Sequence<SourceSpan>, in source: SourceText
  ) {
    self.tokens = tokens
    self.attached = Set(attached)
    let names = Set(names)
    texts = tokens.enumerated().map { index, token in
      let text = source.text(token.span)
      return token.kind == .word && !names.contains(index) ? text.lowercased() : text
    }
    let map = TokenMap(tokens)
    for span in comments {
      let index = map.first(from: span.start)
      let comment = Comment(
        text: source.trimmedText(span), isOnOwnLine: source.isFirstOnLine(span.start),
        endsLine: source.utf8[span.start] == UInt8(ascii: "-"))
      self.comments[index, default: []].append(comment)
    }
  }

  func text(_ index: Int) -> String { texts[index] }

  func comments(before index: Int) -> [Comment] { comments[index] ?? [] }

  /// Whether a space stands before a token that stays on its line.
  func hasSpace(before index: Int) -> Bool {
    let (before, token) = (tokens[index - 1], tokens[index])
    switch (before.kind, token.kind) {
    case (.symbol(let first), _) where first.opens || first == .dot || first == .doubleColon: return false
    case (_, .symbol(let second)) where second.closes || second == .comma: return false
    case (_, .symbol(.dot)), (_, .symbol(.doubleColon)): return false
    case (.symbol(let first), .symbol(let second)) where attached.contains(index):
      // Two signs might be read as one, or as the beginning of a comment.
      return !(first.closes || second.opens)
    default: return !attached.contains(index)
    }
  }
}

extension SourceText {
  /// A text without the white space at its end.
  func trimmedText(_ span: SourceSpan) -> String {
    let text = text(span)
    guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(text[...last])
  }

  /// Whether only white space stands before an offset on its line.
  func isFirstOnLine(_ offset: Int) -> Bool {
    var place = offset - 1
    while place >= 0 {
      switch utf8[place] {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0B, 0x0C: place -= 1
      default: return false
      }
    }
    return true
  }

  /// The line ends in a stretch of the text: `\n`, `\r` or both together.
  func lineEnds(in range: Range<Int>) -> Int {
    var count = 0
    for place in range {
      if utf8[place] == UInt8(ascii: "\n") {
        count += 1
      } else if utf8[place] == UInt8(ascii: "\r"), place + 1 == utf8.count || utf8[place + 1] != UInt8(ascii: "\n") {
        count += 1
      }
    }
    return count
  }
}
