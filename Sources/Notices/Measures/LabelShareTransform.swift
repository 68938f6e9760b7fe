import ColumnStore
import Planning

/// Turns counts of labels, with a count for NULL that is the number of rows, into one row per group and label with the share
/// of the rows that carry it.
struct LabelShareTransform: TableTransform {
  let name = "share of rows"
  let fields: [Field]
  private let groupCount: Int

  /// - Parameter input: the fields of the groups, of the label, and of the count.
  init(input: [Field]) {
    groupCount = input.count - 2
    fields =
      input + [
        Field(name: "of", type: .integer),
        Field(
          name: "share_of_rows", type: .double, display: .share(within: nil),
          note: "multi-label: the share of rows that carry the label; all of them add up to more than 100 %"),
        Field(name: "low", type: .double, display: .percent), Field(name: "high", type: .double, display: .percent),
      ]
  }

  func apply(to table: Table) -> Table {
    let labels = table.columns[groupCount]
    let counts = table.columns[groupCount + 1].widened()
    let groups = GroupNumbers(table.columns.prefix(groupCount), rowCount: table.rowCount)
    var totals = [Int64](repeating: 0, count: groups.count)
    for row in 0..<table.rowCount where labels.value(row).isNull { totals[groups[row]] = counts[row] }
    var builders = fields.map { ColumnBuilder(type: $0.type, capacity: table.rowCount) }
    var rowCount = 0
    for row in 0..<table.rowCount where !labels.value(row).isNull {
      let (part, whole) = (Double(counts[row]), Double(totals[groups[row]]))
      let interval = WilsonInterval(part: part, whole: whole)
      let values =
        table.row(row) + [
          .integer(totals[groups[row]]), .double(part / whole), .double(interval?.low ?? 0),
          .double(interval?.high ?? 1),
        ]
      for (index, value) in values.enumerated() { builders[index].append(value) }
      rowCount += 1
    }
    return Table(
      descriptions: fields.map(\.description), columns: builders.map { $0.finish() }, rowCount: rowCount)
  }
}
