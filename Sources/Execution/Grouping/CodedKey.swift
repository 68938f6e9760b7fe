import ColumnStore
import Planning

/// What rows are grouped by.
enum GroupKey: Sendable {
  /// An expression, worked out for every row.
  case expression(PlanExpression)
  /// One that is worked out once per value of a column.
  case coded(CodedKey)

  /// The cheaper of the two.
  init(_ key: PlanExpression, _ source: any RowSource, _ evaluator: Evaluator) throws {
    self = try CodedKey(key, source, evaluator).map { .coded($0) } ?? .expression(key)
  }

  /// The type of the key's values.
  var resultType: DataType {
    switch self {
    case .expression(let expression): expression.type
    case .coded(let key): key.resultType
    }
  }

  /// The type of what `column` gives.
  var type: DataType {
    switch self {
    case .expression(let expression): expression.type
    case .coded: .integer
    }
  }

  /// The values that `column` can give.
  func domain(_ source: any RowSource) -> ColumnDomain {
    switch self {
    case .expression(let expression):
      if case .column(let index) = expression.kind { return source.domain(index) }
      return .unknown
    case .coded(let key): return key.domain
    }
  }

  /// What the rows of a batch are grouped by.
  func column(_ batch: Batch, _ evaluator: Evaluator) throws -> Column {
    switch self {
    case .expression(let expression): try evaluator.column(expression, batch)
    case .coded(let key): key.codes(batch)
    }
  }

  /// The key's values, made of what `column` gave.
  func decoded(_ column: Column) -> Column {
    if case .coded(let key) = self { key.decoded(column) } else { column }
  }
}

/// A key that is worked out once per value of the column it is made of, and of which the rows then only have the number of
/// the result: `date_trunc('month', acted_at)` once per day, `reach % 10` once per reach.
///
/// Numbers are in the order of the results, and NULL, if it is a result, is the last.
struct CodedKey: Sendable {
  /// The column it is made of.
  let column: Int
  /// The results, each once.
  private let results: Column
  /// The smallest of the column's values, or of the days that they lie on.
  private let lowest: Int64
  /// The number of the result for each value from the lowest on, and last for NULL.
  private let numbers: Buffer<UInt32>
  private let isByDay: Bool

  /// More values than this are not worth going through beforehand.
  private static let valueLimit = 1 << 16

  /// Nil for a key that is a column as it stands, or made of several, or of one with too many values.
  init?(_ key: PlanExpression, _ source: any RowSource, _ evaluator: Evaluator) throws {
    guard !key.isColumn, !key.mayFail, key.columns.count == 1, let column = key.columns.first,
      let type = key.type(of: column)
    else { return nil }
    isByDay = type == .timestamp
    if isByDay, !key.readsOnlyDays(of: column) { return nil }
    // Asked for last: the rows may have to be read for it.
    guard case .range(let range, _) = source.domain(column) else { return nil }
    let unit = isByDay ? microsecondsPerDay : 1
    let first = floorDivide(range.lowerBound, unit)
    let last = floorDivide(range.upperBound, unit)
    let (span, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, span < Self.valueLimit, span < max(1024, source.rowBound / 4) else { return nil }
    self.column = column
    lowest = first
    let all = Self.values(from: first, count: Int(span) + 1, unit: unit, type: type)
    let batch = Batch(columns: [all], count: all.count)
    let computed = try evaluator.column(key.remapped { _ in 0 }, batch)
    (results, numbers) = computed.numbered()
  }

  /// All values of a range, and last NULL.
  private static func values(from first: Int64, count: Int, unit: Int64, type: DataType) -> Column {
    let keys = MutableBuffer<Int64>(count: count + 1)
    for index in 0..<count { keys[index] = (first + Int64(index)) * unit }
    keys[count] = first * unit
    let validity = packBits(count + 1) { $0 < count }
    return Column(type: type, data: ColumnData(keys: keys.frozen(), type: type), validity: validity)
  }

  /// The type of the results.
  var resultType: DataType { results.type }

  /// The values that numbers can have.
  var domain: ColumnDomain { .range(0...Int64(max(0, results.count - 1)), mayBeNull: false) }

  /// The number of each row's result.
  func codes(_ batch: Batch) -> Column {
    let column = batch.columns[column]
    let result = MutableBuffer<Int32>(count: batch.count)
    switch column.data {
    case .integer8(let values): fill(result, values, column.validity)
    case .integer16(let values): fill(result, values, column.validity)
    case .integer32(let values), .date(let values): fill(result, values, column.validity)
    case .integer64(let values): fill(result, values, column.validity)
    case .timestamp(let values): fillByDay(result, values, column.validity)
    default: preconditionFailure("such a column has no range")
    }
    return Column(type: .integer, data: .integer32(result.frozen()))
  }

  /// The results of some numbers.
  func decoded(_ numbers: Column) -> Column {
    results.gather(Buffer(numbers.widened().map { UInt32(truncatingIfNeeded: $0) }))
  }

  private func fill<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ result: MutableBuffer<Int32>, _ values: Buffer<Number>, _ validity: Bitmap?
  ) {
    precondition(values.count >= result.count)
    let source = values.pointer
    look(result, validity) { Int64(truncatingIfNeeded: source[$0]) &- lowest }
  }

