import CVector
import FixedRandom
import Testing

@testable import ColumnStore

/// The loops over vectors against loops of Swift, at every width that the machine has.
@Suite("Vectors") struct VectorTests {
  static let counts = [0, 1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 1000]

  private var levels: ClosedRange<Int32> { 0...cvector_level() }

  private var random: FixedGenerator { FixedGenerator(seed: 3) }

  @Test("doubles against a bound", arguments: [0, 1, 63, 64, 65, 200])
  func doubles(_ count: Int) {
    let some: [Double] = [0, -0.0, 1.5, -2, .nan, .infinity, -.infinity, 0x1p-1074, 7]
    let values = (0..<count).map { some[$0 % some.count] }
    for bound in some where !bound.isNaN {
      for level in levels {
        for relation in [cvector_equal, cvector_less] {
          var words = [UInt64](repeating: .max, count: (count + 63) / 64)
          cvector_compare_f64(values, count, bound, relation, 0, &words, level)
          for (row, value) in values.enumerated() {
            let isSet = words[row / 64] >> UInt64(row % 64) & 1 == 1
            #expect(isSet == (relation == cvector_equal ? value == bound : value < bound))
          }
        }
      }
    }
  }

  @Test("the number of a row is that of its code, within the limit", arguments: counts)
  func numbers(_ count: Int) {
    var random = random
    let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    let shorts = (0..<count).map { _ in Int16.random(in: .min ... .max, using: &random) }
    let words = (0..<count).map { _ in Int32.random(in: .min ... .max, using: &random) }
    let before = (0..<count).map { _ in UInt32.random(in: 0...99, using: &random) }
    func wanted(_ values: [UInt32], _ base: UInt32, _ limit: UInt32, _ adds: Bool) -> [UInt32] {
      values.enumerated().map { min($1 &- base, limit) &* 3 &+ (adds ? before[$0] : 0) }
    }
    for level in levels {
      for adds in [false, true] {
        for (base, limit) in [(UInt32(0), UInt32(255)), (200, 20), (UInt32(bitPattern: -100), 150)] {
          var found = before
          cvector_number_u8(bytes, count, base, limit, 3, adds, &found, level)
          #expect(found == wanted(bytes.map { UInt32($0) }, base, limit, adds))
          found = before
          cvector_number_i16(shorts, count, base, limit, 3, adds, &found, level)
          #expect(found == wanted(shorts.map { UInt32(bitPattern: Int32($0)) }, base, limit, adds))
          found = before
          cvector_number_i32(words, count, base, limit, 3, adds, &found, level)
          #expect(found == wanted(words.map { UInt32(bitPattern: $0) }, base, limit, adds))
        }
      }
    }
  }

  @Test("numbers are put at their place in words", arguments: counts)
  func places(_ count: Int) {
    var random = random
    let bytes = (0..<count).map { _ in Int8.random(in: .min ... .max, using: &random) }
    let words = (0..<count).map { _ in Int32.random(in: .min ... .max, using: &random) }
    let before = (0..<count).map { _ in UInt64.random(in: 0...9, using: &random) }
    for level in levels {
      for adds in [false, true] {
        var found = before
        cvector_place_i8(bytes, count, -128, 40, adds, &found, level)
        #expect(found == bytes.enumerated().map { UInt64(Int($1) + 128) << 40 + (adds ? before[$0] : 1) })
        found = before
        cvector_place_i32(words, count, Int64(Int32.min), 20, adds, &found, level)
        let distances = words.map { UInt64(Int64($0) - Int64(Int32.min)) }
        #expect(found == distances.enumerated().map { $1 << 20 + (adds ? before[$0] : 1) })
      }
    }
  }

  @Test("quotients are the nearest doubles", arguments: counts)
  func quotients(_ count: Int) {
    var random = random
    let values = (0..<count).map { _ in Int64.random(in: .min ... .max, using: &random) }
    for level in levels {
      var found = [Double](repeating: 0, count: count)
      cvector_quotients(values, count, 1e6, &found, level)
      #expect(found == values.map { Double($0) / 1e6 })
    }
  }

  @Test("a larger number never has a lower bin, and bins are a 32nd of the distance wide", arguments: counts)
  func bins(_ count: Int) {
    var random = random
    let numbers = (0..<count).map { _ in
      Double(bitPattern: UInt64.random(in: .min ... .max, using: &random))
    }.sorted { $0.isTotallyOrdered(belowOrEqualTo: $1) }.filter { !$0.isNaN }
    let groups = numbers.map { _ in UInt32.random(in: 0...3, using: &random) }
    for level in levels {
      for (pivot, factor) in [(0.0, 1.0), (1e300, 1e-290), (-5, 1e10)] {
        var found = [UInt32](repeating: .max, count: numbers.count)
        cvector_bins(numbers, groups, numbers.count, pivot, factor, &found, level)
        #expect(zip(found, groups).allSatisfy { $0 / 1024 == $1 })
        let bins = found.map { $0 % 1024 }
        #expect(zip(bins, bins.dropFirst()).allSatisfy { $0 <= $1 })
      }
      // 1 + the distance is 1, 33/32, 2, 2 + 2/32, 1024 and below the pivot 1, 2; NaN is last.
      let examples: [Double] = [10, 10.03125, 11, 11.0625, 1033, 9.999999999, 9, -.infinity, .infinity, .nan]
      var found = [UInt32](repeating: 0, count: examples.count)
      let group = [UInt32](repeating: 2, count: examples.count)
      cvector_bins(examples, group, examples.count, 10, 1, &found, level)
      #expect(found.map { $0 - 2048 } == [256, 257, 288, 289, 576, 255, 223, 0, 1023, 1023])
    }
  }

