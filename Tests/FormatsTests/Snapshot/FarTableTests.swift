import ColumnStore
import Testing

@testable import Formats

/// A table whose columns are dear to fetch.
@Suite("Tables in databases") struct FarTableTests {
  private final class FarColumns: ColumnSource {
    let fetched: [Column] = []
    let problem: (any Error)? = nil
    let isCheap = false

    func column(_ index: Int) -> Column {
      Issue.record("column \(index) was fetched")
      return .nulls(type: .integer, count: 1)
    }
  }

  @Test func nothingIsFetchedToLookForMappedFiles() {
    let table = Table(
      descriptions: [ColumnDescription(name: "a", type: .integer)],
      columns: TableColumns(count: 1, from: FarColumns()), rowCount: 1)
    #expect(table.mappedFiles(of: [0]).isEmpty)
    #expect(table.mappedFiles.isEmpty)
  }
}
