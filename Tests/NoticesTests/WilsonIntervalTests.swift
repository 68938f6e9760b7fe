import Testing

@testable import Notices

@Suite("Wilson's interval") struct WilsonIntervalTests {
  /// R. G. Newcombe (1998), table I, method 3.
  @Test(
    "published examples",
    arguments: [(81.0, 263.0, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)])
  func published(_ sample: (part: Double, whole: Double, low: Double, high: Double)) throws {
    let interval = try #require(WilsonInterval(part: sample.part, whole: sample.whole))
    #expect(abs(interval.low - sample.low) < 0.00005 && abs(interval.high - sample.high) < 0.00005)
  }

  @Test("its ends are where the score test just does not reject")
  func score() throws {
    for whole in [1.0, 2, 7, 20, 1000, 1e9] {
      for part in [0.0, 1, whole / 2, whole - 1, whole] where part >= 0 && part <= whole {
        let interval = try #require(WilsonInterval(part: part, whole: whole))
        let share = part / whole
        #expect(interval.low <= share && share <= interval.high && interval.low >= 0 && interval.high <= 1)
        for end in [interval.low, interval.high] where end > 0 && end < 1 {
          let score = abs(share - end) / (end * (1 - end) / whole).squareRoot()
          #expect(abs(score - WilsonInterval.z95) < 1e-6)
        }
        let mirrored = try #require(WilsonInterval(part: whole - part, whole: whole))
        #expect(abs(mirrored.low - (1 - interval.high)) < 1e-12)
      }
    }
    #expect(WilsonInterval(part: 0, whole: 20)?.low == 0 && WilsonInterval(part: 20, whole: 20)?.high == 1)
  }

  @Test("there is none where the part does not lie within the whole")
  func none() {
    for (part, whole) in [(0.0, 0.0), (1, 0), (-1, 5), (6, 5), (.nan, 5), (1, .nan)] {
      #expect(WilsonInterval(part: part, whole: whole) == nil)
    }
  }
}

@Suite("Largest remainders") struct LargestRemainderTests {
  @Test(
    "units are handed out by remainder",
    arguments: [
      ([1.0 / 3, 1.0 / 3, 1.0 / 3], 100, [34, 33, 33]), ([0.5, 0.5], 1, [1, 0]), ([1], 1000, [1000]),
      ([0.475, 0.475, 0.05], 10, [5, 5, 0]), ([2.0 / 3, 1.0 / 6, 1.0 / 6], 100, [67, 17, 16]),
      ([0.29, 0.71], 100, [29, 71]),
    ] as [([Double], Int, [Int])])
  func examples(_ sample: (shares: [Double], units: Int, wanted: [Int])) {
    #expect(LargestRemainder.distribute(sample.shares, units: sample.units) == sample.wanted)
  }

  @Test("the sum is always right, and no share is off by a unit or more")
  func sums() throws {
    for seed in 1..<200 {
      let counts = (0...(seed % 17)).map { (index: Int) -> Double in
        let mixed = index * 2_654_435_761 + seed * 40_503
        return Double(mixed % 1000 + 1)
      }
      let total = counts.reduce(0, +)
      let shares = counts.map { $0 / total }
      let units = try #require(LargestRemainder.distribute(shares, units: 1000))
      #expect(units.reduce(0, +) == 1000)
      for (share, unit) in zip(shares, units) { #expect(abs(share * 1000 - Double(unit)) < 1 + 1e-6) }
    }
  }

  @Test("shares that are not parts of one whole are refused")
  func refused() {
    for shares in [[0.5, 0.4], [], [1.5, -0.5], [.nan], [.infinity]] as [[Double]] {
      #expect(LargestRemainder.distribute(shares, units: 100) == nil)
    }
  }
}
