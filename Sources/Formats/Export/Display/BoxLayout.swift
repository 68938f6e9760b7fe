import ColumnStore

/// Which rows and columns of a table a box shows, and how wide each column is.
///
/// What does not fit is taken away in this order: types, long texts, long names, columns in the middle. Numbers are never
/// cut. `foot` tells what is not there.
struct BoxLayout {
  /// The rows, in one piece, or in two with others left out between.
  let rows: [Range<Int>]
  /// The columns that are shown, in order; `nil` stands where columns are left out.
  private(set) var columns: [BoxColumn?]
  /// How many columns the table has.
  let columnCount: Int

  /// The narrowest that a text is made while there are still names to shorten.
  private static let comfortableText = 20
  private static let narrowestText = 8
  private static let narrowestName = 6

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
    let narrow = all.map { BoxLayout.floor($0, names: true) }
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

  /// The narrowest that a column may be made, with or without shortening names.
  private static func floor(_ column: BoxColumn, names: Bool) -> Int {
    let full = max(column.nameWidth, column.cellWidth)
    if column.isText { return max(1, min(full, names ? narrowestText : comfortableText)) }
    return max(1, names ? max(column.cellWidth, min(column.nameWidth, narrowestName)) : full)
  }

  /// The columns made to fit `space` (each takes three cells more than its width), the widest cut first; nil when they
  /// cannot be made narrow enough.
  private static func shrunk(_ columns: [BoxColumn], into space: Int) -> [BoxColumn]? {
    let natural = columns.map(\.width)
    let room = space - 3 * columns.count
    if natural.reduce(0, +) <= room { return columns }
    let untyped = columns.map { max($0.nameWidth, $0.cellWidth, 1) }
    // Each step gives up more: first types, then texts, then both, then names.
    let texts = zip(columns, natural).map { $0.isText ? floor($0, names: false) : $1 }
    let steps: [(lowest: [Int], highest: [Int])] = [
      (untyped, natural), (texts, natural), (columns.map { floor($0, names: false) }, untyped),
      (columns.map { floor($0, names: true) }, untyped),
    ]
    guard let (lowest, upper) = steps.first(where: { $0.lowest.reduce(0, +) <= room }) else { return nil }

    // The highest level at which everything above it, cut down to it, fits.
    func widths(_ level: Int) -> [Int] { zip(lowest, upper).map { max($0, min($1, level)) } }
    var low = 0
    var high = upper.max() ?? 0
    while low < high {
      let middle = (low + high + 1) / 2
      if widths(middle).reduce(0, +) <= room { low = middle } else { high = middle - 1 }
    }
    var result = widths(low)
    var rest = room - result.reduce(0, +)
    for index in result.indices where rest > 0 && result[index] < upper[index] && result[index] == low {
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
