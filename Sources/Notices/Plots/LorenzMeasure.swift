import ColumnStore
import Language
import Planning

/// `plot lorenz`: which part of the whole the smallest have (M. O. Lorenz, "Methods of Measuring the Concentration of
/// Wealth", 1905), with the coefficient of C. Gini (1912).
///
/// The engine counts the rows of each value; the curve is made of the counts.
enum LorenzMeasure {
  static func lower(
    _ value: Projection, groups: [Projection], on input: LogicalPlan, with resolver: Resolver, span: SourceSpan
  ) throws -> LogicalPlan {
    guard value.field.type.isNumeric else {
      throw Diagnostic(
        "`\(value.field.name)` is \(value.field.type.name), and parts are those of numbers", at: value.expression.span)
    }
    let names = groups.indices.map { "g\($0)" }
    var columns = [Projection(name: "x", expression: value.expression)]
    columns += zip(names, groups).map { Projection(name: $0, expression: $1.expression) }
    let keys = (names + ["x"]).joined(separator: ", ")
    let counted = try resolver.plan(
      """
      from r |> extend cast(x as double) as v |> select \((names + ["v as x"]).joined(separator: ", "))
      |> where x is not null |> aggregate count(*) as count group by \(keys) |> order by \(keys)
      """, on: [("r", .project(input, columns))], span: span)
    return .transform(counted, LorenzTransform(groups: groups.map(\.field), value: value.field, span: span))
  }
}

/// Makes of counted values, in ascending order in each group, the points of its curve: the `part_of_rows`, the part of the
/// sum that they have, and the group's coefficient `gini`.
struct LorenzTransform: TableTransform {
  let name = "lorenz"
  let fields: [Field]
  private let groupCount: Int
  private let value: String
  private let span: SourceSpan

  init(groups: [Field], value: Field, span: SourceSpan) {
    groupCount = groups.count
    self.value = value.name
    self.span = span
    fields =
      groups
      + ["part_of_rows", "part_of_\(value.name)"].map { Field(name: $0, type: .double, display: .percent) }
      + [Field(name: "gini", type: .double)]
  }

  func apply(to table: Table) throws -> Table {
    var builders = fields.map { ColumnBuilder(type: $0.type) }
    var coefficients: [String] = []
    var first = 0
    while first < table.rowCount {
      let keys = keys(table, first)
      var end = first + 1
      while end < table.rowCount, self.keys(table, end) == keys { end += 1 }
      let curve = LorenzCurve(try counts(table, first..<end))
      for point in curve.points {
        let values = keys + [.double(point.rows), .double(point.sum), curve.gini.map { .double($0) } ?? .null]
        for (index, value) in values.enumerated() { builders[index].append(value) }
      }
      if coefficients.count < 10, let gini = curve.gini {
        let name = keys.map { $0.isNull ? "NULL" : $0.description }.joined(separator: " · ")
        coefficients.append((name.isEmpty ? "" : name + " ") + Self.text(gini))
      }
      first = end
    }
    let columns = builders.map { $0.finish() }
    let note = TableNote("Gini's coefficient: \(coefficients.joined(separator: ", "))")
    return Table(descriptions: fields.map(\.description), columns: columns, rowCount: columns[0].count)
      .adding(coefficients.isEmpty ? [] : [note])
  }

  private func keys(_ table: Table, _ row: Int) -> [Value] { (0..<groupCount).map { table.columns[$0].value(row) } }

  private func counts(_ table: Table, _ rows: Range<Int>) throws -> [(value: Double, count: Double)] {
    try rows.map { row in
      guard case .double(let number) = table.columns[groupCount].value(row), number >= 0, number.isFinite,
        case .integer(let count) = table.columns[groupCount + 1].value(row)
      else {
        throw Diagnostic(
          "a Lorenz curve is made of amounts of 0 or more, and `\(value)` has others", at: span,
          help: "leave them out: |> where \(value) >= 0")
      }
      return (number, Double(count))
    }
  }

  /// Three decimals.
  private static func text(_ gini: Double) -> String {
    let thousandths = String(Int((gini * 1000).rounded()))
    return "0." + String(repeating: "0", count: max(0, 3 - thousandths.count)) + thousandths
  }
}

/// A curve of concentration.
struct LorenzCurve {
  /// For the smallest rows which part of all rows they are, and which part of the sum they have.
  let points: [(rows: Double, sum: Double)]
  /// Twice the area between the curve and the diagonal: 0 where all have the same, near 1 where one has everything. Nil
  /// where nobody has anything.
  let gini: Double?

  /// - Parameter counts: different values of 0 or more in ascending order, and how many rows have each.
  init(_ counts: [(value: Double, count: Double)]) {
    let rows = counts.reduce(0) { $0 + $1.count }
    let largest = counts.last?.value ?? 0
    // In parts of the largest, so that no sum overflows.
    let total = counts.reduce(0) { $0 + $1.value / max(largest, .leastNonzeroMagnitude) * $1.count }
    guard rows > 0, total > 0 else {
      (points, gini) = ([], nil)
      return
    }
    var points = [(rows: 0.0, sum: 0.0)]
    var (rowsSoFar, sumSoFar, area) = (0.0, 0.0, 0.0)
    for (index, (value, count)) in counts.enumerated() {
      let before = sumSoFar / total
      rowsSoFar += count
      sumSoFar += value / largest * count
      area += count / rows * (before + sumSoFar / total)
      let point = (rows: rowsSoFar / rows, sum: min(1, sumSoFar / total))
      let last = points[points.count - 1]
      // Every two hundredth of the way is seen; of the points between, the curve keeps those at its ends.
      if index == counts.count - 1 || point.rows - last.rows >= 0.005 || point.sum - last.sum >= 0.005 {
        points.append(index == counts.count - 1 ? (1, 1) : point)
      }
    }
    self.points = points
    gini = max(0, 1 - area)
  }
}
