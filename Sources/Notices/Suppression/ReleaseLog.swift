import ColumnStore
import Language
import Planning
import Synchronization

/// What was told of which records, so that nothing is told later from which, together with that, a small number could be
/// worked out.
///
/// Records have numbers, those of each table one after the other. A table that was read from files is known by these, so
/// that the same files loaded again are the same records.
public final class ReleaseLog: Sendable {
  /// More groups than this in one table are refused.
  static let rowLimit = 100_000

  private struct State {
    var firstUnits: [String: Int] = [:]
    var ledger = ReleaseLedger()
    /// Tables without files are known by where they lie, which must not be given to others.
    var held: [Table] = []
  }

  private let state = Mutex(State())

  /// A log in which nothing stands.
  public init() {}

  /// The number of a table's first record.
  func firstUnit(of table: Table, canonicalPath: (String) -> String) -> Int {
    let key =
      table.origin.map { origin in
        origin.parts.map { "\(canonicalPath($0.file))\n\($0.firstLine)\n\($0.rowCount)" }.joined(separator: "\n")
      } ?? "\(table.identity)"
    return state.withLock { state in
      if let known = state.firstUnits[key] { return known }
      let first = state.ledger.addRecords(table.rowCount)
      state.firstUnits[key] = first
      if table.origin == nil { state.held.append(table) }
      return first
    }
  }

  /// Which rows of a table are to be hidden. What is left to be seen is noted as told.
  ///
  /// - Throws: `Diagnostic` where nothing can be shown.
  func decide(_ request: CellRequest, threshold: Int) throws -> [Bool] {
    if request.rowCount == 0 { return [] }
    return try state.withLock { state in
      // What is refused has not been told.
      var ledger = state.ledger
      let hidden = try ledger.decide(request, threshold: threshold)
      state.ledger = ledger
      return hidden
    }
  }
}
