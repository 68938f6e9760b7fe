import ColumnStore

/// How a database that reads files is told what their texts are, so that it takes them for nothing else than this process
/// would: a number with leading zeros is none, and what cannot be read is NULL, to be counted.
enum TextReading {
  /// The types that texts may be of, the first one that all of them are taken.
  static let candidates: [DataType] = [.boolean, .integer, .double, .date, .timestamp]

  /// The value of a text; nil for types that no text is read as.
  static func value(_ text: String, as type: DataType, in dialect: Dialect) -> String? {
    guard let name = dialect.typeName(type), let pattern = pattern(type) else { return nil }
    return "CASE WHEN \(text) RLIKE '\(pattern)' THEN TRY_CAST(\(text) AS \(name)) END"
  }

  private static func pattern(_ type: DataType) -> String? {
    let number = "-?(0|[1-9][0-9]*)"
    let day = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    return switch type {
    case .boolean: "^(true|false)$"
    case .integer: "^\(number)$"
    case .double: "^\(number)([.][0-9]+)?([eE][-+]?[0-9]+)?$"
    case .date: "^\(day)$"
    case .timestamp: "^\(day)([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?)?$"
    default: nil
    }
  }
}
