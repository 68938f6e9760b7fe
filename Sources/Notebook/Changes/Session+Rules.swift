import ColumnStore
import Execution
import Language
import Planning

extension Session {
  /// Throws a `Diagnostic` for a column that must not be NULL and is.
  func checkNotNull(_ columns: [Column], of target: ChangedTable, span: SourceSpan) throws {
    for (index, column) in columns.enumerated() where target.rules.notNull.contains(index) && column.nullCount > 0 {
      throw nullDiagnostic(index, target, span)
    }
  }

  func nullDiagnostic(_ column: Int, _ target: ChangedTable, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "`\(target.descriptions[column].name)` of `\(target.name.text)` is never NULL, and here it would be", at: span)
  }

  /// Throws a `Diagnostic` for a row that a check of the table does not hold for.
  func checkConditions(_ rows: Table, of target: ChangedTable, span: SourceSpan) throws {
    for check in target.rules.checks {
      guard let row = try numbers(of: rows, breaking: check, target).first else { continue }
      let values = zip(target.descriptions, rows.row(row)).map { "\($0.name) = \($1)" }
      throw Diagnostic(
        "the check\(check.name.map { " `\($0)`" } ?? "") of `\(target.name.text)` does not hold: "
          + check.source.text(check.condition.span), at: span,
        notes: ["the row is \(values.prefix(8).joined(separator: ", "))\(values.count > 8 ? ", ..." : "")"])
    }
  }

  /// The numbers of the rows for which a check is false.
  func numbers(of rows: Table, breaking check: TableRules.Check, _ target: ChangedTable) throws -> [Int] {
    let span = check.condition.span
    let name = Identifier(target.name.text, span: span)
    var select = SelectQuery(
      items: [NumberedCatalog.number(span: span)], from: NumberedCatalog.reference(as: name, span: span), span: span)
    select.filter = Expression(.unary(.not, check.condition), span: span)
    do {
      let query = Query(body: .select(select), span: span)
      let broken = try self.rows(of: try plan(query, catalog: NumberedCatalog(self, rows)))
      return broken.columns[0].integers
    } catch {
      guard let diagnostic = diagnostic(for: error, in: check.source) else { throw error }
      throw diagnostic
    }
  }

  /// The keys of a table that has other rows now, or other values in some columns. Throws a `Diagnostic` for a key that
  /// two rows have.
  func uniques(
    of columns: [Column], count: Int, changed: Set<Int>? = nil, target: ChangedTable, span: SourceSpan
  ) throws -> [UniqueKey] {
    let table = Table(descriptions: target.descriptions, columns: columns, rowCount: count)
    return try target.rules.uniques.map { unique in
      if let changed, changed.isDisjoint(with: unique.columns) { return unique }
      let (keys, twice) = unique.keys(of: table)
      if let twice { throw keyDiagnostic(unique, twice, target, span) }
      var unique = unique
      unique.known = keys
      return unique
    }
  }

  func keyDiagnostic(_ unique: UniqueKey, _ key: [Value], _ target: ChangedTable, _ span: SourceSpan) -> Diagnostic {
    let values = zip(unique.columns, key).map { "\(target.descriptions[$0].name) = \($1)" }.joined(separator: ", ")
    let kind = unique.isPrimary ? "the primary key" : unique.name.map { "`\($0)`" } ?? "a unique key"
    return Diagnostic("`\(target.name.text)` would have two rows with \(values), which is \(kind)", at: span)
  }

  /// The keys of all rows, collected now if they are not known, so that they need not be again.
  func collectKeys(of target: ChangedTable) {
    for index in target.rules.uniques.indices where storedEntries[target.key]?.rules.uniques[index].known == nil {
      let keys = target.rules.uniques[index].keys(of: rows(of: target)).keys
      storedEntries[target.key]?.rules.uniques[index].known = keys
    }
  }
}

extension Column {
  /// The whole numbers of a column without NULL.
  var integers: [Int] {
    (0..<count).compactMap { row in
      if case .integer(let number) = value(row) { return Int(number) }
      return nil
    }
  }
}
