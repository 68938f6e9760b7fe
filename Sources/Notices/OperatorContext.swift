import ColumnStore
import Language
import Planning

/// An operator that is about to be lowered, and what can be known of its input.
struct OperatorContext {
  let operation: PipeOperator
  let input: LogicalPlan
  let resolver: Resolver
  let sources: TableSources
  /// Whether numbers made of few records are hidden, and so single values are not to be shown.
  var hidesSmallNumbers = false

  /// The columns of known sources that an expression on the input is made of, by the names that their adapters give them.
  func origins(of expression: PlanExpression) -> [(source: SourceAdapter, column: String?)] {
    named(input.origins(of: expression.columns))
  }

  /// The same of columns of tables.
  func named(_ origins: [ColumnOrigin]) -> [(source: SourceAdapter, column: String?)] {
    origins.compactMap { origin in
      sources.adapter(of: origin.scan).map { source in
        (source, origin.name.map { source.canonicalNames([$0])[$0.lowercased()] ?? $0 })
      }
    }
  }

  /// Whether an expression is a time without a time of day: by its type, or because its source says so.
  func isDaily(_ expression: PlanExpression) -> Bool {
    if expression.type == .date { return true }
    let origins = origins(of: expression)
    return !origins.isEmpty
      && origins.allSatisfy { origin in
        origin.source.columns.contains { $0.name == origin.column && $0.isDaily }
      }
  }

  /// The values of aggregates of all rows of the input; NULL while statements are only planned.
  func totals(_ aggregates: [Aggregate]) throws -> [Value] {
    let table = try resolver.rows(
      of: resolver.liftingSubqueries(.aggregate(input, keys: [], aggregates: aggregates)), for: operation.span)
    return table.rowCount > 0 ? table.row(0) : aggregates.map { _ in .null }
  }
}
