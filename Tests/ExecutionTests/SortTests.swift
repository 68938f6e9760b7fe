import ColumnStore
import FixedRandom
import Testing

@testable import Execution

/// Sorting against Swift's, at sizes around segments, on one thread and on three.
@Suite("Sorting", .serialized) struct SortTests {
  private func onThreads<Result: Equatable>(_ body: () throws -> Result) throws -> Result {
    let usual = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = usual }
    let results = try [1, 3].map { threads in
      WorkerPool.shared.threadCount = threads
      return try body()
    }
    #expect(results[0] == results[1])
    return results[0]
  }

  @Test(
    "rows by several words, equal ones in their order", arguments: [0, 1, 2, 65_535, 65_536, 65_537, 140_000],
    [[3], [64], [1, 63], [20, 20, 20, 20], [0, 5], [64, 64]])
  func words(_ count: Int, _ bits: [Int]) throws {
    var generator = FixedGenerator(seed: UInt64(count + bits.count))
    let words = bits.map { bits in
      (0..<count).map { _ -> UInt64 in
        let number = generator.next()
        // Many equal ones, and some of all bits.
        return bits == 0 ? 7 : (generator.oneIn(2) ? number & 3 : number) >> UInt64(64 - bits)
      }
    }
    let found = try onThreads {
      Array(try RadixSort(words.map { Buffer($0) }, rowCount: count, ExecutionContext()).rows())
    }
    let wanted = (0..<count).sorted { left, right in
      for word in words where word[left] != word[right] { return word[left] < word[right] }
      return left < right
    }
    #expect(found == wanted.map { UInt32($0) })
  }

  @Test(
    "the first texts of an order, ties included", arguments: [1, 2, 100, 65_535, 65_536, 65_537], [1, 3, 200])
  func texts(_ count: Int, _ limit: Int) throws {
    var generator = FixedGenerator(seed: UInt64(count + limit))
    let values = (0..<count).map { _ -> String? in
      generator.oneIn(20)
        ? nil : "some text that has the same beginning \(generator.below(generator.oneIn(2) ? 5 : 5000))"
    }
    let column = Column(type: .text, values: values.map { $0.map { .text($0) } ?? .null })
    for (isDescending, nullsFirst) in [(false, false), (false, true), (true, false), (true, true)] {
      let found = try onThreads {
        Array(
          try LeadingTexts.candidates(
            column, limit, isDescending: isDescending, nullsFirst: nullsFirst, ExecutionContext()))
      }
      /// NULL is a place before or behind all texts.
      func precedes(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return (left == nil) != (right == nil) && (left == nil) == nullsFirst }
        return isDescending ? left > right : left < right
      }
      let sorted = values.sorted(by: precedes)
      let bound = sorted[min(limit, count) - 1]
      let needed = values.indices.filter { !precedes(bound, values[$0]) }.map { UInt32($0) }
      #expect(found == found.sorted())
      #expect(Set(needed).isSubset(of: found))
    }
  }

  /// Values of different types that order as whole numbers do.
  static let kinds: [(type: DataType, value: @Sendable (Int) -> Value)] = [
    (.integer, { .integer(Int64($0)) }), (.integer, { .integer(Int64($0) * 1 << 20) }),
    (.integer, { .integer(Int64($0) << 40) }), (.double, { .double(Double($0) / 8) }), (.date, { .date(Int32($0)) }),
    (.timestamp, { .timestamp(Int64($0) * 1_000_003) }),
    (.decimal(precision: 9, scale: 2), { .decimal(Decimal(units: Int128($0), scale: 2)) }),
    (.decimal(precision: 30, scale: 2), { .decimal(Decimal(units: Int128($0) << 70, scale: 2)) }),
    (.interval, { .interval(Interval(days: Int32($0))) }), (.boolean, { .boolean($0 > 0) }),
    (.text, { .text(String(500_000 + $0)) }),
  ]

  @Test(
    "the first numbers of an order, ties included", arguments: [1, 2, 100, 65_536, 65_537, 140_000], [1, 200, 20_000])
  func numbers(_ count: Int, _ limit: Int) throws {
    // Of large columns a few types are enough, others for each size.
    for (seed, kind) in Self.kinds.enumerated() where count <= 100 || (seed + count + limit) % 4 == 0 {
      var generator = FixedGenerator(seed: UInt64(count + limit + seed))
      // Few different ones, many, in order, and hardly any.
      let (spread, isInOrder) = (generator.pick([5, 5000]), generator.oneIn(3))
      let gaps = generator.pick([0, 20, 1])
      let numbers = (0..<count).map { row -> Int? in
        if gaps > 0, gaps == 1 ? !generator.oneIn(1000) : generator.oneIn(gaps) { return nil }
        return isInOrder ? row * spread / count - spread / 2 : generator.below(spread) - spread / 2
      }
      var column = Column(type: kind.type, values: numbers.map { $0.map(kind.value) ?? .null })
      if kind.type == .text { column = column.dictionaryEncoded() }
      /// Values that are the same are one place, and NULL is one before or behind all others.
      func place(_ number: Int?, _ isDescending: Bool, _ nullsFirst: Bool) -> Int {
        guard let number else { return nullsFirst ? .min : .max }
        return (kind.type == .boolean ? (number > 0 ? 1 : 0) : number) * (isDescending ? -1 : 1)
      }
      for (isDescending, nullsFirst) in [(false, false), (false, true), (true, false), (true, true)] {
        let places = numbers.map { place($0, isDescending, nullsFirst) }
        let last = places.sorted()[min(limit, count) - 1]
        for threads in [1, 3] {
          let usual = WorkerPool.shared.threadCount
          defer { WorkerPool.shared.threadCount = usual }
          WorkerPool.shared.threadCount = threads
          let found = try LeadingNumbers.candidates(
            column, limit, isDescending: isDescending, nullsFirst: nullsFirst, ExecutionContext())
          // Strictly ascending, so none is there twice; which others there are depends on who was first.
          let areAscending = zip(found, found.dropFirst()).allSatisfy { $0 < $1 } && found.allSatisfy { $0 < count }
          var isFound = [Bool](repeating: false, count: count)
          for row in found { isFound[Int(row)] = true }
          let isWhole = (0..<count).allSatisfy { places[$0] > last || isFound[$0] }
          #expect(areAscending && isWhole, "\(kind.type) \(spread) \(isInOrder) \(gaps)")
        }
      }
    }
  }

  @Test("a bound keeps others from being sorted")
  func fewNumbers() throws {
    var generator = FixedGenerator(seed: 1)
    let column = Column(type: .integer, values: (0..<500_000).map { _ in .integer(Int64(generator.below(1 << 30))) })
    let found = try LeadingNumbers.candidates(column, 20, isDescending: true, nullsFirst: false, ExecutionContext())
    #expect(found.count < 10_000)
  }

  @Test("many equal texts are not sorted again for each of them")
  func equalTexts() throws {
    let column = Column(
      type: .text, values: Array(repeating: .text("the same text for all of the rows"), count: 65_536))
    let found = try LeadingTexts.candidates(column, 1, isDescending: false, nullsFirst: false, ExecutionContext())
    #expect(found.count == 65_536)
  }
}
