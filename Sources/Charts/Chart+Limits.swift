extension Chart {
  /// Leaves out the smallest of many categories, and says so.
  mutating func leaveOutCategories(most: Int) {
    guard case .categories(let names) = positions, names.count > most else { return }
    var kept = kind == .heatmap || kind == .line ? Array(names.indices.prefix(most)) : largest(names.count, most: most)
    kept.sort()
    positions = .categories(kept.map { names[$0] })
    for index in series.indices { series[index].marks = kept.map { series[index].marks[$0] } }
    let which = kind == .heatmap || kind == .line ? "the first" : "the largest"
    notes.append(
      "\(Chart.counted(names.count - most, "more category", "more categories")) of \(xLabel) "
        + "left out: \(which) \(most) are shown")
  }

  /// The positions whose marks are largest together.
  private func largest(_ count: Int, most: Int) -> [Int] {
    let sizes = (0..<count).map { place in
      series.reduce(0.0) { sum, series in
        let mark = series.marks[place]
        return sum + (mark.value ?? mark.high ?? mark.low ?? 0).magnitude
      }
    }
    return Array((0..<count).sorted { (-sizes[$0], $0) < (-sizes[$1], $1) }.prefix(most))
  }

  /// Leaves out the smallest of many series, which are one more part of a stack.
  mutating func leaveOutSeries() {
    let most = kind == .heatmap ? Chart.mostCategories : Chart.mostSeries
    guard series.count > most, kind != .box else { return }
    let sizes = series.map { $0.marks.reduce(0.0) { $0 + ($1.value ?? $1.low ?? 0).magnitude } }
    let order = series.indices.sorted { (-sizes[$0], $0) < (-sizes[$1], $1) }
    let isSummed = kind == .stacked
    let kept = order.prefix(isSummed ? most - 1 : most).sorted()
    let rest = Array(order.dropFirst(kept.count))
    let others = rest.map { series[$0] }
    series = kept.map { series[$0] }
    guard isSummed else {
      notes.append(
        "\(Chart.counted(others.count, "more series", "more series")) left out: the largest \(most) are shown")
      return
    }
    let marks = (0..<positions.count).map { place -> Mark in
      let marks = others.map { $0.marks[place] }
      if let hidden = marks.first(where: { $0.state == .hidden }) { return hidden }
      let values = marks.compactMap(\.value)
      let sum = values.reduce(0, +)
      return values.isEmpty ? Mark(.absent) : sum.isFinite ? Mark(value: sum) : Mark(.missing)
    }
    series.append(Series(name: "\(others.count) others", marks: marks))
  }

  /// Leaves out what is not above zero where distances are ratios.
  mutating func leaveOutForLogarithm() {
    guard isLogarithmic, kind != .heatmap else { return }
    var count = 0
    for index in series.indices {
      for place in series[index].marks.indices {
        let mark = series[index].marks[place]
        guard mark.state == .drawn else { continue }
        if let least = mark.places.min(), least > 0 { continue }
        if let value = mark.value, value > 0 {
          // A bound of zero is further down than the axis goes.
          series[index].marks[place].low = nil
          continue
        }
        // A range without values is one on any axis.
        let isEmptyRange = kind == .histogram && mark.value == 0
        series[index].marks[place] = Mark(isEmptyRange ? .absent : .missing, text: mark.text)
        if !isEmptyRange { count += 1 }
      }
    }
    if count > 0 { notes.append("\(Chart.counted(count, "value")) of 0 or less, which a logarithmic axis cannot show") }
  }
}
