import ColumnStore
import FixedRandom
import Testing

@testable import Execution

/// Decimals against a slow model: whole numbers as lists of decimal digits, calculated with as on paper.
@Suite("Decimal arithmetic") struct DecimalArithmeticTests {
  /// A whole number of any length, its lowest digit first.
  private struct PaperNumber {
    var isNegative: Bool
    var digits: [Int]

    init(_ units: Int128) {
      isNegative = units < 0
      digits = String(units.magnitude).reversed().map { Int(String($0)) ?? 0 }
    }

    private init(isNegative: Bool, digits: [Int]) {
      self.isNegative = isNegative
      self.digits = digits
      while self.digits.count > 1, self.digits.last == 0 { self.digits.removeLast() }
    }

    func shifted(_ places: Int) -> PaperNumber {
      PaperNumber(isNegative: isNegative, digits: Array(repeating: 0, count: places) + digits)
    }

    static func * (left: PaperNumber, right: PaperNumber) -> PaperNumber {
      var result = [Int](repeating: 0, count: left.digits.count + right.digits.count + 1)
      for (place, digit) in left.digits.enumerated() {
        for (otherPlace, other) in right.digits.enumerated() { result[place + otherPlace] += digit * other }
        for index in 0..<result.count - 1 {
          result[index + 1] += result[index] / 10
          result[index] %= 10
        }
      }
      return PaperNumber(isNegative: left.isNegative != right.isNegative, digits: result)
    }

    /// Column by column with signs, then carried.
    static func + (left: PaperNumber, right: PaperNumber) -> PaperNumber {
      let length = max(left.digits.count, right.digits.count) + 1
      var result = (0..<length).map { place in
        let first = place < left.digits.count ? left.digits[place] : 0
        let second = place < right.digits.count ? right.digits[place] : 0
        return (left.isNegative ? -first : first) + (right.isNegative ? -second : second)
      }
      let isNegative = (result.last { $0 != 0 } ?? 0) < 0
      if isNegative { result = result.map { -$0 } }
      for place in 0..<length - 1 {
        let carry = result[place] >= 0 ? result[place] / 10 : (result[place] - 9) / 10
        result[place] -= carry * 10
        result[place + 1] += carry
      }
      return PaperNumber(isNegative: isNegative, digits: result)
    }

    static prefix func - (number: PaperNumber) -> PaperNumber {
      PaperNumber(isNegative: !number.isNegative, digits: number.digits)
    }

    func text(scale: Int) -> String {
      var padded = digits
      while padded.count <= scale { padded.append(0) }
      var text = padded.reversed().map(String.init).joined()
      if scale > 0 { text.insert(".", at: text.index(text.endIndex, offsetBy: -scale)) }
      return isNegative && digits.contains { $0 != 0 } ? "-" + text : text
    }
  }

  private func random(_ precision: Int, _ generator: inout FixedGenerator) -> Int128 {
    var units: Int128 = 0
    for _ in 0..<generator.below(precision + 1) { units = units * 10 + Int128(generator.below(10)) }
    return generator.oneIn(2) ? -units : units
  }

  @Test(
    "sums, differences, products and comparisons are those on paper",
    arguments: [(4, 2, 3, 1), (9, 4, 9, 0), (18, 6, 18, 9), (19, 0, 18, 18), (30, 10, 8, 2), (37, 5, 37, 5)])
  func onPaper(_ sizes: (Int, Int, Int, Int)) throws {
    var generator = FixedGenerator(seed: UInt64(sizes.0))
    let (precision, scale, otherPrecision, otherScale) = sizes
    let rows = (0..<200).map { _ in (random(precision, &generator), random(otherPrecision, &generator)) }
    let session = TestSession()
    session.define(
      "t",
      Table([
        (
          "a",
          Column(
            type: .decimal(precision: precision, scale: scale),
            values: rows.map { .decimal(Decimal(units: $0.0, scale: scale)) })
        ),
        (
          "b",
          Column(
            type: .decimal(precision: otherPrecision, scale: otherScale),
            values: rows.map { .decimal(Decimal(units: $0.1, scale: otherScale)) })
        ),
      ]))
    let common = max(scale, otherScale)
    let sums = try #require(try session.run("select a + b, a - b, a < b, a = b from t;"))
    let products = precision + otherPrecision <= 38 ? try session.run("select a * b from t;") : nil
    for (index, row) in rows.enumerated() {
      let first = PaperNumber(row.0).shifted(common - scale)
      let second = PaperNumber(row.1).shifted(common - otherScale)
      let difference = first + -second
      #expect(sums.columns[0].value(index).description == (first + second).text(scale: common))
      #expect(sums.columns[1].value(index).description == difference.text(scale: common))
      let isZero = difference.digits.allSatisfy { $0 == 0 }
      #expect(sums.columns[2].value(index) == .boolean(difference.isNegative && !isZero))
      #expect(sums.columns[3].value(index) == .boolean(isZero))
      if let products {
        #expect(
          products.columns[0].value(index).description
            == (PaperNumber(row.0) * PaperNumber(row.1)).text(scale: scale + otherScale))
      }
    }
    let total = rows.reduce(PaperNumber(0)) { $0 + PaperNumber($1.0) }
    let sum = try #require(try session.run("select sum(a), min(a), max(a) from t;"))
    #expect(sum.columns[0].value(0).description == total.text(scale: scale))
    #expect(sum.columns[1].value(0) == .decimal(Decimal(units: rows.map(\.0).min() ?? 0, scale: scale)))
    #expect(sum.columns[2].value(0) == .decimal(Decimal(units: rows.map(\.0).max() ?? 0, scale: scale)))
    let sorted = try #require(try session.run("select a from t order by a;"))
    #expect(
      (0..<rows.count).map { sorted.columns[0].value($0) }
        == rows.map(\.0).sorted().map { .decimal(Decimal(units: $0, scale: scale)) })
  }
}
