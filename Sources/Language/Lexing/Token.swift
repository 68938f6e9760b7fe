/// The smallest piece of a text that the parser looks at. Its text is read from the source when it is wanted.
struct Token: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    /// A bare word; `Token.keyword` is set if the grammar knows it.
    case word
    /// A name in `"..."` or backticks.
    case quotedName
    case string
    /// A text in another form: `e'...'` with escapes, `x'...'` of bytes, `$$...$$`.
    case specialString
    case number
    /// `$name`
    case parameter
    /// A path word of `load`, `run`, `save`, `output`, quoted or not.
    case path
    case symbol(Symbol)
    /// Something that cannot be part of any statement.
    case fault(LexicalFault)
    /// The end of the statement.
    case end
  }

  var kind: Kind
  var span: SourceSpan
  var keyword: Keyword?
  /// Whether it is the first on its line.
  var startsLine = false
  /// Whether white space or a comment stands before it.
  var followsSpace = false
}

/// Bytes that no token can be made of.
enum LexicalFault: Sendable, Equatable {
  case unterminatedString
  /// `$$` without its end.
  case unterminatedDollarString
  case unterminatedName
  case unterminatedPath
  case unterminatedComment
  case emptyName
  /// Letters right after a number: `12abc`.
  case malformedNumber
  case unexpectedCharacter
  case invalidUTF8
}

/// Operators and punctuation.
enum Symbol: String, Sendable, CaseIterable {
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case leftBrace = "{"
  case rightBrace = "}"
  case comma = ","
  case semicolon = ";"
  case dot = "."
  case colon = ":"
  case doubleColon = "::"
  case assign = ":="
  case equal = "="
  case doubleEqual = "=="
  case fatArrow = "=>"
  case notEqual = "<>"
  case exclamationEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case plus = "+"
  case minus = "-"
  case star = "*"
  case doubleStar = "**"
  case slash = "/"
  case doubleSlash = "//"
  case percent = "%"
  case caret = "^"
  case tilde = "~"
  case tildeStar = "~*"
  case notTilde = "!~"
  case notTildeStar = "!~*"
  case bar = "|"
  case doubleBar = "||"
  case pipe = "|>"
  case ampersand = "&"
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case arrow = "->"
  case longArrow = "->>"
  case question = "?"
  case backslash = "\\"

  private static let bySpelling: [UInt32: Symbol] = Dictionary(
    uniqueKeysWithValues: allCases.map { (packed($0.rawValue.utf8), $0) })

  /// At most three bytes in one number.
  private static func packed(_ bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.prefix(3).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The symbol that one to three bytes spell.
  init?(bytes: ArraySlice<UInt8>) {
    guard let symbol = Self.bySpelling[Self.packed(bytes)] else { return nil }
    self = symbol
  }

  var opens: Bool { self == .leftParenthesis || self == .leftBracket || self == .leftBrace }
  var closes: Bool { self == .rightParenthesis || self == .rightBracket || self == .rightBrace }

  /// Whether a line that ends in this goes on. `*` may also mean every column: see `StatementReader`.
  var joinsLines: Bool {
    switch self {
    case .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace, .semicolon,
      .question, .backslash:
      return false
    default: return true
    }
  }
}
