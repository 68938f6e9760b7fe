import ColumnStore
import Language

/// Turns queries as they were written into logical plans: settles what every name means and of what type everything is.
public final class Resolver {
  let catalog: any Catalog
  let domain: (any DomainOperators)?
  /// The named queries of `with` clauses around the place that is being resolved, innermost last.
  var commonTables: [(name: String, plan: LogicalPlan)] = []
  /// Views that are being put in, to notice one that is made of itself.
  var openViews: [String] = []
  /// The queries around the one that is being resolved, innermost last.
  var scopes: [Scope] = []
  /// The last number given out; see `nextNumber`.
  var numbers = 0
  /// How many queries in expressions there are that have not become operators yet.
  var openSubqueries = 0
  /// Rows that stand for the table in use: the result so far of a pipe that was cut by `save` or `assert`.
  var standIn: Table?

  /// A resolver of names in a catalog, with the operators of the domain if there are any.
  public init(catalog: any Catalog, domain: (any DomainOperators)? = nil) {
    self.catalog = catalog
    self.domain = domain
  }

  /// The plan of a query, without hidden columns. Throws a `Diagnostic` that names the place.
  ///
  /// - Parameter input: rows that stand for the table in use, for the rest of a pipe whose first part has been run.
  public func resolve(_ query: Query, input: Table? = nil) throws -> LogicalPlan {
    standIn = input
    defer { standIn = nil }
    return withoutHidden(try plan(query))
  }

  /// The value of an expression without columns, such as what `let` gives a name to.
  public func resolveConstant(_ expression: Language.Expression) throws -> PlanExpression {
    var binder = Binder(self, fields: [])
    return try binder.bind(expression)
  }

  /// An expression on the columns of an input; for operators of the domain.
  public func bind(_ expression: Language.Expression, on input: LogicalPlan) throws -> PlanExpression {
    var binder = Binder(self, fields: input.fields)
    return try binder.bind(expression)
  }

  /// An expression with aggregates on the rows of an input: the aggregates, and the expression on what they give as the
  /// columns that follow `keyCount` keys. For operators of the domain.
  public func bindAggregate(_ expression: Language.Expression, on input: LogicalPlan, keyCount: Int) throws
    -> (expression: PlanExpression, aggregates: [Aggregate])
  {
    var binder = Binder(self, fields: input.fields)
    binder.allowsAggregates = true
    let bound = try binder.bind(expression)
    let rewritten = try rewrite(
      bound, Grouping(), aggregateCount: binder.aggregates.count, fields: input.fields)
    return (rewritten.remapped { $0 + keyCount }, binder.aggregates)
  }

  /// What a column without a name of its own is called.
  public static func name(of expression: Language.Expression) -> String {
    switch expression.kind {
    case .column(let name): name.name.text
    case .call(let call): call.name.text.lowercased()
    case .cast(let operand, _, _): name(of: operand)
    case .parameter(let name): name
    case .extract(let part, _): part.text.lowercased()
    case .caseWhen: "case"
    case .exists: "exists"
    default: "value"
    }
  }

  // MARK: Queries

  func plan(_ query: Query) throws -> LogicalPlan {
    let outer = commonTables.count
    defer { commonTables.removeLast(commonTables.count - outer) }
    if let with = query.with { try open(with) }
    var plan: LogicalPlan
    switch query.body {
    case .select(let select): plan = try self.plan(select, orderBy: query.orderBy)
    default:
      plan = try self.plan(query.body)
      plan = try ordered(plan, by: query.orderBy)
    }
    if let limit = query.limit { plan = try limited(plan, by: limit) }
    for operation in query.operators { plan = try apply(operation, to: plan) }
    return try liftingSubqueries(plan)
  }

  private func plan(_ body: QueryBody) throws -> LogicalPlan {
    switch body {
    case .from(let reference): return try plan(reference)
    case .tableInUse(let span): return try planTableInUse(span)
    case .select(let select): return try plan(select, orderBy: [])
    case .values(let rows): return try plan(values: rows)
    case .nested(let query): return try plan(query)
    case .setOperation(let operation):
      return try combine(
        try plan(operation.left), try plan(operation.right), operation.operation, isAll: operation.isAll,
        isByName: operation.isByName, span: operation.right.span)
    }
  }

