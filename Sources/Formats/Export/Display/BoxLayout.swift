import ColumnStore

/// Which rows and columns of a table a box shows, and how wide each column is.
///
/// Where the width does not do, names are first written over several lines; then what does not fit is taken away in this
/// order: bars, remarks, long texts, types, and then whole columns, those that matter least first and of equal ones those in
/// the middle. The first column and what was measured go last. Numbers are never cut. The foot tells what is not there.
struct BoxLayout {
  /// The rows, in one piece, or in two with others left out between.
  let rows: [Range<Int>]
  /// The columns that are shown, in order; `nil` stands where columns are left out.
  private(set) var columns: [BoxColumn?]
  /// How many columns the table has.
  let columnCount: Int

  /// How narrow texts are made to keep the types, and to keep all columns.
  private static let comfortableText = 20
  private static let narrowestText = 8

  init(_ table: Table, presentation: Presentation) {
    let shown = BoxLayout.rows(of: table.rowCount, most: presentation.maxRows)
    rows = shown
    let names = table.descriptions.map(\.name)
    func named(_ name: String?) -> Column? { name.flatMap { names.firstIndex(of: $0) }.map { table.columns[$0] } }
    let all = zip(table.columns, table.descriptions).map { column, description in
      let bar = presentation.bars[description.name].flatMap {
        ColumnBar(
          column, low: named($0.low), high: named($0.high), rows: shown, unicode: presentation.unicode)
      }
      return BoxColumn(column, description: description, rows: shown, presentation: presentation, bar: bar)
    }
    columnCount = all.count
    columns = all
    if let width = presentation.width { fit(all, into: max(width, 1)) }
    addBars(into: presentation.width)
  }

  /// Gives the bars what room is left, the same to each; none where that is too little to see anything.
  private mutating func addBars(into width: Int?) {
    let barred = columns.indices.filter { columns[$0]?.bar != nil }
    guard !barred.isEmpty else { return }
    var room = ColumnBar.widest
    if let width {
      let used = columns.reduce(1) { $0 + ($1?.width ?? 1) + 3 }
      room = min(room, (width - used) / barred.count - 1)
    }
    if room < ColumnBar.narrowest { return }
    for index in barred { columns[index]?.barWidth = room }
  }

  var shownRowCount: Int { rows.reduce(0) { $0 + $1.count } }
  var shownColumnCount: Int { columns.count { $0 != nil } }

  private static func rows(of count: Int, most: Int?) -> [Range<Int>] {
    guard let most, most < count else { return [0..<count] }
    let first = (max(most, 0) + 1) / 2
    return [0..<first, (count - max(most, 0) / 2)..<count]
  }

  private mutating func fit(_ all: [BoxColumn], into width: Int) {
    if let fitted = BoxLayout.shrunk(all, into: width - 1) {
      columns = fitted
      return
    }
    // As many columns as fit, those that matter most first; texts are cut to very little only where hardly anything fits.
    var isKept = BoxLayout.kept(of: all, into: width, text: BoxLayout.comfortableText)
    if isKept.count(where: { $0 }) < 3 { isKept = BoxLayout.kept(of: all, into: width, text: BoxLayout.narrowestText) }
    if !isKept.contains(true), var only = all.first {
      // Not even the first column fits: it is cut to what there is.
      only.width = max(1, width - 4 - (all.count > 1 ? 4 : 0))
      columns = all.count > 1 ? [only, nil] : [only]
      return
    }
    let gaps = isKept.indices.filter { !isKept[$0] && ($0 == 0 || isKept[$0 - 1]) }
    let kept = all.indices.filter { isKept[$0] }
    let fitted = BoxLayout.shrunk(kept.map { all[$0] }, into: width - 1 - 4 * gaps.count) ?? kept.map { all[$0] }
    columns = (zip(kept, fitted.map { $0 as BoxColumn? }) + gaps.map { ($0, nil) }).sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Which columns fit at their narrowest, one cell standing for each gap.
  private static func kept(of all: [BoxColumn], into width: Int, text: Int) -> [Bool] {
    var isKept = [Bool](repeating: false, count: all.count)
    var used = 1 + 4
    for index in byWeight(all) {
      let opened = [index - 1, index + 1].count { isKept.indices.contains($0) && !isKept[$0] } - 1
      let next = used + lowest(all[index], text: text) + 3 + 4 * opened
      if next > width { break }
      isKept[index] = true
      used = next
    }
    return isKept
  }

  /// The columns in the order in which they are taken: the first, then by their weight. Of what was measured the first
  /// comes before its bounds; others of equal weight are taken in turn from both ends.
  private static func byWeight(_ columns: [BoxColumn]) -> [Int] {
    func distance(_ index: Int) -> Int { min(2 * index, 2 * (columns.count - 1 - index) + 1) }
    return columns.indices.sorted { left, right in
      if left == 0 || right == 0 { return left == 0 && right != 0 }
      let weights = (columns[left].weight, columns[right].weight)
      if weights.0 != weights.1 { return weights.0 > weights.1 }
      return weights.0 == .measure ? left < right : distance(left) < distance(right)
    }
  }

  /// The narrowest that a column may be made, its name on several lines and its texts cut to `text` cells.
  private static func lowest(_ column: BoxColumn, text: Int) -> Int {
    max(1, column.name.narrowWidth, column.isText ? min(column.cellWidth, text) : column.cellWidth)
  }

  /// The columns made to fit `space` (each takes three cells more than its width), the widest cut first; nil when they
  /// cannot be made narrow enough.
  private static func shrunk(_ columns: [BoxColumn], into space: Int) -> [BoxColumn]? {
    let natural = columns.map(\.width)
    let room = space - 3 * columns.count
    if natural.reduce(0, +) <= room { return columns }
    // Each step gives up more: names on one line, remarks, long texts, types, shorter texts.
    let types = columns.map(\.typeName.utf8.count)
    let steps = [
      zip(columns, types).map { max(lowest($0, text: .max), $1) },
      zip(columns, types).map { max(lowest($0, text: $0.weight <= .remark ? comfortableText : .max), $1) },
      zip(columns, types).map { max(lowest($0, text: comfortableText), $1) },
      columns.map { lowest($0, text: comfortableText) },
      columns.map { lowest($0, text: narrowestText) },
    ]
    guard let lowest = steps.first(where: { $0.reduce(0, +) <= room }) else { return nil }

    // The highest level at which everything above it, cut down to it, fits.
    func widths(_ level: Int) -> [Int] { zip(lowest, natural).map { max($0, min($1, level)) } }
    var low = 0
    var high = natural.max() ?? 0
    while low < high {
      let middle = (low + high + 1) / 2
      if widths(middle).reduce(0, +) <= room { low = middle } else { high = middle - 1 }
    }
    var result = widths(low)
    var rest = room - result.reduce(0, +)
    for index in result.indices where rest > 0 && result[index] < natural[index] && result[index] == low {
      result[index] += 1
      rest -= 1
    }
    return zip(columns, result).map { column, width in
      var column = column
      column.width = width
      return column
    }
  }
}
