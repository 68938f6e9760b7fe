import Testing

@testable import ColumnStore

/// Bounds of shares against the shares of all counts that lie between the bounds.
@Suite("Bounds of shares") struct ShareBoundsTests {
  /// All counts with bounds from 0 to 5.
  private static let small: [BoundedCount] = (0...5 as ClosedRange<Int64>).flatMap { lower in
    (lower...5).compactMap { BoundedCount(lower: lower, upper: $0) }
  }

  private func expect(
    _ found: ShareBounds?, _ part: BoundedCount, _ other: BoundedCount, _ share: (Int64, Int64) -> Double?
  ) {
    let numbers = { (count: BoundedCount) in (count.lower ?? 0)...(count.upper ?? 5) }
    let all = numbers(part).flatMap { x in numbers(other).compactMap { share(x, $0) } }
    #expect(found?.low == all.min(), "\(part), \(other)")
    #expect(found?.high == all.max(), "\(part), \(other)")
  }

  @Test("they are the least and the greatest of all shares")
  func tight() {
    for first in Self.small {
      for second in Self.small {
        expect(.share(of: first, in: second), first, second) { part, whole in
          whole > 0 && part <= whole ? Double(part) / Double(whole) : nil
        }
        expect(.share(of: first, beside: second), first, second) { part, rest in
          part + rest > 0 ? Double(part) / Double(part + rest) : nil
        }
        guard second.lower ?? 0 > 0 else { continue }
        expect(.ratio(first, to: second), first, second) { Double($0) / Double($1) }
      }
    }
  }

  @Test("without a limit the ends are what shares come near to")
  func open() throws {
    func count(_ text: String) throws -> BoundedCount { try #require(BoundedCount(text)) }
    let rows: [(String, String, in: [Double?]?, beside: [Double?]?, ratio: [Double?]?)] = [
      // 501 of 702 is 0.71367..., 501 of 501 + 201 is the same.
      ("501+", "702", [501.0 / 702, 1], [501.0 / 1203, 1], [501.0 / 702, nil]),
      ("100", "500+", [0, 0.2], [0, 100.0 / 600], [0, 0.2]),
      ("0-4", "500+", [0, 4.0 / 500], [0, 4.0 / 504], [0, 4.0 / 500]), ("250~", "250~", [0, 1], [0, 1], [0, nil]),
      ("501+", "100", nil, [501.0 / 601, 1], [5.01, nil]), ("0", "0", nil, nil, nil),
      ("0", "0+", [0, 0], [0, 0], [0, 0]),
      ("-1", "5", nil, nil, nil), ("5+", "0", nil, [1, 1], nil), ("0-3", "0-2", [0, 1], [0, 1], [0, nil]),
    ]
    for (left, right, inside, beside, ratio) in rows {
      let (x, y) = (try count(left), try count(right))
      for (found, wanted) in [
        (ShareBounds.share(of: x, in: y), inside), (.share(of: x, beside: y), beside), (.ratio(x, to: y), ratio),
      ] {
        #expect(found.map { [$0.low, $0.high] } == wanted, "\(left), \(right)")
      }
    }
  }

  @Test("rounded to doubles no share of large counts leaves its bounds")
  func rounding() throws {
    // D. Knuth's MMIX generator, whose upper bits are taken.
    var state: UInt64 = 53
    func below(_ bits: UInt64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(state >> (64 - bits))
    }
    for _ in 0..<20_000 {
      let (part, rest, spread) = (below(51), below(51) + 1, below(10))
      func around(_ number: Int64) throws -> BoundedCount {
        try #require(BoundedCount(lower: max(0, number - spread), upper: number + spread))
      }
      let share = Double(part) / (Double(part) + Double(rest))
      let bounds = try #require(ShareBounds.share(of: try around(part), beside: try around(rest)))
      #expect(bounds.low <= share && share <= bounds.high ?? .infinity)
      let inside = try #require(ShareBounds.share(of: try around(part), in: try around(part + rest)))
      let divided = Double(part) / Double(part + rest)
      #expect(inside.low <= divided && divided <= inside.high ?? .infinity)
    }
  }
}
