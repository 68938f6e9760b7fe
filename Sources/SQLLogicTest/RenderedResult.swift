import ColumnStore

/// A result as texts in the order in which they are compared.
struct RenderedResult {
  var values: [String]
  var columnCount: Int
  private let types: [Character]
  private let order: TestQuery.Order

  init(_ table: Table, _ query: TestQuery, _ style: ValueStyle) {
    types = Array(query.types)
    order = query.order
    columnCount = table.columns.count
    values = []
    values.reserveCapacity(table.rowCount * columnCount)
    for row in 0..<table.rowCount {
      for (column, letter) in zip(table.columns, types) { values.append(style.text(of: column.value(row), as: letter)) }
    }
    sort()
  }

  /// What a file says must come, in the same order. Lines hold a row each where there are several columns and the first
  /// line has as many cells; else a value each.
  init(expecting lines: [String], _ query: TestQuery) {
    types = Array(query.types)
    order = query.order
    columnCount = types.count
    let cellCount = lines.first.map { $0.utf8.count { $0 == UInt8(ascii: "\t") } + 1 }
    if columnCount > 1, cellCount == columnCount {
      values = lines.flatMap { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    } else {
      values = lines
    }
    sort()
  }

  private mutating func sort() {
    switch order {
    case .nosort: break
    case .valuesort: values.sort { RenderedResult.precedes($0, $1) }
    case .rowsort:
      guard columnCount > 0, values.count > columnCount else { return }
      let rows = stride(from: 0, to: values.count - values.count % columnCount, by: columnCount).map {
        values[$0..<$0 + columnCount]
      }
      let rest = values.suffix(values.count % columnCount)
      values =
        rows.sorted { $0.lexicographicallyPrecedes($1) { RenderedResult.precedes($0, $1) } }.flatMap(\.self) + rest
    }
  }

  /// By bytes, as C's `strcmp` does.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// Whether the values are those. Doubles of the exact style may differ in the last two of their sixteen digits, which is
  /// what functions of other systems' libraries do.
  func matches(_ expected: RenderedResult, _ style: ValueStyle) -> Bool {
    guard values.count == expected.values.count else { return false }
    return values.indices.allSatisfy { index in
      let (found, wanted) = (values[index], expected.values[index])
      if found.utf8.elementsEqual(wanted.utf8) { return true }
      guard style == .exact, order != .valuesort, types[index % types.count] == "R",
        let first = Double(found), let second = Double(wanted)
      else { return false }
      return (first - second).magnitude <= 1e-14 * second.magnitude
    }
  }

  var digest: String { ResultHash.digest(of: values) }

  /// The values for a person: a row a line.
  var shown: String {
    guard columnCount > 1, order != .valuesort else { return values.joined(separator: "\n") }
    return stride(from: 0, to: values.count, by: columnCount).map {
      values[$0..<min($0 + columnCount, values.count)].joined(separator: "\t")
    }.joined(separator: "\n")
  }
}
