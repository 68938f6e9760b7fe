/// Where bars stand from left to right: in slots, each as wide as every other.
enum ColumnGeometry {
  /// The slot of each position; those of times have slots between them where a time is missing.
  static func slots(_ chart: Chart) -> Chart.Slots {
    if case .points(let points, let unit) = chart.positions { return Chart.Slots(points, unit) }
    return Chart.Slots((0..<chart.positions.count).map(Double.init), .number)
  }

  /// The axis below, counted in slots: its ticks lie at the edges of ranges and in the middle of other bars.
  static func axis(_ chart: Chart, _ slots: Chart.Slots, fits: (Scale) -> Bool) -> Scale {
    switch chart.positions {
    case .points(let points, let unit):
      return axis(points, slots.numbers.map { Double($0) + 0.5 }, count: slots.count, unit, fits)
    case .ranges(let ranges, let unit):
      // Where the first range is open, its right edge is the first that has a number.
      var places: [(edge: Double, slot: Double)] = []
      for (number, range) in ranges.enumerated() where range.lowerBound.isFinite {
        places.append((range.lowerBound, Double(number)))
      }
      if let last = ranges.last {
        let edge = last.upperBound.isFinite ? (last.upperBound, ranges.count) : (last.lowerBound, ranges.count - 1)
        if edge.0.isFinite, places.last?.edge != edge.0 { places.append((edge.0, Double(edge.1))) }
      }
      return axis(places.map(\.edge), places.map(\.slot), count: ranges.count, unit, fits)
    case .categories: return Scale(lower: 0, upper: 1, ticks: [])
    }
  }

  private static func axis(
    _ points: [Double], _ places: [Double], count: Int, _ unit: Scale.Unit, _ fits: (Scale) -> Bool
  ) -> Scale {
    func placed(_ scale: Scale) -> Scale {
      let ticks = scale.ticks.compactMap { tick in
        place(tick.value, points, places).map { Scale.Tick(value: $0, label: tick.label) }
      }
      return Scale(lower: 0, upper: Double(max(1, count)), ticks: ticks)
    }
    guard let first = points.first, let last = points.last else { return Scale(lower: 0, upper: 1, ticks: []) }
    return placed(Scale(covering: first...last, unit: unit, isRounded: false) { fits(placed($0)) })
  }

  /// The place of a value: what lies between two points lies between their places.
  private static func place(_ value: Double, _ points: [Double], _ places: [Double]) -> Double? {
    guard let after = points.firstIndex(where: { $0 >= value }) else { return nil }
    if points[after] == value || after == 0 { return places[after] }
    let part = (value - points[after - 1]) / (points[after] - points[after - 1])
    return places[after - 1] + part * (places[after] - places[after - 1])
  }
}
