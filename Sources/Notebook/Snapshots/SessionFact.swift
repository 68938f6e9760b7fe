import ColumnStore
import Language
import Planning

/// One thing of a session that is no rows of its own, so that a snapshot can bring it back: a view, a value, a rule.
///
/// A snapshot holds them as rows of a table with a name that nobody can type, and the values in a second one of a single
/// row: so they are kept, checked and read as all tables are.
struct SessionFact {
  /// What it is.
  enum Kind: String {
    /// The table `name` belongs to `table` and goes with it.
    case part
    /// `table` was published by the source `name`; `text` is the adapter.
    case source
    /// A footnote to the values of `table`: `name` is its title, `text` the rest.
    case note
    /// The same, for one that warns.
    case warning
    /// The view `name`: `text` is the statement that makes it.
    case view
    /// The value called `name`.
    case value
    /// The columns of `table` are never NULL.
    case notNull = "not null"
    /// The value of the column of `table` that gets none.
    case `default`
    /// A key of `table`; `text` is the index that it belongs to.
    case unique
    /// The primary key of `table`.
    case primaryKey = "primary key"
    /// The condition `text` on the rows of `table`.
    case check
    /// An index of `table`.
    case index
  }

  let kind: Kind
  var table = ""
  var name: String?
  var columns: [Int] = []
  var text: String?
  /// For a value, or a default.
  var value: Value?

  /// The names under which they stand in a snapshot.
  static let tableName = "\(Resolver.hiddenMark)session"
  static let valuesName = "\(Resolver.hiddenMark)values"

  private static let columnsOfTable: [(name: String, type: DataType)] = [
    ("kind", .text), ("table", .text), ("name", .text), ("columns", .list(.integer)), ("text", .text),
  ]

  /// The tables that hold facts; none for no facts.
  static func tables(of facts: [SessionFact]) -> [(name: String, table: Table)] {
    guard !facts.isEmpty else { return [] }
    func text(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
    let rows = facts.map { fact -> [Value] in
      [
        .text(fact.kind.rawValue), .text(fact.table), text(fact.name),
        .list(fact.columns.map { .integer(Int64($0)) }, of: .integer), text(fact.text),
      ]
    }
    let values = facts.compactMap(\.value).map { value in
      (name: "value", column: Column(type: value.type ?? .text, values: [value]))
    }
    return [(tableName, Session.table(columnsOfTable, rows)), (valuesName, Table(values))]
  }

  /// The facts that tables hold; nil where they hold anything else.
  static func facts(in table: Table, values: Table?) -> [SessionFact]? {
    guard table.descriptions.map(\.type) == columnsOfTable.map(\.type) else { return nil }
    var facts: [SessionFact] = []
    var nextValue = 0
    for row in 0..<table.rowCount {
      let cells = table.row(row)
      guard case .text(let word) = cells[0], let kind = Kind(rawValue: word), case .text(let owner) = cells[1],
        case .list(let items, _) = cells[3]
      else { return nil }
      var fact = SessionFact(kind: kind, table: owner)
      if case .text(let name) = cells[2] { fact.name = name }
      if case .text(let text) = cells[4] { fact.text = text }
      for item in items {
        guard case .integer(let number) = item, let column = Int(exactly: number), column >= 0 else { return nil }
        fact.columns.append(column)
      }
      if kind == .value || kind == .default {
        guard let values, values.rowCount == 1, nextValue < values.columns.count else { return nil }
        fact.value = values.columns[nextValue].value(0)
        nextValue += 1
      }
      facts.append(fact)
    }
    return facts
  }
}

// MARK: Footnotes

extension SessionFact {
  /// The footnotes of a table as facts about it.
  static func notes(of table: Table, named name: String) -> [SessionFact] {
    table.notes.map { note in
      SessionFact(kind: note.isWarning ? .warning : .note, table: name, name: note.title, text: note.detail)
    }
  }

