/// Collects single values into a column: for results, literals and tests. Bulk work writes buffers directly.
public struct ColumnBuilder: Sendable {
  private let type: DataType
  private var valid: [Bool] = []
  private var anyNull = false
  private var booleans: [Bool] = []
  private var integers: [Int64] = []
  private var doubles: [Double] = []
  private var texts = TextBuilder()
  private var decimals: [Int128] = []
  private var intervals: [Interval] = []
  private var counts: [BoundedCount] = []
  private var lists: [[Value]] = []

  /// A builder for values of a type.
  public init(type: DataType, capacity: Int = 0) {
    self.type = type
    valid.reserveCapacity(capacity)
  }

  /// How many values it holds.
  public var count: Int { valid.count }

  /// Appends a value, which is NULL or fits the type; an integer fits a column of doubles.
  public mutating func append(_ value: Value) {
    valid.append(!value.isNull)
    if value.isNull { anyNull = true }
    switch (type, value) {
    case (.boolean, .boolean(let flag)): booleans.append(flag)
    case (.boolean, .null): booleans.append(false)
    case (.integer, .integer(let number)): integers.append(number)
    case (.timestamp, .timestamp(let number)), (.time, .time(let number)): integers.append(number)
    case (.date, .date(let days)): integers.append(Int64(days))
    case (.integer, .null), (.timestamp, .null), (.time, .null), (.date, .null): integers.append(0)
    case (.double, .double(let number)): doubles.append(number)
    case (.double, .integer(let number)): doubles.append(Double(number))
    case (.double, .null): doubles.append(0)
    case (.decimal(_, let scale), .decimal(let number)) where number.scale == scale: decimals.append(number.units)
    case (.decimal, .null): decimals.append(0)
    case (.interval, .interval(let interval)): intervals.append(interval)
    case (.interval, .null): intervals.append(Interval())
    case (.count, .count(let count)): counts.append(count)
    case (.count, .null): counts.append(BoundedCount(0))
    case (.text, .text(let text)): texts.append(text)
    case (.text, .null): texts.appendEmpty()
    case (.list, .list(let items, _)): lists.append(items)
    case (.list, .null): lists.append([])
    default: preconditionFailure("a \(value) does not fit a column of type \(type.name)")
    }
  }

  /// The column of all values appended.
  public func finish() -> Column {
    let data: ColumnData
    switch type {
    case .boolean: data = .boolean(Bitmap(booleans))
    case .integer: data = ColumnData(narrowing: integers)
    case .decimal(let precision, _): data = ColumnData(decimals: Buffer(decimals), precision: precision)
    case .time: data = .time(Buffer(integers))
    case .timestamp: data = .timestamp(Buffer(integers))
    case .interval: data = .interval(Buffer(intervals))
    case .count: data = .counts(Buffer(counts))
    case .date: data = .date(Buffer(integers.map { Int32(truncatingIfNeeded: $0) }))
    case .double: data = .double(Buffer(doubles))
    case .text:
      let (views, heap) = texts.finish()
      data = .views(views, heap)
    case .list(let element): data = .lists(ListData(lists, of: element))
    }
    return Column(type: type, data: data, validity: anyNull ? Bitmap(valid) : nil)
  }
}

extension ColumnData {
  /// Units of decimals of at most `precision` digits, in the width that these are stored in.
  public init(decimals units: Buffer<Int128>, precision: Int) {
    if precision <= Decimal.narrowPrecision {
      self = .decimal64(Buffer(units.map { Int64(truncatingIfNeeded: $0) }))
    } else {
      self = .decimal128(units)
    }
  }

  /// Integers in the narrowest width that holds them all.
  public init(narrowing values: [Int64]) { self.init(narrowing: Buffer(values)) }

  /// Integers in the narrowest width that holds them all.
  public init(narrowing values: Buffer<Int64>) {
    let range = rangeOfValues(values, nil) ?? 0...0
    if let narrow: Buffer<Int8> = values.narrowed(range) {
      self = .integer8(narrow)
    } else if let narrow: Buffer<Int16> = values.narrowed(range) {
      self = .integer16(narrow)
    } else if let narrow: Buffer<Int32> = values.narrowed(range) {
      self = .integer32(narrow)
    } else {
      self = .integer64(values)
    }
  }
}
