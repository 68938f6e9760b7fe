import ColumnStore
import Language
import Planning

/// `latency [in unit] from start to end [by groups] [until time]`: how long it takes, with what has not ended yet.
///
/// The engine counts the rows of each group and duration; for what is open it counts the rows of each start, because the
/// time up to which it is known to be open may be the latest of all rows. The rest is made of the counts.
enum LatencyMeasure {
  /// What a row tells.
  enum State: Int64 {
    /// How long it took.
    case ended
    /// When it began.
    case open
    /// That it ended before it began, which is wrong.
    case negative
    /// Nothing, without a start.
    case unknown
  }

  static func lower(_ latency: LatencyOperator, _ context: OperatorContext) throws -> LogicalPlan {
    let (input, resolver, span) = (context.input, context.resolver, context.operation.span)
    let groups = try latency.groups.map { try $0.projection(on: input, with: resolver) }
    for group in groups where group.field.type.element != nil {
      throw Diagnostic(
        "a list cannot be a group here", at: group.expression.span,
        help: "one row for each of its items: |> extend unnest(\(group.field.name)) as item")
    }
    let start = try time(latency.start, on: input, with: resolver)
    let end = try time(latency.end, on: input, with: resolver)
    let areDates = start.type == .date && end.type == .date
    let unit = latency.unit ?? (context.isDaily(start) || context.isDaily(end) ? .days : .hours)
    let until = try latency.until.map { try self.until($0, areDates: areDates, with: resolver) }

    let build = Building(span: span)
    let startTime = build.microseconds(start)
    var endTime = build.microseconds(end)
    var rows = input
    if let until {
      let limit = build.integer(until)
      // As things stood then: what began later was not there, and what ended later was open.
      let isThere = build.any([build.call(.isNull, startTime), build.call(.lessOrEqual, startTime, limit)])
      rows = .filter(rows, predicate: isThere)
      endTime = build.choice([(build.call(.lessOrEqual, endTime, limit), endTime)], otherwise: build.null)
    }
    let state = build.choice(
      [
        (build.call(.isNull, startTime), build.integer(State.unknown.rawValue)),
        (build.call(.isNull, endTime), build.integer(State.open.rawValue)),
        (build.call(.less, endTime, startTime), build.integer(State.negative.rawValue)),
      ], otherwise: build.integer(State.ended.rawValue))
    let value = build.choice(
      [
        (build.call(.less, endTime, startTime), build.null),
        (build.call(.isNull, endTime), startTime),
      ], otherwise: build.integerCall(.subtract, endTime, startTime))
    let keys = groups + [Projection(name: "state", expression: state), Projection(name: "value", expression: value)]
    let count = Aggregate(function: .countRows, arguments: [], name: "count", type: .integer, span: span)
    let latest = Aggregate(
      function: .maximum, arguments: [build.integerCall(.greatest, startTime, endTime)], name: "latest", type: .integer,
      span: span)
    let counted = LogicalPlan.aggregate(rows, keys: keys, aggregates: [count, latest])
      .ordered(keys.indices.map { ($0, false) }, span: span)
    return .transform(counted, LatencyTransform(groups: groups.map(\.field), unit: unit, until: until))
  }

  private static func time(_ expression: Expression, on input: LogicalPlan, with resolver: Resolver) throws
    -> PlanExpression
  {
    let bound = try resolver.bind(expression, on: input)
    guard bound.type == .date || bound.type == .timestamp else {
      throw Diagnostic(
        "a latency needs dates or timestamps, and this is \(bound.type.name)", at: bound.span,
        help: "convert it: cast(x as date), strptime(x, '%d/%m/%Y')")
    }
    return bound
  }

  /// The time that a constant means, in microseconds since 1970. A date means its end, unless only dates are looked at.
  private static func until(_ expression: Expression, areDates: Bool, with resolver: Resolver) throws -> Int64 {
    let microsecondsOfDay: Int64 = 86_400_000_000
    let bound = try resolver.resolveConstant(expression)
    switch bound.literal {
    case .date(let day)?: return Int64(day) * microsecondsOfDay + (areDates ? 0 : microsecondsOfDay - 1)
    case .timestamp(let instant)?: return instant
    case .text(let text)?:
      if let day = TextParsing.date(text[...]) {
        return Int64(day) * microsecondsOfDay + (areDates ? 0 : microsecondsOfDay - 1)
      }
      if let instant = TextParsing.timestamp(text[...]) { return instant }
    default: break
    }
    throw Diagnostic("`until` takes a date or timestamp", at: expression.span, help: "for example: until '2021-06-30'")
  }

  /// Makes expressions at one place.
  private struct Building {
    let span: SourceSpan

    var null: PlanExpression { PlanExpression(.literal(.null), type: .integer, span: span) }

    func integer(_ value: Int64) -> PlanExpression {
      PlanExpression(.literal(.integer(value)), type: .integer, span: span)
    }

    func call(_ function: ScalarFunction, _ arguments: PlanExpression...) -> PlanExpression {
      PlanExpression(.call(function, arguments), type: .boolean, span: span)
    }

    func integerCall(_ function: ScalarFunction, _ arguments: PlanExpression...) -> PlanExpression {
      PlanExpression(.call(function, arguments), type: .integer, span: span)
    }

    func any(_ conditions: [PlanExpression]) -> PlanExpression {
      PlanExpression(.or(conditions), type: .boolean, span: span)
    }

    func choice(_ branches: [(condition: PlanExpression, result: PlanExpression)], otherwise: PlanExpression)
      -> PlanExpression
    {
      PlanExpression(
        .conditional(
          branches: branches.map { PlanExpression.Branch(condition: $0.condition, result: $0.result) },
          otherwise: otherwise), type: .integer, span: span)
    }

    func microseconds(_ time: PlanExpression) -> PlanExpression {
      let instant =
        time.type == .timestamp ? time : PlanExpression(.cast(time, lenient: false), type: .timestamp, span: time.span)
      return PlanExpression(.call(.unixMicroseconds, [instant]), type: .integer, span: time.span)
    }
  }
}

extension LatencyOperator.Unit {
  /// How long it is.
  var microseconds: Int64 {
    switch self {
    case .seconds: 1_000_000
    case .minutes: 60_000_000
    case .hours: 3_600_000_000
    case .days: 86_400_000_000
    case .weeks: 604_800_000_000
    }
  }

  /// Whether a day has several of it.
  var isShorterThanDay: Bool { microseconds < LatencyOperator.Unit.days.microseconds }
}