  /// The footnote that a fact is; nil for other facts.
  var note: TableNote? {
    guard kind == .note || kind == .warning, let name else { return nil }
    return TableNote(name, detail: text ?? "", isWarning: kind == .warning)
  }
}

// MARK: Rules

extension TableRules {
  /// The rules as facts about a table.
  func facts(of table: String) -> [SessionFact] {
    var facts: [SessionFact] = []
    if !notNull.isEmpty { facts.append(SessionFact(kind: .notNull, table: table, columns: notNull.sorted())) }
    for (column, value) in defaults.sorted(by: { $0.key < $1.key }) {
      facts.append(SessionFact(kind: .default, table: table, columns: [column], value: value))
    }
    for unique in uniques {
      let kind: SessionFact.Kind = unique.isPrimary ? .primaryKey : .unique
      facts.append(
        SessionFact(kind: kind, table: table, name: unique.name, columns: unique.columns, text: unique.index))
    }
    for check in checks {
      let text = check.source.text(check.condition.span)
      facts.append(SessionFact(kind: .check, table: table, name: check.name, text: text))
    }
    for index in indexes { facts.append(SessionFact(kind: .index, table: table, name: index)) }
    return facts
  }

  /// Adds what a fact says about a table whose columns have these types; false where it says nothing that can be.
  mutating func add(_ fact: SessionFact, types: [DataType]) -> Bool {
    guard fact.columns.allSatisfy({ $0 < types.count }) else { return false }
    switch fact.kind {
    case .notNull: notNull.formUnion(fact.columns)
    case .default:
      guard let column = fact.columns.first, let value = fact.value, types[column].holds(value) else { return false }
      defaults[column] = value
    case .unique, .primaryKey:
      guard !fact.columns.isEmpty else { return false }
      uniques.append(
        UniqueKey(name: fact.name, columns: fact.columns, isPrimary: fact.kind == .primaryKey, index: fact.text))
    case .check:
      guard let text = fact.text else { return false }
      // Brackets keep a condition of several lines together.
      let source = SourceText(name: fact.table, text: "print (\(text))")
      guard case .print(let conditions) = SessionFact.statement(source)?.kind, conditions.count == 1 else {
        return false
      }
      checks.append(Check(name: fact.name, condition: conditions[0], source: source))
    case .index:
      guard let name = fact.name else { return false }
      indexes.append(name)
    case .part, .source, .note, .warning, .view, .value: return false
    }
    return true
  }
}

extension SessionFact {
  /// The statement that a text is, if it is one and nothing else.
  static func statement(_ source: SourceText) -> Statement? {
    var statements = StatementSequence(source)
    guard case .statement(let statement)? = statements.next(), statements.next() == nil else { return nil }
    return statement
  }

  /// A view as a fact; nil for one whose text does not say all of it.
  init?(viewNamed name: String, _ query: Query, _ source: SourceText) {
    var query = query
    var columns: [Identifier] = []
    // The names that `create view v (a, b)` gives its columns stand round the query, in the place of the query itself.
    if case .from(let reference) = query.body, reference.span == query.span, let alias = reference.alias,
      case .subquery(let inner, _) = reference.kind
    {
      (query, columns) = (inner, alias.columns)
    }
    let names = columns.isEmpty ? "" : " (\(columns.map { Quoting.name($0.text) }.joined(separator: ", ")))"
    let text = "create view \(Quoting.name(name))\(names) as \(source.text(query.span));"
    self.init(kind: .view, name: name, text: text)
    if definition == nil { return nil }
  }

  /// The statement that makes the view, for a fact that is one.
  var definition: (create: CreateViewStatement, source: SourceText)? {
    guard let text else { return nil }
    let source = SourceText(name: "the view \(name ?? "")", text: text)
    guard case .createView(let create)? = Self.statement(source)?.kind else { return nil }
    return (create, source)
  }
}

extension DataType {
  /// Whether a value can stand in a column of the type.
  fileprivate func holds(_ value: Value) -> Bool {
    switch (self, value) {
    case (_, .null): true
    case (.decimal(let precision, let scale), .decimal(let number)):
      number.scale == scale && Decimal.fits(number.units, precision: precision)
    case (.list(let element), .list(let items, _)): items.allSatisfy { element.holds($0) }
    default: value.type == self
    }
  }
}
