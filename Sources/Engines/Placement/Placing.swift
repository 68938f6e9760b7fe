import ColumnStore
import Execution
import Planning

/// Cuts a plan at the highest steps whose tables all lie on one server and that its dialect has words for.
///
/// What has no words is run in this process on the smallest input that suffices: see `divided`.
final class Placing {
  private let home: Server?
  private let fetched: FetchedTables?
  private var shared: [Int: Placement] = [:]

  /// Tables of this process with at most so many cells are sent to be joined with tables of a database.
  static let sentCells = 20_000

  /// - Parameters:
  ///   - home: a server that small tables of this process are sent to as well, so that all is run there; nil for none.
  ///   - fetched: gets what is small and needed on another server; nil where that is only to be told.
  init(home: Server?, fetched: FetchedTables?) {
    self.home = home
    self.fetched = fetched
  }

  /// Where the steps of a plan are run.
  func placed(_ plan: LogicalPlan) throws -> Placement {
    switch plan {
    case .scan(let scan): return try placed(scan, plan)
    case .shared(let part):
      if let known = shared[part.number] { return known }
      var placement = try placed(part.plan)
      // What is one row is asked once and not in every place; what is left to chance must be the same in all of them.
      if !placement.isThere || part.plan.isUnique(in: []) || part.plan.isLeftToChance {
        placement = .here(plan, [placement])
      }
      shared[part.number] = placement
      return placement
    // What all rows are wanted for is done with them, and what is made here everywhere is not asked of a server.
    case .sort(let input, _, nil), .transform(let input, _): return .here(plan, [try placed(input)])
    case .recursive: return try scansPlaced(plan, reason: "recursion is run here, on the tables")
    case .apply: return try scansPlaced(plan, reason: "a query for each row is run here, on the tables")
    default: break
    }
    return try placed(plan, on: try plan.inputs.map { try placed($0) })
  }

  /// Where a step is run whose inputs have their places.
  func placed(_ plan: LogicalPlan, on inputs: [Placement]) throws -> Placement {
    guard let server = Placing.server(of: inputs) else {
      return (inputs.count == 1 ? divided(plan, inputs[0], reason: nil) : nil) ?? .here(plan, inputs)
    }
    // Rows that are only put behind each other need not go there and come back.
    if case .unionAll = plan, home == nil, !inputs.allSatisfy(\.isThere), inputs.allSatisfy(\.isSmall) {
      return .here(plan, inputs)
    }
    guard let sent = try sent(inputs, to: server) else {
      return .here(plan, inputs, reason: "its tables are in several places, and too large to be sent")
    }
    do {
      return .there(server, sql: try writer(server).sql(plan, on: sent), plan)
    } catch let missing as Inexpressible {
      let reason = "\(server.kind) has no words for \(missing.what)"
      return (inputs.count == 1 ? divided(plan, inputs[0], reason: reason) : nil)
        ?? .here(plan, inputs, reason: reason)
    }
  }

  /// Writes for a server. Where all tables are sent there, rows have the places that they have here.
  func writer(_ server: Server) -> SQLWriter { SQLWriter(dialect: server.dialect, keepsOrder: home != nil) }

  private func placed(_ scan: Scan, _ plan: LogicalPlan) throws -> Placement {
    guard let remote = scan.remote else {
      if let home, let sql = try sent([.here(plan, [])], to: home)?.first { return .there(home, sql: sql, plan) }
      return .here(plan, [])
    }
    let columns = scan.sources.compactMap { if case .column(let index) = $0 { index } else { nil } }
    if columns.count < scan.sources.count { return .here(plan, []) }
    return .there(remote.server, sql: remote.selection(of: columns), plan)
  }

  /// A plan whose parts make no sense by themselves, since they speak of rows around them: it is run here, on the tables.
  private func scansPlaced(_ plan: LogicalPlan, reason: String? = nil) throws -> Placement {
    if case .scan(let scan) = plan, scan.remote != nil { return try placed(scan, plan) }
    if case .shared(let part) = plan { return try scansPlaced(part.plan) }
    return .here(plan, try plan.inputs.map { try scansPlaced($0) }, reason: reason)
  }

  /// The server on which most of the rows lie, if any do.
  private static func server(of inputs: [Placement]) -> Server? {
    var largest: (server: Server, rows: Double)?
    for case .there(let server, _, let plan) in inputs {
      let rows = inputs.count > 1 ? plan.estimatedRowCount : 0
      if largest.map({ $0.rows < rows }) ?? true { largest = (server, rows) }
    }
    return largest?.server
  }

  /// The inputs as SQL for one server: what is small and lies elsewhere is written out. Nil where one is too large.
  private func sent(_ inputs: [Placement], to server: Server) throws -> [String]? {
    var written: [String] = []
    for input in inputs {
      if case .there(let other, let sql, _) = input, other === server {
        written.append(sql)
        continue
      }
      guard input.isSmall else { return nil }
      guard let fetched else {
        written.append("<the rows of this process>")
        continue
      }
      let rows = try fetched.rows(of: input)
      guard !rows.columns.isEmpty, rows.rowCount * rows.columns.count <= Placing.sentCells,
        let sql = writer(server).values(rows)
      else { return nil }
      written.append(sql)
    }
    return written
  }
}

extension Placement {
  /// Whether its rows can be expected to be few enough to be sent.
  fileprivate var isSmall: Bool {
    if plan.fields.isEmpty { return false }
    if case .here(_, _, _) = self, plan.scans.allSatisfy({ $0.remote == nil }) {
      return plan.scans.allSatisfy { $0.table.rowCount <= Placing.sentCells }
    }
    return plan.isUnique(in: []) || plan.estimatedRowCount * Double(plan.fields.count) <= Double(Placing.sentCells)
  }
}

extension LogicalPlan {
  /// Whether another run may give other rows: the first ones of an order in which some are equal, or a sample.
  var isLeftToChance: Bool {
    switch self {
    case .limit, .sort(_, _, .some), .sample, .window: true
    case .shared(let part): part.plan.isLeftToChance
    default: inputs.contains(where: \.isLeftToChance)
    }
  }
}

extension Scan {
  /// The table of a database that is scanned; nil for a table of this process.
  var remote: RemoteTable? { table.columns.source as? RemoteTable }
}
