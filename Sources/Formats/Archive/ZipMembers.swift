import Synchronization

/// A zip file whose members are read on several threads: in a zip file one need not unpack what comes before a member, so
/// each thread has it open on its own.
final class ZipMembers: Sendable {
  /// A member to be read.
  struct Member: Sendable {
    /// Its place among all members.
    let number: Int
    let name: String
    let path: String
    let format: FileFormat
  }

  let raw: FileBytes
  let directory: ZipDirectory
  private let limit: Int
  private let threads: [Thread]

  /// What one thread has open, and the member that comes next there.
  ///
  /// `@unchecked Sendable`: the pool never gives two threads the same worker at once.
  private final class Thread: @unchecked Sendable {
    var archive: OpenArchive?
    var next = 0
  }

  /// A zip file to be read by so many threads, of whose members none may take more than `limit` bytes.
  init(_ raw: FileBytes, threads: Int, limit: Int) {
    self.raw = raw
    directory = ZipDirectory(raw)
    self.limit = limit
    self.threads = (0..<threads).map { _ in Thread() }
  }

  /// Reads a member, which for each worker comes behind the one that it read before. `take` is told how many more bytes it
  /// takes, and throws where there are not as many.
  func read(_ member: Member, worker: Int, control: LoadControl, take: (Int) throws -> Void) throws -> FileBytes {
    let thread = threads[worker]
    let archive = try thread.archive ?? OpenArchive(raw, isArchive: true)
    thread.archive = archive
    while thread.next <= member.number {
      _ = try archive.nextEntry()
      thread.next += 1
    }
    return try archive.read(as: member.path, limit: limit, control: control, take: take)
  }
}