  private func plan(values rows: [[Language.Expression]]) throws -> LogicalPlan {
    let binder = Binder(self, fields: [])
    var columns: [[PlanExpression]] = Array(repeating: [], count: rows.first?.count ?? 0)
    for row in rows {
      var rowBinder = binder
      for (index, cell) in row.enumerated() where index < columns.count {
        columns[index].append(try rowBinder.bind(cell))
      }
    }
    for index in columns.indices {
      columns[index] = try binder.unify(columns[index], span: rows[0][index].span)
    }
    if columns.allSatisfy({ $0.allSatisfy { $0.literal != nil } }) {
      let named = columns.enumerated().map { index, cells in
        ("column\(index + 1)", Column(type: cells[0].type, values: cells.map { $0.literal ?? .null }))
      }
      return qualified(scan(Table(named), name: "values"), as: nil)
    }
    let inputs = rows.indices.map { row in
      LogicalPlan.project(
        .oneRow,
        columns.enumerated().map { Projection(name: "column\($0.offset + 1)", expression: $0.element[row]) })
    }
    return inputs.count == 1 ? inputs[0] : .unionAll(inputs)
  }

  /// Two inputs put together by a set operation; types are brought together column by column.
  func combine(
    _ left: LogicalPlan, _ right: LogicalPlan, _ operation: SetOperator, isAll: Bool, isByName: Bool, span: SourceSpan
  ) throws -> LogicalPlan {
    var right = right
    var left = left
    if isByName { (left, right) = try aligned(left, right, span: span) }
    let leftFields = visible(left)
    let rightFields = visible(right)
    guard leftFields.count == rightFields.count else {
      throw Diagnostic.columnCounts(
        leftFields.count, rightFields.count, operation: "`\(operation.rawValue)`", span: span)
    }
    let binder = Binder(self, fields: [])
    var leftProjections: [Projection] = []
    var rightProjections: [Projection] = []
    for ((leftIndex, leftField), (rightIndex, _)) in zip(leftFields, rightFields) {
      let sides = [left.column(leftIndex, span: span), right.column(rightIndex, span: span)]
      let unified = try binder.unify(sides, span: span)
      leftProjections.append(
        Projection(name: leftField.name, expression: unified[0], display: leftField.display, note: leftField.note))
      rightProjections.append(Projection(name: leftField.name, expression: unified[1]))
    }
    let first = LogicalPlan.project(left, leftProjections)
    let second = LogicalPlan.project(right, rightProjections)
    switch operation {
    case .union:
      let all = LogicalPlan.unionAll([first, second])
      return isAll ? all : .distinct(all)
    case .intersect: return .setOperation(.intersect, first, second, keepsDuplicates: isAll)
    case .except: return .setOperation(.except, first, second, keepsDuplicates: isAll)
    }
  }

  /// Both inputs with the columns of either, matched by name; a column that one side lacks is NULL there.
  private func aligned(_ left: LogicalPlan, _ right: LogicalPlan, span: SourceSpan) throws -> (LogicalPlan, LogicalPlan)
  {
    let leftFields = visible(left)
    let rightFields = visible(right)
    func position(_ name: String, _ fields: [(Int, Field)]) -> (Int, Field)? {
      fields.first { $0.1.name.lowercased() == name.lowercased() }
    }
    func projections(_ own: [(Int, Field)], _ names: [(String, DataType)]) -> [Projection] {
      names.map { name, type in
        if let (index, field) = position(name, own) { return Projection(passing: field, at: index, span: span) }
        return Projection(name: name, expression: PlanExpression(.literal(.null), type: type, span: span))
      }
    }
    let names =
      leftFields.map { ($0.1.name, $0.1.type) }
      + rightFields.filter { position($0.1.name, leftFields) == nil }.map { ($0.1.name, $0.1.type) }
    return (.project(left, projections(leftFields, names)), .project(right, projections(rightFields, names)))
  }

  /// The plan with only the columns that `*` gives.
  func withoutHidden(_ plan: LogicalPlan) -> LogicalPlan {
    let shown = visible(plan)
    if shown.count == plan.fields.count { return plan }
    let span = SourceSpan(start: 0, end: 0)
    return .project(plan, shown.map { Projection(passing: $0.1, at: $0.0, span: span) })
  }

  func visible(_ plan: LogicalPlan) -> [(Int, Field)] {
    plan.fields.enumerated().filter { !$0.element.isHidden }.map { ($0.offset, $0.element) }
  }

  // MARK: Names

