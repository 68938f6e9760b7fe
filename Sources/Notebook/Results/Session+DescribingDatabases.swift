import ColumnStore
import Language
import Planning

/// `columns`, `describe` and `sample` of rows that lie in a database: asked of it, not of rows that were fetched.
extension Session {
  /// The plan of a named table or view, or of the table in use, where rows of it lie in a database.
  ///
  /// - Parameter isOnlyDescribed: whether only names and types of it are told, as may be done while suppression is on.
  func planInDatabase(_ name: QualifiedName?, _ span: SourceSpan, isOnlyDescribed: Bool = false) throws -> LogicalPlan?
  {
    guard !servers.isEmpty, isOnlyDescribed || suppression == nil, name != nil || currentTable != nil else {
      return nil
    }
    let body = name.map { QueryBody.from(TableReference(.name($0), span: $0.span)) } ?? .tableInUse(span)
    let plan = try plan(Query(body: body, span: span)).withoutNotes
    return plan.isInDatabase ? plan : nil
  }

  /// Whether the rows of a query are in a database, so that they are not fetched to ask something of them.
  func isInDatabase(_ query: Query) throws -> Bool { try !servers.isEmpty && plan(query).isInDatabase }

  /// What `describe` tells of the rows of a plan. Columns of a table are asked for together, those that are computed one
  /// after the other: what has no words there is counted by its own values.
  func describeInDatabase(_ plan: LogicalPlan) throws -> Table {
    let count = try answer([Self.counting(where: nil)], of: plan).first.map(Self.integer) ?? 0
    let summaries = plan.fields.enumerated().filter { !$0.element.isHidden }.map { index, field in
      // Exact where that is soon done.
      ColumnSummaryPlan(field: field, index: index, isEstimated: count > 1_000_000 && field.type != .boolean)
    }
    let isTable = if case .scan = plan { true } else { false }
    var columns: [ColumnDescriptionRow] = []
    for batch in isTable ? [summaries] : summaries.map({ [$0] }) {
      var values = try answer(batch.flatMap(\.aggregates), of: plan)[...]
      for summary in batch {
        columns.append(
          ColumnDescriptionRow(summary, Array(values.prefix(summary.parts.count)), rowCount: count))
        values = values.dropFirst(summary.parts.count)
      }
      let first = columns.count - batch.count
      let histograms = zip(batch, columns[first...]).map { summary, column in
        column.edges.flatMap { HistogramQuestion($0, of: summary.field, at: summary.index) }
      }
      var parts = try answer(histograms.flatMap { $0?.aggregates ?? [] }, of: plan)[...]
      for (place, histogram) in histograms.enumerated() {
        guard let histogram else { continue }
        columns[first + place].histogram = histogram.counts(parts.prefix(histogram.aggregates.count).map(Self.integer))
        parts = parts.dropFirst(histogram.aggregates.count)
      }
      for (place, summary) in batch.enumerated() where columns[first + place].hasFrequentValues {
        let counted = FrequentValues.plan(summary.field, index: summary.index, candidates: nil, on: plan)
        columns[first + place].frequent = FrequentValues.read(try rows(of: optimised(counted)))
      }
    }
    return described(columns, notes: plan.scans.flatMap(\.table.notes))
  }

  /// Some rows by chance.
  func sampleInDatabase(_ plan: LogicalPlan, count: Int64?, _ span: SourceSpan) throws -> Table {
    let wanted = count ?? 10
    guard wanted >= 0 else { throw Diagnostic("`sample` takes a whole number from 0 on", at: span) }
    let some = SamplePlan(
      method: .reservoir, amount: .rows(Int(clamping: wanted)), seed: SamplePlan.usualSeed, isSeedGiven: false)
    let table = try rows(of: .sample(plan, some))
    remember(table)
    return table
  }

  private func answer(_ aggregates: [Aggregate], of plan: LogicalPlan) throws -> [Value] {
    if aggregates.isEmpty { return [] }
    return try rows(of: optimised(.aggregate(plan, keys: [], aggregates: aggregates))).row(0)
  }

  private static func integer(_ value: Value) -> Int64 { if case .integer(let number) = value { number } else { 0 } }

  fileprivate static func counting(where condition: PlanExpression?) -> Aggregate {
    Aggregate(
      function: .countRows, arguments: [], filter: condition, name: "count", type: .integer,
      span: SourceSpan(start: 0, end: 0))
  }
}

extension LogicalPlan {
  /// Whether it reads rows that lie in a database.
  fileprivate var isInDatabase: Bool { scans.contains { !$0.table.columns.isCheap } }

  /// The plan below the footnotes to its rows, which stand behind what is asked of a database.
  fileprivate var withoutNotes: LogicalPlan {
    if case .transform(let rows, is NoteTransform) = self { rows.withoutNotes } else { self }
  }
}

/// How many values of a column lie in each of eight parts, by the same arithmetic as `Column.histogram`.
private struct HistogramQuestion {
  /// How many values there are below each of the parts' upper ends but the last, and in all.
  let aggregates: [Aggregate]

  private static let partCount = 8

  /// Nil for values that have no words as numbers.
  init?(_ edges: HistogramEdges, of field: Field, at index: Int) {
    let span = SourceSpan(start: 0, end: 0)
    let column = PlanExpression(.column(index), type: field.type, span: span)
    func literal(_ value: Value, _ type: DataType) -> PlanExpression {
      PlanExpression(.literal(value), type: type, span: span)
    }
    func call(_ function: ScalarFunction, _ arguments: [PlanExpression], _ type: DataType) -> PlanExpression {
      PlanExpression(.call(function, arguments), type: type, span: span)
    }
    var number = column
    switch field.type {
    case .integer, .double, .decimal: break
    case .date: number = call(.daysBetween, [column, literal(.date(0), .date)], .integer)
    case .timestamp: number = call(.unixMicroseconds, [column], .integer)
    default: return nil
    }
    if number.type != .double { number = PlanExpression(.cast(number, lenient: false), type: .double, span: span) }
    let (low, high) = (edges.range.lowerBound, edges.range.upperBound)
    let partsPerUnit = high > low ? Double(Self.partCount) / (high - low) : 0
    let distance = call(.subtract, [number, literal(.double(low), .double)], .double)
    let place = call(.multiply, [distance, literal(.double(partsPerUnit), .double)], .double)
    aggregates =
      (1..<Self.partCount).map { part in
        Session.counting(where: call(.less, [place, literal(.double(Double(part)), .double)], .boolean))
      } + [Session.counting(where: call(.isNotNull, [column], .boolean))]
  }

  /// The counts of the parts.
  func counts(_ below: [Int64]) -> [Int] {
    below.indices.map { Int(below[$0] - ($0 > 0 ? below[$0 - 1] : 0)) }
  }
}
