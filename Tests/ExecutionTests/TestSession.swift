import ColumnStore
import Engines
import Execution
import Language
import Notices
import Planning

/// A session in miniature: tables, views and values by name, and queries on them.
final class TestSession: Catalog {
  private var entries: [String: (name: String, entry: CatalogEntry)] = [:]
  private var values: [String: Value] = [:]
  private let isOptimised: Bool
  var tableInUse: String?

  /// With `isOptimised` every plan goes through the optimiser, else it is run as it was resolved.
  init(isOptimised: Bool = true) { self.isOptimised = isOptimised }

  var entryNames: [String] { entries.values.map(\.name) }
  var parameterNames: [String] { Array(values.keys) }

  func entry(named name: String) -> CatalogEntry? { entries[name.lowercased()]?.entry }
  func parameter(named name: String) -> Value? { values[name.lowercased()] }

  func file(_ path: PathText, options: [Option]) throws -> FileTable {
    throw Diagnostic("this session reads no files", at: nil)
  }

  func rows(of plan: LogicalPlan, for span: SourceSpan) throws -> Table {
    try run(isOptimised ? Optimiser.optimise(plan) : plan)
  }

  /// Puts a table in under a name.
  func define(_ name: String, _ table: Table) { entries[name.lowercased()] = (name, .table(table)) }

  /// Runs the statements of a text; the rows of the last query.
  @discardableResult
  func run(_ text: String) throws -> Table? {
    let source = SourceText(text: text)
    var result: Table?
    for parsed in StatementSequence(source) {
      do {
        result = try run(try parsed.get(), source) ?? result
      } catch let diagnostic as Diagnostic {
        throw diagnostic.located(in: source)
      }
    }
    return result
  }

  /// The plan of a query as it would be run.
  func plan(_ text: String) throws -> LogicalPlan {
    let source = SourceText(text: text)
    for parsed in StatementSequence(source) {
      guard case .query(let query) = try parsed.get().kind else { break }
      return try plan(query)
    }
    throw Diagnostic("this is no query", at: nil)
  }

  private func plan(_ query: Query) throws -> LogicalPlan {
    let plan = try Resolver(catalog: self, domain: NoticeOperators()).resolve(query)
    return isOptimised ? Optimiser.optimise(plan, evaluate: Executor.value) : plan
  }

  private func run(_ statement: Statement, _ source: SourceText) throws -> Table? {
    switch statement.kind {
    case .query(let query): return try run(try plan(query))
    case .use(let name): tableInUse = name.text
    case .define(let definition):
      let name = definition.name.text
      switch definition.value {
      case .query(let query) where definition.isStored: define(name, try run(try plan(query)))
      case .query(let query):
        // A view is checked when it is made.
        _ = try plan(query)
        entries[name.lowercased()] = (name, .view(query, source: source))
      case .expression(let expression):
        let value = try Resolver(catalog: self).resolveConstant(expression)
        let table = try run(.project(.oneRow, [Projection(name: name, expression: value)]))
        values[name.lowercased()] = table.columns[0].value(0)
      }
    default: throw Diagnostic("this session knows queries, `let` and `use` only", at: statement.span)
    }
    return nil
  }

  /// The rows of a plan.
  func run(_ plan: LogicalPlan) throws -> Table {
    do {
      return try LocalEngine().run(plan) { false }
    } catch let error as ExecutionError {
      throw error.diagnostic ?? error
    }
  }
}
