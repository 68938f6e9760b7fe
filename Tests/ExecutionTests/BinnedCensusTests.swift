import ColumnStore
import FixedRandom
import Testing

@testable import Execution

/// Quantiles of few groups, whose likely bins are kept in the first look, against sorted values.
@Suite("Binned census") struct BinnedCensusTests {
  private static let groupCount = 3
  private static let wanted = [0.0, 0.25, 0.5, 0.99, 1].flatMap { part in
    [true, false].map { Quantile(part: part, argument: .double, interpolates: $0) }
  }

  /// How the values of the parts follow each other.
  enum Order: CaseIterable {
    case random, rising, withNaN, equal

    func value(_ row: Int, of rows: Int, _ generator: inout FixedGenerator) -> Double {
      let number = Double.random(in: -1e6...1e6, using: &generator)
      return switch self {
      case .random: number
      case .rising: Double(row) - Double(rows / 2)
      case .withNaN: generator.oneIn(50) ? .nan : generator.oneIn(50) ? .infinity : number
      case .equal: 7
      }
    }
  }

  /// Parts of rows, of which some are left out.
  private func parts(_ count: Int, _ order: Order, _ generator: inout FixedGenerator) -> [AggregateInput] {
    let rows = 5000
    return (0..<count).map { part in
      let groups = (0..<rows).map { _ in
        generator.oneIn(100) ? UInt32(2) : UInt32(generator.below(Self.groupCount - 1))
      }
      let values = (0..<rows).map { order.value(part * rows + $0, of: count * rows, &generator) }
      let mask = part % 2 == 0 ? nil : Bitmap((0..<rows).map { _ in !generator.oneIn(4) })
      return AggregateInput(
        groups: Buffer(groups), count: rows, arguments: [Column(type: .double, data: .double(Buffer(values)))],
        order: [], mask: mask, firstRow: part * rows)
    }
  }

  @Test("quantiles are those of sorted values", arguments: [0, 1, 3, 4, 5, 20], Order.allCases)
  func quantiles(_ partCount: Int, _ order: Order) throws {
    var generator = FixedGenerator(seed: UInt64(partCount))
    let parts = parts(partCount, order, &generator)
    let sorted = (0..<UInt32(Self.groupCount)).map { keys(of: $0, parts).sorted() }
    for workerCount in [1, 2, 3] {
      let shared = SharedBins()
      let workers = (0..<workerCount).map { _ in BinnedCensus(shared, Self.wanted, sampleRows: 16_000) }
      for worker in workers { worker.grow(Self.groupCount) }
      for (index, part) in parts.enumerated() { workers[index % workerCount].count(part) }
      let map = Buffer((0..<UInt32(Self.groupCount)).map { $0 })
      for other in workers.dropFirst() { workers[0].merge(other, map: map) }
      let looks = workers[0].looks(workerCount: workerCount)
      if partCount == 20, order == .random { #expect(looks.isEmpty, "the bins were told rightly") }
      if partCount == 20, order == .rising { #expect(!looks.isEmpty, "the bins were told wrongly") }
      if !looks.isEmpty {
        for (index, part) in parts.enumerated() { looks[index % workerCount].keep(part) }
        workers[0].take(looks)
      }
      for quantile in Self.wanted {
        let expected = sorted.map { keys in quantile.value(keys.count, { keys[$0] }, next: { keys[$0 + 1] }) }
        // As texts, since NaN is like no other value.
        #expect(workers[0].values(of: quantile).map { "\($0)" } == expected.map { "\($0)" })
      }
    }
  }

  private func keys(of group: UInt32, _ parts: [AggregateInput]) -> [Int64] {
    parts.flatMap { part -> [Int64] in
      guard case .double(let values) = part.arguments[0].data else { return [] }
      return (0..<part.count).filter { part.groups[$0] == group && part.mask?[$0] ?? true }
        .map { values[$0].orderedBits }
    }
  }
}
