import ColumnStore
import Language
import Planning

extension Session {
  /// `describe`: for every column how many values it has, how they spread and which are frequent.
  ///
  /// Different values are counted; in a column of more than a million rows that would take long to count they are estimated,
  /// and the number says `~`.
  func describe(_ named: NamedTable) throws -> Table {
    let input = LogicalPlan.rows(of: named.table, named: named.name)
    // One column at a time, so that no more than one has its distinct values held in memory.
    let columns = try input.fields.enumerated().map { index, field in
      let isEstimated = takesLongToCount(index, of: named.table)
      let summary = ColumnSummaryPlan(field: field, index: index, isEstimated: isEstimated)
      var column = ColumnDescriptionRow(
        summary, try self.rows(of: Optimiser.optimise(summary.plan(on: input))).row(0),
        rowCount: Int64(named.table.rowCount))
      if column.hasFrequentValues {
        let candidates = isEstimated ? FrequentValues.candidates(in: named.table.columns[index]) : nil
        let plan = FrequentValues.plan(field, index: index, candidates: candidates, on: input)
        if candidates?.isEmpty != true {
          column.frequent = FrequentValues.read(try self.rows(of: Optimiser.optimise(plan)))
        }
      }
      column.histogram = column.edges.flatMap { named.table.columns[index].histogram($0.range, partCount: 8) }
      return column
    }
    return described(columns, notes: named.table.notes)
  }

  /// The rows that tell of some columns, as the result of a statement.
  func described(_ columns: [ColumnDescriptionRow], notes: [TableNote]) -> Table {
    let table = ColumnDescriptionRow.table(columns).adding(notes)
    remember(table)
    return table
  }

  /// Whether to count the different values of a column would take longer than a reader waits.
  private func takesLongToCount(_ index: Int, of table: Table) -> Bool {
    guard table.rowCount > 1_000_000 else { return false }
    let column = table.columns[index]
    switch column.type {
    case .boolean: return false
    case .text: return column.dictionary == nil && table.distinctEstimate(index) > 20_000
    case .integer, .date, .timestamp:
      // A bit for each value that there could be.
      guard let range = table.statistics(index).total.range else { return false }
      let (width, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
      return overflow || width > Int64(table.rowCount) * 8
    default: return true
    }
  }
}
