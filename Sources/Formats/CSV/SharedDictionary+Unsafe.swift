import ColumnStore
import Glibc

/// The distinct texts of a column while it is read: all workers number texts through it, each with a table of its own
/// before it, so that the lock is taken only for a text that a worker sees for the first time.
///
/// `@unchecked Sendable`: everything mutable is touched under the lock, or after the workers have been joined.
final class SharedDictionary: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let table = TextTable()
  private var arena = TextArena()
  private(set) var texts: [UnsafeBufferPointer<UInt8>] = []

  init() {
    lock.initialize(to: pthread_mutex_t())
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  /// The number of a text and a copy of it that stays; nil when it would be a new one beyond `limit`.
  func code(
    _ key: TextKey, _ bytes: UnsafePointer<UInt8>, limit: Int
  ) -> (code: UInt32, text: UnsafePointer<UInt8>)? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    let known = table.code(key, bytes)
    if known >= 0, let text = texts[known].baseAddress { return (UInt32(truncatingIfNeeded: known), text) }
    guard texts.count < limit else { return nil }
    let copy = arena.add(bytes, Int(key.length)) { 0 }.pointer
    let code = UInt32(truncatingIfNeeded: texts.count)
    texts.append(UnsafeBufferPointer(start: copy, count: Int(key.length)))
    table.insert(key, copy, code: code)
    return (code, copy)
  }

  /// How many texts it has.
  var count: Int {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return texts.count
  }

  /// Adds texts in their order, before any worker does.
  func seed(_ seeds: [[UInt8]]) {
    for seed in seeds {
      var padded = seed
      padded.append(contentsOf: repeatElement(0, count: 8))
      padded.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        _ = code(TextKey(base, seed.count), base, limit: .max)
      }
    }
  }
}
