import ColumnStore
import Language
import Planning

/// `plot box`: the quartiles of each group (type 7 of R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages",
/// 1996), and the whiskers of J. W. Tukey, "Exploratory Data Analysis" (1977): the last values that lie no further outside of
/// the quartiles than one and a half times their distance.
///
/// Gives the groups, `n`, `min`, `low`, `q1`, `median`, `q3`, `high`, `max`, and how many values lie `outside` of the whiskers.
/// Where small numbers are hidden, single values are not shown either, and only `n` and the quartiles are given.
enum BoxMeasure {
  static func lower(
    _ value: Projection, groups: [Projection], on input: LogicalPlan, with resolver: Resolver, hidesSmallNumbers: Bool,
    span: SourceSpan
  ) throws -> LogicalPlan {
    guard value.field.type.isNumeric else {
      throw Diagnostic(
        "`\(value.field.name)` is \(value.field.type.name), and quartiles are those of numbers",
        at: value.expression.span)
    }
    let names = groups.indices.map { "g\($0)" }
    var columns = [Projection(name: "x", expression: value.expression)]
    columns += zip(names, groups).map { Projection(name: $0, expression: $1.expression) }
    let isNumber = "x between -1.7976931348623157e308 and 1.7976931348623157e308"
    let rows = try resolver.plan(
      "from r |> select \((["cast(x as double) as x"] + names).joined(separator: ", ")) |> where \(isNumber)",
      on: [("r", .project(input, columns))], span: span)
    let keys = names.isEmpty ? "" : " group by \(names.joined(separator: ", "))"
    let order = names.isEmpty ? "" : " |> order by \(names.joined(separator: ", "))"
    let quartiles = "count(*) as n, quantile(x, 0.25) as q1, median(x) as median, quantile(x, 0.75) as q3"
    let plan: LogicalPlan
    if hidesSmallNumbers {
      plan = try resolver.plan("from r |> aggregate \(quartiles)\(keys)\(order)", on: [("r", rows)], span: span)
    } else {
      let boxes = try resolver.plan(
        """
        from r |> aggregate \(quartiles), min(x) as min, max(x) as max\(keys)
        |> extend q1 - 1.5 * (q3 - q1) as fence_low, q3 + 1.5 * (q3 - q1) as fence_high, row_number() over () as k
        """, on: [("r", rows)], span: span)
      let pairs = names.map { "r.\($0) is not distinct from b.\($0)" }.joined(separator: " and ")
      let shown = names + ["n", "min", "low", "q1", "median", "q3", "high", "max", "outside"]
      plan = try resolver.plan(
        """
        from b |> join (
          from r |> join b on \(pairs.isEmpty ? "true" : pairs)
          |> aggregate min(r.x) filter (where r.x >= fence_low) as low, max(r.x) filter (where r.x <= fence_high) as high,
            count(*) filter (where r.x < fence_low or r.x > fence_high) as outside group by b.k
        ) as w on b.k = w.k
        |> select \(shown.joined(separator: ", "))\(order)
        """, on: [("r", rows), ("b", boxes)], span: span)
    }
    return .project(
      plan,
      plan.fields.enumerated().map { index, field in
        var field = field
        if index < groups.count { field.name = groups[index].field.name }
        field.qualifier = nil
        if index >= groups.count {
          // What they are about, since their names do not say it.
          field.note = value.field.name
          if field.type == .double { field.display = value.field.display }
        }
        return Projection(passing: field, at: index, span: span)
      })
  }
}
