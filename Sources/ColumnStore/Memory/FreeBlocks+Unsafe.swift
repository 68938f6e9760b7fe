import Glibc
import Synchronization

/// Blocks that nobody uses any more, kept for those who ask for one next: the system clears fresh pages at a tenth of the
/// speed at which memory is written, so a loop that fills new blocks all the time would do little else.
final class FreeBlocks: Sendable {
  /// A block and its real size.
  ///
  /// `@unchecked Sendable`: it belongs to nobody but who holds it.
  struct Block: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let byteCount: Int
  }

  private struct State {
    /// By the number of their size.
    var blocks = Array(repeating: [Block](), count: FreeBlocks.sizeCount)
    var byteCount = 0
  }

  private let state = Mutex(State())

  /// Whether blocks are kept at all. With the address sanitizer they are not: it would not see that somebody uses a block
  /// that he has given back.
  #if FRESH_BLOCKS
    static let areKept = false
  #else
    static let areKept = true
  #endif

  /// Sizes are those with three binary digits behind the first one, so that no block is more than an eighth too large.
  private static let stepBits = 3
  private static let smallestBits = 16
  private static let sizeCount = (48 - smallestBits) << stepBits
  /// The most that a block may be larger than what is asked for, in sizes.
  private static let slack = 2

  /// The bytes of all blocks that are kept.
  var byteCount: Int { state.withLock { $0.byteCount } }

  /// The size that a block of so many bytes really gets, at least 64 kB.
  static func size(_ byteCount: Int) -> Int {
    let step = step(byteCount)
    return (byteCount + step - 1) / step * step
  }

  private static func step(_ byteCount: Int) -> Int {
    1 << (max(Int.bitWidth - 1 - byteCount.leadingZeroBitCount, smallestBits) - stepBits)
  }

  /// The number of a size; nil for one that is not kept.
  private static func number(_ size: Int) -> Int? {
    let bits = Int.bitWidth - 1 - size.leadingZeroBitCount
    let number = (bits - smallestBits) << stepBits + (size - 1 << bits) / step(size)
    return (0..<sizeCount).contains(number) ? number : nil
  }

  /// A block of at least a size; nil where none is kept.
  func take(_ size: Int) -> Block? {
    guard let number = Self.number(size) else { return nil }
    return state.withLock { state in
      for number in number...min(number + Self.slack, Self.sizeCount - 1) {
        guard let block = state.blocks[number].popLast() else { continue }
        state.byteCount -= block.byteCount
        return block
      }
      return nil
    }
  }

  /// Keeps a block, or gives it back to the system where as much as `limit` is kept already.
  func put(_ block: Block, limit: Int) {
    let isKept = state.withLock { state in
      guard Self.areKept, let number = Self.number(block.byteCount), state.byteCount + block.byteCount <= limit else {
        return false
      }
      state.blocks[number].append(block)
      state.byteCount += block.byteCount
      return true
    }
    if !isKept { free(block.base) }
  }

  /// Gives all blocks back to the system.
  func removeAll() {
    let all = state.withLock { state in
      defer { state = State() }
      return state.blocks
    }
    for block in all.joined() { free(block.base) }
  }

  deinit { removeAll() }
}
