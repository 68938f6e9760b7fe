/// The type of a column's values.
public enum DataType: Hashable, Sendable, CaseIterable {
  /// True or false, one bit a value.
  case boolean
  /// A whole number that fits 64 bits; stored in the narrowest width that holds the column.
  case integer
  /// An IEEE 754 double.
  case double
  /// UTF-8 text.
  case text
  /// A day of the proleptic Gregorian calendar.
  case date
  /// An instant in UTC, with microseconds.
  case timestamp
  /// A list of texts.
  case textList

  /// The name that people read and write: `integer`, `text`, `text[]` ...
  public var name: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "integer"
    case .double: "double"
    case .text: "text"
    case .date: "date"
    case .timestamp: "timestamp"
    case .textList: "text[]"
    }
  }

  /// The type that a name means, among them SQL's usual synonyms; nil where it means none of ours.
  public init?(named name: String) {
    switch name.lowercased() {
    case "boolean", "bool", "logical": self = .boolean
    case "integer", "int", "bigint", "smallint", "tinyint", "int8", "int4", "int2", "int64", "int32", "long", "hugeint":
      self = .integer
    case "double", "float", "real", "number", "numeric", "decimal", "float8", "float4", "float64", "double precision":
      self = .double
    case "text", "varchar", "string", "char", "character varying": self = .text
    case "date": self = .date
    case "timestamp", "datetime", "timestamptz", "timestamp with time zone", "timestamp without time zone":
      self = .timestamp
    case "text[]", "varchar[]", "string[]", "list": self = .textList
    default: return nil
    }
  }

  /// Whether arithmetic works on it.
  public var isNumeric: Bool { self == .integer || self == .double }
}
