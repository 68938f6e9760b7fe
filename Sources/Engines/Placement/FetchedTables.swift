import ColumnStore
import Execution
import Formats
import Planning

/// What a query fetches from servers: each of its queries once, however often it stands in the plan.
final class FetchedTables {
  private let meter: QueryMeter?
  private let isCancelled: @Sendable () -> Bool
  private var tables: [String: Table] = [:]

  init(meter: QueryMeter?, isCancelled: @escaping @Sendable () -> Bool) {
    self.meter = meter
    self.isCancelled = isCancelled
  }

  /// The rows of a placed plan.
  func rows(of placement: Placement) throws -> Table {
    try LocalEngine().run(plan(of: placement), profile: nil, meter: meter, isCancelled: isCancelled)
  }

  /// The plan with what runs elsewhere replaced by its rows.
  func plan(of placement: Placement) throws -> LogicalPlan {
    switch placement {
    case .there(let server, let sql, let plan):
      let key = "\(server.name)\n\(sql)"
      var rows = tables[key]
      if rows == nil {
        meter?.begin("waiting for \(server.name)")
        rows = try server.rows(of: sql, fields: plan.fields) { [meter, isCancelled] in
          meter?.tell()
          return isCancelled()
        } received: { [meter] count in
          meter?.begin("\(groupedDigits(String(count))) rows from \(server.name)")
        }
        tables[key] = rows
      }
      let table = rows ?? Table(descriptions: [], columns: [], rowCount: 0)
      return .scan(
        Scan(name: "", table: table, fields: plan.fields, sources: plan.fields.indices.map { .column($0) }))
    case .here(let plan, let inputs, _):
      if inputs.isEmpty { return plan }
      var next = try inputs.map { try self.plan(of: $0) }[...]
      return plan.mapInputs { input in next.popFirst() ?? input }
    }
  }
}
