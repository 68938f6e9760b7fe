import ColumnStore
import Language
import Planning

extension Session {
  /// `describe`: for every column how many values it has, how they spread and which are frequent.
  ///
  /// Different values are counted; in a column of more than a million rows that would take long to count they are estimated,
  /// and the number says `~`.
  func describe(_ named: NamedTable) throws -> Table {
    let input = LogicalPlan.rows(of: named.table, named: named.name)
    var rows: [[Value]] = []
    var hasEstimates = false
    // One column at a time, so that no more than one has its distinct values held in memory.
    for (index, field) in input.fields.enumerated() {
      let isEstimated = takesLongToCount(index, of: named.table)
      let summary = ColumnSummaryPlan(field: field, index: index, isEstimated: isEstimated)
      let result = try self.rows(of: Optimiser.optimise(summary.plan(on: input))).row(0)
      func value(_ aggregate: ColumnSummaryPlan.Part) -> Value {
        summary.parts.firstIndex(of: aggregate).map { result[$0] } ?? .null
      }
      func text(_ aggregate: ColumnSummaryPlan.Part) -> Value {
        let value = value(aggregate)
        return value.isNull ? .null : .text(value.description)
      }
      var count: Int64 = 0
      if case .integer(let number) = value(.values) { count = number }
      let distinct = distinctCount(value(.distinct), isEstimated: isEstimated, values: count)
      if distinct.exact == nil { hasEstimates = true }
      var frequent: [(value: Value, count: Int64)] = []
      if field.type == .boolean || field.type == .text, distinct.exact != count {
        let candidates = isEstimated ? FrequentValues.candidates(in: named.table.columns[index]) : nil
        let plan = FrequentValues.plan(field, index: index, candidates: candidates, on: input)
        if candidates?.isEmpty != true { frequent = FrequentValues.read(try self.rows(of: Optimiser.optimise(plan))) }
      }
      let edges = HistogramEdges(
        least: value(.minimum), lowerQuartile: value(.quantile(0.25)), upperQuartile: value(.quantile(0.75)),
        most: value(.maximum))
      let histogram = edges.flatMap { named.table.columns[index].histogram($0.range, partCount: 8) }
      rows.append([
        .text(field.name), .text(field.type.name), .integer(count), .integer(Int64(named.table.rowCount) - count),
        .count(distinct), value(.mean), value(.deviation), text(.quantile(0.25)), text(.quantile(0.75)),
        text(.minimum), text(.quantile(0.5)), text(.maximum),
        histogram.map { .list($0.map { .integer(Int64($0)) }, of: .integer) } ?? .null,
        FrequentValues.text(frequent, of: count),
      ])
    }
    if !hasEstimates {
      // Numbers that are all known are plain numbers, to programs too.
      for row in rows.indices {
        if case .count(let count) = rows[row][4] { rows[row][4] = count.exact.map { .integer($0) } ?? .null }
      }
    }
    let table = Session.table(
      [
        ("column", .text), ("type", .text), ("values", .integer), ("nulls", .integer),
        ("distinct", hasEstimates ? .count : .integer),
        ("mean", .double), ("stddev", .double), ("q25", .text), ("q75", .text), ("min", .text), ("median", .text),
        ("max", .text), ("histogram", .list(.integer)), ("frequent", .text),
      ], rows
    ).displaying([("histogram", .distribution), ("frequent", .distribution)]).adding(named.table.notes)
    remember(table)
    return table
  }

  /// Whether to count the different values of a column would take longer than a reader waits.
  private func takesLongToCount(_ index: Int, of table: Table) -> Bool {
    guard table.rowCount > 1_000_000 else { return false }
    let column = table.columns[index]
    switch column.type {
    case .boolean: return false
    case .text: return column.dictionary == nil && table.distinctEstimate(index) > 20_000
    case .integer, .date, .timestamp:
      // A bit for each value that there could be.
      guard let range = table.statistics(index).total.range else { return false }
      let (width, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
      return overflow || width > Int64(table.rowCount) * 8
    default: return true
    }
  }

  /// How many different values: a number, or, where it is estimated, about three digits of one.
  private func distinctCount(_ value: Value, isEstimated: Bool, values: Int64) -> BoundedCount {
    guard case .integer(let number) = value else { return BoundedCount(0) }
    guard isEstimated, number > 1000 else { return BoundedCount(number) }
    var unit: Int64 = 1
    while number / unit >= 1000 { unit *= 10 }
    return BoundedCount.around(min((number + unit / 2) / unit * unit, values)) ?? BoundedCount(number)
  }
}

/// What `describe` asks of one column.
private struct ColumnSummaryPlan {
  /// One figure.
  enum Part: Equatable {
    case values, distinct, minimum, maximum, mean, deviation
    case quantile(Double)
  }

  let field: Field
  let index: Int
  let isEstimated: Bool
  let parts: [Part]

  init(field: Field, index: Int, isEstimated: Bool) {
    self.field = field
    self.index = index
    self.isEstimated = isEstimated
    var parts: [Part] = [.values, .distinct]
    if field.type.element == nil { parts += [.minimum, .maximum] }
    if field.type.isNumeric { parts += [.mean, .deviation] }
    if field.type.isNumeric || field.type == .date || field.type == .timestamp {
      parts += [.quantile(0.25), .quantile(0.5), .quantile(0.75)]
    }
    self.parts = parts
  }

  func plan(on input: LogicalPlan) -> LogicalPlan {
    .aggregate(input, keys: [], aggregates: parts.map(aggregate))
  }

  private func aggregate(_ part: Part) -> Aggregate {
    let span = SourceSpan(start: 0, end: 0)
    let column = PlanExpression(.column(index), type: field.type, span: span)
    let number =
      field.type.isNumeric && field.type != .double
      ? PlanExpression(.cast(column, lenient: false), type: .double, span: span) : column
    func make(
      _ function: AggregateFunction, _ arguments: [PlanExpression], _ type: DataType, isDistinct: Bool = false
    ) -> Aggregate {
      Aggregate(
        function: function, arguments: arguments, isDistinct: isDistinct, name: function.rawValue, type: type,
        span: span)
    }
    switch part {
    case .values: return make(.count, [column], .integer)
    case .distinct where isEstimated: return make(.approximateCountDistinct, [column], .integer)
    case .distinct: return make(.count, [column], .integer, isDistinct: true)
    case .minimum: return make(.minimum, [column], field.type)
    case .maximum: return make(.maximum, [column], field.type)
    case .mean: return make(.average, [field.type == .integer ? column : number], .double)
    case .deviation: return make(.standardDeviation, [number], .double)
    case .quantile(let share):
      let part = PlanExpression(.literal(.double(share)), type: .double, span: span)
      // Whole days: a middle between two of them is not worth the hours that it would need.
      if field.type == .date { return make(.quantileDiscrete, [column, part], .date) }
      return make(.quantile, [number, part], field.type == .timestamp ? .timestamp : .double)
    }
  }
}
