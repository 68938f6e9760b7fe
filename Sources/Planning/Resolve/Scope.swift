import Language

/// The row of an enclosing query that a query inside it may speak of, and what of that row it does speak of.
final class Scope {
  /// The columns of the enclosing query's row.
  let fields: [Field]
  /// Whether values made of many of its rows may be asked for.
  let allowsAggregates: Bool
  /// What is spoken of.
  private(set) var captures: [Capture] = []

  /// A value of the enclosing row and the number by which the inner query knows it.
  struct Capture {
    let number: Int
    let value: Captured
  }

  /// What can be spoken of.
  enum Captured {
    /// A column of the row.
    case column(Int)
    /// An aggregate over the rows of the enclosing query.
    case aggregate(Aggregate)
  }

  init(fields: [Field], allowsAggregates: Bool) {
    self.fields = fields
    self.allowsAggregates = allowsAggregates
  }

  /// The number of a column, the same every time; `next` gives one that nothing else has.
  func number(ofColumn column: Int, next: () -> Int) -> Int {
    for capture in captures {
      if case .column(column) = capture.value { return capture.number }
    }
    let number = next()
    captures.append(Capture(number: number, value: .column(column)))
    return number
  }

  /// The number of an aggregate over the enclosing query's rows.
  func number(of aggregate: Aggregate, next: () -> Int) -> Int {
    for capture in captures {
      if case .aggregate(let known) = capture.value, known.computesSame(as: aggregate) { return capture.number }
    }
    let number = next()
    captures.append(Capture(number: number, value: .aggregate(aggregate)))
    return number
  }

  /// The column that a number stands for, if it does for one.
  func column(of number: Int) -> Int? {
    for capture in captures where capture.number == number {
      if case .column(let column) = capture.value { return column }
    }
    return nil
  }
}

extension Resolver {
  /// A number that nothing else of the statement has.
  func nextNumber() -> Int {
    numbers += 1
    return numbers
  }

  /// A column of the nearest enclosing query that has one of the name.
  func outerColumn(_ name: QualifiedName, span: SourceSpan) throws -> PlanExpression? {
    for scope in scopes.reversed() {
      guard let column = try lookUp(name, in: scope.fields) else { continue }
      let number = scope.number(ofColumn: column, next: nextNumber)
      return PlanExpression(.outer(number), type: scope.fields[column].type, span: span)
    }
    return nil
  }

  /// An aggregate in an inner query whose arguments are columns of one enclosing query alone counts over that query's
  /// rows (SQL:2016, part 2, 6.9).
  func outerAggregate(_ aggregate: Aggregate) -> PlanExpression? {
    let all = aggregate.expressions
    let numbers = all.reduce(into: Set<Int>()) { $0.formUnion($1.outerNumbers) }
    guard !numbers.isEmpty, all.allSatisfy({ $0.columns.isEmpty }),
      let scope = scopes.last(where: { scope in
        scope.allowsAggregates && numbers.allSatisfy { scope.column(of: $0) != nil }
      })
    else { return nil }
    let moved = aggregate.mapExpressions { expression in
      expression.replacingOuter { number in scope.column(of: number).map { .column($0) } }
    }
    return PlanExpression(
      .outer(scope.number(of: moved, next: nextNumber)), type: aggregate.type, span: aggregate.span)
  }

  /// The plan of a query inside an expression on `fields`, and what it speaks of.
  func plan(_ query: Query, inside fields: [Field], allowsAggregates: Bool) throws
    -> (plan: LogicalPlan, captures: [Scope.Capture])
  {
    let scope = Scope(fields: fields, allowsAggregates: allowsAggregates)
    scopes.append(scope)
    defer { scopes.removeLast() }
    let plan = withoutHidden(try self.plan(query))
    // A column may have been spoken of in an aggregate only, which has moved out.
    let needs = plan.needs
    return (plan, scope.captures.filter { needs.contains($0.number) })
  }
}
