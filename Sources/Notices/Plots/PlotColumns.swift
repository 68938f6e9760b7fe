import ColumnStore
import Planning

/// What a chart of some rows is made of where nobody says it: what they are grouped by, and which number they are about.
///
/// Results of measures are known by their columns: `share` and `median` with `low` and `high` behind them, and `count`.
/// Otherwise the keys stand in front, and the first number behind them is drawn.
struct PlotColumns {
  /// The columns of the keys, a time in front of others.
  private(set) var keys: [Int] = []
  /// The column of the values; nil where there is no number.
  private(set) var measure: Int?
  /// The columns of their bounds.
  private(set) var bounds: (low: Int, high: Int)?

  init(_ fields: [Field]) {
    let shown = fields.indices.filter { !fields[$0].isHidden }
    func isNumber(_ index: Int) -> Bool { fields[index].type.isNumeric || fields[index].type == .count }
    func place(_ name: String) -> Int? { shown.first { fields[$0].name == name && isNumber($0) } }
    let low = place("low")
    let high = place("high")
    let firstNumber = shown.first(where: isNumber)
    if let low, let high, let central = place("share") ?? place("median"), central < low {
      measure = central
      bounds = (low, high)
    } else if place("cumulated") != nil, let share = place("share"), share > 0, isNumber(share - 1) {
      // What `top` ranks by stands before its share.
      measure = share - 1
    } else if let count = place("count") {
      measure = count
    } else if let first = firstNumber, first == shown.first, shown.dropFirst().contains(where: isNumber) {
      // A number in front of others is a key, such as a year.
      measure = shown.dropFirst().first(where: isNumber)
    } else {
      measure = firstNumber
    }
    let known = ["count", "n", "share", "median", "of", "open"].compactMap(place)
    let end = min(known.min() ?? measure ?? fields.count, measure ?? fields.count)
    let candidates = shown.filter { $0 < end && fields[$0].type.element == nil }
    let isTime: (Int) -> Bool = { fields[$0].type == .date || fields[$0].type == .timestamp }
    keys = candidates.filter(isTime) + candidates.filter { !isTime($0) }
  }
}
