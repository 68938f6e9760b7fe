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

  /// A line, names, types, a line.
  public let headerLineCount = 4

  /// The format.
  public init() {}

  /// The line, with deceiving characters made visible.
  public func line(_ text: String) -> String? { visibleText(text) + "\n" }

  /// How many columns a box of a table shows; fewer than the table has where the window is too narrow.
  public static func shownColumnCount(_ table: Table, presentation: Presentation) -> Int {
    BoxLayout(table, presentation: presentation).shownColumnCount
  }

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
    try drawHeader(below: Array(shapes[0]), above: Array(shapes[1]))
    var rowsSinceHeader = 0
    for (index, range) in layout.rows.enumerated() {
      if index > 0 {
        let dots = presentation.unicode ? "⋮" : ":"
        try drawLine { _ in (dots, .border) }
      }
      for row in range {
        if let most = presentation.rowsBetweenHeaders, rowsSinceHeader >= max(most, 1) {
          try drawHeader(below: Array(shapes[1]), above: Array(shapes[1]))
          rowsSinceHeader = 0
        }
        rowsSinceHeader += 1
        try drawLine(bar: { ($0.barText(row), .bar) }) { column in column.content(row) }
      }
    }
    try drawRule(Array(shapes[2]))
  }

  /// Names and types between two lines.
  private mutating func drawHeader(below top: [Character], above bottom: [Character]) throws {
    try drawRule(top)
    try drawNames()
    try drawLine(bar: { ($0.barScale, .type) }) { column in (column.shownTypeName, .type) }
    try drawRule(bottom)
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
    let parts = layout.columns.map { String(repeating: dash, count: ($0?.outerWidth ?? 1) + 2) }
    let rule = String(corners[0]) + parts.joined(separator: String(corners[1])) + String(corners[2])
    try output.write(presentation.styled(.border, rule) + "\n")
  }

  /// One line of all columns: in each its content, and behind that what stands where its bars are.
  private mutating func drawLine(
    bar: (BoxColumn) -> (text: String, kind: Presentation.SpanKind) = { _ in ("", .bar) },
    _ content: (BoxColumn) -> (text: String, kind: Presentation.SpanKind?)
  ) throws {
    let border = presentation.styled(.border, presentation.unicode ? "│" : "|")
    var line = border
    for column in layout.columns {
      guard let column else {
        line += " " + presentation.styled(.border, presentation.unicode ? "…" : ".") + " " + border
        continue
      }
      let (whole, kind) = content(column)
      let text = fitted(whole, kind: kind, column: column)
      let space = String(repeating: " ", count: max(0, column.width - displayWidth(text)))
      let styled = kind.map { presentation.styled($0, text) } ?? text
      line += column.isRightAligned ? " \(space)\(styled) " : " \(styled)\(space) "
      if column.barWidth > 0 {
        let (text, kind) = bar(column)
        let rest = String(repeating: " ", count: max(0, column.barWidth - displayWidth(text)))
        line += presentation.styled(kind, text) + rest + " "
      }
      line += border
    }
    try output.write(line + "\n")
  }

  /// The text cut to the column's width, with a mark where something is missing.
  private mutating func fitted(_ text: String, kind: Presentation.SpanKind?, column: BoxColumn) -> String {
    let room = column.width
    if displayWidth(text) <= room { return text }
    if kind != .type { hasCutTexts = true }
    let mark = displayWidth(ellipsis) <= room ? ellipsis : "."
    switch kind {
    // A cut number would be another number.
    case .number?: return mark
    case .type?: return shortened(text, to: room, mark: mark, cutsMiddle: false)
    default: return shortened(text, to: room, mark: mark, cutsMiddle: kind == .header || column.cutsMiddle)
    }
  }

  /// The line below the box, and the notes.
  mutating func drawFoot(rowCount: Int) throws {
    let foot = ResultFoot(presentation)
    let isEmpty = layout.columnCount == 0
    let (shownRows, shownColumns) = (isEmpty ? rowCount : layout.shownRowCount, layout.shownColumnCount)
    var parts = [
      foot.counted(rowCount, "row", shown: shownRows),
      foot.counted(layout.columnCount, "column", shown: shownColumns),
    ]
    if hasCutTexts { parts.append("texts cut at \(ellipsis)") }
    let isWhole = !hasCutTexts && shownRows == rowCount && shownColumns == layout.columnCount
    for line in foot.lines(parts, isWhole: isWhole) + foot.notes { try output.write(line) }
    try output.flush()
  }
}
