import ColumnStore
import Language

// What operators of the domain are made with, besides `bind` and `bindAggregate`.

extension Resolver {
  /// The rows of a table that an operator names.
  public func rows(of reference: TableReference) throws -> LogicalPlan { try liftingSubqueries(try plan(reference)) }

  /// The value of `$name`; nil where it has none.
  public func value(ofParameter name: String) -> Value? { catalog.parameter(named: name) }

  /// Where a path leads, with its parameters put in.
  public func text(of path: PathText) throws -> String {
    let written = try path.resolved { name, span in
      guard let value = catalog.parameter(named: name) else {
        throw Diagnostic.unknownParameter(name, span: span, known: catalog.parameterNames)
      }
      return value.description
    }
    return catalog.location(of: written)
  }

  /// Expressions brought to their common type; an error at the second where there is none.
  public func unified(_ expressions: [PlanExpression]) throws -> [PlanExpression] {
    try Binder(self, fields: []).unify(expressions, span: expressions.last?.span ?? SourceSpan(start: 0, end: 0))
  }

  /// The rows of a plan that the plan of an operator depends on.
  public func rows(of plan: LogicalPlan, for span: SourceSpan) throws -> Table {
    try catalog.rows(of: plan, for: span)
  }

  /// The names of the tables and views that there are.
  public var tableNames: [String] { catalog.entryNames }

  /// The plan of a query that an operator is made of, written in the language.
  ///
  /// ```
  /// try resolver.plan("from input |> aggregate count(*) as n", on: [("input", input)], span: operation.span)
  /// ```
  ///
  /// - Parameters:
  ///   - text: the query. It speaks of the operator's tables only, so that nothing that a user has named gets in its way.
  ///   - tables: what it calls by name. A table that is dear to make is made once, however often it stands there.
  ///   - span: the operator's place, where errors found while the plan runs are shown.
  public func plan(_ text: String, on tables: [(name: String, plan: LogicalPlan)], span: SourceSpan) throws
    -> LogicalPlan
  {
    let hidden = (commonTables, scopes)
    commonTables = tables.map { ($0.name, .shared(SharedPlan($0.plan, number: nextNumber()))) }
    scopes = []
    defer { (commonTables, scopes) = hidden }
    do {
      let source = SourceText(name: "operator", text: text)
      var statements = StatementSequence(source)
      guard let parsed = statements.next(), case .query(let query) = try parsed.get().kind else {
        throw Diagnostic("this operator is made of no query", at: span)
      }
      return withoutHidden(try plan(query)).relocated(to: span)
    } catch let diagnostic as Diagnostic {
      // The place in the operator's own text means nothing to whoever wrote the query.
      throw Diagnostic(diagnostic.message, at: span, notes: diagnostic.notes, help: diagnostic.help)
    }
  }
}
