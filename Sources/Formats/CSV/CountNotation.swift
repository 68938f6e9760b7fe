import ColumnStore

/// Texts that say counts which are not one number.
enum CountNotation {
  /// How many rows are looked at.
  private static let rowLimit = 10_000

  /// A text such as `500+`, `<5` or `around 250`, if all of a column's first texts read as counts; else nil.
  ///
  /// Two numbers alone, `2019-2020`, may be anything, and prove nothing unless the first of them is 0.
  static func example(in column: Column) -> String? {
    guard column.type == .text else { return nil }
    var example: String?
    for row in 0..<min(column.count, rowLimit) where !column.isNull(row) {
      guard case .text(let text) = column.value(row), let count = BoundedCount(text) else { return nil }
      if example == nil, count.exact == nil, !text.contains(where: { $0 == "-" || $0 == "–" }) || count.lower == 0 {
        example = text
      }
    }
    return example
  }
}
