import ColumnStore
import Language
import Planning

extension RefusalRule {
  /// Hours between times of which only the day is known.
  static let hoursOfDates = RefusalRule(
    name: "hours of dates",
    refused:
      "latency in hours, minutes or seconds from or to a date, or a column that its source gives without a time of day",
    allowed: "latency in days, which is the usual unit there"
  ) { context in
    guard case .latency(let latency) = context.operation.kind, let unit = latency.unit, unit.isShorterThanDay else {
      return nil
    }
    for side in [latency.start, latency.end] {
      let time = try context.resolver.bind(side, on: context.input)
      guard context.isDaily(time) else { continue }
      let source = context.origins(of: time).first.map { " in \($0.source.name)" } ?? ""
      return Refusal(
        reason: "`\(Resolver.name(of: side))` has no time of day\(source), so nothing is known of \(unit.rawValue)",
        instead: "ask for days: latency in days", span: time.span)
    }
    return nil
  }

  /// A series over the day on which a column began to mean something else.
  static let trendOverChange = RefusalRule(
    name: "trend over a change",
    refused: "timeline of, per or where a column that changed its meaning, over the day of the change",
    allowed: "the time before or after it, and the rows as such: timeline by month"
  ) { context in
    guard case .timeline(let timeline) = context.operation.kind else { return nil }
    let expressions = try (timeline.items + timeline.groups).map {
      try context.resolver.bind($0.expression, on: context.input)
    }
    let origins = expressions.flatMap { context.origins(of: $0) } + context.named(context.input.originsOfConditions)
    for (source, column) in origins {
      guard let column, let change = source.changes.first(where: { $0.columns.contains(column) }) else { continue }
      let time = try TimelineMeasure.timeColumn(
        timeline, on: context.input, with: context.resolver, span: context.operation.span)
      guard try RefusalRule.spans(change.day, time, context) else { continue }
      let day = Value.date(change.day)
      return Refusal(
        reason:
          "`\(column)` changed in \(source.name) on \(day) (\(change.what)): before and after it counts different things",
        instead: "ask for one side of it: where \(source.timeColumn ?? "the time") < '\(day)'",
        span: context.operation.span)
    }
    return nil
  }

  /// Whether the times of the rows lie on both sides of the beginning of a day.
  private static func spans(_ day: Int32, _ time: PlanExpression, _ context: OperatorContext) throws -> Bool {
    let ends = try context.totals(
      [AggregateFunction.minimum, .maximum].map {
        Aggregate(function: $0, arguments: [time], name: $0.rawValue, type: time.type, span: time.span)
      })
    func isBefore(_ value: Value) -> Bool? {
      switch value {
      case .date(let date): date < day
      case .timestamp(let instant): instant < Int64(day) * 86_400_000_000
      default: nil
      }
    }
    return isBefore(ends[0]) == true && isBefore(ends[1]) == false
  }
}
