import Testing

@testable import ColumnStore

@Suite("Free blocks", .enabled(if: FreeBlocks.areKept)) struct FreeBlocksTests {
  private func budget(limit: Int = 800_000_000, measure: @escaping @Sendable () -> Int = { 0 }) -> MemoryBudget {
    MemoryBudget(limit: limit, folder: nil, measure: measure, freeSpace: { _ in 0 })
  }

  @Test("a block is at most an eighth larger than what is asked for")
  func sizes() {
    for size in [65_536, 65_537, 73_728, 73_729, 100_000, 131_071, 131_072, 131_073, 1 << 20, (1 << 30) + 1] {
      let real = FreeBlocks.size(size)
      #expect(real >= size && real - size <= size / 8 && real % 64 == 0)
      #expect(FreeBlocks.size(real) == real)
    }
  }

  @Test func whatIsGivenBackIsTakenAgain() {
    let budget = budget()
    var first: Memory? = Memory(byteCount: 1_000_000, budget: budget)
    let place = first?.base
    first = nil
    #expect(budget.heldBytes == 0 && budget.freeBlocks.byteCount == FreeBlocks.size(1_000_000))
    // A little less fits as well, much less does not.
    let small = Memory(byteCount: 400_000, budget: budget)
    #expect(small.base != place)
    let again = Memory(byteCount: 990_000, budget: budget)
    #expect(again.base == place && budget.freeBlocks.byteCount == 0)
    #expect(budget.heldBytes == 400_000 + 990_016)
  }

  @Test func aBlockThatIsToBeZeroIs() {
    let budget = budget()
    var first: Memory? = Memory(byteCount: 200_000, budget: budget)
    if let first { first.base.initializeMemory(as: UInt8.self, repeating: 7, count: 200_000) }
    first = nil
    let second = Memory(byteCount: 200_000, zeroed: true, budget: budget)
    #expect(UnsafeRawBufferPointer(start: second.base, count: 200_000).allSatisfy { $0 == 0 })
  }

  @Test("no more is kept than an eighth of what is allowed")
  func limit() {
    let budget = budget(limit: 8_000_000)
    let blocks = (0..<3).map { _ in Memory(byteCount: 400_000, budget: budget) }
    #expect(blocks.count == 3)
    do { _ = consume blocks }
    #expect(budget.freeBlocks.byteCount == 2 * FreeBlocks.size(400_000))
  }

  @Test func nothingIsKeptWhereMemoryIsShort() {
    let budget = budget(limit: 100_000_000, measure: { 99_000_000 })
    do { _ = Memory(byteCount: 400_000, budget: budget) }
    #expect(budget.freeBlocks.byteCount == 0)
  }
}
