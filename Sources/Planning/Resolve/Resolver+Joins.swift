import ColumnStore
import Language

extension Resolver {
  /// A join of rows with what stands on its right.
  func join(
    _ left: LogicalPlan, _ right: TableReference, _ kind: JoinKind, _ condition: JoinCondition, span: SourceSpan
  ) throws -> LogicalPlan {
    guard right.isLateral else { return try join(left, try plan(right), kind, condition, span: span) }
    let scope = Scope(fields: left.fields, allowsAggregates: false)
    scopes.append(scope)
    defer { scopes.removeLast() }
    let plan = try liftingSubqueries(try self.plan(right))
    let needs = plan.needs
    let captures = scope.captures.filter { needs.contains($0.number) }
    if captures.isEmpty { return try join(left, plan, kind, condition, span: span) }
    return try lateral(left, plan, captures, kind, condition, span: span)
  }

  /// A join whose right side speaks of the left row.
  private func lateral(
    _ left: LogicalPlan, _ right: LogicalPlan, _ captures: [Scope.Capture], _ kind: JoinKind,
    _ condition: JoinCondition, span: SourceSpan
  ) throws -> LogicalPlan {
    let applyKind: ApplyPlan.Kind
    switch kind {
    case .inner, .cross: applyKind = .inner
    case .left: applyKind = .left
    case .semi: applyKind = .semi
    case .anti: applyKind = .anti
    case .right, .full, .asof, .asofLeft:
      throw Diagnostic(
        "the right side of a \(kind.rawValue) join cannot speak of the left one", at: span,
        help: "use a left or inner join")
    }
    var bound: PlanExpression?
    switch condition {
    case .none: break
    case .on(let expression):
      var binder = Binder(self, fields: left.fields + right.fields)
      bound = try binder.bindBoolean(expression, what: "what follows `on`")
    case .using, .natural:
      throw Diagnostic(
        "a lateral join takes its condition after `on`", at: span,
        help: "for example: left join lateral (...) as x on true")
    }
    let parameters = captures.compactMap { capture -> ApplyPlan.Parameter? in
      guard case .column(let column) = capture.value else { return nil }
      return ApplyPlan.Parameter(
        number: capture.number, value: PlanExpression(.column(column), type: left.fields[column].type, span: span))
    }
    return .apply(
      ApplyPlan(
        kind: applyKind, left: left, right: right, parameters: parameters,
        condition: bound?.literal == .boolean(true) ? nil : bound, span: span))
  }

  /// A join of two inputs that know nothing of each other.
  private func join(
    _ left: LogicalPlan, _ right: LogicalPlan, _ kind: JoinKind, _ condition: JoinCondition, span: SourceSpan
  ) throws -> LogicalPlan {
    let planKind: JoinPlan.Kind
    switch kind {
    case .inner, .cross: planKind = .inner
    case .left: planKind = .left
    case .right: planKind = .right
    case .full: planKind = .full
    case .semi: planKind = .semi
    case .anti: planKind = .anti
    case .asof, .asofLeft: return try nearest(left, right, kind, condition, span: span)
    }
    switch condition {
    case .none:
      return .join(JoinPlan(kind: planKind, left: left, right: right, equalities: [], condition: nil))
    case .on(let expression):
      var binder = Binder(self, fields: left.fields + right.fields)
      let bound = try binder.bindBoolean(expression, what: "what follows `on`")
      return .join(JoinPlan(splitting: bound, kind: planKind, left: left, right: right))
    case .using(let names):
      return try joinUsing(names.map { QualifiedName($0) }, left, right, planKind, span: span)
    case .natural:
      let rightNames = Set(visible(right).map { $0.1.name.lowercased() })
      let shared = visible(left).filter { rightNames.contains($0.1.name.lowercased()) }
      guard !shared.isEmpty else {
        throw Diagnostic("a natural join needs a column that both sides have", at: span)
      }
      return try joinUsing(
        shared.map { QualifiedName(Identifier($0.1.name, span: span)) }, left, right, planKind, span: span)
    }
  }

