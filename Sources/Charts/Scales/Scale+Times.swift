import ColumnStore

extension Scale {
  /// Distances between ticks in time, from short to long.
  enum TimeStep: Hashable {
    case seconds(Int)
    case days(Int)
    case months(Int)

    static let all: [TimeStep] =
      [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200].map { .seconds($0) }
      + [1, 2, 7].map { .days($0) } + [1, 3, 6].map { .months($0) }
      + [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map { .months($0 * 12) }

    var days: Double {
      switch self {
      case .seconds(let count): Double(count) / 86_400
      case .days(let count): Double(count)
      case .months(let count): Double(count) * 30.4
      }
    }
  }

  /// The most ticks that are tried.
  private static let mostTimes = 16

  static func temporal(_ range: ClosedRange<Double>, isDaily: Bool, fits: (Scale) -> Bool) -> Scale {
    let span = range.upperBound - range.lowerBound
    var last: Scale?
    for step in TimeStep.all where span / step.days <= Double(mostTimes) {
      if isDaily, case .seconds = step { continue }
      let ticks = ticks(range, step)
      guard !ticks.isEmpty else { break }
      let scale = Scale(lower: range.lowerBound, upper: range.upperBound, ticks: ticks)
      if fits(scale) { return scale }
      last = scale
    }
    if let last, let first = last.ticks.first {
      return Scale(lower: last.lower, upper: last.upper, ticks: [first])
    }
    let only = Tick(value: range.lowerBound, label: Scale.text(range.lowerBound, isDaily: isDaily))
    return Scale(lower: range.lowerBound, upper: range.upperBound, ticks: [only])
  }

  private static func ticks(_ range: ClosedRange<Double>, _ step: TimeStep) -> [Tick] {
    switch step {
    case .seconds(let count):
      let seconds = Double(count)
      let first = (range.lowerBound * 86_400 / seconds - 1e-6).rounded(.up)
      let last = (range.upperBound * 86_400 / seconds + 1e-6).rounded(.down)
      guard first <= last else { return [] }
      return (0...Int(min(last - first, 100))).map { number in
        let second = (first + Double(number)) * seconds
        let clock = clock(second, isShort: count % 60 == 0)
        let isMidnight = second.truncatingRemainder(dividingBy: 86_400) == 0
        return Tick(value: second / 86_400, label: isMidnight ? date(second / 86_400) : clock)
      }
    case .days(let count):
      // Weeks begin on Mondays: 1969-12-29 was one.
      let shift = count == 7 ? 3.0 : 0
      let first = ((range.lowerBound + shift) / Double(count) - 1e-9).rounded(.up)
      let last = ((range.upperBound + shift) / Double(count) + 1e-9).rounded(.down)
      guard first <= last else { return [] }
      return (0...Int(min(last - first, 100))).map { number in
        let day = (first + Double(number)) * Double(count) - shift
        return Tick(value: day, label: date(day))
      }
    case .months(let count):
      let start = CivilDate(days: Int(range.lowerBound.rounded(.down)))
      var month = floorDivide(start.year * 12 + start.month - 1, count) * count
      var ticks: [Tick] = []
      while ticks.count <= 100,
        let first = CivilDate(year: floorDivide(month, 12), month: month - floorDivide(month, 12) * 12 + 1, day: 1)
      {
        if Double(first.days) > range.upperBound { break }
        if Double(first.days) >= range.lowerBound {
          let label = String(Value.date(Int32(first.days)).description.dropLast(count < 12 ? 3 : 6))
          ticks.append(Tick(value: Double(first.days), label: label))
        }
        month += count
      }
      return ticks
    }
  }

  /// A place in time: `2021-02-10`, or with its time of day `2021-02-10 14:00:00`.
  static func text(_ days: Double, isDaily: Bool) -> String {
    if isDaily { return date(days) }
    let seconds = min(max((days * 86_400).rounded(), -9e12), 9e12)
    return Value.timestamp(Int64(seconds) * 1_000_000).description
  }

  private static func date(_ days: Double) -> String { Value.date(Int32(days.rounded(.down))).description }

  private static func clock(_ second: Double, isShort: Bool) -> String {
    let ofDay = Int64(second - (second / 86_400).rounded(.down) * 86_400) * 1_000_000
    return String(Value.time(ofDay).description.prefix(isShort ? 5 : 8))
  }
}
