import ColumnStore
import Planning

extension TableSource {
  /// The same source with its texts in the forms in which a predicate can best search them.
  func searchable(by predicate: PlanExpression) -> TableSource {
    var result = self
    for column in predicate.searchedColumns {
      if let index = tableColumns[column], isPlainText(column) { result.columns[column] = table.searchable(index) }
    }
    return result
  }

  /// The table's columns whose texts, without a dictionary, a predicate searches.
  func searched(by predicate: PlanExpression) -> [Int] {
    predicate.searchedColumns.compactMap { isPlainText($0) ? tableColumns[$0] : nil }
  }

  private func isPlainText(_ column: Int) -> Bool {
    if case .views = columns[column].data { true } else { false }
  }
}

extension PlanExpression {
  /// The columns whose values are gone through in full, on their own, to compute it. Comparisons are not counted, not even
  /// with several texts: what lies beside a text's length mostly decides them.
  fileprivate var searchedColumns: Set<Int> {
    switch kind {
    case .column, .literal: return []
    case .call(.equal, _), .call(.notEqual, _), .call(.less, _), .call(.lessOrEqual, _), .call(.greater, _),
      .call(.greaterOrEqual, _), .call(.isNull, _), .call(.isNotNull, _), .call(.startsWith, _), .call(.not, _), .and,
      .or, .memberOf:
      break
    default:
      let columns = columns
      if columns.count == 1 { return columns }
    }
    return children.reduce(into: []) { $0.formUnion($1.searchedColumns) }
  }
}
