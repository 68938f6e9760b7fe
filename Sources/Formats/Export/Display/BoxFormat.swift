import ColumnStore

/// The look of a table on a terminal: lines around it, names and types above, a count of everything below.
///
/// ```
/// ╭─────────┬───────────╮
/// │ country │ requested │
/// │ text    │   integer │
/// ├─────────┼───────────┤
/// │ IN      │     1,435 │
/// ╰─────────┴───────────╯
/// 1 row  2 columns  0.012 s
/// ```
///
/// Nothing is cut silently: rows, columns and texts that are not there in full are told in the foot. Digits are grouped in
/// columns where a number has four or more, unless the column's
/// name says that its numbers are ids or codes, or all of them could be years.
public struct BoxFormat: TableFormat {
  /// `box`.
  public let name = "box"
  /// `.txt`
  public let fileExtensions = ["txt"]

  /// Under the table.
  public let showsNotes = true

  /// The format.
  public init() {}

  /// The line, with deceiving characters made visible.
  public func line(_ text: String) -> String? { visibleText(text) + "\n" }

  /// Writes the box and its foot.
  public func write(_ table: Table, presentation: Presentation, to sink: any ByteSink) throws {
    let layout = BoxLayout(table, presentation: presentation)
    var drawing = BoxDrawing(layout: layout, presentation: presentation, output: ChunkedOutput(sink))
    if layout.columnCount > 0 { try drawing.drawTable() }
    try drawing.drawFoot(rowCount: table.rowCount)
  }
}

/// Draws one box.
private struct BoxDrawing {
  let layout: BoxLayout
  let presentation: Presentation
  var output: ChunkedOutput
  var hasCutTexts = false

  private var ellipsis: String { presentation.unicode ? "…" : "..." }

  mutating func drawTable() throws {
    let shapes = presentation.unicode ? ["╭┬╮", "├┼┤", "╰┴╯"] : ["+++", "+++", "+++"]
    try drawRule(Array(shapes[0]))
    try drawNames()
    try drawLine { column in (column.typeName, .type) }
    try drawRule(Array(shapes[1]))
    for (index, range) in layout.rows.enumerated() {
      if index > 0 {
        let dots = presentation.unicode ? "⋮" : ":"
        try drawLine { _ in (dots, .border) }
      }
      for row in range { try drawLine { column in column.content(row) } }
    }
    try drawRule(Array(shapes[2]))
  }

  /// The names, on as many lines as the longest needs; shorter ones stand low, beside their types.
  private mutating func drawNames() throws {
    let most = layout.columns.compactMap { $0.map { $0.name.lines(width: $0.width).count } }.max() ?? 1
    for line in 0..<most {
      try drawLine { column in
        let lines = column.name.lines(width: column.width)
        let index = line - (most - lines.count)
        return (index >= 0 ? lines[index] : "", .header)
      }
    }
  }

  private mutating func drawRule(_ corners: [Character]) throws {
    let dash = presentation.unicode ? "─" : "-"
    let parts = layout.columns.map { String(repeating: dash, count: width($0) + 2) }
    let rule = String(corners[0]) + parts.joined(separator: String(corners[1])) + String(corners[2])
    try output.write(presentation.styled(.border, rule) + "\n")
  }

  private mutating func drawLine(
    _ content: (BoxColumn) -> (text: String, kind: Presentation.SpanKind?)
  ) throws {
    let bar = presentation.styled(.border, presentation.unicode ? "│" : "|")
    var line = bar
    for column in layout.columns {
      guard let column else {
        line += " " + presentation.styled(.border, presentation.unicode ? "…" : ".") + " " + bar
        continue
      }
      let (whole, kind) = content(column)
      let text = fitted(whole, kind: kind, column: column)
      let space = String(repeating: " ", count: max(0, column.width - displayWidth(text)))
      let styled = kind.map { presentation.styled($0, text) } ?? text
      line += column.isRightAligned ? " \(space)\(styled) \(bar)" : " \(styled)\(space) \(bar)"
    }
    try output.write(line + "\n")
  }

  private func width(_ column: BoxColumn?) -> Int { column?.width ?? 1 }

  /// The text cut to the column's width, with a mark where something is missing.
  private mutating func fitted(_ text: String, kind: Presentation.SpanKind?, column: BoxColumn) -> String {
    let room = column.width
    if displayWidth(text) <= room { return text }
    if kind != .type { hasCutTexts = true }
    let mark = displayWidth(ellipsis) <= room ? ellipsis : "."
    let rest = room - displayWidth(mark)
    switch kind {
    // A cut number would be another number.
    case .number?: return mark
    case .header?:
      let end = suffix(of: text, cells: rest / 2)
      return prefix(of: text, cells: rest - displayWidth(String(end))) + mark + end
    default: return prefix(of: text, cells: rest) + mark
    }
  }

  mutating func drawFoot(rowCount: Int) throws {
    var parts = [counted(rowCount, "row", shown: layout.columnCount == 0 ? rowCount : layout.shownRowCount)]
    parts.append(counted(layout.columnCount, "column", shown: layout.shownColumnCount))
    if hasCutTexts { parts.append("texts cut at \(ellipsis)") }
    if let seconds = presentation.elapsedSeconds { parts.append(fixedText(seconds, seconds < 10 ? 3 : 1) + " s") }
    var line = ""
    for part in parts {
      let longer = line.isEmpty ? part : line + "  " + part
      if let width = presentation.width, !line.isEmpty, longer.count > width {
        try output.write(presentation.styled(.foot, line) + "\n")
        line = part
      } else {
        line = longer
      }
    }
    try output.write(presentation.styled(.foot, line) + "\n")
    for note in presentation.notes {
      for line in wrappedText("note: " + visibleText(note), width: presentation.width) {
        try output.write(presentation.styled(.foot, line) + "\n")
      }
    }
    try output.flush()
  }

  private func counted(_ count: Int, _ noun: String, shown: Int) -> String {
    let all = "\(groupedDigits(String(count))) \(count == 1 ? noun : noun + "s")"
    return shown == count ? all : "\(all) (\(groupedDigits(String(shown))) shown)"
  }
}
