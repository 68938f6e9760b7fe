import ColumnStore

extension Column {
  /// The order of a row's value and of another column's of the same type, neither of them NULL: negative, zero or positive.
  /// Lists are compared item by item; NULL is the largest item, and of two lists that agree the shorter one is smaller.
  func order(_ row: Int, _ other: Column, _ otherRow: Int) -> Int {
    func compare<Key: Comparable>(_ first: Key, _ second: Key) -> Int { first < second ? -1 : first == second ? 0 : 1 }
    switch (data, other.data) {
    case (.lists(let first), .lists(let second)):
      let (items, otherItems) = (first.range(row), second.range(otherRow))
      for (item, otherItem) in zip(items, otherItems) {
        let isNull = first.items.isNull(item)
        let isOtherNull = second.items.isNull(otherItem)
        if isNull && isOtherNull { continue }
        if isNull || isOtherNull { return isNull ? 1 : -1 }
        let order = first.items.order(item, second.items, otherItem)
        if order != 0 { return order }
      }
      return compare(items.count, otherItems.count)
    case (.interval(let first), .interval(let second)): return compare(first[row].length, second[otherRow].length)
    case (.counts(let first), .counts(let second)): return compare(first[row].orderKey, second[otherRow].orderKey)
    case (.double(let first), .double(let second)): return compare(first[row].orderedBits, second[otherRow].orderedBits)
    case (.boolean(let first), .boolean(let second)): return compare(first[row] ? 1 : 0, second[otherRow] ? 1 : 0)
    default:
      if type == .text {
        return withText(row) { text in other.withText(otherRow) { TextHeap.compare(text, $0) } ?? 0 } ?? 0
      }
      return compare(whole(row), other.whole(otherRow))
    }
  }

  /// A whole number, the units of a decimal, days or microseconds.
  private func whole(_ row: Int) -> Int128 {
    switch data {
    case .integer8(let values): Int128(values[row])
    case .integer16(let values): Int128(values[row])
    case .integer32(let values), .date(let values): Int128(values[row])
    case .integer64(let values), .decimal64(let values), .time(let values), .timestamp(let values): Int128(values[row])
    case .decimal128(let values): values[row]
    case .boolean, .double, .interval, .counts, .codes8, .codes16, .codes32, .views, .lists: 0
    }
  }
}