  /// The position of a column; nil when no column has the name, an error when several do. A name in the same case goes
  /// before one that differs in case.
  func lookUp(_ name: QualifiedName, in fields: [Field]) throws -> Int? {
    let wanted = name.name.text.lowercased()
    let qualifier = name.qualifiers.last?.text.lowercased()
    var matches = fields.indices.filter { index in
      fields[index].name.lowercased() == wanted
        && (qualifier == nil || fields[index].qualifier?.lowercased() == qualifier)
    }
    if matches.count > 1 {
      let exact = matches.filter { fields[$0].name == name.name.text }
      if !exact.isEmpty { matches = exact }
    }
    if matches.count > 1, matches.contains(where: { !fields[$0].isHidden }) {
      matches = matches.filter { !fields[$0].isHidden }
    }
    if matches.count > 1 { throw Diagnostic.ambiguousColumn(name, among: matches.map { fields[$0] }) }
    return matches.first
  }

  func parameter(_ name: String, span: SourceSpan) throws -> PlanExpression {
    guard let value = catalog.parameter(named: name) else {
      throw Diagnostic.unknownParameter(name, span: span, known: catalog.parameterNames)
    }
    return PlanExpression(.literal(value), type: value.type ?? .text, span: span)
  }

  // MARK: Order and limit

  /// The plan with its rows in order; the keys may name its columns or their numbers.
  func ordered(_ plan: LogicalPlan, by items: [OrderItem]) throws -> LogicalPlan {
    guard !items.isEmpty else { return plan }
    let fields = plan.fields
    var binder = Binder(self, fields: fields)
    try binder.allowWindows()
    var keys: [SortKey] = []
    for item in items {
      switch item.key {
      case .all:
        for (index, field) in visible(plan) {
          keys.append(sortKey(PlanExpression(.column(index), type: field.type, span: item.span), item))
        }
      case .expression(let expression):
        keys.append(sortKey(try ordinal(expression, of: plan) ?? binder.bind(expression), item))
      }
    }
    if binder.windows.isEmpty { return .sort(plan, keys: keys, limit: nil) }
    let windowed = LogicalPlan.sort(
      binder.windowed(plan),
      keys: keys.map { $0.mapExpression { $0.onWindows(fields.count) } }, limit: nil)
    let span = SourceSpan(start: 0, end: 0)
    return .project(windowed, fields.passed(span: span))
  }

  /// Where nothing is said, PostgreSQL's rule: NULL counts as larger than every value.
  func sortKey(_ expression: PlanExpression, _ item: OrderItem) -> SortKey {
    SortKey(
      expression: expression.orderKeyed, isDescending: item.isDescending,
      nullsFirst: item.nullsFirst ?? (item.isDescending != catalog.nullsAreSmallest))
  }

  /// The column that a number written alone means.
  private func ordinal(_ expression: Language.Expression, of plan: LogicalPlan) throws -> PlanExpression? {
    guard case .literal(.integer(let number)) = expression.kind else { return nil }
    let columns = visible(plan)
    guard number >= 1, number <= columns.count else {
      throw Diagnostic.ordinalOutOfRange(number, count: columns.count, span: expression.span)
    }
    let (index, field) = columns[Int(number) - 1]
    return PlanExpression(.column(index), type: field.type, span: expression.span)
  }

  func limited(_ plan: LogicalPlan, by clause: LimitClause) throws -> LogicalPlan {
    let count = try clause.count.map { try wholeNumber($0, what: "limit") }
    let offset = try clause.offset.map { try wholeNumber($0, what: "offset") } ?? 0
    return .limit(plan, count: count ?? nil, offset: (offset ?? 0))
  }

  /// A constant from 0 on; nil for NULL, which means no limit.
  private func wholeNumber(_ expression: Language.Expression, what: String) throws -> Int? {
    let bound = try resolveConstant(expression)
    if bound.literal == .null { return nil }
    guard case .integer(let number)? = bound.literal, number >= 0 else {
      throw Diagnostic("`\(what)` takes a whole number from 0 on", at: expression.span)
    }
    return Int(number)
  }
}

extension LogicalPlan {
  /// A column that comes out; a NULL that was written out stays one, since it fits every type.
  fileprivate func column(_ index: Int, span: SourceSpan) -> PlanExpression {
    let type = fields[index].type
    if case .project(_, let projections) = self, projections[index].expression.literal == .null {
      return PlanExpression(.literal(.null), type: type, span: span)
    }
    return PlanExpression(.column(index), type: type, span: span)
  }

  /// One row without columns: what `select 1` reads.
  public static let oneRow = LogicalPlan.scan(
    Scan(
      name: "", table: Table(descriptions: [], columns: [], rowCount: 1), fields: [], sources: []))
}
