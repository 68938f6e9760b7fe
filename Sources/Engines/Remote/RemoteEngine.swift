import ColumnStore
import Execution
import Formats
import Language
import Planning

/// Runs plans on the databases that their tables lie in, as far as that can be said in SQL, and the rest in this process.
///
/// A plan is cut at the highest operators whose tables all lie on one server and that its dialect has words for. What these
/// give is pulled; everything above runs here. So groups are counted there, and intervals, curves and tests made here.
public struct RemoteEngine: Engine {
  /// What messages call it.
  public let name = "remote"
  private let local = LocalEngine()
  /// The server that small tables of this process are sent to as well, so that all is run there; nil for none.
  private let home: Server?

  /// Tables of this process with at most so many cells are sent to be joined with tables of a database.
  private static let sentCells = 20_000

  /// The engine.
  ///
  /// - Parameter home: a server on which everything is to be run that can be, small tables of this process sent along: to
  ///   compare what it answers with what this process does.
  public init(home: Server? = nil) { self.home = home }

  /// All rows of a plan; throws an `ExecutionError`, or a `Diagnostic` with what a database says.
  public func run(
    _ plan: LogicalPlan, profile: PlanProfile?, meter: QueryMeter?, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Table {
    guard home != nil || plan.scans.contains(where: { $0.remote != nil }) else {
      return try local.run(plan, profile: profile, meter: meter, isCancelled: isCancelled)
    }
    let here = try pulled(placed(plan, isCancelled), meter) {
      meter?.tell()
      return isCancelled()
    }
    let result = try local.run(here, profile: nil, meter: meter, isCancelled: isCancelled)
    return result.adding(plan.scans.flatMap(\.table.notes))
  }

  /// The queries that a plan sends, for `explain`: each with the server and its words.
  public static func queries(of plan: LogicalPlan) throws -> [(server: String, sql: String)] {
    let engine = RemoteEngine()
    var found: [(String, String)] = []
    func collect(_ placement: Placement) {
      switch placement {
      case .there(let server, let sql, _): found.append((server.name, sql))
      case .here(_, let inputs): inputs.forEach(collect)
      }
    }
    collect(try engine.placed(plan) { false })
    return found
  }

  /// Where a plan is run.
  private indirect enum Placement {
    case there(Server, sql: String, LogicalPlan)
    case here(LogicalPlan, [Placement])
  }

  private func placed(_ plan: LogicalPlan, _ isCancelled: @escaping @Sendable () -> Bool) throws -> Placement {
    if case .scan(let scan) = plan {
      guard let remote = scan.remote else {
        if let home, let sql = try sent([.here(plan, [])], to: home, isCancelled)?.first {
          return .there(home, sql: sql, plan)
        }
        return .here(plan, [])
      }
      let columns = scan.sources.compactMap { if case .column(let index) = $0 { index } else { nil } }
      if columns.count < scan.sources.count { return .here(plan, []) }
      return .there(remote.server, sql: remote.selection(of: columns), plan)
    }
    switch plan {
    case .shared(let shared): return try placed(shared.plan, isCancelled)
    case .recursive, .apply: return try scansPlaced(plan)
    default: break
    }
    let inputs = try plan.inputs.map { try placed($0, isCancelled) }
    if let server = RemoteEngine.server(of: inputs), let sent = try sent(inputs, to: server, isCancelled) {
      do {
        return .there(server, sql: try SQLWriter(dialect: server.dialect).sql(plan, on: sent), plan)
      } catch is Inexpressible {
        // It runs here then.
      }
    }
    return .here(plan, inputs)
  }

  /// A plan whose parts make no sense by themselves, since they speak of rows around them: it is run here, on the tables.
  private func scansPlaced(_ plan: LogicalPlan) throws -> Placement {
    if case .scan(let scan) = plan, scan.remote != nil { return try placed(plan) { false } }
    if case .shared(let shared) = plan { return try scansPlaced(shared.plan) }
    return .here(plan, try plan.inputs.map { try scansPlaced($0) })
  }

  /// The one server that inputs lie on, if any does.
  private static func server(of inputs: [Placement]) -> Server? {
    var found: Server?
    for case .there(let server, _, _) in inputs {
      if let found, found !== server { return nil }
      found = server
    }
    return found
  }

  /// The inputs as SQL for one server; small tables of this process are written out. Nil where one is too large.
  private func sent(
    _ inputs: [Placement], to server: Server, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> [String]? {
    var written: [String] = []
    for input in inputs {
      switch input {
      case .there(_, let sql, _): written.append(sql)
      case .here(let plan, _):
        guard plan.scans.allSatisfy({ $0.remote == nil && $0.table.rowCount <= RemoteEngine.sentCells }),
          case let rows = try local.run(plan, isCancelled: isCancelled), !rows.columns.isEmpty,
          rows.rowCount * rows.columns.count <= RemoteEngine.sentCells,
          let sql = SQLWriter(dialect: server.dialect).values(rows)
        else { return nil }
        written.append(sql)
      }
    }
    return written
  }

  /// The plan with what runs elsewhere replaced by its rows.
  private func pulled(
    _ placement: Placement, _ meter: QueryMeter?, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> LogicalPlan {
    switch placement {
    case .there(let server, let sql, let plan):
      meter?.begin("waiting for \(server.name)")
      let rows = try server.rows(of: sql, fields: plan.fields, isCancelled: isCancelled) { count in
        meter?.begin("\(groupedDigits(String(count))) rows from \(server.name)")
      }
      return .scan(
        Scan(name: "", table: rows, fields: plan.fields, sources: plan.fields.indices.map { .column($0) }))
    case .here(let plan, let inputs):
      if inputs.isEmpty { return plan }
      var next = try inputs.map { try pulled($0, meter, isCancelled) }[...]
      return plan.mapInputs { input in next.popFirst() ?? input }
    }
  }
}

extension Scan {
  /// The table of a database that is scanned; nil for a table of this process.
  var remote: RemoteTable? { table.columns.source as? RemoteTable }
}

extension SQLWriter {
  /// Rows written out; nil where a value has no words in the dialect.
  func values(_ table: Table) -> String? {
    let span = SourceSpan(start: 0, end: 0)
    let written = try? (0..<table.rowCount).map { row in
      try table.columns.indices.map { column in
        let value = table.columns[column].value(row)
        return try expression(PlanExpression(.literal(value), type: table.descriptions[column].type, span: span))
      }
    }
    guard let rows = written else { return nil }
    if rows.isEmpty {
      guard let nulls = try? table.descriptions.map({ try cast("NULL", to: $0.type) }) else { return nil }
      return "SELECT \(list(nulls)) WHERE 1 = 0"
    }
    let values = rows.map { "(\($0.joined(separator: ", ")))" }.joined(separator: ", ")
    let names = table.columns.indices.map { "c\($0)" }
    if dialect.namesValues { return "SELECT * FROM (VALUES \(values)) AS v(\(names.joined(separator: ", ")))" }
    return "SELECT \(list(names.indices.map { "column\($0 + 1)" })) FROM (VALUES \(values))"
  }
}
