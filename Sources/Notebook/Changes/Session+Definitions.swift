import ColumnStore
import Language
import Planning

extension Session {
  // MARK: Tables

  /// `create table`: an empty table with its rules, or one with the rows of a query.
  func execute(_ create: CreateTableStatement) throws {
    guard try isFree(create.name, create.modifiers, "table") else { return }
    switch create.content {
    case .query(let query, let columns):
      let rows = try rows(of: columns.isEmpty ? query : renamed(query, as: create.name, columns))
      store(create.name.text, .table(rows))
      note("\(create.name.text): \(Session.counted(rows.rowCount, "row"))")
    case .columns(let columns, let constraints):
      let (table, rules) = try define(columns, constraints, create.name)
      store(create.name.text, .table(table))
      entries[create.name.text.lowercased()]?.rules = rules
    }
  }

  /// Whether a name can be given; false if there is one already and that is no matter.
  private func isFree(_ name: QualifiedName, _ modifiers: CreateModifiers, _ kind: String) throws -> Bool {
    guard let entry = entries[name.text.lowercased()], !modifiers.orReplace else { return true }
    if modifiers.ifNotExists { return false }
    throw Diagnostic(
      "there is a \(entry.kind) `\(entry.name)` already", at: name.span,
      help: "take another name, `drop \(entry.name)` first, or say `create or replace \(kind)`")
  }

  /// A query whose columns have other names.
  private func renamed(_ query: Query, as name: QualifiedName, _ columns: [Identifier]) -> Query {
    let alias = TableAlias(name: Identifier(name.text, span: name.span), columns: columns)
    return Query(
      body: .from(TableReference(.subquery(query, isLateral: false), alias: alias, span: query.span)), span: query.span)
  }

  private func define(
    _ columns: [ColumnDefinition], _ constraints: [TableConstraint], _ name: QualifiedName
  ) throws -> (Table, TableRules) {
    let resolver = Resolver(catalog: self, domain: nil)
    var descriptions: [ColumnDescription] = []
    for column in columns {
      guard !descriptions.contains(where: { $0.name.lowercased() == column.name.text.lowercased() }) else {
        throw Diagnostic("`\(name.text)` would have two columns `\(column.name.text)`", at: column.name.span)
      }
      descriptions.append(ColumnDescription(name: column.name.text, type: try resolver.type(named: column.type)))
    }
    let target = ChangedTable(
      key: name.text.lowercased(), name: name, descriptions: descriptions, rules: TableRules())
    var rules = TableRules()
    for (index, column) in columns.enumerated() {
      for constraint in column.constraints { try add(constraint, of: index, to: &rules, target) }
    }
    for constraint in constraints { try add(constraint, to: &rules, target) }
    let table = Table(
      descriptions: descriptions, columns: descriptions.map { Column.nulls(type: $0.type, count: 0) }, rowCount: 0)
    for check in rules.checks { _ = try numbers(of: table, breaking: check, target) }
    return (table, rules)
  }

  private func add(
    _ constraint: ColumnConstraint, of column: Int, to rules: inout TableRules, _ target: ChangedTable
  ) throws {
    let name = constraint.name?.text
    switch constraint.kind {
    case .notNull: rules.notNull.insert(column)
    case .null: break
    case .primaryKey: try addPrimaryKey([column], name, to: &rules, target, constraint.span)
    case .unique: rules.uniques.append(UniqueKey(name: name, columns: [column]))
    case .default(let value): rules.defaults[column] = try self.default(value, target.assigned[column])
    case .check(let condition): rules.checks.append(.init(name: name, condition: condition, source: source))
    case .references(let reference): noteReference(reference)
    case .collate:
      throw Diagnostic(
        "a column has no collation of its own here", at: constraint.span,
        help: "say it where values are compared or sorted: order by \(target.descriptions[column].name) collate nocase")
    }
  }

  private func add(_ constraint: TableConstraint, to rules: inout TableRules, _ target: ChangedTable) throws {
    let name = constraint.name?.text
    switch constraint.kind {
    case .primaryKey(let columns):
      try addPrimaryKey(try target.indices(of: columns), name, to: &rules, target, constraint.span)
    case .unique(let columns): rules.uniques.append(UniqueKey(name: name, columns: try target.indices(of: columns)))
    case .check(let condition): rules.checks.append(.init(name: name, condition: condition, source: source))
    case .foreignKey(let columns, let reference):
      _ = try target.indices(of: columns)
      noteReference(reference)
    }
  }

  private func addPrimaryKey(
    _ columns: [Int], _ name: String?, to rules: inout TableRules, _ target: ChangedTable, _ span: SourceSpan
  ) throws {
    guard !rules.uniques.contains(where: \.isPrimary) else {
      throw Diagnostic("`\(target.name.text)` would have two primary keys", at: span)
    }
    rules.notNull.formUnion(columns)
    rules.uniques.append(UniqueKey(name: name, columns: columns, isPrimary: true))
  }

