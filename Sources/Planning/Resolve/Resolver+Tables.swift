import ColumnStore
import Language

extension Resolver {
  /// The rows that stand in `from`.
  func plan(_ reference: TableReference) throws -> LogicalPlan {
    var plan: LogicalPlan
    switch reference.kind {
    case .name(let name): plan = try self.plan(named: name)
    case .file(let path, let options):
      let file = try catalog.file(path, options: options)
      plan = scan(file.table, name: file.name, file: file.key)
    case .pivot(let table, let pivot): plan = try self.pivot(try self.plan(table), pivot)
    case .unpivot(let table, let unpivot): plan = try self.unpivot(try self.plan(table), unpivot)
    case .subquery(let query, _): plan = qualified(try self.plan(query), as: nil)
    case .function(let call, _, let withOrdinality):
      plan = try rows(of: call, named: reference.alias?.name.text, withOrdinality: withOrdinality)
    case .join(let join):
      plan = try self.join(try self.plan(join.left), join.right, join.kind, join.condition, span: reference.span)
    }
    if let sample = reference.sample { plan = try self.sample(plan, sample) }
    if let alias = reference.alias {
      plan = qualified(try renaming(plan, to: alias.columns, what: alias.name.text), as: alias.name.text)
    }
    return plan
  }

  func planTableInUse(_ span: SourceSpan) throws -> LogicalPlan {
    if let standIn { return scan(standIn, name: "_") }
    guard let name = catalog.tableInUse else {
      throw Diagnostic(
        "no table is in use", at: span, help: "begin with `from <table>`, or choose one first: `use <table>`")
    }
    return try plan(named: QualifiedName(Identifier(name, span: span)))
  }

  private func plan(named name: QualifiedName) throws -> LogicalPlan {
    let key = name.text.lowercased()
    if let common = commonTables.last(where: { $0.name == key }) { return qualified(common.plan, as: name.text) }
    switch try catalog.entry(named: name.text) {
    case nil:
      throw Diagnostic.unknownTable(name, known: catalog.entryNames + commonTables.map(\.name))
    case .table(let table)?: return scan(table, name: name.text)
    case .view(let query, let source)?:
      guard !openViews.contains(key) else {
        throw Diagnostic("`\(name.text)` is made of itself", at: name.span)
      }
      openViews.append(key)
      let hidden = (commonTables, scopes)
      (commonTables, scopes) = ([], [])
      defer {
        openViews.removeLast()
        (commonTables, scopes) = hidden
      }
      do {
        return qualified(try plan(query).relocated(to: name.span), as: name.text)
      } catch let diagnostic as Diagnostic {
        throw diagnostic.located(in: source)
      }
    }
  }

  func scan(_ table: Table, name: String, file: String? = nil) -> LogicalPlan {
    var fields = table.descriptions.map {
      Field(name: $0.name, qualifier: name, type: $0.type, display: $0.display, note: $0.note)
    }
    var sources = fields.indices.map { Scan.Source.column($0) }
    if table.origin != nil {
      fields.append(Field(name: "_file", qualifier: name, type: .text, isHidden: true))
      fields.append(Field(name: "_line", qualifier: name, type: .integer, isHidden: true))
      sources += [.file, .line]
    }
    return .scan(Scan(name: name, table: table, fields: fields, sources: sources, file: file))
  }

  /// The plan with all columns qualified by a name, or by none.
  func qualified(_ plan: LogicalPlan, as qualifier: String?) -> LogicalPlan {
    if case .scan(var scan) = plan {
      for index in scan.fields.indices { scan.fields[index].qualifier = qualifier }
      return .scan(scan)
    }
    let span = SourceSpan(start: 0, end: 0)
    let projections = plan.fields.enumerated().map { index, field in
      var field = field
      field.qualifier = qualifier
      return Projection(passing: field, at: index, span: span)
    }
    return .project(plan, projections)
  }

  /// The plan with its first columns under new names.
  func renaming(_ plan: LogicalPlan, to names: [Identifier], what: String) throws -> LogicalPlan {
    guard !names.isEmpty else { return plan }
    let columns = visible(plan)
    guard names.count <= columns.count else {
      throw Diagnostic(
        "`\(what)` has \(columns.count) columns, and \(names.count) names are given", at: names[columns.count].span)
    }
    let projections = columns.enumerated().map { position, column in
      var field = column.1
      if position < names.count { field.name = names[position].text }
      return Projection(passing: field, at: column.0, span: names[0].span)
    }
    return .project(plan, projections)
  }
}
