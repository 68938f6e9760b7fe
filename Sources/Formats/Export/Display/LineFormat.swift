import ColumnStore

/// One line per value, `name = value`, and an empty line between rows: for few rows of many columns.
///
/// Names stand right-aligned; values are whole, with control characters shown escaped. Where there is a window, long values
/// go on below where they began, rows are numbered, and a foot counts them:
///
/// ```
/// ─ 1 ─────────────────────────
///       action = withheld
///      remark = under Country
///               Withheld Content
/// 1 row  2 columns  0.001 s
/// ```
public struct LineFormat: TableFormat {
  /// `line`.
  public let name = "line"
  /// None.
  public let fileExtensions: [String] = []

  /// Under the table.
  public let showsNotes = true

  /// The fewest cells in which a value is worth being broken into lines beside its name.
  private static let narrowestValue = 16

  /// The format.
  public init() {}

  /// The line, with deceiving characters made visible.
  public func line(_ text: String) -> String? { visibleText(text) + "\n" }

  /// Writes all rows.
  public func write(_ table: Table, presentation: Presentation, to sink: any ByteSink) throws {
    let names = table.descriptions.map { visibleText($0.name) }
    let widest = names.map(displayWidth).max() ?? 0
    let cells = zip(table.columns, table.descriptions).map { column, description in
      var cell = CellText(column, name: description.name, presentation: presentation)
      if presentation.width != nil { cell.groupDigits(of: description.name, in: [0..<table.rowCount]) }
      return cell
    }
    var output = ChunkedOutput(sink)
    for row in 0..<table.rowCount where !cells.isEmpty {
      if let width = presentation.width {
        try output.write(rule(row, width: width, presentation))
      } else if row > 0 {
        try output.write("\n")
      }
      for (name, cell) in zip(names, cells) {
        let text = cell.visible(row)
        let kind: Presentation.SpanKind? = cell.isNull(row) ? .null : nil
        for line in lines(name, widest, text, kind, presentation) { try output.write(line + "\n") }
      }
    }
    let foot = ResultFoot(presentation)
    if presentation.width != nil {
      let parts = [
        foot.counted(table.rowCount, "row", shown: table.rowCount),
        foot.counted(names.count, "column", shown: names.count),
      ]
      for line in foot.lines(parts, isWhole: true) + foot.notes { try output.write(line) }
    } else {
      if !presentation.notes.isEmpty { try output.write("\n") }
      for note in presentation.notes { try output.write(presentation.styled(.foot, visibleText(note)) + "\n") }
    }
    try output.flush()
  }

  /// The line above a row, with its number.
  private func rule(_ row: Int, width: Int, _ presentation: Presentation) -> String {
    let dash: Character = presentation.unicode ? "─" : "-"
    let head = "\(dash) \(groupedDigits(String(row + 1))) "
    let line = head + String(repeating: dash, count: max(1, min(width, 60) - head.count))
    return presentation.styled(.border, String(line.prefix(width))) + "\n"
  }

  /// A name and its value; on one line, except where there is a window that is narrower.
  private func lines(
    _ name: String, _ widest: Int, _ text: String, _ kind: Presentation.SpanKind?, _ presentation: Presentation
  ) -> [String] {
    func styled(_ text: String) -> String { kind.map { presentation.styled($0, text) } ?? text }
    func head(_ name: String) -> String {
      String(repeating: " ", count: max(0, widest - displayWidth(name))) + presentation.styled(.header, name) + " = "
    }
    guard let width = presentation.width else { return [head(name) + styled(text)] }
    if width - widest - 3 >= LineFormat.narrowestValue {
      let indent = String(repeating: " ", count: widest + 3)
      return foldedText(text, width: width - widest - 3).enumerated()
        .map { ($0 == 0 ? head(name) : indent) + styled($1) }
    }
    // No room beside the names: values stand below them.
    return foldedText(name, width: width).map { presentation.styled(.header, $0) }
      + foldedText(text, width: max(1, width - 2)).map { "  " + styled($0) }
  }
}
