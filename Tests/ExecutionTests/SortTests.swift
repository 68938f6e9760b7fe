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

  @Test("many equal texts are not sorted again for each of them")
  func equalTexts() throws {
    let column = Column(
      type: .text, values: Array(repeating: .text("the same text for all of the rows"), count: 65_536))
    let found = try LeadingTexts.candidates(column, 1, isDescending: false, nullsFirst: false, ExecutionContext())
    #expect(found.count == 65_536)
  }
}
