import CScan
import ColumnStore
import Glibc
import Synchronization

/// A file mapped into memory for reading. A table of many distinct texts keeps the mapping alive and reads from it.
///
/// A file that is cut while it is mapped does not kill the process: the lost pages read as zeros and `wasDamaged` turns
/// true. At least 64 bytes beyond the end can be read.
///
/// `@unchecked Sendable`: everything but the watched slot is constant, and that is read atomically.
public final class MappedFile: @unchecked Sendable {
  /// The path that was opened.
  public let path: String
  let base: UnsafePointer<UInt8>
  let count: Int
  private let reserved: Int
  private let slot: UnsafeMutablePointer<cscan_mapping>
  private let identity: FileIdentity

  private static let registry = Mutex<[ObjectIdentifier: WeakReference]>([:])

  private struct WeakReference: Sendable {
    weak var file: MappedFile?
  }

  /// Maps an open file of `identity.size` bytes; nil when the system refuses or too many files are mapped.
  @inline(never)
  init?(descriptor: Int32, path: String, identity: FileIdentity) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let pages = (identity.size + page - 1) / page * page
    // One page more than the file has, so that loads of a whole vector at its end stay inside.
    let reserved = pages + page
    guard let area = mmap(nil, reserved, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), area != MAP_FAILED else {
      return nil
    }
    guard let mapped = mmap(area, identity.size, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0),
      mapped != MAP_FAILED
    else {
      munmap(area, reserved)
      return nil
    }
    let address = UInt(bitPattern: area)
    let watched = MappedFile.registry.withLock { _ in
      UInt(bitPattern: cscan_watch(UnsafeRawPointer(bitPattern: address), reserved))
    }
    guard let slot = UnsafeMutablePointer<cscan_mapping>(bitPattern: watched) else {
      munmap(area, reserved)
      return nil
    }
    madvise(area, identity.size, MADV_SEQUENTIAL)
    self.path = path
    self.identity = identity
    self.slot = slot
    self.reserved = reserved
    base = UnsafePointer(area.assumingMemoryBound(to: UInt8.self))
    count = identity.size
    MappedFile.registry.withLock { $0[ObjectIdentifier(self)] = WeakReference(file: self) }
  }

  @inline(never)
  deinit {
    MappedFile.registry.withLock {
      $0[ObjectIdentifier(self)] = nil
      cscan_unwatch(slot)
    }
    munmap(UnsafeMutableRawPointer(mutating: base), reserved)
  }

  /// Whether a part of the file was gone when it was read.
  public var wasDamaged: Bool {
    @inline(never) get { cscan_is_damaged(slot) != 0 }
  }

  /// Whether the file was damaged, or its size or time of writing differ from those at opening. A file that was replaced
  /// by another of the same name has not changed: the mapping holds the old one.
  public var hasChanged: Bool {
    if wasDamaged { return true }
    guard let now = FileIdentity(path: path) else { return false }
    return now.device == identity.device && now.inode == identity.inode && now != identity
  }

  /// Gives the pages back that have been read: they stay in the system's cache, whence they return when they are read
  /// again, and are no memory of this process meanwhile.
  func releasePages() {
    let share = 64 << 20
    let address = UInt(bitPattern: base)
    WorkerPool.shared.forEach(parts: (count + share - 1) / share) { part in
      let start = UnsafeMutableRawPointer(bitPattern: address + UInt(part * share))
      madvise(start, min(share, count - part * share), MADV_DONTNEED)
    }
  }

  /// The paths of mapped files that lost a part while they were in use, so that what was read from them is not theirs.
  public static var damagedPaths: [String] {
    registry.withLock { files in files.values.compactMap(\.file) }.filter(\.wasDamaged).map(\.path).sorted()
  }
}

/// What tells whether a file is still the one that was opened.
struct FileIdentity: Equatable, Sendable {
  var device: UInt64
  var inode: UInt64
  var size: Int
  var seconds: Int
  var nanoseconds: Int
  var isRegular: Bool
  var isDirectory: Bool

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int(status.st_size)
    seconds = Int(status.st_mtim.tv_sec)
    nanoseconds = Int(status.st_mtim.tv_nsec)
    isRegular = status.st_mode & S_IFMT == S_IFREG
    isDirectory = status.st_mode & S_IFMT == S_IFDIR
  }

  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }
}
