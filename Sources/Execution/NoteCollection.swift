import ColumnStore
import Synchronization

/// The footnotes that come up while a query runs, each once, in the order in which they do.
final class NoteCollection: Sendable {
  private let collected = Mutex<[TableNote]>([])

  /// All of them so far.
  var all: [TableNote] { collected.withLock { $0 } }

  func add(_ notes: [TableNote]) {
    collected.withLock { known in
      for note in notes where !known.contains(note) { known.append(note) }
    }
  }
}
