/// The type of a column's values.
public enum DataType: Hashable, Sendable {
  /// True or false, one bit a value.
  case boolean
  /// A whole number that fits 64 bits; stored in the narrowest width that holds the column.
  case integer
  /// An IEEE 754 double.
  case double
  /// An exact number of at most `precision` digits (1 ... 38), `scale` of them behind the point (0 ... `precision`).
  indirect case decimal(precision: Int, scale: Int)
  /// UTF-8 text.
  case text
  /// A day of the proleptic Gregorian calendar.
  case date
  /// A time of day, with microseconds.
  case time
  /// An instant in UTC, with microseconds.
  case timestamp
  /// A length of time in months, days and microseconds.
  case interval
  /// A count with a lower and an upper bound.
  case count
  /// A list of values of one type.
  indirect case list(DataType)

  /// A list of texts.
  public static let textList = DataType.list(.text)

  /// The name that people read and write: `integer`, `decimal(10,2)`, `text[]` ...
  public var name: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "integer"
    case .double: "double"
    case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
    case .text: "text"
    case .date: "date"
    case .time: "time"
    case .timestamp: "timestamp"
    case .interval: "interval"
    case .count: "count"
    case .list(let element): element.name + "[]"
    }
  }

  /// Whether arithmetic gives a number of it.
  public var isNumeric: Bool {
    switch self {
    case .integer, .double, .decimal: true
    default: false
    }
  }

  /// The type of a list's items; nil for other types.
  public var element: DataType? {
    if case .list(let element) = self { element } else { nil }
  }

  /// The digits behind the point of a decimal; 0 for other types.
  public var scale: Int {
    if case .decimal(_, let scale) = self { scale } else { 0 }
  }
}