  private func fillByDay(_ result: MutableBuffer<Int32>, _ values: Buffer<Int64>, _ validity: Bitmap?) {
    precondition(values.count >= result.count)
    let source = values.pointer
    let start = lowest &* microsecondsPerDay
    // From the first day on there are no instants before 0, for which division would round the other way.
    look(result, validity) { Int64(bitPattern: UInt64(bitPattern: source[$0] &- start) / UInt64(microsecondsPerDay)) }
  }

  @inline(__always)
  private func look(_ result: MutableBuffer<Int32>, _ validity: Bitmap?, _ place: (Int) -> Int64) {
    let (target, table) = (result.pointer, numbers.pointer)
    let null = numbers.count - 1
    for row in 0..<result.count {
      // The statistics say that every value is in range; the minimum makes it so whatever they say.
      let index = min(UInt64(bitPattern: place(row)), UInt64(null))
      target[row] = Int32(bitPattern: table[Int(index)])
    }
    if let validity {
      for row in 0..<result.count where !validity[row] { target[row] = Int32(bitPattern: table[null]) }
    }
  }
}

extension Column {
  /// The different values in their order, NULL last, and the number of each row's value among them.
  fileprivate func numbered() -> (values: Column, numbers: Buffer<UInt32>) {
    let grouper = HashGrouper(types: [type])
    let groups = grouper.groups([self], count: count, firstRow: 0)
    let found = grouper.keyColumns()[0]
    let order = (0..<UInt32(truncatingIfNeeded: found.count)).sorted { first, second in
      let (left, right) = (Int(first), Int(second))
      if found.isNull(left) || found.isNull(right) { return !found.isNull(left) }
      return found.order(left, found, right) < 0
    }
    var places = [UInt32](repeating: 0, count: order.count)
    for (place, group) in order.enumerated() { places[Int(group)] = UInt32(truncatingIfNeeded: place) }
    return (found.gather(Buffer(order)), Buffer(groups.map { places[Int($0)] }))
  }
}

extension PlanExpression {
  fileprivate var isColumn: Bool { if case .column = kind { true } else { false } }

  /// The type of a column that it reads.
  fileprivate func type(of column: Int) -> DataType? {
    if case .column(column) = kind { return type }
    return children.lazy.compactMap { $0.type(of: column) }.first
  }

  /// Whether it asks of a column of timestamps nothing but on which day each lies.
  fileprivate func readsOnlyDays(of column: Int) -> Bool {
    switch kind {
    case .column(let index): return index != column
    case .cast(let inner, _) where inner.isColumn && type == .date: return true
    case .call(.dateTruncate, let arguments), .call(.datePart, let arguments):
      if arguments.count == 2, arguments[1].isColumn, case .text(let name)? = arguments[0].literal,
        DatePart(rawValue: name)?.isOfDays ?? false
      {
        return true
      }
    case .call(.formatDate, let arguments):
      if arguments.count == 2, arguments[0].isColumn, case .text(let format)? = arguments[1].literal,
        DateFormat.isOfDays(format)
      {
        return true
      }
    default: break
    }
    return children.allSatisfy { $0.readsOnlyDays(of: column) }
  }
}

extension DatePart {
  /// Whether all instants of a day agree in it.
  fileprivate var isOfDays: Bool {
    switch self {
    case .millennium, .century, .decade, .year, .isoyear, .halfyear, .quarter, .month, .week, .day, .dayOfWeek,
      .isoDayOfWeek, .dayOfYear, .timezone:
      true
    case .hour, .minute, .second, .millisecond, .microsecond, .epoch: false
    }
  }
}
