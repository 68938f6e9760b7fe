import ColumnStore
import Language
import Planning

/// What `describe` asks of one column.
struct ColumnSummaryPlan {
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
    .aggregate(input, keys: [], aggregates: aggregates)
  }

  /// One for each part.
  var aggregates: [Aggregate] { parts.map(aggregate) }

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
