import CSystem
import Glibc
import Synchronization

/// A block in a temporary file.
///
/// `@unchecked Sendable`: as `Memory`, whose bytes it holds.
struct TemporaryBlock: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  /// Whole pages.
  let byteCount: Int
  fileprivate let region: TemporaryRegion
}

/// Blocks in temporary files, which are mapped and have no names: nothing is left of them when the process ends, however
/// it ends.
///
/// A large block has a file of its own; smaller ones share files, since a process may have some ten thousand mappings only.
/// The room of a shared file is given out once, so a fresh block is always zero.
final class TemporaryFiles: Sendable {
  private let state: Mutex<State>
  private let freeSpace: @Sendable (String) -> Int
  private let used = Atomic<Int>(0)

  private struct State {
    var folder: String?
    var isFull = false
    /// The file that the next small block comes from, and how much of it is given out.
    var shared: TemporaryRegion?
    var sharedCount = 0
  }

  /// The size of a file that blocks share.
  static let sharedSize = 64 << 20

  init(folder: String?, freeSpace: @escaping @Sendable (String) -> Int) {
    state = Mutex(State(folder: folder))
    self.freeSpace = freeSpace
  }

  /// Where files are made; nil where none are.
  var folder: String? {
    get { state.withLock { $0.folder } }
    set { state.withLock { $0 = State(folder: newValue) } }
  }

  /// Whether the last block that was asked for found no room.
  var isFull: Bool { state.withLock { $0.isFull } }

  /// The bytes of all blocks.
  var byteCount: Int { used.load(ordering: .relaxed) }

  /// A block of zeros; nil where there is no room for it.
  func block(_ byteCount: Int) -> TemporaryBlock? {
    let page = SystemMemory.pageSize
    let rounded = (byteCount + page - 1) / page * page
    let block = state.withLock { state -> TemporaryBlock? in
      guard let folder = state.folder else { return nil }
      let block = place(rounded, in: folder, &state)
      state.isFull = block == nil
      return block
    }
    if block != nil { used.wrappingAdd(rounded, ordering: .relaxed) }
    return block
  }

  /// Room in the shared file, or a file of its own.
  private func place(_ byteCount: Int, in folder: String, _ state: inout State) -> TemporaryBlock? {
    if byteCount > TemporaryFiles.sharedSize / 4 {
      return region(byteCount, in: folder).map { TemporaryBlock(base: $0.base, byteCount: byteCount, region: $0) }
    }
    if state.shared == nil || state.sharedCount + byteCount > TemporaryFiles.sharedSize {
      state.shared = region(TemporaryFiles.sharedSize, in: folder)
      state.sharedCount = 0
    }
    guard let shared = state.shared else { return nil }
    defer { state.sharedCount += byteCount }
    return TemporaryBlock(base: shared.base + state.sharedCount, byteCount: byteCount, region: shared)
  }

  private func region(_ byteCount: Int, in folder: String) -> TemporaryRegion? {
    byteCount <= freeSpace(folder) ? TemporaryRegion(byteCount, in: folder) : nil
  }

  func giveBack(_ block: TemporaryBlock) {
    // Takes the pages out of the file, which itself goes with its last block.
    if block.byteCount < block.region.byteCount { madvise(block.base, block.byteCount, MADV_REMOVE) }
    let left = used.wrappingSubtract(block.byteCount, ordering: .relaxed).newValue
    if left == 0 { state.withLock { if used.load(ordering: .relaxed) == 0 { $0.shared = nil } } }
  }
}

/// A mapped temporary file without a name.
///
/// `@unchecked Sendable`: its bytes belong to the blocks that lie in it.
private final class TemporaryRegion: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let byteCount: Int

  /// A file of zeros whose room on the disk is its own; nil where the folder has none.
  init?(_ byteCount: Int, in folder: String) {
    let descriptor = nb_temporary_file(folder)
    guard descriptor >= 0 else { return nil }
    // The mapping keeps the file.
    defer { close(descriptor) }
    guard posix_fallocate(descriptor, 0, byteCount) == 0,
      let base = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), base != MAP_FAILED
    else { return nil }
    self.base = base
    self.byteCount = byteCount
  }

  deinit { munmap(base, byteCount) }
}