  private func `default`(_ value: Language.Expression, _ column: AssignedColumn) throws -> Value {
    let resolver = Resolver(catalog: self, domain: nil)
    let bound = try resolver.resolveConstant(value)
    let plan = LogicalPlan.project(.oneRow, [Projection(name: column.name, expression: bound)])
    return try rows(of: try resolver.assigned(plan, to: [column], span: value.span)).columns[0].value(0)
  }

  private func noteReference(_ reference: ForeignReference) {
    note("`references \(reference.table.text)` is read and not enforced")
  }

  // MARK: Views

  /// `create view`
  func execute(_ create: CreateViewStatement) throws {
    guard try isFree(create.name, create.modifiers, "view") else { return }
    try defineView(create.name.text, query(of: create))
  }

  /// The query that a view is to stand for.
  func query(of create: CreateViewStatement) -> Query {
    create.columns.isEmpty ? create.query : renamed(create.query, as: create.name, create.columns)
  }

  // MARK: Indexes

  /// `create index`: its name is kept, and its keys are told apart if it is unique; nothing is looked up in it.
  func execute(_ create: CreateIndexStatement) throws {
    let target = try changedTable(create.table)
    let table = rows(of: target)
    let span = create.table.span
    let from = NumberedCatalog.reference(as: Identifier(create.table.text, span: span), span: span)
    var select = SelectQuery(items: [NumberedCatalog.number(span: span)], from: from, span: span)
    select.filter = create.filter
    let sorted = Query(body: .select(select), orderBy: create.keys, span: span)
    _ = try plan(sorted, catalog: NumberedCatalog(self, table.slice(0..<0)))
    let name = create.name?.text ?? "\(create.table.text)_index\(target.rules.indexes.count + 1)"
    if let owner = owner(ofIndex: name) {
      if create.ifNotExists { return }
      throw Diagnostic(
        "there is an index `\(name)` already, on `\(owner.name)`", at: create.name?.span ?? create.table.span,
        help: "take another name, or `drop index \(name)` first")
    }
    var rules = target.rules
    rules.indexes.append(name)
    if create.isUnique {
      guard create.filter == nil else {
        throw Diagnostic(
          "a unique index is for all rows here", at: create.filter?.span, help: "leave the `where` out")
      }
      let columns = try create.keys.map { key -> Identifier in
        guard case .expression(let value) = key.key, case .column(let column) = value.kind else {
          throw Diagnostic("a unique index is made of columns here", at: key.span)
        }
        return column.name
      }
      var unique = UniqueKey(name: name, columns: try target.indices(of: columns), index: name)
      let (keys, twice) = unique.keys(of: table)
      if let twice { throw keyDiagnostic(unique, twice, target, create.table.span) }
      unique.known = keys
      rules.uniques.append(unique)
    } else {
      note("`\(name)` is a name only: no index is needed here, columns are searched as they are")
    }
    entries[target.key]?.rules = rules
  }

  /// The table that an index belongs to.
  private func owner(ofIndex name: String) -> Entry? {
    storedEntries.values.first { $0.rules.indexes.contains { $0.lowercased() == name.lowercased() } }
  }

  /// `reindex [name]`: there is nothing to do, but the name must be one.
  func reindex(_ name: QualifiedName?) throws {
    guard let name, storedEntries[name.text.lowercased()] == nil, owner(ofIndex: name.text) == nil else { return }
    throw Diagnostic("there is no table or index `\(name.text)`", at: name.span)
  }

  // MARK: drop

  /// `drop a, b`: all of them, or none if one is not there.
  func drop(_ names: [Identifier], _ target: DropTarget?, ifExists: Bool) throws {
    if target == .index { return try dropIndexes(names, ifExists: ifExists) }
    for name in names {
      guard let entry = entries[name.text.lowercased()] else {
        if ifExists { continue }
        throw Diagnostic(
          "there is no \(target?.rawValue ?? "table") `\(name.text)`", at: name.span,
          help: suggestion(for: name.text, in: entryNames))
      }
      if let target, entry.kind != target.rawValue {
        throw Diagnostic(
          "`\(name.text)` is a \(entry.kind)", at: name.span, help: "did you mean `drop \(entry.kind) \(name.text)`?")
      }
    }
    for name in names { remove(name.text) }
  }

  private func dropIndexes(_ names: [Identifier], ifExists: Bool) throws {
    for name in names where !ifExists && owner(ofIndex: name.text) == nil {
      let known = storedEntries.values.flatMap(\.rules.indexes)
      throw Diagnostic(
        "there is no index `\(name.text)`", at: name.span, help: suggestion(for: name.text, in: known))
    }
    for name in names {
      guard let key = owner(ofIndex: name.text)?.name.lowercased() else { continue }
      let dropped = name.text.lowercased()
      entries[key]?.rules.indexes.removeAll { $0.lowercased() == dropped }
      entries[key]?.rules.uniques.removeAll { $0.index?.lowercased() == dropped }
    }
  }
}

extension Session.Entry {
  /// What it is, in a word.
  var kind: String {
    switch value {
    case .table: "table"
    case .view: "view"
    }
  }
}
