import ColumnStore
import FixedRandom
import Testing

@testable import Execution

/// Sums, variances and quantiles against arithmetic without rounding.
@Suite("Exact aggregates") struct AggregateExactnessTests {
  private func input(_ values: [Double]) -> AggregateInput {
    AggregateInput(
      groups: Buffer(repeating: 0, count: values.count), count: values.count,
      arguments: [Column(type: .double, data: .double(Buffer(values)))], order: [], mask: nil, firstRow: 0)
  }

  private func finish(_ state: any AggregateState, _ values: [Double]) throws -> Double? {
    state.grow(1)
    state.update(input(values))
    guard case .double(let result) = try state.finish().value(0) else { return nil }
    return result
  }

  @Test("a sum of multiples of 2^-20 of any size is the nearest double of the exact sum")
  func sums() throws {
    var generator = FixedGenerator(seed: 9)
    for _ in 0..<200 {
      let units = (0..<100).map { _ in
        Int64.random(in: -(1 << 50)...(1 << 50), using: &generator) >> Int64(generator.below(40))
      }
      let values = units.map { Double($0) * 0x1p-20 }
      let exact = Double(units.reduce(Int128(0)) { $0 + Int128($1) }) * 0x1p-20
      #expect(try finish(DoubleSumState(isAverage: false), values) == exact)
      #expect(try finish(DoubleSumState(isAverage: false), Array(values.reversed())) == exact)
    }
    #expect(try finish(DoubleSumState(isAverage: false), [1e308, 1e308]) == .infinity)
    #expect(try finish(DoubleSumState(isAverage: false), [.infinity, -1]) == .infinity)
    #expect(try finish(DoubleSumState(isAverage: false), [.infinity, -.infinity])?.isNaN == true)
    #expect(try finish(DoubleSumState(isAverage: false), []) == nil)
  }

  @Test("variances of whole numbers far from zero keep their digits", arguments: [0, 1_000_000, 1 << 40])
  func variances(_ offset: Int) throws {
    var generator = FixedGenerator(seed: 10)
    for count in [2, 3, 10, 1000] {
      let whole = (0..<count).map { _ in offset + generator.below(1000) }
      // n times the sum of squares less the square of the sum is a whole number.
      let sum = whole.reduce(Int128(0)) { $0 + Int128($1) }
      let squares = whole.reduce(Int128(0)) { $0 + Int128($1) * Int128($1) }
      let spread = Double(Int128(count) * squares - sum * sum)
      let values = whole.map(Double.init)
      let sample = try #require(try finish(MomentState(isSample: true, isDeviation: false), values))
      let population = try #require(try finish(MomentState(isSample: false, isDeviation: true), values))
      let wanted = spread / Double(count) / Double(count - 1)
      #expect(abs(sample - wanted) <= 1e-12 * wanted)
      #expect(abs(population - (spread / Double(count * count)).squareRoot()) <= 1e-12 * population)
    }
    #expect(try finish(MomentState(isSample: true, isDeviation: false), [5]) == nil)
    #expect(try finish(MomentState(isSample: false, isDeviation: false), [5]) == 0)
  }

  @Test("selection gives what sorting would, for all orders of the input", arguments: [1, 2, 3, 10, 100, 1000])
  func selection(_ count: Int) {
    var generator = FixedGenerator(seed: 11)
    let inputs: [[Int64]] = [
      (0..<count).map { Int64($0) }, (0..<count).map { Int64(count - $0) }, (0..<count).map { Int64($0 % 2) },
      (0..<count).map { _ in 7 }, (0..<count).map { Int64(min($0, count - $0)) },
      (0..<count).map { _ in Int64.random(in: .min...(.max), using: &generator) },
      (0..<count).map { _ in Int64(generator.below(5)) },
    ]
    for values in inputs {
      let sorted = values.sorted()
      for place in Set([0, count / 3, count / 2, count - 1]) {
        var copy = values
        let (found, rest) = copy.withUnsafeMutableBufferPointer { buffer in
          let found = buffer.select(place)
          return (found, buffer[place...].min())
        }
        #expect(found == sorted[place] && rest == sorted[place] && copy.sorted() == sorted)
      }
    }
  }

  @Test("the order of doubles survives the way through whole numbers")
  func orderedBits() {
    let ascending = [-Double.infinity, -1e300, -1, -5e-324, 0, 5e-324, 1, 1e300, .infinity, .nan]
    for (left, right) in zip(ascending, ascending.dropFirst()) { #expect(left.orderedBits < right.orderedBits) }
    #expect((-0.0).orderedBits == 0.0.orderedBits)
    #expect((-Double.nan).orderedBits == Double.nan.orderedBits)
    for number in ascending.dropLast() { #expect(Double(orderedBits: number.orderedBits) == number) }
    #expect(Double(orderedBits: Double.nan.orderedBits).isNaN)
  }
}
