import ColumnStore
import Formats
import Glibc

extension Scale {
  /// The most ticks that are tried.
  private static let mostTicks = 12

  static func linear(
    _ range: ClosedRange<Double>, isPercent: Bool, isWhole: Bool, isRounded: Bool, fits: (Scale) -> Bool
  ) -> Scale {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    // Too near to each other to be told apart: an axis of some length around them.
    let least = max(max(lower.magnitude, upper.magnitude) * 1e-12, 1e-290)
    if upper - lower < least {
      if lower > 0 { lower = isRounded ? 0 : lower - lower.magnitude / 2 }
      if upper < 0 { upper = isRounded ? 0 : upper + upper.magnitude / 2 }
      if upper - lower < least { upper = lower + 1 }
    }
    var step = RoundStep(atLeast: upper / Double(mostTicks) - lower / Double(mostTicks))
    if isWhole { step.becomeWhole() }
    while true {
      let scale = scale(lower, upper, step, isPercent: isPercent, isRounded: isRounded)
      if scale.ticks.count <= 2 || fits(scale) { return scale }
      step = step.next
    }
  }

  private static func scale(_ lower: Double, _ upper: Double, _ step: RoundStep, isPercent: Bool, isRounded: Bool)
    -> Scale
  {
    let slack = 1e-9
    let first = isRounded ? (lower / step.value + slack).rounded(.down) : (lower / step.value - slack).rounded(.up)
    let last = isRounded ? (upper / step.value - slack).rounded(.up) : (upper / step.value + slack).rounded(.down)
    let count = max(0, Int(min(last - first, 100)))
    let ticks = first > last ? [] : (0...count).map { step.tick(first + Double($0), isPercent: isPercent) }
    guard isRounded, let start = ticks.first?.value, let end = ticks.last?.value else {
      return Scale(lower: lower, upper: upper, ticks: ticks)
    }
    return Scale(lower: min(start, lower), upper: max(end, upper), ticks: ticks)
  }

  static func logarithmic(_ range: ClosedRange<Double>, isPercent: Bool, fits: (Scale) -> Bool) -> Scale {
    // What is smaller has a power of ten that no double holds.
    let first = max(-300, Int(log10(range.lowerBound).rounded(.down)))
    let last = max(first + 1, Int(log10(range.upperBound).rounded(.up)))
    let (lower, upper) = (RoundStep(1, exponent: first).value, RoundStep(1, exponent: last).value)
    let fine = (first...last).flatMap { exponent in
      (exponent == last ? [1] : [1, 2, 5]).map { RoundStep($0, exponent: exponent).tick(1, isPercent: isPercent) }
    }
    let choices =
      [fine]
      + (1...max(1, last - first)).map { stride in
        Swift.stride(from: first, through: last, by: stride).map { exponent in
          RoundStep(1, exponent: exponent).tick(1, isPercent: isPercent)
        }
      }
    let scales = choices.map { Scale(lower: lower, upper: upper, isLogarithmic: true, ticks: $0) }
    return scales.first { $0.ticks.count <= mostTicks && fits($0) }
      ?? scales.last ?? Scale(lower: lower, upper: upper, ticks: [])
  }
}

extension RoundStep {
  /// A multiple, written with all its digits and no more.
  func tick(_ count: Double, isPercent: Bool) -> Scale.Tick {
    Scale.Tick(value: multiple(count), label: text(of: count, isPercent: isPercent))
  }
}
