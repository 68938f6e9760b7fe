import Testing

@testable import Notices

@Suite("Kaplan and Meier") struct KaplanMeierTests {
  /// Counts of durations: `9+` is open after 9.
  private func curve(_ text: String) -> KaplanMeier {
    var counts: [Int64: (ended: Int, open: Int)] = [:]
    for word in text.split(separator: " ") {
      let isOpen = word.hasSuffix("+")
      let duration = Int64(isOpen ? word.dropLast() : word) ?? 0
      counts[duration, default: (0, 0)].ended += isOpen ? 0 : 1
      counts[duration, default: (0, 0)].open += isOpen ? 1 : 0
    }
    return KaplanMeier(counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value.ended, $0.value.open) })
  }

  /// The remission times of Freireich et al. (1963), weeks under 6-MP, as tabled by Kleinbaum and Klein, "Survival
  /// Analysis" (2012), table 2.4.
  @Test func remissionTimes() {
    let curve = curve("6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+")
    #expect(curve.steps.map(\.time) == [6, 7, 10, 13, 16, 22, 23])
    let published = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    for (step, survival) in zip(curve.steps, published) { #expect((step.survival - survival).magnitude < 5e-5) }
    // Greenwood's standard error after 23 weeks is 0.1346.
    let last = curve.steps[6]
    #expect((last.survival * last.relativeVariance.squareRoot() - 0.1346).magnitude < 5e-5)
    #expect(curve.quantile(0.5) == 23)
    #expect(curve.quantile(0.25) == 13)
    #expect(curve.quantile(0.75) == nil)
    #expect(curve.interval(ofQuantile: 0.5).low == 13)
    #expect(curve.interval(ofQuantile: 0.5).high == nil)
  }

  /// The other arm, in which nothing is open.
  @Test func withoutAnythingOpen() {
    let curve = curve("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23")
    #expect(curve.quantile(0.5) == 8)
    #expect(curve.quantile(0.25) == 4)
    #expect(curve.quantile(0.75) == 12)
    #expect(curve.interval(ofQuantile: 0.5).low == 4)
    #expect(curve.interval(ofQuantile: 0.5).high == 11)
  }

  @Test func whereNothingEndsOrIs() {
    #expect(curve("").quantile(0.5) == nil)
    #expect(curve("4+ 5+").quantile(0.5) == nil)
    #expect(curve("4+ 5+").interval(ofQuantile: 0.5).low == nil)
    // Half and no more: the time itself, since no end bounds the half that is open.
    #expect(curve("2 9+").quantile(0.5) == 2)
  }

  /// Without anything open, every quantile is the one of type 2 of the values in order.
  @Test func quantilesAreThoseOfTypeTwo() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let values = (0..<Int.random(in: 1...12, using: &generator)).map { _ in Int64.random(in: 0...9, using: &generator)
      }
      let sorted = values.sorted()
      let curve = curve(sorted.map(String.init).joined(separator: " "))
      for part in [0.25, 0.5, 0.75] {
        let place = Double(sorted.count) * part
        let lower = Int(place.rounded(.up)) - 1
        let expected =
          place == place.rounded()
          ? Double(sorted[lower] + sorted[min(lower + 1, sorted.count - 1)]) / 2 : Double(sorted[lower])
        #expect(curve.quantile(part) == expected, "\(sorted) \(part)")
      }
    }
  }
}
