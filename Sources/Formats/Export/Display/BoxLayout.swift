import ColumnStore

/// Which rows and columns of a table a box shows, and how wide each column is.
///
/// Where the width does not do, names are first written over several lines; then what does not fit is taken away in this
/// order: long texts, types, columns in the middle. Numbers are never cut. The foot tells what is not there.
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
    let all = zip(table.columns, table.descriptions).map {
      BoxColumn($0, description: $1, rows: shown, presentation: presentation)
    }
    columnCount = all.count
    columns = all
    if let width = presentation.width { fit(all, into: max(width, 1)) }
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
    // As many columns as fit at their narrowest, taken in turn from both ends; one cell stands for the rest.
    let narrow = all.map { BoxLayout.lowest($0, text: BoxLayout.comfortableText) }
    var left = 0
    var right = all.count
    var used = 1 + 4
    while left < right {
      let takesLeft = left <= all.count - right
      let next = narrow[takesLeft ? left : right - 1] + 3
      if used + next > width { break }
      used += next
      if takesLeft { left += 1 } else { right -= 1 }
    }
    if left == 0, var only = all.first {
      // Not even the first column fits: it is cut to what there is.
      only.width = max(1, width - 4 - (all.count > 1 ? 4 : 0))
      columns = all.count > 1 ? [only, nil] : [only]
      return
    }
    let kept = Array(all[..<left] + all[right...])
    let fitted = BoxLayout.shrunk(kept, into: width - 5) ?? kept
    columns = Array(fitted[..<left]) + [nil] + Array(fitted[left...])
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
    // Each step gives up more: names on one line, long texts, types, shorter texts.
    let types = columns.map(\.typeName.utf8.count)
    let steps = [
      zip(columns, types).map { max(lowest($0, text: .max), $1) },
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
