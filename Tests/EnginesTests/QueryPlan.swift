import ColumnStore
import Engines
import Language
import Planning

/// Plans queries on one table `t`, and runs plans.
final class QueryPlan: Catalog {
  private let table: Table
  let entryNames = ["t"]
  let parameterNames: [String] = []
  let tableInUse: String? = nil

  init(on table: Table) { self.table = table }

  func entry(named name: String) -> CatalogEntry? { name == "t" ? .table(table) : nil }
  func parameter(named name: String) -> Value? { nil }
  func file(_ path: PathText, options: [Option]) throws -> FileTable { throw Diagnostic("no files here", at: nil) }
  func rows(of plan: LogicalPlan, for span: SourceSpan) throws -> Table { try QueryPlan.rows(of: plan) }

  /// The optimised plan of a query.
  func plan(_ text: String) throws -> LogicalPlan {
    for parsed in StatementSequence(SourceText(text: text)) {
      guard case .query(let query) = try parsed.get().kind else { break }
      return Optimiser.optimise(try Resolver(catalog: self, domain: nil).resolve(query))
    }
    throw Diagnostic("this is no query", at: nil)
  }

  /// The rows of a plan.
  static func rows(of plan: LogicalPlan) throws -> Table { try LocalEngine().run(plan) { false } }

  /// The rows of a plan as texts, in order.
  static func texts(of plan: LogicalPlan) throws -> [String] {
    let table = try rows(of: plan)
    return (0..<table.rowCount).map { "\(table.row($0))" }.sorted()
  }
}
