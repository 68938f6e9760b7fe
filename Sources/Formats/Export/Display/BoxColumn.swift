import ColumnStore

/// One column of a box: its texts, and how wide they are.
struct BoxColumn {
  let name: WrappedName
  let typeName: String
  /// The widest cell that is shown, aligned at the point.
  let cellWidth: Int
  /// Whether cells may be cut: texts may, numbers may not.
  let isText: Bool
  let isRightAligned: Bool
  /// The cells that the column gets.
  var width: Int

  private let cell: CellText
  /// What the longest part from the point on fills.
  private let fractionWidth: Int

  /// Measures a column over the rows that are shown.
  init(_ column: Column, description: ColumnDescription, rows: [Range<Int>], presentation: Presentation) {
    var cell = CellText(column, name: description.name, presentation: presentation)
    let shown = rows.lazy.joined()
    cell.groupsDigits =
      (column.type.isNumeric || column.type == .count) && !namesThings(description.name)
      && shown.contains(where: cell.isLong)
    self.cell = cell
    isRightAligned = cell.isRightAligned
    isText = column.type == .text || column.type.element != nil
    name = WrappedName(visibleText(description.name))
    typeName = description.type.name

    var whole = 0
    var fraction = 0
    var other = 0
    for row in shown {
      if cell.isAlignedAtPoint, !cell.isNull(row) {
        let text = cell.text(row)
        let part = BoxColumn.fraction(text)
        fraction = max(fraction, part)
        whole = max(whole, text.utf8.count - part)
      } else {
        other = max(other, displayWidth(visibleText(cell.text(row))))
      }
    }
    fractionWidth = fraction
    cellWidth = max(whole + fraction, other)
    width = max(name.width, typeName.utf8.count, cellWidth)
  }

  /// A row's text, made harmless, and aligned at the point; what it is; not yet padded or cut.
  func content(_ row: Int) -> (text: String, kind: Presentation.SpanKind?) {
    let plain = cell.text(row)
    if cell.isNull(row) { return (visibleText(plain), .null) }
    if cell.isAlignedAtPoint {
      return (plain + String(repeating: " ", count: fractionWidth - BoxColumn.fraction(plain)), .number)
    }
    let visible = visibleText(plain)
    if visible != plain { return (visible, .escape) }
    return (visible, isText ? nil : .number)
  }

  /// The cells from the point on.
  private static func fraction(_ text: String) -> Int {
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
    return text.utf8.distance(from: point, to: text.utf8.endIndex)
  }
}