  /// A join on columns of the same name, which come out once, before all others.
  private func joinUsing(
    _ names: [QualifiedName], _ left: LogicalPlan, _ right: LogicalPlan, _ kind: JoinPlan.Kind, span: SourceSpan
  ) throws -> LogicalPlan {
    let leftFields = left.fields
    let rightFields = right.fields
    let binder = Binder(self, fields: [])
    var equalities: [JoinPlan.Equality] = []
    var shared: [(left: Int, right: Int)] = []
    for name in names {
      guard let leftIndex = try lookUp(name, in: leftFields) else {
        throw Diagnostic.unknownColumn(name, in: leftFields)
      }
      guard let rightIndex = try lookUp(name, in: rightFields) else {
        throw Diagnostic.unknownColumn(name, in: rightFields)
      }
      let sides = try binder.unify(
        [
          PlanExpression(.column(leftIndex), type: leftFields[leftIndex].type, span: name.span),
          PlanExpression(.column(rightIndex), type: rightFields[rightIndex].type, span: name.span),
        ], span: name.span)
      if sides[0].type == .count {
        throw Diagnostic(
          "whether two counts are equal is often not known, so rows are not joined by them", at: name.span,
          help: "join on other columns, or on bounds: on lower(a.x) = lower(b.x)")
      }
      equalities.append(JoinPlan.Equality(sides[0], sides[1]))
      shared.append((leftIndex, rightIndex))
    }
    let plan = LogicalPlan.join(
      JoinPlan(kind: kind, left: left, right: right, equalities: equalities, condition: nil))
    guard kind.keepsRight else { return plan }
    let offset = leftFields.count
    var projections: [Projection] = []
    for (index, pair) in shared.enumerated() {
      let leftSide = equalities[index].left
      let shiftedRight = equalities[index].right.remapped { $0 + offset }
      let value: PlanExpression =
        switch kind {
        case .right: shiftedRight
        case .full: PlanExpression(.call(.coalesce, [leftSide, shiftedRight]), type: leftSide.type, span: span)
        default: leftSide
        }
      projections.append(Projection(name: leftFields[pair.left].name, expression: value))
    }
    let leftShared = Set(shared.map(\.left))
    let rightShared = Set(shared.map(\.right))
    for (index, field) in leftFields.enumerated() {
      var field = field
      // Still to be reached as `t.column`, but `*` gives the shared column once.
      if leftShared.contains(index) { field.isHidden = true }
      projections.append(Projection(passing: field, at: index, span: span))
    }
    for (index, field) in rightFields.enumerated() {
      var field = field
      if rightShared.contains(index) { field.isHidden = true }
      projections.append(Projection(passing: field, at: offset + index, span: span))
    }
    return .project(plan, projections)
  }

  /// `asof join`: each left row with the one right row that comes nearest to it, among those that the condition's
  /// equalities and its one inequality leave.
  private func nearest(
    _ left: LogicalPlan, _ right: LogicalPlan, _ kind: JoinKind, _ condition: JoinCondition, span: SourceSpan
  ) throws -> LogicalPlan {
    let help = "for example: asof join prices p on t.name = p.name and t.at >= p.at"
    guard case .on(let expression) = condition else {
      throw Diagnostic("an asof join takes its condition after `on`", at: span, help: help)
    }
    var binder = Binder(self, fields: left.fields + right.fields)
    let bound = try binder.bindBoolean(expression, what: "what follows `on`")
    let leftCount = left.fields.count
    let (equalities, rest) = bound.equalities(leftCount: leftCount)
    guard rest.count == 1, let order = rest[0].nearness(leftCount: leftCount) else {
      throw Diagnostic(
        "an asof join is made on equalities and one inequality between its sides", at: bound.span, help: help)
    }
    guard order.left.type.isMeasurable else {
      throw Diagnostic.wrongType(
        "what an asof join comes near to", expected: "a number, date or time", found: order.left.type,
        span: order.left.span)
    }
    var join = JoinPlan(
      kind: kind == .asof ? .nearest : .nearestLeft, left: left, right: right, equalities: equalities)
    join.nearest = order
    return .join(join)
  }
}

extension TableReference {
  /// Whether it may speak of the tables to its left: what says so, and every function.
  fileprivate var isLateral: Bool {
    switch kind {
    case .subquery(_, let isLateral): isLateral
    case .function: true
    case .pivot(let table, _), .unpivot(let table, _): table.isLateral
    case .name, .file, .join: false
    }
  }
}

extension PlanExpression {
  /// The inequality between two sides that this is, the left side first; nil where it is none.
  fileprivate func nearness(leftCount: Int) -> JoinPlan.Nearest? {
    guard case .call(let function, let sides) = kind, let comparison = JoinPlan.Nearest.Comparison(function) else {
      return nil
    }
    let columns = sides.map(\.columns)
    guard !columns[0].isEmpty, !columns[1].isEmpty else { return nil }
    func isLeft(_ side: Int) -> Bool { columns[side].allSatisfy { $0 < leftCount } }
    func isRight(_ side: Int) -> Bool { columns[side].allSatisfy { $0 >= leftCount } }
    func onRight(_ side: Int) -> PlanExpression { sides[side].remapped { $0 - leftCount } }
    if isLeft(0), isRight(1) { return JoinPlan.Nearest(sides[0], comparison, onRight(1)) }
    if isRight(0), isLeft(1) { return JoinPlan.Nearest(sides[1], comparison.mirrored, onRight(0)) }
    return nil
  }
}

extension DataType {
  /// Whether its values lie on a line, so that one can be the nearest.
  fileprivate var isMeasurable: Bool {
    switch self {
    case .integer, .double, .date, .timestamp: true
    default: false
    }
  }
}
