import ColumnStore

/// What all operators of one running query share.
public struct ExecutionContext: Sendable {
  /// Whether somebody asked for the query to stop; looked at once per segment.
  public var isCancelled: @Sendable () -> Bool

  /// Told how far the query is; nil where nobody waits for it.
  let meter: QueryMeter?

  /// The rows of plans that stand in several places.
  let sharedTables = SharedTables()

  /// The footnotes that computations on whole tables have made.
  let notes = NoteCollection()

  /// A context for one query.
  public init(meter: QueryMeter? = nil, isCancelled: @escaping @Sendable () -> Bool = { false }) {
    self.meter = meter
    self.isCancelled = isCancelled
  }

  /// Throws when the query is to stop: somebody asked, or it needs more memory than is allowed. Tells how far it is.
  func checkCancellation() throws {
    meter?.tell()
    if isCancelled() { throw ExecutionError.cancelled }
    try MemoryBudget.shared.check()
  }
}
