import Synchronization

/// How far a load is.
///
/// Most bytes are gone over twice: files are opened, which unpacks them and finds their records, and then read, which makes
/// values of them. Each makes half of the whole, so that what is reported does not fall. Where nothing was opened, because
/// the records are found while they are read, or a source is read once more, reading is the whole.
final class LoadMeter: Sendable {
  private let report: @Sendable (_ done: Int, _ total: Int) -> Void
  /// The bytes on disk of the sources that are done with.
  private let finished = Atomic<Int>(0)
  /// The bytes on disk of the source in work, and how many of them have been opened.
  private let size = Atomic<Int>(0)
  private let opened = Atomic<Int>(0)

  /// A meter that reports bytes done, of all bytes on disk; from any thread.
  init(report: @escaping @Sendable (_ done: Int, _ total: Int) -> Void) { self.report = report }

  /// Begins with a source of so many bytes on disk; the one before it is done with.
  func begin(_ bytes: Int) {
    finished.wrappingAdd(size.exchange(bytes, ordering: .relaxed), ordering: .relaxed)
    opened.store(0, ordering: .relaxed)
  }

  /// So many more bytes on disk have been opened.
  func open(_ bytes: Int) {
    let size = size.load(ordering: .relaxed)
    tell(min(opened.wrappingAdd(bytes, ordering: .relaxed).newValue, size) / 2, of: size)
  }

  /// So many bytes of values, of all that the source has, have been read.
  func read(_ done: Int, of total: Int) {
    let size = size.load(ordering: .relaxed)
    guard size > 0 else { return tell(done, of: total) }
    let half = opened.load(ordering: .relaxed) > 0 ? size / 2 : 0
    tell(half + Int(Double(size - half) * Double(done) / Double(max(total, 1))), of: size)
  }

  private func tell(_ done: Int, of size: Int) {
    let finished = finished.load(ordering: .relaxed)
    report(finished + done, finished + size)
  }
}