  @Test("set bits are counted", arguments: counts)
  func bits(_ count: Int) {
    var random = random
    let flags = (0..<count).map { _ in Bool.random(using: &random) }
    #expect(Bitmap(flags).trueCount == flags.count { $0 })
    let words = (0..<count).map { _ in random.next() }
    for level in levels {
      #expect(cvector_count_bits(words, count, level) == words.reduce(0) { $0 + $1.nonzeroBitCount })
    }
  }

  @Test("sums of values and squares are those of adding one by one", arguments: counts)
  func moments(_ count: Int) {
    var random = random
    let values = (0..<count).map { _ in Double.random(in: -1e6...1e6, using: &random) }
    let groups = (0..<count).map { _ in UInt32.random(in: 0...4, using: &random) }
    var wanted = [MomentSums](repeating: MomentSums(), count: 5)
    for (value, group) in zip(values, groups) { wanted[Int(group)].add(value) }
    for level in levels {
      var found = [cvector_moments](repeating: cvector_moments(), count: 5)
      cvector_add_moments(groups, values, count, &found, level)
      #expect(found.map(\.high) == wanted.map(\.high) && found.map(\.low) == wanted.map(\.low))
    }
  }

  @Test("values between two bounds keep their order", arguments: counts)
  func between(_ count: Int) {
    var random = random
    let values = (0..<count).map { _ in Int64.random(in: -50...50, using: &random) }
    let bounds: [(Int64, Int64)] = [(-10, 10), (.min, .max), (5, 5), (10, -10), (.min, 0), (0, .max)]
    for level in levels {
      for (low, high) in bounds {
        var found = [Int64](repeating: 0, count: count + 8)
        var below = 0
        let kept = cvector_between(values, count, low, high, &found, &below, level)
        #expect(Array(found.prefix(kept)) == values.filter { $0 >= low && $0 <= high })
        #expect(below == values.count { $0 < low })
      }
    }
  }

  @Test("two of 64 values by their places in the order")
  func ranked() {
    var random = random
    for range in [Int64.min ... .max, 0...9, 7...7] {
      let values = (0..<64).map { _ in Int64.random(in: range, using: &random) }
      let sorted = values.sorted()
      for level in levels {
        for (low, high) in [(0, 63), (24, 40), (31, 31), (0, 0)] {
          var (found, other) = (Int64(0), Int64(0))
          cvector_ranked(values, low, high, &found, &other, level)
          #expect((found, other) == (sorted[low], sorted[high]))
        }
      }
    }
  }

  @Test(
    "the values around a place hold it and the next",
    arguments: [1, 255, 256, 257, 1000, 20_000],
    ["random", "rising", "falling", "equal", "few", "sawtooth", "one apart"])
  func around(_ count: Int, _ kind: String) {
    var random = random
    var values = (0..<count).map { index -> Int64 in
      switch kind {
      case "rising": Int64(index)
      case "falling": Int64(-index)
      case "equal": 7
      case "few": Int64.random(in: 0...3, using: &random)
      // What the sample sees, every sixty-fourth part, differs from all the others.
      case "sawtooth": Int64(index % max(1, count / 64))
      case "one apart": index == count / 2 ? .max : .min
      default: Int64.random(in: .min ... .max, using: &random)
      }
    }
    let sorted = values.sorted()
    for place in Set([0, 1, count / 100, count / 4, count / 2, count * 9 / 10, count - 2, count - 1])
    where sorted.indices.contains(place) {
      let found = values.withUnsafeMutableBufferPointer { all in
        all.around(place) { few, place in few.sorted()[place..<min(place + 2, few.count)] }
      }
      #expect(Array(found) == Array(sorted[place..<min(place + 2, count)]), "place \(place)")
    }
  }
}

extension MomentSums {
  /// Adds a value by the formulas of two-sum, and its square with the square's own error.
  fileprivate mutating func add(_ value: Double) {
    let square = value * value
    let terms = SIMD2(value, square)
    let sum = high + terms
    let part = sum - high
    low = low + ((high - (sum - part)) + (terms - part)) + SIMD2(0, (-square).addingProduct(value, value))
    high = sum
  }
}
