import ColumnStore

/// Which conversions `cast` makes.
enum Casts {
  /// Whether a cast between the types exists; a single value may still fail to convert.
  static func exists(from: DataType, to: DataType) -> Bool { Conversions.conversion(from: from, to: to) != nil }

  /// Whether every value converts.
  static func alwaysSucceed(from: DataType, to: DataType) -> Bool {
    Conversions.conversion(from: from, to: to).map { $0 != .checked } ?? false
  }
}
