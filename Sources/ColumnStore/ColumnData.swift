/// The values of a column in one of the forms that a type can be stored in.
public enum ColumnData: Sendable {
  /// Booleans, one bit each.
  case boolean(Bitmap)
  /// Integers of one byte.
  case integer8(Buffer<Int8>)
  /// Integers of two bytes.
  case integer16(Buffer<Int16>)
  /// Integers of four bytes.
  case integer32(Buffer<Int32>)
  /// Integers of eight bytes.
  case integer64(Buffer<Int64>)
  /// Doubles.
  case double(Buffer<Double>)
  /// Units of decimals of up to `Decimal.narrowPrecision` digits; the column's type says how large one is.
  case decimal64(Buffer<Int64>)
  /// Units of longer decimals.
  case decimal128(Buffer<Int128>)
  /// Days since 1970-01-01.
  case date(Buffer<Int32>)
  /// Microseconds since midnight.
  case time(Buffer<Int64>)
  /// Microseconds since 1970-01-01 00:00:00 UTC.
  case timestamp(Buffer<Int64>)
  /// Lengths of time.
  case interval(Buffer<Interval>)
  /// Counts with bounds.
  case counts(Buffer<BoundedCount>)
  /// Texts of at most 256 distinct values.
  case codes8(Buffer<UInt8>, TextDictionary)
  /// Texts of at most 65,536 distinct values.
  case codes16(Buffer<UInt16>, TextDictionary)
  /// Texts of few enough distinct values to be worth a dictionary.
  case codes32(Buffer<UInt32>, TextDictionary)
  /// Texts of many distinct values.
  case views(Buffer<TextView>, TextHeap)
  /// Lists.
  indirect case lists(ListData)

  /// The number of rows.
  public var count: Int {
    switch self {
    case .boolean(let bits): bits.count
    case .integer8(let values): values.count
    case .integer16(let values): values.count
    case .integer32(let values): values.count
    case .integer64(let values): values.count
    case .double(let values): values.count
    case .decimal64(let values): values.count
    case .decimal128(let values): values.count
    case .date(let values): values.count
    case .time(let values): values.count
    case .timestamp(let values): values.count
    case .interval(let values): values.count
    case .counts(let values): values.count
    case .codes8(let codes, _): codes.count
    case .codes16(let codes, _): codes.count
    case .codes32(let codes, _): codes.count
    case .views(let views, _): views.count
    case .lists(let lists): lists.count
    }
  }

  /// The values of a range of rows.
  public func slice(_ range: Range<Int>) -> ColumnData {
    switch self {
    case .boolean(let bits): .boolean(bits.slice(range))
    case .integer8(let values): .integer8(values.slice(range))
    case .integer16(let values): .integer16(values.slice(range))
    case .integer32(let values): .integer32(values.slice(range))
    case .integer64(let values): .integer64(values.slice(range))
    case .double(let values): .double(values.slice(range))
    case .decimal64(let values): .decimal64(values.slice(range))
    case .decimal128(let values): .decimal128(values.slice(range))
    case .date(let values): .date(values.slice(range))
    case .time(let values): .time(values.slice(range))
    case .timestamp(let values): .timestamp(values.slice(range))
    case .interval(let values): .interval(values.slice(range))
    case .counts(let values): .counts(values.slice(range))
    case .codes8(let codes, let dictionary): .codes8(codes.slice(range), dictionary)
    case .codes16(let codes, let dictionary): .codes16(codes.slice(range), dictionary)
    case .codes32(let codes, let dictionary): .codes32(codes.slice(range), dictionary)
    case .views(let views, let heap): .views(views.slice(range), heap)
    case .lists(let lists): .lists(lists.slice(range))
    }
  }

  /// The value of a row that has one.
  func value(_ row: Int, type: DataType) -> Value {
    switch self {
    case .boolean(let bits): .boolean(bits[row])
    case .integer8(let values): .integer(Int64(values[row]))
    case .integer16(let values): .integer(Int64(values[row]))
    case .integer32(let values): .integer(Int64(values[row]))
    case .integer64(let values): .integer(values[row])
    case .double(let values): .double(values[row])
    case .decimal64(let values): .decimal(Decimal(units: Int128(values[row]), scale: type.scale))
    case .decimal128(let values): .decimal(Decimal(units: values[row], scale: type.scale))
    case .date(let values): .date(values[row])
    case .time(let values): .time(values[row])
    case .timestamp(let values): .timestamp(values[row])
    case .interval(let values): .interval(values[row])
    case .counts(let values): .count(values[row])
    case .codes8(let codes, let dictionary): .text(dictionary[Int(codes[row])])
    case .codes16(let codes, let dictionary): .text(dictionary[Int(codes[row])])
    case .codes32(let codes, let dictionary): .text(dictionary[Int(codes[row])])
    case .views(let views, let heap): .text(heap.string(views[row]))
    case .lists(let lists): .list(lists[row], of: lists.items.type)
    }
  }

  /// The bytes of memory held; mapped files count nothing.
  var byteCount: Int {
    switch self {
    case .boolean(let bits): bits.words.heldByteCount
    case .integer8(let values): values.heldByteCount
    case .integer16(let values): values.heldByteCount
    case .integer32(let values): values.heldByteCount
    case .integer64(let values): values.heldByteCount
    case .double(let values): values.heldByteCount
    case .decimal64(let values): values.heldByteCount
    case .decimal128(let values): values.heldByteCount
    case .date(let values): values.heldByteCount
    case .time(let values): values.heldByteCount
    case .timestamp(let values): values.heldByteCount
    case .interval(let values): values.heldByteCount
    case .counts(let values): values.heldByteCount
    case .codes8(let codes, let dictionary): codes.heldByteCount + dictionary.byteCount
    case .codes16(let codes, let dictionary): codes.heldByteCount + dictionary.byteCount
    case .codes32(let codes, let dictionary): codes.heldByteCount + dictionary.byteCount
    case .views(let views, let heap): views.heldByteCount + heap.byteCount
    case .lists(let lists): lists.byteCount
    }
  }
}
