import ColumnStore
import Language
import Planning

/// What `describe` tells of one column.
struct ColumnDescriptionRow {
  private let summary: ColumnSummaryPlan
  private let result: [Value]
  private let rowCount: Int64
  /// How many values there are in eight parts of equal width; nil for values without an order of numbers.
  var histogram: [Int]?
  /// The most frequent values.
  var frequent: [(value: Value, count: Int64)] = []

  /// - Parameters:
  ///   - result: a value for each part of the summary.
  ///   - rowCount: of how many rows.
  init(_ summary: ColumnSummaryPlan, _ result: [Value], rowCount: Int64) {
    self.summary = summary
    self.result = result
    self.rowCount = rowCount
  }

  private func value(_ part: ColumnSummaryPlan.Part) -> Value {
    summary.parts.firstIndex(of: part).map { result[$0] } ?? .null
  }

  private func text(_ part: ColumnSummaryPlan.Part) -> Value {
    let value = value(part)
    return value.isNull ? .null : .text(value.description)
  }

  private var count: Int64 { if case .integer(let number) = value(.values) { number } else { 0 } }

  /// How many different values: a number, or, where it is estimated, about three digits of one.
  private var distinct: BoundedCount {
    guard case .integer(let number) = value(.distinct) else { return BoundedCount(0) }
    guard summary.isEstimated, number > 1000 else { return BoundedCount(number) }
    var unit: Int64 = 1
    while number / unit >= 1000 { unit *= 10 }
    return BoundedCount.around(min((number + unit / 2) / unit * unit, count)) ?? BoundedCount(number)
  }

  /// Whether to tell which values are frequent: of few that occur again and again.
  var hasFrequentValues: Bool {
    (summary.field.type == .boolean || summary.field.type == .text) && distinct.exact != count
  }

  /// Between which numbers the histogram is; nil for values without an order of numbers.
  var edges: HistogramEdges? {
    HistogramEdges(
      least: value(.minimum), lowerQuartile: value(.quantile(0.25)), upperQuartile: value(.quantile(0.75)),
      most: value(.maximum))
  }

  /// The rows of some columns.
  static func table(_ columns: [ColumnDescriptionRow]) -> Table {
    // Numbers that are all known are plain numbers, to programs too.
    let hasEstimates = columns.contains { $0.distinct.exact == nil }
    let rows = columns.map { column -> [Value] in
      let distinct: Value =
        hasEstimates ? .count(column.distinct) : column.distinct.exact.map { .integer($0) } ?? .null
      return [
        .text(column.summary.field.name), .text(column.summary.field.type.name), .integer(column.count),
        .integer(column.rowCount - column.count), distinct, column.value(.mean), column.value(.deviation),
        column.text(.quantile(0.25)), column.text(.quantile(0.75)), column.text(.minimum),
        column.text(.quantile(0.5)), column.text(.maximum),
        column.histogram.map { .list($0.map { .integer(Int64($0)) }, of: .integer) } ?? .null,
        FrequentValues.text(column.frequent, of: column.count),
      ]
    }
    return Session.table(
      [
        ("column", .text), ("type", .text), ("values", .integer), ("nulls", .integer),
        ("distinct", hasEstimates ? .count : .integer),
        ("mean", .double), ("stddev", .double), ("q25", .text), ("q75", .text), ("min", .text), ("median", .text),
        ("max", .text), ("histogram", .list(.integer)), ("frequent", .text),
      ], rows
    ).displaying([("histogram", .distribution), ("frequent", .distribution)])
  }
}
