import ColumnStore
import Dispatch
import Synchronization

/// The computing of an expression for all entries of one dictionary, by all workers that come to need it.
///
/// The entries are cut as a table's rows are; each worker takes the next piece that nobody has, and when there is none
/// waits for those that others are still at.
final class DomainWork: Sendable {
  private struct State {
    var parts: [Column?]
    var missing: Int
    var domain: DictionaryDomain?
    var failure: (any Error)?
  }

  /// Also keeps it alive, so that no other dictionary can come to lie at the same address.
  private let dictionary: TextDictionary
  private let type: DataType
  private let mayFail: Bool
  private let rowCount = Atomic<Int>(0)
  private let next = Atomic<Int>(0)
  private let state: Mutex<State>
  private let isFinished = DispatchGroup()

  init(_ dictionary: TextDictionary, type: DataType, mayFail: Bool) {
    self.dictionary = dictionary
    self.type = type
    self.mayFail = mayFail
    // The last piece is NULL.
    let pieces = Segment.count(rows: dictionary.count) + 1
    state = Mutex(State(parts: Array(repeating: nil, count: pieces), missing: pieces))
    isFinished.enter()
  }

  /// Notes that more rows ask for it, and says whether there were at least so many before them.
  func hasRows(_ count: Int, atLeast bound: Int) -> Bool {
    rowCount.wrappingAdd(count, ordering: .relaxed).oldValue >= bound
  }

  /// The domain, when all of it is there; nil where an expression that may fail did so for some entry.
  func finished(_ compute: (Batch) throws -> Column) throws -> DictionaryDomain? {
    let pieces = Segment.count(rows: dictionary.count) + 1
    while true {
      let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if piece >= pieces { break }
      let result = Result { try compute(batch(piece)) }
      finish(piece, result)
    }
    isFinished.wait()
    return try state.withLock { state in
      if let failure = state.failure {
        if failure is ExecutionError, mayFail { return nil }
        throw failure
      }
      return state.domain
    }
  }

  private func batch(_ piece: Int) -> Batch {
    let entries = Segment.range(piece, rows: dictionary.count)
    // Views, not codes: an expression over a dictionary would only begin a work like this one.
    if entries.isEmpty {
      let null = Column(
        type: .text, data: .views(Buffer([.empty]), .none), validity: Bitmap(repeating: false, count: 1))
      return Batch(columns: [null], count: 1)
    }
    let texts = Column(type: .text, data: .views(dictionary.views.slice(entries), dictionary.heap))
    return Batch(columns: [texts], count: entries.count)
  }

  private func finish(_ piece: Int, _ result: Result<Column, any Error>) {
    let parts = state.withLock { state -> [Column]? in
      switch result {
      case .success(let column): state.parts[piece] = column
      case .failure(let error): state.failure = state.failure ?? error
      }
      state.missing -= 1
      return state.missing == 0 ? state.parts.compactMap { $0 } : nil
    }
    guard let parts else { return }
    if parts.count == Segment.count(rows: dictionary.count) + 1 {
      let domain = DictionaryDomain(values: .concatenated(parts, type: type))
      state.withLock { state in
        state.domain = domain
        state.parts = []
      }
    }
    isFinished.leave()
  }
}
