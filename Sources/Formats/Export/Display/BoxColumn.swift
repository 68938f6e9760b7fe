import ColumnStore

/// One column of a box: its texts, how wide they are, and how much it matters.
struct BoxColumn {
  /// What is narrowed and left out first where there is no room for all.
  enum Weight: Int, Comparable {
    /// Nothing stands in the rows that are shown.
    case empty
    /// Remarks, and texts that are longer than a reader takes in at once.
    case remark
    /// Texts of some length.
    case text
    /// Numbers, dates, names.
    case value
    /// What was measured.
    case measure

    static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }
  }

  let name: WrappedName
  let typeName: String
  /// The widest cell that is shown, aligned at the point.
  let cellWidth: Int
  /// Whether cells may be cut: texts may, numbers may not.
  let isText: Bool
  let isRightAligned: Bool
  let weight: Weight
  /// The cells that the column gets, its bar apart.
  var width: Int {
    didSet { cutsMiddle = width < cellWidth && middleTellsMore(at: width) }
  }
  /// The bars beside the numbers; nil for none.
  let bar: ColumnBar?
  /// The cells that a bar gets; 0 for no bar.
  var barWidth = 0
  /// Whether texts that are too long lose their middle, and not their end.
  private(set) var cutsMiddle = false

  private let cell: CellText
  /// The rows that are shown, at most as many as are worth comparing.
  private let compared: [Int]
  /// What the longest part from the point on fills.
  private let fractionWidth: Int

  /// Measures a column over the rows that are shown.
  init(
    _ column: Column, description: ColumnDescription, rows: [Range<Int>], presentation: Presentation,
    bar: ColumnBar? = nil
  ) {
    self.bar = bar
    var cell = CellText(column, name: description.name, presentation: presentation)
    let shown = rows.lazy.joined()
    cell.groupDigits(of: description.name, in: rows)
    self.cell = cell
    isRightAligned = cell.isRightAligned
    isText = column.type == .text || column.type.element != nil
    name = WrappedName(visibleText(description.name))
    typeName = description.type.name

    var whole = 0
    var fraction = 0
    var other = 0
    var isEmpty = true
    for (number, row) in shown.enumerated() {
      // Measuring is all that is given up: who writes the rows finds out by itself.
      if number & 4095 == 4095, presentation.isCancelled() { break }
      if !cell.isNull(row) { isEmpty = false }
      if cell.isAlignedAtPoint, !cell.isNull(row) {
        let text = cell.text(row)
        let part = BoxColumn.fraction(text)
        fraction = max(fraction, part)
        whole = max(whole, text.utf8.count - part)
      } else {
        other = max(other, displayWidth(cell.visible(row)))
      }
    }
    fractionWidth = fraction
    cellWidth = max(whole + fraction, other)
    width = max(name.width, typeName.utf8.count, cellWidth)
    compared = isText ? Array(shown.prefix(200)) : []
    if description.display != .plain {
      weight = .measure
    } else if isEmpty, column.count > 0 {
      weight = .empty
    } else if isText, cellWidth > BoxColumn.longText || holdsRemarks(description.name) {
      weight = .remark
    } else {
      weight = isText && cellWidth > BoxColumn.shortText ? .text : .value
    }
  }

  /// The cells of a text that is still taken in at once, and of one that is a remark.
  private static let shortText = 20
  private static let longText = 40

  /// All cells between the borders, the spaces at both ends apart.
  var outerWidth: Int { barWidth > 0 ? width + 1 + barWidth : width }

  /// A row's text, made harmless, and aligned at the point; what it is; not yet padded or cut.
  func content(_ row: Int) -> (text: String, kind: Presentation.SpanKind?) {
    let plain = cell.text(row)
    if cell.isNull(row) { return (visibleText(plain), .null) }
    if cell.isAlignedAtPoint {
      return (plain + String(repeating: " ", count: fractionWidth - BoxColumn.fraction(plain)), .number)
    }
    let visible = cell.visible(row)
    if visible != plain { return (visible, .escape) }
    return (visible, isText ? nil : .number)
  }

  /// A row's bar; empty for none.
  func barText(_ row: Int) -> String { bar?.text(row, width: barWidth) ?? "" }

  /// The scale of the bars: where it begins, and at its right end where it ends.
  var barScale: String {
    guard let bar else { return "" }
    let end = cell.scaleText(bar.scale)
    let space = barWidth - 1 - end.utf8.count
    return space > 0 ? "0" + String(repeating: " ", count: space) + end : ""
  }

  /// Whether more of the texts can be told apart when they lose their middle than when they lose their end, or as many and
  /// they are single words: paths, addresses, ids.
  private func middleTellsMore(at width: Int) -> Bool {
    guard isText, width >= 5 else { return false }
    let long = compared.filter { !cell.isNull($0) }.map(cell.visible).filter {
      displayWidth($0) > width
    }
    let ends = Set(long.map { prefix(of: $0, cells: width - 1) }).count
    let middles = Set(long.map { shortened($0, to: width, mark: "…", cutsMiddle: true) }).count
    if ends != middles { return middles > ends }
    return long.count { !$0.contains(" ") } * 2 > long.count
  }

  /// The type's name, short where the column is too narrow for it.
  var shownTypeName: String {
    typeName.utf8.count <= width ? typeName : BoxColumn.shortTypeNames[typeName] ?? typeName
  }

  private static let shortTypeNames = ["boolean": "bool", "decimal": "dec", "double": "dbl", "integer": "int"]

  /// The cells from the point on.
  private static func fraction(_ text: String) -> Int {
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
    return text.utf8.distance(from: point, to: text.utf8.endIndex)
  }
}

/// A text cut to a number of cells, at its end or in its middle, with a mark where something is missing.
func shortened(_ text: String, to width: Int, mark: String, cutsMiddle: Bool) -> String {
  let rest = width - displayWidth(mark)
  let end = cutsMiddle ? suffix(of: text, cells: rest / 2) : ""
  return prefix(of: text, cells: rest - displayWidth(String(end))) + mark + end
}

/// Whether a column's name says that it holds remarks in words.
private func holdsRemarks(_ name: String) -> Bool {
  let markers: Set<String> = [
    "comment", "comments", "description", "explanation", "note", "notes", "remark", "remarks",
  ]
  return name.lowercased().split { !$0.isLetter }.contains { markers.contains(String($0)) }
}
