import CSystem
import Synchronization

/// How much memory the process may take, and what it takes.
///
/// Blocks of 64 kB and more (`Memory`) are counted. One that would take the last quarter of what is allowed is put into a
/// temporary file that is mapped: the system writes it out and reads it back as it needs to, so sorting, grouping and
/// joining go on beyond the limit with the same code. The last quarter is for what is not counted, such as hash tables and
/// texts; therefore the memory that the process really has is looked at as well, some hundred times a second.
///
/// Giving out a block cannot fail. Where neither memory nor the folder has room, the block is given all the same and noted,
/// and `check`, which every long loop calls once a morsel, throws: the work ends, and its blocks are given back.
public final class MemoryBudget: Sendable {
  /// The process's budget.
  public static let shared = MemoryBudget(limit: SystemMemory.usualLimit, folder: TemporaryFolder.usual)

  private let allowed: Atomic<Int>
  private let held = Atomic<Int>(0)
  private let overdrawn = Atomic<Int>(0)
  private let resident = Atomic<Int>(0)
  private let lastLook = Atomic<Int>(-1)
  private let lastTrim = Atomic<Int>(-1)
  private let files: TemporaryFiles
  /// Blocks that are free, for the next ones.
  let freeBlocks = FreeBlocks()
  /// The bytes of memory that the process has for itself.
  private let measure: @Sendable () -> Int

  /// A budget of `limit` bytes, with temporary files in `folder`; nil for none.
  ///
  /// - Parameter measure: the bytes that the process has; for tests, as `freeSpace` is, the bytes that a folder has left
  ///   for temporary files.
  init(
    limit: Int, folder: String?, measure: @escaping @Sendable () -> Int = SystemMemory.ownBytes,
    freeSpace: @escaping @Sendable (String) -> Int = TemporaryFolder.freeSpace
  ) {
    allowed = Atomic(limit)
    files = TemporaryFiles(folder: folder, freeSpace: freeSpace)
    self.measure = measure
  }

  /// The most bytes that the process may take.
  public var limit: Int {
    get { allowed.load(ordering: .relaxed) }
    set { allowed.store(newValue, ordering: .relaxed) }
  }

  /// Reads a limit: a size (see `ByteSize`), or a share such as `80%` of the memory that the machine, or the process's
  /// control group, has. Nil for anything else and for less than 16 MB, with which nothing could be done.
  public static func limit(_ text: String) -> Int? {
    var limit = ByteSize(text)?.byteCount
    if text.hasSuffix("%"), let share = Double(text.dropLast()), share > 0, share <= 100 {
      limit = SystemMemory.share(share / 100)
    }
    return limit.flatMap { $0 >= 16_000_000 ? $0 : nil }
  }

  /// The folder that temporary files are made in; nil where none are.
  public var temporaryFolder: String? {
    get { files.folder }
    set { files.folder = newValue }
  }

  /// The bytes of the blocks that are in memory.
  public var heldBytes: Int { held.load(ordering: .relaxed) }

  /// The bytes of the blocks that are in temporary files.
  public var temporaryBytes: Int { files.byteCount }

  /// From here on blocks are put into temporary files.
  private var threshold: Int { limit / 4 * 3 }

  /// Throws when more is in use than is allowed. Costs some nanoseconds, a few microseconds now and then.
  public func check() throws(MemoryError) {
    if overdrawn.load(ordering: .relaxed) == 0 {
      if measured(goal: limit) <= limit { return }
      // What the statement before has freed since the last look must not be held against this one.
      trim()
      if resident.load(ordering: .relaxed) <= limit { return }
    }
    throw MemoryError(limit: limit, folder: files.folder, isFolderFull: files.isFull)
  }
}

extension MemoryBudget {
  /// Room that a block has taken in memory.
  struct Room {
    let byteCount: Int
    /// Whether there was none.
    let isOverdrawn: Bool
  }

  enum Reservation {
    case memory(Room)
    case temporaryFile(TemporaryBlock)
  }

