import Language

extension Resolver {
  /// Makes the named queries of a `with` known, up to the end of the query that is being planned.
  func open(_ with: WithClause) throws {
    var names: Set<String> = []
    for table in with.tables {
      guard names.insert(table.name.text.lowercased()).inserted else {
        throw Diagnostic("`with` names `\(table.name.text)` twice", at: table.name.span)
      }
      let plan =
        with.isRecursive ? try recursive(table) ?? self.plan(common: table) : try self.plan(common: table)
      commonTables.append((table.name.text.lowercased(), .shared(SharedPlan(plan, number: nextNumber()))))
    }
  }

  private func plan(common table: CommonTable) throws -> LogicalPlan {
    try renaming(withoutHidden(try plan(table.query)), to: table.columns, what: table.name.text)
  }

  /// The plan of a query that speaks of itself: `seed union [all] step`; nil where it does not.
  private func recursive(_ table: CommonTable) throws -> LogicalPlan? {
    let name = table.name.text.lowercased()
    let query = table.query
    guard query.operators.isEmpty, query.orderBy.isEmpty, query.limit == nil, query.with == nil,
      case .setOperation(let operation) = query.body, operation.operation == .union
    else {
      // It may still speak of a table of its name; if there is none, it was meant to be recursive.
      return nil
    }
    let seed = try renaming(withoutHidden(try plan(operation.left)), to: table.columns, what: table.name.text)
    let number = nextNumber()
    var types = seed.fields.map(\.type)
    // The types of the step may be wider than the seed's: the rows are then of those, and the step is resolved again.
    for _ in 0..<2 {
      let fields = zip(seed.fields, types).map { Field(name: $0.name, qualifier: table.name.text, type: $1) }
      commonTables.append((name, .round(RoundPlan(number: number, fields: fields))))
      defer { commonTables.removeLast() }
      let step = withoutHidden(try plan(operation.right))
      guard step.needs.contains(number) else { return nil }
      guard step.fields.count == fields.count else {
        throw Diagnostic.columnCounts(
          fields.count, step.fields.count, operation: "a recursive query", span: operation.right.span)
      }
      let union = try combine(
        .project(seed, seed.fields.passed(span: table.name.span)), step, .union, isAll: true,
        isByName: operation.isByName, span: operation.right.span)
      guard case .unionAll(let sides) = union, sides.count == 2 else { return nil }
      let found = union.fields.map(\.type)
      if found == types {
        return .recursive(
          RecursivePlan(
            number: number, seed: sides[0], step: sides[1], keepsDuplicates: operation.isAll, fields: fields))
      }
      types = found
    }
    throw Diagnostic(
      "the columns of this step are of other types than those of the first query", at: operation.right.span,
      help: "convert them in the first query: cast(x as double)")
  }
}
