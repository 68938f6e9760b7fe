import Testing

@testable import ColumnStore

/// Bounds against every number that lies between them.
@Suite("Bounds of counts") struct CountBoundsTests {
  /// All counts with bounds from -3 to 3, and those that are open at an end.
  private static let small: [BoundedCount] = (-3...3 as ClosedRange<Int64>).flatMap { lower in
    (lower...3).compactMap { BoundedCount(lower: lower, upper: $0) }
  }

  private func numbers(_ count: BoundedCount) -> ClosedRange<Int64> { (count.lower ?? -3)...(count.upper ?? 3) }

  @Test("results are the least and the greatest of all results of numbers between the bounds")
  func tight() {
    let operations: [(String, (CountBounds, CountBounds) -> CountBounds, (Int64, Int64) -> Int64)] = [
      ("+", { $0 + $1 }, { $0 + $1 }), ("-", { $0 + $1.negated }, { $0 - $1 }), ("*", { $0 * $1 }, { $0 * $1 }),
      ("minimum", { $0.minimum($1) }, { min($0, $1) }), ("maximum", { $0.maximum($1) }, { max($0, $1) }),
    ]
    for first in Self.small {
      for second in Self.small {
        for (name, bounds, exact) in operations {
          let all = numbers(first).flatMap { x in numbers(second).map { exact(x, $0) } }
          let found = bounds(CountBounds(first), CountBounds(second)).count
          #expect(found == BoundedCount(lower: all.min(), upper: all.max()), "\(first) \(name) \(second)")
        }
        let common = Set(numbers(first)).intersection(numbers(second))
        #expect(CountBounds(first).intersection(CountBounds(second)).isEmpty == common.isEmpty)
      }
    }
  }

  @Test("what has no limit is without limit in the result, but for none of it")
  func open() throws {
    func bounds(_ text: String) throws -> CountBounds { CountBounds(try #require(BoundedCount(text))) }
    #expect(try (bounds("500+") + bounds("3")).count?.description == "503+")
    #expect(try (bounds("3") + bounds("500+").negated).count?.description == "? to -497")
    #expect(try (bounds("500+") + bounds("500+").negated).count?.description == "? to ?")
    #expect(try (bounds("500+") * bounds("0")).count?.description == "0")
    #expect(try (bounds("500+") * bounds("-2")).count?.description == "? to -1000")
    #expect(try (bounds("0+") * bounds("-1 to 1")).count?.description == "? to ?")
    #expect(try (bounds("2+") * bounds("3+")).count?.description == "6+")
    #expect(try bounds("500+").minimum(bounds("7-9")).count?.description == "7-9")
    #expect(try bounds("500+").maximum(bounds("7-9")).count?.description == "500+")
  }

  @Test("a bound beyond 64 bits is no count")
  func limits() {
    let large = CountBounds(BoundedCount(.max))
    #expect((large + CountBounds(BoundedCount(1))).count == nil)
    #expect((large * large).count == nil)
    #expect(CountBounds(BoundedCount(.min)).negated.count == nil)
    #expect((large + large.negated).count == BoundedCount(0))
  }
}
