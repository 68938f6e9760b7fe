import ColumnStore
import Language
import Planning

/// `plot hist`: how many values lie in each of equally long ranges with round ends.
///
/// One pass finds the extremes and quartiles, of which the ranges are made; a second one counts the values of each. Both are
/// aggregations, so that an engine gives back as many rows as there are ranges. Gives the groups, where a range begins and
/// where it ends, both NULL for rows without a value and one of them for an open range, and the `count`.
enum HistogramMeasure {
  static func lower(
    _ value: Projection, groups: [Projection], on input: LogicalPlan, with resolver: Resolver, span: SourceSpan
  ) throws -> LogicalPlan {
    let kind = try BinnedValue(value)
    let names = groups.indices.map { "g\($0)" }
    var columns = [Projection(name: "x", expression: value.expression)]
    columns += zip(names, groups).map { Projection(name: $0, expression: $1.expression) }
    let rows = LogicalPlan.project(input, columns)
    let numbers = try resolver.plan(
      "from r |> select \((kind.positions + names).joined(separator: ", "))", on: [("r", rows)], span: span)
    // Infinities lie beyond every end, and what is no number in no range.
    let isFinite = "v between -1.7976931348623157e308 and 1.7976931348623157e308"
    let facts = try resolver.plan(
      """
      from r |> aggregate count(v) filter (where \(isFinite)) as n, min(v) as lowest, max(v) as highest,
        min(v) filter (where \(isFinite)) as least, max(v) filter (where \(isFinite)) as most,
        quantile(v, 0.25) filter (where \(isFinite)) as q1, quantile(v, 0.75) filter (where \(isFinite)) as q3
      """, on: [("r", numbers)], span: span)
    let ranges = LogicalPlan.transform(facts, HistogramRanges(kind))
    let keys = (names + ["bin"]).joined(separator: ", ")
    let counted = try resolver.plan(
      """
      from r
      |> cross join e
      |> extend case when months then month else v + shift end as p
      |> extend floor(p * divisor / dividend) as near
      |> extend case when p >= (near + 1) * dividend / divisor then near + 1
           when p < near * dividend / divisor then near - 1 else near end as exact
      |> extend case when exact < first then first when exact > last then last else exact end as bin
      |> aggregate count(*) as count group by \(keys)
      |> cross join e
      |> select \(keys), dividend, divisor, months, shift, first, last, opens_low, opens_high, count
      |> order by \(keys)
      """, on: [("r", numbers), ("e", ranges)], span: span)
    return .transform(
      counted, HistogramTransform(groups: groups.map(\.field), value: value.field, kind: kind))
  }
}

/// A value that ranges can be made of, as a number.
enum BinnedValue: Sendable {
  case number(isWhole: Bool)
  case date
  case timestamp

  init(_ value: Projection) throws {
    switch value.field.type {
    case .integer: self = .number(isWhole: true)
    case .decimal, .double: self = .number(isWhole: false)
    case .date: self = .date
    case .timestamp: self = .timestamp
    default:
      throw Diagnostic(
        "`\(value.field.name)` is \(value.field.type.name), and ranges are made of numbers, dates and timestamps",
        at: value.expression.span,
        help: value.field.type == .count ? "take one of its bounds: lower(x) or upper(x)" : "plot bar counts its values"
      )
    }
  }

  /// The value `v` as a number, days or seconds since 1970, and the number of its `month`, as the language has them.
  var positions: [String] {
    switch self {
    case .number(true): ["cast(x as double) as v", "cast(null as double) as month"]
    case .number(false):
      [
        "case when cast(x as double) = cast('NaN' as double) then null else cast(x as double) end as v",
        "cast(null as double) as month",
      ]
    case .date:
      ["cast(x - date '1970-01-01' as double) as v", "cast(year(x) * 12 + month(x) - 1 as double) as month"]
    case .timestamp:
      ["cast(unix_seconds(x) as double) as v", "cast(year(x) * 12 + month(x) - 1 as double) as month"]
    }
  }

  /// The lengths of ranges of time, from short to long, in days or seconds, and how many months they are.
  var lengths: [(length: Double, months: Double?)] {
    let seconds = [1.0, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200]
    let unit = day
    let isDaily = if case .date = self { true } else { false }
    let long: [(Double, Double?)] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12_000].map {
      (30.4 * $0 * unit, $0)
    }
    return (isDaily ? [] : seconds.map { ($0, nil) }) + [(unit, nil), (7 * unit, nil)] + long
  }

  /// How long a day is.
  var day: Double { if case .timestamp = self { 86_400 } else { 1 } }
}
