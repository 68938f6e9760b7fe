import ColumnStore
import Testing

@testable import Charts

/// Ticks worked out by hand: steps of 1, 2 and 5 times a power of ten; days, months and years as a calendar has them.
@Suite struct ScaleTests {
  private func labels(
    _ range: ClosedRange<Double>, _ unit: Scale.Unit = .number, most: Int, isLogarithmic: Bool = false,
    isWhole: Bool = false, isRounded: Bool = true
  ) -> [String] {
    Scale(covering: range, unit: unit, isLogarithmic: isLogarithmic, isWhole: isWhole, isRounded: isRounded) {
      $0.ticks.count <= most
    }.ticks.map(\.label)
  }

  private func day(_ year: Int, _ month: Int, _ day: Int) -> Double {
    Double(CivilDate(year: year, month: month, day: day)?.days ?? 0)
  }

  @Test func numbersHaveRoundSteps() {
    #expect(labels(0...1435, most: 4) == ["0", "500", "1,000", "1,500"])
    #expect(labels(0...97, most: 6) == ["0", "20", "40", "60", "80", "100"])
    #expect(labels(0...0.35, most: 5) == ["0", "0.1", "0.2", "0.3", "0.4"])
    #expect(labels(-3...7, most: 5) == ["-5", "0", "5", "10"])
    #expect(labels(0...3_000_000, most: 4) == ["0", "1,000,000", "2,000,000", "3,000,000"])
  }

  @Test func percentagesAreOfAHundred() {
    #expect(labels(0...0.62, .percent, most: 5) == ["0%", "20%", "40%", "60%", "80%"])
    #expect(labels(0...0.031, .percent, most: 5) == ["0%", "1%", "2%", "3%", "4%"])
    #expect(labels(0...0.004, .percent, most: 5) == ["0%", "0.1%", "0.2%", "0.3%", "0.4%"])
  }

  @Test func countsHaveNoFractions() {
    #expect(labels(0...2, most: 12, isWhole: true) == ["0", "1", "2"])
    #expect(labels(0...0, most: 12, isWhole: true) == ["0", "1"])
  }

  @Test func ticksAreTheNumbersThatTheySay() {
    let scale = Scale(covering: 0...0.35, unit: .number) { $0.ticks.count <= 5 }
    #expect(scale.ticks.map(\.value) == [0, 0.1, 0.2, 0.3, 0.4])
  }

  @Test func ratiosHavePowersOfTen() {
    #expect(labels(3...40_000, most: 6, isLogarithmic: true) == ["1", "10", "100", "1,000", "10,000", "100,000"])
    #expect(labels(3...90, most: 12, isLogarithmic: true) == ["1", "2", "5", "10", "20", "50", "100"])
    #expect(labels(0.002...0.5, most: 4, isLogarithmic: true) == ["0.001", "0.01", "0.1", "1"])
    let scale = Scale(covering: 1...100, unit: .number, isLogarithmic: true) { _ in true }
    #expect(scale.place(10) == 0.5)
    #expect(scale.place(0) == 0)
  }

  @Test func timesBeginMonthsAndYears() {
    #expect(
      labels(day(2021, 1, 15)...day(2021, 6, 2), .date, most: 6)
        == ["2021-02", "2021-03", "2021-04", "2021-05", "2021-06"])
    #expect(labels(day(2012, 3, 1)...day(2017, 7, 1), .date, most: 6) == ["2013", "2014", "2015", "2016", "2017"])
    #expect(
      labels(day(2021, 2, 10)...day(2021, 2, 12), .date, most: 6) == ["2021-02-10", "2021-02-11", "2021-02-12"])
    // 2021-02-01 was a Monday.
    #expect(labels(day(2021, 2, 1)...day(2021, 2, 20), .date, most: 4) == ["2021-02-01", "2021-02-08", "2021-02-15"])
    #expect(labels(day(2021, 2, 10)...day(2021, 2, 10), .date, most: 4) == ["2021-02-10"])
  }

  @Test func timesOfDayHaveHoursAndDates() {
    let start = day(2021, 2, 10)
    #expect(
      labels(start + 0.5...start + 1.25, .time, most: 4) == ["12:00", "18:00", "2021-02-11", "06:00"])
  }

  @Test(arguments: [[5e-324, 1], [5e-324, 1e308], [1e308, .greatestFiniteMagnitude], [5, 5]] as [[Double]])
  func anyRangeHasAScaleOfRatios(_ ends: [Double]) {
    let scale = Scale(covering: ends[0]...ends[1], unit: .number, isLogarithmic: true) { $0.ticks.count <= 5 }
    #expect(scale.ticks.count <= 12)
    for value in ends { #expect(scale.place(value).isFinite) }
  }

  private static let oddRanges: [[Double]] = [
    [-Double.greatestFiniteMagnitude, Double.greatestFiniteMagnitude], [0, Double.leastNonzeroMagnitude],
    [1e16, 1e16 + 4], [1e300, 1e308], [-1e-300, 0], [5, 5], [-7, -7], [0, 0], [1e15, 1e15 + 1],
  ]

  @Test(arguments: oddRanges)
  func anyRangeHasAScale(_ ends: [Double]) {
    let range = ends[0]...ends[1]
    for unit in [Scale.Unit.number, .percent, .date, .time] {
      for isRounded in [true, false] where !unit.isTemporal || range.upperBound < 1e9 && range.lowerBound > -1e9 {
        let scale = Scale(covering: range, unit: unit, isRounded: isRounded) { $0.ticks.count <= 5 }
        #expect(scale.ticks.count <= 12)
        #expect((0...1).contains(scale.place(range.lowerBound)))
        #expect(!scale.place(.nan).isNaN)
        #expect((0...1).contains(scale.place(range.upperBound)))
      }
    }
  }
}
