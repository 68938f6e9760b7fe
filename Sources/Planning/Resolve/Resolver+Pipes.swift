import ColumnStore
import Language

extension Resolver {
  /// One operator of a pipe on the rows so far.
  func apply(_ operation: PipeOperator, to input: LogicalPlan) throws -> LogicalPlan {
    if let lowered = try domain?.lower(operation, on: input, with: self) {
      guard case .call(_, let alias?) = operation.kind else { return lowered }
      return qualified(try renaming(lowered, to: alias.columns, what: alias.name.text), as: alias.name.text)
    }
    let fields = input.fields
    var binder = Binder(self, fields: fields)
    switch operation.kind {
    case .filter(let condition):
      return .filter(input, predicate: try binder.bindEachBoolean(condition, what: "what `where` asks"))
    case .select(let items, let isDistinct, let windows):
      binder.aliases = aliasMap(items)
      try binder.allowWindows(windows)
      binder.allowsUnnest = true
      let plan = project(input, try bind(items, with: &binder, fields: fields), binder)
      return isDistinct ? .distinct(plan) : plan
    case .extend(let items, let windows):
      binder.aliases = aliasMap(items)
      try binder.allowWindows(windows)
      binder.allowsUnnest = true
      let added = try bind(items, with: &binder, fields: fields)
      return project(input, fields.passed(span: operation.span) + added, binder)
    case .set(let assignments):
      var projections = fields.passed(span: operation.span)
      try binder.allowWindows()
      for assignment in assignments {
        let index = try position(assignment.column, in: fields)
        projections[index] = Projection(
          name: fields[index].name, expression: try binder.bind(assignment.value), qualifier: fields[index].qualifier)
      }
      return project(input, projections, binder)
    case .drop(let names):
      let dropped = Set(try names.map { try position(QualifiedName($0), in: fields) })
      guard dropped.count < visible(input).count else {
        throw Diagnostic("no column would be left", at: operation.span)
      }
      return .project(
        input, fields.passed(span: operation.span).enumerated().filter { !dropped.contains($0.offset) }.map(\.element))
    case .rename(let renamings):
      var projections = fields.passed(span: operation.span)
      for renaming in renamings {
        let index = try position(QualifiedName(renaming.column), in: fields)
        projections[index].field.name = renaming.newName.text
      }
      return .project(input, projections)
    case .aggregate(let items, let groupBy): return try aggregate(input, items, groupBy)
    case .orderBy(let items): return try ordered(input, by: items)
    case .limit(let clause): return try limited(input, by: clause)
    case .distinct(let expressions):
      if expressions.isEmpty { return .distinct(withoutHidden(input)) }
      try binder.allowWindows()
      let keys = try expressions.map { try binder.bind($0) }
      let width = fields.count
      return firstRows(
        of: binder.windowed(input), by: keys.map { $0.onWindows(width) }, fields.passed(span: operation.span))
    case .join(let join):
      return try self.join(input, join.right, join.kind, join.condition, span: operation.span)
    case .setOperation(let operation):
      return try operation.queries.reduce(input) { left, query in
        try combine(
          left, try plan(query), operation.operation, isAll: operation.isAll, isByName: operation.isByName,
          span: query.span)
      }
    case .alias(let name): return qualified(input, as: name.text)
    case .call(let call, _):
      throw Diagnostic(
        "there is no function `\(call.name.text)` from a table to a table", at: call.name.span,
        help: "these can be called: \((domain?.callableNames ?? []).joined(separator: ", "))")
    case .with(let clause):
      try open(clause)
      return input
    case .sample(let sample): return try self.sample(input, sample)
    case .pivot(let pivot, let alias):
      let plan = try self.pivot(input, pivot)
      return alias.map { qualified(plan, as: $0.text) } ?? plan
    case .unpivot(let unpivot, let alias):
      let plan = try self.unpivot(input, unpivot)
      return alias.map { qualified(plan, as: $0.text) } ?? plan
    case .save, .shell, .assert, .check, .format:
      throw Diagnostic(
        "`save`, `shell`, `assert`, `check` and `format` stand in the main pipe of a statement, not inside another query",
        at: operation.span)
    case .share, .timeline, .top, .latency, .audit, .reconcile, .diff, .pseudonymise, .plot:
      throw Diagnostic("this operator cannot be run yet", at: operation.span)
    }
  }

  /// A projection of an input and of the window functions and lists that its expressions need.
  private func project(_ input: LogicalPlan, _ projections: [Projection], _ binder: Binder) -> LogicalPlan {
    let width = input.fields.count
    var plan = binder.windowed(input)
    let windowWidth = plan.fields.count
    if !binder.unnests.isEmpty {
      let lists = binder.unnests.map { UnnestPlan.List(name: "", expression: $0.onWindows(width)) }
      plan = .unnest(UnnestPlan(input: plan, lists: lists))
    }
    return .project(
      plan,
      projections.map {
        Projection(renewing: $0, expression: $0.expression.onWindows(width).onUnnests(windowWidth))
      })
  }

  private func position(_ name: QualifiedName, in fields: [Field]) throws -> Int {
    guard let index = try lookUp(name, in: fields) else { throw Diagnostic.unknownColumn(name, in: fields) }
    return index
  }
}
