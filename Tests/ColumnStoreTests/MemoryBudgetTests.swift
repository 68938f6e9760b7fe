import Synchronization
import Testing

@testable import ColumnStore

@Suite("Memory budget") struct MemoryBudgetTests {
  private static let megabyte = 1_000_000

  private func budget(_ megabytes: Int, folder: String? = "/var/tmp", free: Int = .max) -> MemoryBudget {
    MemoryBudget(limit: megabytes * Self.megabyte, folder: folder, measure: { 0 }, freeSpace: { _ in free })
  }

  @Test func blocksAreCountedWhileTheyLive() {
    let budget = budget(100)
    var block: Memory? = Memory(byteCount: Self.megabyte, budget: budget)
    let small = Memory(byteCount: 1000, budget: budget)
    #expect(budget.heldBytes == Self.megabyte)
    #expect(block?.isInTemporaryFile == false)
    block = nil
    #expect(budget.heldBytes == 0)
    #expect(small.byteCount == 1000)
  }

  @Test func ofABlockThatIsTooLargeOnlyWhatIsUsedIsCounted() {
    let budget = budget(100)
    var block: Memory? = Memory(byteCount: 3 * Self.megabyte, budget: budget)
    block?.use(only: 2 * Self.megabyte)
    #expect(budget.heldBytes == 2 * Self.megabyte)
    block?.use(only: 5 * Self.megabyte)
    #expect(budget.heldBytes == 2 * Self.megabyte)
    block = nil
    #expect(budget.heldBytes == 0)
  }

  @Test func whatLiesFreeInLargePiecesIsNoMoreThanThereIs() throws {
    let free = try #require(SystemMemory.bytesInHugePages)
    #expect(free >= 0 && free % (2 << 20) == 0 && free < SystemMemory.available * 2)
  }

  @Test func theLastQuarterIsNotForBlocks() throws {
    let budget = budget(20)
    let first = Memory(byteCount: 15 * Self.megabyte, budget: budget)
    let second = Memory(byteCount: Self.megabyte, budget: budget)
    #expect(!first.isInTemporaryFile)
    #expect(second.isInTemporaryFile)
    #expect(budget.heldBytes == 15 * Self.megabyte)
    #expect(budget.temporaryBytes >= Self.megabyte)
    try budget.check()
  }

