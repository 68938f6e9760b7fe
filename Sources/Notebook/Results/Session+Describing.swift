import ColumnStore
import Language
import Planning

extension Session {
  /// `describe`: for every column how its values spread and how many there are, in the order of DuckDB's SUMMARIZE; but
  /// distinct values are counted, not estimated.
  func describe(_ named: NamedTable) throws -> Table {
    let input = LogicalPlan.rows(of: named.table, named: named.name)
    var rows: [[Value]] = []
    // One column at a time, so that no more than one has its distinct values held in memory.
    for (index, field) in input.fields.enumerated() {
      let summary = ColumnSummaryPlan(field: field, index: index)
      let result = try self.rows(of: Optimiser.optimise(summary.plan(on: input))).row(0)
      func value(_ aggregate: ColumnSummaryPlan.Part) -> Value {
        summary.parts.firstIndex(of: aggregate).map { result[$0] } ?? .null
      }
      func text(_ aggregate: ColumnSummaryPlan.Part) -> Value {
        let value = value(aggregate)
        return value.isNull ? .null : .text(value.description)
      }
      var count = 0
      if case .integer(let number) = value(.values) { count = Int(number) }
      rows.append([
        .text(field.name), .text(field.type.name), text(.minimum), text(.maximum), value(.distinct), value(.mean),
        value(.deviation), text(.quantile(0.25)), text(.quantile(0.5)), text(.quantile(0.75)),
        .integer(Int64(count)), .integer(Int64(named.table.rowCount - count)),
      ])
    }
    return Session.table(
      [
        ("column", .text), ("type", .text), ("min", .text), ("max", .text), ("distinct", .integer), ("mean", .double),
        ("stddev", .double), ("q25", .text), ("median", .text), ("q75", .text), ("values", .integer),
        ("nulls", .integer),
      ], rows
    ).adding(named.table.notes)
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
  let parts: [Part]

  init(field: Field, index: Int) {
    self.field = field
    self.index = index
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
