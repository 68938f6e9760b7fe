import ColumnStore
import Language
import Planning

/// Puts NULL in place of what is small in grouped rows, and of what small numbers could be worked out from.
struct SuppressionTransform: TableTransform {
  let fields: [Field]
  private let width: Int
  private let masked: Set<Int>
  private let cells: CellColumns
  private let threshold: Int
  private let log: ReleaseLog

  init(_ pending: PendingCells, threshold: Int, log: ReleaseLog) {
    fields =
      Array(pending.plan.fields[..<pending.width])
      + [Field(name: Suppression.flagName, type: .boolean, isHidden: true)]
    width = pending.width
    masked = pending.masked
    cells = pending.cells
    self.threshold = threshold
    self.log = log
  }

  var name: String { "hide cells below \(threshold), and what would tell them" }

  func apply(to table: Table) throws -> Table {
    guard table.rowCount <= ReleaseLog.rowLimit else {
      throw Diagnostic(
        "\(table.rowCount) groups are too many to see which of them are safe to show", at: nil,
        help: "at most \(ReleaseLog.rowLimit): take larger groups, or fewer rows first; or `set suppress_below off`")
    }
    let hidden = try log.decide(request(table), threshold: threshold)
    let visible = Bitmap(hidden.map { !$0 })
    let columns = (0..<width).map { index -> Column in
      let column = table.columns[index]
      guard masked.contains(index) else { return column }
      return Column(type: column.type, data: column.data, validity: Bitmap.both(column.validity, visible))
    }
    let flag = Column(type: .boolean, data: .boolean(Bitmap(hidden)))
    return Table(descriptions: fields.map(\.description), columns: columns + [flag], rowCount: table.rowCount)
  }

  /// What the table would tell.
  private func request(_ table: Table) -> CellRequest {
    func lists(_ column: Int) -> RecordLists { RecordLists(table.columns[width + column], rowCount: table.rowCount) }
    let totals = cells.totals.map { keys in
      GroupNumbers(keys.map { table.columns[width + $0] }, rowCount: table.rowCount)
    }
    return CellRequest(
      rowCount: table.rowCount,
      kinds: cells.kinds.map { kind in
        CellRequest.Kind(
          measure: kind.measure, isTold: kind.isTold, units: kind.units.map(lists), weights: kind.weights.map(lists))
      },
      smallRows: (0..<table.rowCount).map { row in
        cells.values.contains { column in
          guard case .integer(let number) = table.columns[column].value(row) else { return false }
          return number > 0 && number < threshold
        }
      },
      totals: totals.map { numbers in (0..<table.rowCount).map { numbers[$0] } })
  }
}

/// For each row of a table the numbers of the records that it is made of, or what each of them counts.
struct RecordLists {
  private let lists: ListData?
  private let items: Buffer<Int64>
  /// Whether each record has a number.
  let isComplete: Bool

  init(_ column: Column, rowCount: Int) {
    guard case .lists(let lists) = column.data else {
      (self.lists, items, isComplete) = (nil, Buffer([]), false)
      return
    }
    self.lists = lists
    items = lists.items.widened()
    isComplete = lists.items.nullCount == 0
  }

  /// The numbers of a row; none where there is no record.
  subscript(row: Int) -> ArraySlice<Int> {
    guard let lists else { return [] }
    return lists.range(row).map { Int(items[$0]) }[...]
  }
}

/// What a table of groups would tell.
struct CellRequest {
  /// A way to count.
  struct Kind {
    var measure: String
    var isTold: Bool
    /// For each table that the rows are joined from, the records of each row.
    var units: [RecordLists]
    /// What each record counts.
    var weights: RecordLists?
  }

  var rowCount: Int
  var kinds: [Kind]
  /// Rows with a small number in them.
  var smallRows: [Bool]
  /// For each way to add rows up that is told as well, to which total each row belongs.
  var totals: [[Int]]
}
