import ColumnStore
import Glibc

/// Where the records of files lie, found while they are read. A chunk begins where the one before it ends; so each is known
/// as soon as all before it have been looked at, and every byte is looked at once.
///
/// A worker does not wait to begin: it looks at its chunk as if it began behind the first line end of its piece of the file.
/// That it does not, since this line end is inside quotes, is seen when the end of the chunk before is known; then it looks
/// again.
///
/// `@unchecked Sendable`: everything mutable is touched under the lock.
final class RecordChain: @unchecked Sendable {
  /// Where a chunk begins.
  struct Link {
    /// Offset in the file's bytes.
    var offset: Int
    /// The table's row and the file's row that its first record is.
    var tableRow: Int
    var row: Int
    /// The line of the file that it begins on.
    var line: Int
  }

  private let parts: [TableLoad.Part]
  private let capacity: Int
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let hasGrown = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var next = 0
  private var link: Link
  private var failure: (any Error)?
  private let starts: [(offset: Int, line: Int)]
  /// What is known of the records of the files.
  private(set) var indices: [RecordIndex]

  /// A chain of all parts of files, in their order.
  ///
  /// - Parameter capacity: the most rows that there is room for.
  init(parts: [TableLoad.Part], of files: [SourceFile], capacity: Int) {
    self.parts = parts
    self.capacity = capacity
    starts = files.map { ($0.dataRange.lowerBound, $0.dataLine) }
    indices = files.map { _ in RecordIndex() }
    let first = parts.first?.file ?? 0
    link = Link(offset: starts[first].offset, tableRow: 0, row: 0, line: starts[first].line)
    lock.initialize(to: pthread_mutex_t())
    pthread_mutex_init(lock, nil)
    hasGrown.initialize(to: pthread_cond_t())
    pthread_cond_init(hasGrown, nil)
  }

  deinit {
    pthread_cond_destroy(hasGrown)
    hasGrown.deallocate()
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  /// Where a part begins; waits until all before it have been added.
  ///
  /// - Throws: what made another worker fail.
  func start(of part: Int) throws -> Link {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while next != part, failure == nil { pthread_cond_wait(hasGrown, lock) }
    if let failure { throw failure }
    return link
  }

  /// Adds what `start` told the beginning of.
  ///
  /// - Throws: `UnsurveyedFile` when there is no room for so many rows.
  func add(_ fields: ChunkFields, census: UTF8Census) throws -> RecordIndex.Chunk {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    let file = parts[next].file
    let chunk = RecordIndex.Chunk(
      range: link.offset..<link.offset + fields.byteCount, firstRow: link.row, rowCount: fields.rowCount,
      line: link.line)
    link.tableRow += fields.rowCount
    guard link.tableRow <= capacity else { throw UnsurveyedFile() }
    if !chunk.range.isEmpty { indices[file].chunks.append(chunk) }
    indices[file].rowCount += fields.rowCount
    indices[file].blankCount += fields.blankCount
    indices[file].census.add(census)
    link.offset = chunk.range.upperBound
    link.row += fields.rowCount
    link.line += fields.lineCount
    next += 1
    if next < parts.count, case let other = parts[next].file, other != file {
      (link.offset, link.line, link.row) = (starts[other].offset, starts[other].line, 0)
    }
    pthread_cond_broadcast(hasGrown)
    return chunk
  }

  /// Ends all waiting.
  func fail(_ error: any Error) {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    if failure == nil { failure = error }
    pthread_cond_broadcast(hasGrown)
  }
}

/// A file turned out to need a survey before it is read; all files where it cannot be said which.
struct UnsurveyedFile: Error {
  var file: Int?
}
