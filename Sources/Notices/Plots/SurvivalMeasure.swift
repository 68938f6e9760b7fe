import ColumnStore
import Language
import Planning

/// `latency ... |> plot survival`: the curve of which `latency` tells the median and the quartiles.
///
/// It is made of the counts that the latency is made of. Gives its groups, the time in its unit, which part lasts
/// longer (`lasting`) with the interval of that at 95 %, `low` to `high` (see `KaplanMeier`), and how many were still
/// `at_risk` just before.
enum SurvivalMeasure {
  static func lower(_ plot: PlotOperator, on input: LogicalPlan, span: SourceSpan) throws -> LogicalPlan {
    if let other = plot.values.first ?? plot.groups.first {
      throw Diagnostic(
        "the curve is that of the latency before it, and takes no columns", at: other.expression.span,
        help: "latency from received_at to acted_at by authority |> plot survival")
    }
    switch input {
    case .transform(let counted, let latency as LatencyTransform):
      return .transform(counted, SurvivalTransform(latency))
    case .transform(let rows, let note as NoteTransform):
      return try lower(plot, on: rows, span: span).adding(note.notes)
    default:
      throw Diagnostic(
        "a survival curve stands directly behind `latency`", at: span,
        help: "latency from received_at to acted_at by authority |> plot survival")
    }
  }
}

/// Makes of the counts of durations the curves of the groups.
struct SurvivalTransform: TableTransform {
  let name = "survival"
  let fields: [Field]
  private let latency: LatencyTransform

  /// The smallest drop that has a row of its own.
  private static let resolution = 0.001

  init(_ latency: LatencyTransform) {
    self.latency = latency
    fields =
      Array(latency.fields.prefix(latency.groupCount))
      + [
        Field(name: latency.unit.rawValue, type: .double), Field(name: "lasting", type: .double, display: .percent),
        Field(name: "low", type: .double, display: .percent), Field(name: "high", type: .double, display: .percent),
        Field(name: "at_risk", type: .integer),
      ]
  }

  func apply(to table: Table) -> Table {
    let latest = latency.latest(table)
    var builders = fields.map { ColumnBuilder(type: $0.type) }
    func append(_ values: [Value]) { for (index, value) in values.enumerated() { builders[index].append(value) } }
    var total = LatencyTransform.Counts()
    for rows in latency.groups(table) {
      let counts = LatencyTransform.Counts(of: rows, table, from: latency.groupCount, latest: latest)
      total.add(counts)
      let keys = rows.isEmpty ? [] : (0..<latency.groupCount).map { table.columns[$0].value(rows.lowerBound) }
      for values in points(counts) { append(keys + values) }
    }
    let columns = builders.map { $0.finish() }
    return Table(descriptions: fields.map(\.description), columns: columns, rowCount: columns[0].count)
      .adding(latency.notes(total, latest: latest, ofCurve: true))
  }

  /// The rows of a group: one at the start, one for each time at which some end, and one at the last time of all.
  private func points(_ counts: LatencyTransform.Counts) -> [[Value]] {
    let curve = KaplanMeier(counts.durations)
    let all = counts.ended + counts.open
    guard all > 0 else { return [] }
    func point(_ time: Int64, _ survival: Double, _ bounds: (low: Double, high: Double), _ left: Int) -> [Value] {
      // Where nothing is left, nothing can be said of the interval.
      let interval: [Value] = survival > 0 ? [.double(bounds.low), .double(bounds.high)] : [.null, .null]
      return [.double(Double(time) / Double(latency.unit.microseconds)), .double(survival)] + interval
        + [.integer(Int64(left))]
    }
    var points: [[Value]] = []
    var (shown, left, next) = (1.0, all, 0)
    var bounds = (low: 1.0, high: 1.0)
    if curve.steps.first?.time != 0 { points.append(point(0, 1, bounds, all)) }
    for step in curve.steps {
      while next < counts.durations.count, counts.durations[next].duration < step.time {
        left -= counts.durations[next].ended + counts.durations[next].open
        next += 1
      }
      bounds = curve.bounds(step)
      let isLast = step.time == curve.steps.last?.time
      guard isLast || points.isEmpty || shown - step.survival >= Self.resolution else { continue }
      shown = step.survival
      points.append(point(step.time, step.survival, bounds, left))
    }
    if let last = counts.durations.last, last.duration > curve.steps.last?.time ?? 0 {
      points.append(point(last.duration, curve.steps.last?.survival ?? 1, bounds, last.ended + last.open))
    }
    return points
  }
}