  /// Room for a block, in memory or in a temporary file.
  func reserve(_ byteCount: Int) -> Reservation {
    let total = held.wrappingAdd(byteCount, ordering: .relaxed).newValue
    let real = measured(goal: threshold)
    if total <= threshold, real + byteCount <= threshold {
      return .memory(Room(byteCount: byteCount, isOverdrawn: false))
    }
    if let block = files.block(byteCount) {
      held.wrappingSubtract(byteCount, ordering: .relaxed)
      return .temporaryFile(block)
    }
    let isOverdrawn = total > limit || real + byteCount > limit
    if isOverdrawn { overdrawn.wrappingAdd(byteCount, ordering: .relaxed) }
    return .memory(Room(byteCount: byteCount, isOverdrawn: isOverdrawn))
  }

  /// The room of a block that needs less than it was thought to.
  func giveBack(from room: Room, allBut byteCount: Int) -> Room {
    let rest = max(0, room.byteCount - byteCount)
    held.wrappingSubtract(rest, ordering: .relaxed)
    if room.isOverdrawn { overdrawn.wrappingSubtract(rest, ordering: .relaxed) }
    return Room(byteCount: room.byteCount - rest, isOverdrawn: room.isOverdrawn)
  }

  /// The most bytes of free blocks that are kept; none where memory is short.
  private var keptLimit: Int {
    resident.load(ordering: .relaxed) > threshold ? 0 : min(1 << 30, limit / 8)
  }

  func giveBack(_ room: Room, _ block: FreeBlocks.Block) {
    freeBlocks.put(block, limit: keptLimit)
    held.wrappingSubtract(room.byteCount, ordering: .relaxed)
    if room.isOverdrawn { overdrawn.wrappingSubtract(room.byteCount, ordering: .relaxed) }
  }

  func giveBack(_ block: TemporaryBlock) { files.giveBack(block) }

  /// The bytes that the process has, as of some milliseconds ago. Where they are above `goal`, what was freed and is kept
  /// for the next blocks is given back to the system first.
  private func measured(goal: Int) -> Int {
    let now = SystemMemory.milliseconds
    let last = lastLook.load(ordering: .relaxed)
    if now != last, lastLook.compareExchange(expected: last, desired: now, ordering: .relaxed).exchanged {
      resident.store(measure(), ordering: .relaxed)
    }
    guard resident.load(ordering: .relaxed) > goal else { return resident.load(ordering: .relaxed) }
    let trimmed = lastTrim.load(ordering: .relaxed)
    if now - trimmed >= MemoryBudget.trimPause,
      lastTrim.compareExchange(expected: trimmed, desired: now, ordering: .relaxed).exchanged
    {
      trim()
    }
    return resident.load(ordering: .relaxed)
  }

  /// Gives freed memory back to the system and measures what is left.
  private func trim() {
    freeBlocks.removeAll()
    malloc_trim(0)
    resident.store(measure(), ordering: .relaxed)
  }

  /// Giving back freed memory is dear, so it is done no more often than this, in milliseconds.
  private static let trimPause = 50
}

/// More memory was needed than is allowed.
public struct MemoryError: Error, Equatable, Sendable {
  /// The bytes that are allowed.
  public let limit: Int
  /// The folder of temporary files; nil where none are made.
  public let folder: String?
  /// Whether the folder had no room either.
  public let isFolderFull: Bool

  /// What was wrong, in one line.
  public var message: String {
    let need = "this needs more than the \(ByteSize(limit)) that `set memory` allows"
    guard let folder, isFolderFull else { return need }
    return need + ", and \(folder) has no room left for temporary files"
  }

  /// What to do.
  public var help: String {
    let more = "filter or aggregate first, drop tables that are done with, or allow more, as in set memory '8GB'"
    if isFolderFull { return more + "; set temporary_folder names a folder with more room" }
    return folder == nil ? more + ", or temporary files: set temporary_folder '/var/tmp'" : more
  }
}
