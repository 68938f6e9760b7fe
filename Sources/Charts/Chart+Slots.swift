import ColumnStore

extension Chart {
  /// Points as they lie on a regular grid, where they do.
  struct Slots {
    /// For each point its number on the grid; without a grid they are counted through.
    let numbers: [Int]
    /// Whether there is a grid, so that a number that is left out is a gap.
    let isRegular: Bool

    /// How many places the grid has.
    var count: Int { (numbers.last ?? -1) + 1 }

    /// Whether something is missing between a point and the one before it.
    func isAfterGap(_ point: Int) -> Bool { point > 0 && numbers[point] - numbers[point - 1] > 1 }

    /// Points in ascending order. On a grid lie times that are all a whole number of the shortest distance apart, when most
    /// of them are just that far apart: of first days of months in months, else in days or parts of them.
    init(_ points: [Double], _ unit: Scale.Unit) {
      let counted = Array(points.indices)
      guard unit.isTemporal, points.count > 2 else {
        numbers = counted
        isRegular = false
        return
      }
      let steps = Slots.months(points) ?? points.map { ($0 * 86_400).rounded() }
      let distances = zip(steps.dropFirst(), steps).map { $0 - $1 }
      let least = distances.min() ?? 0
      let total = ((steps.last ?? 0) - (steps.first ?? 0)) / max(least, 1)
      guard least > 0, total < 100_000,
        distances.allSatisfy({ ($0 / least).truncatingRemainder(dividingBy: 1) == 0 }),
        distances.count(where: { $0 == least }) * 2 >= distances.count
      else {
        numbers = counted
        isRegular = false
        return
      }
      numbers = steps.map { Int(($0 - steps[0]) / least) }
      isRegular = true
    }

    /// The months of points that are all first days of months; nil for others.
    private static func months(_ points: [Double]) -> [Double]? {
      var months: [Double] = []
      for point in points {
        let day = CivilDate(days: Int(point.rounded(.down)))
        guard point == point.rounded(), day.day == 1 else { return nil }
        months.append(Double(day.year * 12 + day.month))
      }
      return months
    }
  }
}
