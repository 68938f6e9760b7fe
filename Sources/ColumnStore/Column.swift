/// The values of one column: a typed array, and a bitmap of where there are values.
///
/// The same type serves a table's column of ten million rows, and a batch of a few thousand on its way through a query.
/// Copying or slicing one copies no values.
public struct Column: Sendable {
  /// The type of the values.
  public let type: DataType
  /// The number of rows.
  public let count: Int
  /// The values. Where validity says "no value", what stands here is undefined but in range (a code has an entry).
  public let data: ColumnData
  /// One bit a row, 1 where there is a value; nil when no value is missing.
  public let validity: Bitmap?

  /// A column of values that fit its type and are as many as the validity's bits.
  public init(type: DataType, data: ColumnData, validity: Bitmap? = nil) {
    precondition(validity == nil || validity?.count == data.count)
    self.type = type
    self.data = data
    self.count = data.count
    self.validity = validity
  }

  /// The values of a range of rows; without copying when it begins at a multiple of 64.
  public func slice(_ range: Range<Int>) -> Column {
    if range == 0..<count { return self }
    return Column(type: type, data: data.slice(range), validity: validity?.slice(range))
  }

  /// Whether a row has no value.
  @inlinable
  public func isNull(_ row: Int) -> Bool {
    guard let validity else { return false }
    return !validity[row]
  }

  /// How many rows have no value.
  public var nullCount: Int { validity.map { count - $0.trueCount } ?? 0 }

  /// The value of a row.
  public func value(_ row: Int) -> Value { isNull(row) ? .null : data.value(row, type: type) }

  /// The text of a row as bytes, for text columns; nil where there is no value.
  @inlinable
  public func withText<Result>(_ row: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result? {
    if isNull(row) { return nil }
    switch data {
    case .codes8(let codes, let dictionary): return try body(dictionary.bytes(Int(codes[row])))
    case .codes16(let codes, let dictionary): return try body(dictionary.bytes(Int(codes[row])))
    case .codes32(let codes, let dictionary): return try body(dictionary.bytes(Int(codes[row])))
    case .views(let views, let heap):
      precondition(row < views.count)
      return try body(heap.bytes(at: views.pointer + row))
    default: return nil
    }
  }

  /// Appends the text that files hold for a row; nothing for NULL.
  public func appendText(_ row: Int, to bytes: inout [UInt8]) {
    if type == .text {
      withText(row) { bytes.append(contentsOf: $0) }
    } else {
      value(row).appendText(to: &bytes)
    }
  }

  /// The dictionary, where the column has one.
  public var dictionary: TextDictionary? {
    switch data {
    case .codes8(_, let dictionary), .codes16(_, let dictionary), .codes32(_, let dictionary): dictionary
    default: nil
    }
  }

  /// The bytes of memory that it holds, its dictionary and its texts included; mapped files count nothing.
  public var byteCount: Int { data.byteCount + (validity?.words.heldByteCount ?? 0) }

  /// A column with no value in any row.
  public static func nulls(type: DataType, count: Int) -> Column {
    Column(repeating: .null, type: type, count: count)
  }

  /// A column with the same value in every row.
  public init(repeating value: Value, type: DataType, count: Int) {
    let validity: Bitmap? = value.isNull && count > 0 ? Bitmap(repeating: false, count: count) : nil
    let data: ColumnData
    switch (type, value) {
    case (.boolean, .boolean(let flag)): data = .boolean(Bitmap(repeating: flag, count: count))
    case (.boolean, _): data = .boolean(Bitmap(repeating: false, count: count))
    case (.integer, .integer(let number)): data = .integer64(Buffer(repeating: number, count: count))
    case (.integer, _): data = .integer8(Buffer(repeating: 0, count: count))
    case (.double, .double(let number)): data = .double(Buffer(repeating: number, count: count))
    case (.double, .integer(let number)): data = .double(Buffer(repeating: Double(number), count: count))
    case (.double, _): data = .double(Buffer(repeating: 0, count: count))
    case (.decimal(let precision, _), .decimal(let number)):
      data = ColumnData(decimals: Buffer(repeating: number.units, count: count), precision: precision)
    case (.decimal(let precision, _), _):
      data = ColumnData(decimals: Buffer(repeating: 0, count: count), precision: precision)
    case (.date, .date(let days)): data = .date(Buffer(repeating: days, count: count))
    case (.date, _): data = .date(Buffer(repeating: 0, count: count))
    case (.time, .time(let time)): data = .time(Buffer(repeating: time, count: count))
    case (.time, _): data = .time(Buffer(repeating: 0, count: count))
    case (.timestamp, .timestamp(let instant)): data = .timestamp(Buffer(repeating: instant, count: count))
    case (.timestamp, _): data = .timestamp(Buffer(repeating: 0, count: count))
    case (.interval, .interval(let interval)): data = .interval(Buffer(repeating: interval, count: count))
    case (.interval, _): data = .interval(Buffer(repeating: Interval(), count: count))
    case (.count, .count(let number)): data = .counts(Buffer(repeating: number, count: count))
    case (.count, _): data = .counts(Buffer(repeating: BoundedCount(0), count: count))
    case (.text, .text(let text)):
      data = .codes8(Buffer(repeating: 0, count: count), TextDictionary([text], isSorted: true))
    case (.text, _): data = .codes8(Buffer(repeating: 0, count: count), TextDictionary([""], isSorted: true))
    case (.list(let element), .list(let items, _)):
      let once = ListData([items], of: element)
      data = .lists(once.gather(Buffer(repeating: 0, count: count)))
    case (.list(let element), _): data = .lists(ListData(Array(repeating: [], count: count), of: element))
    }
    self.init(type: type, data: data, validity: validity)
  }

  /// A column made of single values, each NULL or of the column's type (an integer may stand in a column of doubles).
  /// For results and tests, not for speed.
  public init(type: DataType, values: [Value]) {
    var builder = ColumnBuilder(type: type, capacity: values.count)
    for value in values { builder.append(value) }
    self = builder.finish()
  }
}
