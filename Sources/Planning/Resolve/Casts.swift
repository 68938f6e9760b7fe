import ColumnStore

/// Which conversions `cast` makes.
enum Casts {
  /// Whether a cast between the types exists; a single value may still fail to convert.
  static func exists(from: DataType, to: DataType) -> Bool {
    if from == to || to == .text || from == .text { return true }
    return switch (from, to) {
    case (.integer, .double), (.double, .integer), (.boolean, .integer), (.integer, .boolean), (.boolean, .double),
      (.date, .timestamp), (.timestamp, .date):
      true
    default: false
    }
  }

  /// Whether every value converts.
  static func alwaysSucceed(from: DataType, to: DataType) -> Bool {
    from == to || to == .text || !(from == .text || (from == .double && to == .integer))
  }
}
