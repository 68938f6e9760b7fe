import ColumnStore
import Language
import Planning

/// The rows that an audit looks at, as its checks speak of them: a table `input` with the columns `c0`, `c1` ... and, where
/// the rows know it, the `file` and `line` that they were read from.
struct AuditedTable {
  /// A column and what its name says of it.
  struct Column {
    /// What the query calls it.
    var sql: String
    /// What it is called.
    let name: String
    let type: DataType
    /// Whether it holds fractions, which are not summed.
    private let isFraction: Bool
    /// The words of its name, in lower case.
    let words: [String]

    init(_ field: Field, number: Int) {
      sql = "c\(number)"
      name = field.name
      type = field.type
      words = Self.words(of: field.name)
      isFraction = field.display.isFraction
    }

    /// Whether its name has one of some words.
    func speaks(of wanted: Set<String>) -> Bool { words.contains { wanted.contains($0) } }

    /// Whether it holds names of things: `id`, `notice_id`, `uuid`, `tweetId`.
    var isIdentifier: Bool {
      words.last.map { ["id", "uuid", "guid"].contains($0) } ?? false
    }

    /// Whether it holds numbers that can be summed, with bounds or without: no ids, years, shares or means.
    var isAmount: Bool {
      (type.isNumeric || type == .count) && !isIdentifier && !isFraction && !speaks(of: Self.unsummed)
    }

    private static let unsummed: Set = [
      "year", "percent", "percentage", "share", "rate", "ratio", "average", "mean", "median", "rank",
    ]

    /// Whether it says when something was.
    var isTime: Bool { type == .date || type == .timestamp }

    /// `accounts_withheld`, `accountsWithheld` and `Accounts withheld` are the words `accounts` and `withheld`.
    private static func words(of name: String) -> [String] {
      var words: [String] = []
      var word = ""
      var wasLower = false
      for character in name {
        let isPart = character.isLetter || character.isNumber
        if !isPart || (character.isUppercase && wasLower) {
          if !word.isEmpty { words.append(word.lowercased()) }
          word = ""
        }
        if isPart { word.append(character) }
        wasLower = character.isLowercase || character.isNumber
      }
      return word.isEmpty ? words : words + [word.lowercased()]
    }
  }

  /// What the table is called; nil for rows that come from several.
  let name: String?
  let columns: [Column]
  /// Whether the rows know where they were read from.
  let hasPlaces: Bool
  /// The day after which nothing can have happened yet, where `let today = ...` says it. What a clock says would give
  /// another result every day.
  let today: Value?
  /// The rows under the names that the checks use.
  let rows: LogicalPlan

  /// The tables whose rows columns of this one name.
  let related: [Related]

  /// What the table was published as, where that is known.
  let source: SourceAdapter?
  /// Whether rows of it lie in a database, which does not give all of them.
  let isInDatabase: Bool
  /// The rows under their own names.
  private let published: LogicalPlan
  private let resolver: Resolver
  private let span: SourceSpan

  init(_ input: LogicalPlan, sources: TableSources, with resolver: Resolver, span: SourceSpan) {
    published = input
    isInDatabase = input.scans.contains { !$0.table.columns.isCheap }
    self.resolver = resolver
    self.span = span
    let today = resolver.value(ofParameter: "today")
    self.today =
      switch today {
      case .date: today
      case .text(let text): TextParsing.value(text[...], as: .date)
      default: nil
      }
    let fields = input.fields
    func projection(_ index: Int, _ name: String) -> Projection {
      Projection(name: name, expression: PlanExpression(.column(index), type: fields[index].type, span: span))
    }
    let shown = fields.indices.filter { !fields[$0].isHidden }
    columns = shown.enumerated().map { Column(fields[$0.element], number: $0.offset) }
    let places = ["_file", "_line"].map { name in
      fields.indices.filter { fields[$0].isHidden && fields[$0].name == name }
    }
    hasPlaces = places.allSatisfy { $0.count == 1 }
    rows = .project(
      input,
      zip(shown, columns).map { projection($0, $1.sql) }
        + (hasPlaces ? [projection(places[0][0], "file"), projection(places[1][0], "line")] : []))
    let names = Set(fields.map(\.qualifier))
    let name = names.count == 1 ? names.first.flatMap { $0 } : nil
    self.name = name
    related = Self.related(to: columns, of: name, with: resolver, span: span)
    source = input.scans.first { $0.name.lowercased() == name?.lowercased() }.flatMap { sources.adapter(of: $0) }
  }

  /// What questions call by name.
  var tables: [(name: String, plan: LogicalPlan)] {
    [("input", rows), ("published", published)] + related.map { ($0.table, $0.plan) }
  }

  /// Whether a query on them has what it speaks of.
  func canAsk(_ query: String) -> Bool { (try? resolver.plan(query + ";", on: tables, span: span)) != nil }

  /// The first row of a query on `input`: what the questions depend on. Nothing but NULLs while queries are only planned.
  func answer(_ query: String) throws -> [Value] {
    let plan = try resolver.plan(query, on: tables, span: span)
    let table = try resolver.rows(of: plan, for: span)
    return table.rowCount > 0 ? table.row(0) : plan.fields.map { _ in .null }
  }
}
