import ColumnStore
import Language
import Planning

/// `top [n] items [by measure]`: the most frequent values, or those with the largest measure.
///
/// Gives the items, `count` or the measure, its `share` of the total, and the `cumulated` share; equal ones in the order
/// of the items.
enum TopMeasure {
  /// How many rows come out where no number is given.
  static let usualCount = 10

  static func lower(_ top: TopOperator, on input: LogicalPlan, with resolver: Resolver, span: SourceSpan) throws
    -> LogicalPlan
  {
    let items = try top.items.map { try $0.projection(on: input, with: resolver) }
    guard !items.isEmpty else { return input }
    let count = top.count ?? Int64(usualCount)
    guard count >= 0 else { throw Diagnostic("`top` takes a whole number from 0 on", at: span) }
    var measured: LogicalPlan
    if let measure = top.measure {
      // What can be worked out of one row is made of no aggregates.
      let isOfOneRow = (try? resolver.bind(measure.expression, on: input)) != nil
      let bound = isOfOneRow ? nil : try resolver.bindAggregate(measure.expression, on: input, keyCount: items.count)
      guard let (expression, aggregates) = bound, expression.type.isNumeric else {
        throw Diagnostic(
          "what `top` ranks by is a number made of many rows", at: measure.expression.span,
          help: "for example: top 20 account_id by sum(reach)")
      }
      measured = .aggregate(input, keys: items, aggregates: aggregates)
      let keys = items.enumerated().map { Projection(passing: $0.element.field, at: $0.offset, span: span) }
      measured = .project(
        measured,
        keys + [
          Projection(name: measure.alias?.text ?? Resolver.name(of: measure.expression), expression: expression)
        ])
    } else {
      let rows = Aggregate(function: .countRows, arguments: [], name: "count", type: .integer, span: span)
      measured = .aggregate(input, keys: items, aggregates: [rows])
    }
    let fields = measured.fields
    let summed = LogicalPlan.window(measured, [total(of: fields[items.count], at: items.count, span: span)])
    let ranked = summed.ordered([(items.count, true)] + items.indices.map { ($0, false) }, span: span)
    return .transform(.limit(ranked, count: Int(count), offset: 0), TopTransform(input: fields))
  }

  /// The measure's sum over all items, of which few are left once they have been ranked.
  private static func total(of measure: Field, at column: Int, span: SourceSpan) -> WindowFunction {
    let value = PlanExpression(.column(column), type: measure.type, span: span)
    let number = PlanExpression(.cast(value, lenient: false), type: .double, span: span)
    let sum = Aggregate(
      function: .sum, arguments: [measure.type == .double ? value : number], name: "total", type: .double, span: span)
    return WindowFunction(
      sum, layout: WindowLayout(),
      frame: RowFrame(unit: .rows, start: .unboundedPreceding, end: .unboundedFollowing))
  }
}

/// Adds to ranked rows, of which the last column holds the total, their share of it and the share cumulated so far.
struct TopTransform: TableTransform {
  let name = "top"
  let fields: [Field]

  /// - Parameter input: the fields of the items and last of the measure.
  init(input: [Field]) {
    fields =
      input + [
        Field(name: "share", type: .double, display: .share(within: nil)),
        Field(name: "cumulated", type: .double, display: .percent),
      ]
  }

  var hiddenCellRule: HiddenCellRule? { HiddenCellRule(keyCount: fields.count - 3) }

  func apply(to table: Table) -> Table {
    let kept = table.columns.dropLast()
    let measure = table.columns[table.columns.count - 2]
    let values = (0..<table.rowCount).map { row -> Double in
      switch measure.value(row) {
      case .integer(let number): Double(number)
      case .double(let number): number
      case .decimal(let number): number.double
      default: 0
      }
    }
    var total = 0.0
    if table.rowCount > 0, case .double(let sum) = table.columns[table.columns.count - 1].value(0) { total = sum }
    var sum = 0.0
    var shares: [Double] = []
    var cumulated: [Double] = []
    for value in values {
      sum += value
      shares.append(value / total)
      cumulated.append(sum / total)
    }
    let validity = total > 0 ? measure.validity : Bitmap(repeating: false, count: table.rowCount)
    let added = [shares, cumulated].map {
      Column(type: .double, data: .double(Buffer($0)), validity: validity)
    }
    return Table(
      descriptions: fields.map(\.description), columns: kept + added, rowCount: table.rowCount)
  }
}
