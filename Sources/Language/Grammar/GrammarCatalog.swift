/// One thing of the language that can be explained, completed or highlighted.
public struct GrammarEntry: Sendable, Hashable {
  /// What kind of thing it is.
  public enum Kind: String, Sendable, Hashable {
    /// Begins a statement.
    case command
    /// Follows `|>`, or stands alone for the table in use.
    case pipeOperator
    /// A word of SQL that begins a clause.
    case clause
  }
  /// The words, in lower case: `load`, `order by`.
  public let name: String
  /// What kind of thing it is.
  public let kind: Kind
  /// How it is written.
  public let syntax: String
  /// What it does, in one line.
  public let summary: String
  /// How it is to be understood, in one paragraph.
  public let text: String
  /// Statements that use it, two of them, on the datasets that come with the notebook: `actions`, `notices` and
  /// `blocked_per_year` of datasets/india-2021, `removal_requests` of datasets/twitter-removal-requests.
  public let examples: [String]

  init(
    _ kind: Kind, _ name: String, syntax: String, summary: String, text: String, examples: [String]
  ) {
    self.kind = kind
    self.name = name
    self.syntax = syntax
    self.summary = summary
    self.text = text
    self.examples = examples
  }
}

/// The words of the language as data, for completion, highlighting and `help`.
public enum GrammarCatalog {
  /// Every command, in the order in which a newcomer needs them.
  public static let commands: [GrammarEntry] = lookingCommands + changingCommands + notebookCommands

  /// Every pipe operator, the general ones first.
  public static let operators: [GrammarEntry] = generalOperators + noticeOperators

  /// The operators that `force` can stand before.
  public static let forcibleOperators: [String] = PipeWords.forcible.words

  /// Every word that the grammar gives a meaning, in lower case and alphabetical order.
  public static let keywords: [String] = Keyword.allCases.map(\.text).sorted()

  /// The words that cannot name a column or table without quotes.
  public static let reservedWords: [String] = Keyword.allCases.filter(\.isReserved).map(\.text).sorted()

  /// The entries whose name is, or begins with, `topic`, an exact name first.
  public static func entries(about topic: String) -> [GrammarEntry] {
    let topic = topic.lowercased()
    let all = commands + operators + clauses
    let exact = all.filter { $0.name == topic }
    return exact.isEmpty ? all.filter { $0.name.hasPrefix(topic) } : exact
  }

  /// The commands and operators that a word at the start of a statement may have been meant to be, nearest first.
  public static func nearestStatements(to word: String) -> [String] {
    nearestNames(to: word, in: statementWords)
  }

  /// What a statement can begin with.
  static let statementWords: [String] = {
    var seen: Set<String> = []
    let names = (commands + operators).map { String($0.name.prefix { $0 != " " }) } + ["with", "values", "summarize"]
    return names.filter { seen.insert($0).inserted }
  }()
}
