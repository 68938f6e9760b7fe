import Glibc

/// A block of bytes with an owner: allocated here, or part of a mapped file that something else keeps alive.
///
/// A block of its own is in memory, or in a temporary file where memory has no more room for it (see `MemoryBudget`);
/// whoever uses it sees no difference.
///
/// `@unchecked Sendable`: a block is written by whoever made it before it is shared, and only read after that.
public final class Memory: @unchecked Sendable {
  /// The first byte.
  public let base: UnsafeMutableRawPointer
  /// How many bytes belong to it.
  public let byteCount: Int
  private var place: Place

  private enum Place {
    /// Too small to be counted.
    case small
    case counted(MemoryBudget.Room, FreeBlocks.Block, by: MemoryBudget)
    case temporaryFile(TemporaryBlock, of: MemoryBudget)
    /// What keeps borrowed bytes alive, such as a mapped file.
    case borrowed(owner: AnyObject)
  }

  /// Smaller blocks are not counted, and always in memory.
  static let countedSize = 1 << 16

  /// Blocks from this size on lie in pages of 2 MB: the first touch of fresh memory is what costs most in many loops.
  static let hugeSize = 4 << 20

  /// A fresh block, aligned for every vector width; its content is undefined unless `zeroed`.
  public init(byteCount: Int, zeroed: Bool = false, budget: MemoryBudget = .shared) {
    self.byteCount = byteCount
    let rounded = (max(byteCount, 1) + 63) & ~63
    guard rounded >= Memory.countedSize else {
      place = .small
      base = Memory.fresh(rounded, zeroed)
      return
    }
    switch budget.reserve(rounded) {
    case .memory(let room):
      let size = FreeBlocks.size(rounded)
      let block: FreeBlocks.Block
      if let kept = budget.freeBlocks.take(size) {
        block = kept
        if zeroed { memset(kept.base, 0, rounded) }
      } else {
        block = FreeBlocks.Block(base: Memory.fresh(size, zeroed), byteCount: size)
      }
      place = .counted(room, block, by: budget)
      base = block.base
    case .temporaryFile(let block):
      place = .temporaryFile(block, of: budget)
      base = block.base
    }
  }

  private static func fresh(_ byteCount: Int, _ zeroed: Bool) -> UnsafeMutableRawPointer {
    // Large zeroed blocks come straight from the system as untouched pages, so they cost nothing until written.
    guard let base = zeroed ? calloc(byteCount, 1) : aligned_alloc(64, byteCount) else {
      // Reached only when the address space itself is exhausted; there is no state to save at that point.
      fatalError("out of memory: \(byteCount) bytes could not be allocated")
    }
    if byteCount >= Memory.hugeSize { preferHugePages(base, byteCount) }
    return base
  }

  /// Bytes that `owner` keeps alive, such as a mapped file. They are not freed here.
  public init(borrowing bytes: UnsafeRawBufferPointer, from owner: AnyObject) {
    place = .borrowed(owner: owner)
    byteCount = bytes.count
    base = UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped)
  }

  /// Asks for pages of 2 MB, unless the system would have to make them by moving other pages about, which costs more than
  /// they give: half of what it has is left for blocks that were asked for before and are not yet written.
  private static func preferHugePages(_ base: UnsafeMutableRawPointer, _ byteCount: Int) {
    if let free = SystemMemory.bytesInHugePages, free / 2 < byteCount { return }
    let page = 4096
    let offset = -Int(bitPattern: base) & (page - 1)
    madvise(base + offset, (byteCount - offset) & -page, MADV_HUGEPAGE)
  }

  /// Says that only the first bytes of a block are used, once it is known how many, so that the rest is not counted: it has
  /// not been written, and so takes no memory. Only for whoever made the block, before it is shared.
  public func use(only byteCount: Int) {
    guard case .counted(let room, let block, let budget) = place else { return }
    place = .counted(budget.giveBack(from: room, allBut: byteCount), block, by: budget)
  }

  /// Whether the bytes belong to a file's mapping and so are not memory of our own.
  public var isBorrowed: Bool { if case .borrowed = place { true } else { false } }

  /// What keeps borrowed bytes alive; nil for a block of its own.
  public var owner: AnyObject? { if case .borrowed(let owner) = place { owner } else { nil } }

  /// Whether the block is in a temporary file.
  public var isInTemporaryFile: Bool { if case .temporaryFile = place { true } else { false } }

  deinit {
    switch place {
    case .small: free(base)
    case .counted(let room, let block, let budget): budget.giveBack(room, block)
    case .temporaryFile(let block, let budget): budget.giveBack(block)
    case .borrowed: break
    }
  }
}
