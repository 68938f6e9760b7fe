import ColumnStore
import Language
import Planning

/// `timeline [items] by period [of time] [per groups]`: how many rows per period, periods without any among them.
enum TimelineMeasure {
  static func lower(_ timeline: TimelineOperator, on input: LogicalPlan, with resolver: Resolver, span: SourceSpan)
    throws -> LogicalPlan
  {
    let groups = try timeline.groups.map { try $0.projection(on: input, with: resolver) }
    let items = try timeline.items.map { try $0.projection(on: input, with: resolver) }
    let time = try timeColumn(timeline, on: input, with: resolver, span: span)
    guard let part = DatePart(named: timeline.period.rawValue) else { return input }
    if part == .hour, time.type == .date {
      throw Diagnostic(
        "dates have no hours", at: time.span, help: "a timeline of dates has periods of a day or longer: by day")
    }
    let partName = PlanExpression(.literal(.text(part.rawValue)), type: .text, span: span)
    var start = PlanExpression(.call(.dateTruncate, [partName, time]), type: time.type, span: span)
    if part != .hour, time.type == .timestamp {
      start = PlanExpression(.cast(start, lenient: false), type: .date, span: span)
    }
    let period = Projection(name: part.rawValue, expression: start)
    let count = Aggregate(function: .countRows, arguments: [], name: "count", type: .integer, span: span)
    let counted = LogicalPlan.aggregate(input, keys: groups + [period] + items, aggregates: [count])
    let filled = LogicalPlan.transform(
      counted, TimelineTransform(input: counted.fields, groupCount: groups.count, part: part, span: span))
    return filled.ordered((0..<groups.count + 1 + items.count).map { ($0, false) }, span: span)
  }

  /// The column named, or the only one that holds dates or timestamps.
  static func timeColumn(
    _ timeline: TimelineOperator, on input: LogicalPlan, with resolver: Resolver,
    span: SourceSpan
  ) throws -> PlanExpression {
    if let named = timeline.time {
      let bound = try resolver.bind(named, on: input)
      guard bound.type == .date || bound.type == .timestamp else {
        throw Diagnostic(
          "a timeline needs dates or timestamps, and this is \(bound.type.name)", at: bound.span,
          help: "convert it: cast(x as date), strptime(x, '%d/%m/%Y')")
      }
      return bound
    }
    let candidates = input.fields.enumerated().filter {
      !$0.element.isHidden && ($0.element.type == .date || $0.element.type == .timestamp)
    }
    guard candidates.count == 1, let only = candidates.first else {
      throw Diagnostic(
        candidates.isEmpty ? "no column holds dates or timestamps" : "several columns hold a time", at: span,
        help: candidates.isEmpty
          ? "convert one: cast(x as date), strptime(x, '%d/%m/%Y')"
          : "say which: of \(candidates.map(\.element.name).joined(separator: ", of "))")
    }
    return PlanExpression(.column(only.offset), type: only.element.type, span: span)
  }
}

/// Adds a row of zero for every period between the first and the last, and every item, that has no rows.
struct TimelineTransform: TableTransform {
  let name = "timeline"
  let fields: [Field]
  private let groupCount: Int
  private let part: DatePart
  private let span: SourceSpan

  /// More rows than this are refused: nobody reads them, and a wrong year would make millions.
  private static let rowLimit = 1_000_000

  init(input: [Field], groupCount: Int, part: DatePart, span: SourceSpan) {
    var fields = input
    fields[fields.count - 1].display = .amount
    self.fields = fields
    self.groupCount = groupCount
    self.part = part
    self.span = span
  }

  var hiddenCellRule: HiddenCellRule? { HiddenCellRule(keyCount: fields.count - 1) }

  func apply(to table: Table) throws -> Table {
    let periodColumn = table.columns[groupCount]
    let itemColumns = Array(table.columns[(groupCount + 1)..<(table.columns.count - 1)])
    let groups = GroupNumbers(table.columns.prefix(groupCount), rowCount: table.rowCount)
    let items = GroupNumbers(itemColumns, rowCount: table.rowCount)
    let periods = try allPeriods(periodColumn)
    var seen: Set<[Int]> = []
    var firstRowOfGroup = [Int?](repeating: nil, count: groups.count)
    var firstRowOfItem = [Int?](repeating: nil, count: items.count)
    let numbers = Dictionary(periods.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    for row in 0..<table.rowCount {
      if firstRowOfGroup[groups[row]] == nil { firstRowOfGroup[groups[row]] = row }
      if firstRowOfItem[items[row]] == nil { firstRowOfItem[items[row]] = row }
      if let period = numbers[periodColumn.value(row)] { seen.insert([groups[row], period, items[row]]) }
    }
    // No factor is more than a few billion, so that two of them together cannot overflow.
    let series = groups.count * items.count
    let (rowCount, overflow) = periods.count.multipliedReportingOverflow(by: series)
    guard !overflow, rowCount <= Self.rowLimit else { throw tooMany(overflow ? .max : rowCount) }
    var builders = fields.map { ColumnBuilder(type: $0.type) }
    func append(_ values: [Value]) { for (index, value) in values.enumerated() { builders[index].append(value) } }
    for row in 0..<table.rowCount { append(table.row(row)) }
    for case let (group, groupRow?) in firstRowOfGroup.enumerated() {
      for case let (item, itemRow?) in firstRowOfItem.enumerated() {
        for (number, period) in periods.enumerated() where !seen.contains([group, number, item]) {
          append(
            (0..<groupCount).map { table.columns[$0].value(groupRow) } + [period]
              + itemColumns.map { $0.value(itemRow) } + [.integer(0)])
        }
      }
    }
    let columns = builders.map { $0.finish() }
    return Table(
      descriptions: fields.map(\.description), columns: columns, rowCount: columns.first?.count ?? 0)
  }

  /// Every period from the first to the last that has rows.
  private func allPeriods(_ column: Column) throws -> [Value] {
    guard let range = column.valueRange else { return [] }
    var periods: [Value] = []
    var current = range.lowerBound
    while current <= range.upperBound {
      periods.append(column.type == .date ? .date(Int32(truncatingIfNeeded: current)) : .timestamp(current))
      guard periods.count <= Self.rowLimit else { throw tooMany(periods.count) }
      current = next(current, type: column.type)
    }
    return periods
  }

  private func next(_ start: Int64, type: DataType) -> Int64 {
    switch part {
    case .hour: return start + 3_600_000_000
    case .day: return start + 1
    case .week: return start + 7
    default:
      let months = [DatePart.month: 1, .quarter: 3, .halfyear: 6][part] ?? 12
      return CivilDate(days: Int(start)).adding(months: months).map { Int64($0.days) } ?? .max
    }
  }

  private func tooMany(_ rows: Int) -> Diagnostic {
    Diagnostic(
      "this timeline would have \(rows) rows or more", at: span,
      help: "take a longer period, or look for a wrong date first: describe, order by the time column")
  }
}