  @Test func blocksInFilesHoldWhatIsWrittenAndAreZeroAtFirst() {
    let budget = budget(0)
    // The larger one has a file of its own.
    for count in [100_000, 30_000_000] {
      var blocks = (0..<3).map { _ in Memory(byteCount: count, zeroed: true, budget: budget) }
      for (number, block) in blocks.enumerated() {
        #expect(block.isInTemporaryFile && !block.isBorrowed)
        let bytes = UnsafeMutableRawBufferPointer(start: block.base, count: count)
        #expect(bytes.allSatisfy { $0 == 0 })
        for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: index &* 7 &+ number) }
      }
      blocks.remove(at: 1)
      blocks.append(Memory(byteCount: count, zeroed: true, budget: budget))
      for (block, number) in zip(blocks, [0, 2]) {
        let bytes = UnsafeMutableRawBufferPointer(start: block.base, count: count)
        #expect(bytes.indices.allSatisfy { bytes[$0] == UInt8(truncatingIfNeeded: $0 &* 7 &+ number) })
      }
      #expect(UnsafeMutableRawBufferPointer(start: blocks[2].base, count: count).allSatisfy { $0 == 0 })
    }
    #expect(budget.temporaryBytes == 0)
  }

  @Test(arguments: [nil, "/var/tmp"])
  func withoutRoomInAFileTheNextCheckThrowsUntilTheBlockIsGone(_ folder: String?) throws {
    let budget = budget(20, folder: folder, free: 0)
    let within = Memory(byteCount: 18 * Self.megabyte, budget: budget)
    try budget.check()
    var beyond: Memory? = Memory(byteCount: 4 * Self.megabyte, budget: budget)
    let error = #expect(throws: MemoryError.self) { try budget.check() }
    #expect(
      error?.message
        == "this needs more than the 20 MB that `set memory` allows"
        + (folder == nil ? "" : ", and /var/tmp has no room left for temporary files"))
    beyond = nil
    try budget.check()
    #expect(!within.isInTemporaryFile && beyond == nil)
  }

  @Test func whatTheProcessHasCountsThoughNobodyCountedIt() {
    let budget = MemoryBudget(limit: 20_000_000, folder: nil, measure: { 21_000_000 }, freeSpace: { _ in 0 })
    #expect(throws: MemoryError.self) { try budget.check() }
  }

  @Test func whatWasFreedIsNotHeldAgainstWhoeverComesNext() throws {
    let process = MeasuredProcess()
    let budget = MemoryBudget(
      limit: 20_000_000, folder: nil, measure: { process.bytes.load(ordering: .relaxed) }, freeSpace: { _ in 0 })
    #expect(throws: MemoryError.self) { try budget.check() }
    process.bytes.store(1_000_000, ordering: .relaxed)
    try budget.check()
  }

  @Test func blocksGoToFilesWhereTheProcessHasMuchThatNobodyCounted() throws {
    let budget = MemoryBudget(limit: 20_000_000, folder: "/var/tmp", measure: { 16_000_000 }, freeSpace: { _ in .max })
    #expect(Memory(byteCount: Self.megabyte, budget: budget).isInTemporaryFile)
    try budget.check()
  }

  @Test func aFolderThatIsNotThereGivesNoRoom() {
    let budget = budget(0, folder: "/nowhere")
    #expect(!Memory(byteCount: Self.megabyte, budget: budget).isInTemporaryFile)
    #expect(!TemporaryFolder.isUsable("/nowhere"))
    #expect(!TemporaryFolder.isUsable("/proc"))
    #expect(TemporaryFolder.isUsable("/var/tmp"))
  }

  @Test func whatGrowsKeepsItsValues() {
    var numbers = GrowingBuffer<Int>(capacity: 0)
    for number in 0..<100_000 { numbers.append(number * 3) }
    numbers.grow(to: 100_003, with: -1)
    #expect(numbers.count == 100_003 && numbers[99_999] == 299_997 && numbers[100_002] == -1)
    #expect(numbers.frozen().prefix(3).elementsEqual([0, 3, 6]))
  }

  @Test func textsBeyondOneBlockAreFoundInTheNext() {
    var builder = TextBuilder()
    let texts = (0..<3).map { String(repeating: "abc"[$0], count: 9_000_000) } + ["a short one", "one of more than 12"]
    for text in texts { builder.append(text) }
    let (views, heap) = builder.finish()
    #expect(heap.blocks.count == 2)
    #expect(views.map { heap.string($0) } == texts)
  }
}

/// What a process is said to have.
private final class MeasuredProcess: Sendable {
  let bytes = Atomic(21_000_000)
}

extension String {
  fileprivate subscript(index: Int) -> Character { self[self.index(startIndex, offsetBy: index)] }
}

@Suite("Sizes") struct ByteSizeTests {
  @Test(arguments: [
    ("512MB", 512_000_000), ("8GB", 8_000_000_000), ("1.5 GiB", 1_610_612_736), ("64 kib", 65_536), ("100", nil),
    ("MB", nil), ("-1MB", nil), ("1 XB", nil), ("1e300TB", nil), ("99999999TB", nil), ("", nil), ("1.2.3MB", nil),
  ])
  func aNumberWithAUnitIsASize(_ text: String, _ bytes: Int?) { #expect(ByteSize(text)?.byteCount == bytes) }

  @Test(arguments: [
    (999, "999 bytes"), (1000, "1 kB"), (512_000_000, "512 MB"), (1_610_612_736, "1.61 GB"), (1_050_000, "1.05 MB"),
  ])
  func sizesAreShownInThousands(_ bytes: Int, _ text: String) { #expect(ByteSize(bytes).description == text) }

  @Test(arguments: ["0%", "101%", "x%", "1MB", "lots"])
  func aLimitThatNothingCouldBeDoneWithIsNone(_ text: String) { #expect(MemoryBudget.limit(text) == nil) }

  @Test func aShareIsOfWhatThereIs() throws {
    let half = try #require(MemoryBudget.limit("50%"))
    #expect(abs(half - SystemMemory.available / 2) < 2)
  }
}
