import ColumnStore

/// How a load is watched and stopped.
public struct LoadControl: Sendable {
  /// Asked once per chunk of a file; true stops the load with `LoadError.cancelled`.
  public var isCancelled: @Sendable () -> Bool
  /// Told how far the load is.
  let meter: LoadMeter

  /// A control of one load; by default nothing stops the load and nobody watches it. `progress` is told how many bytes of
  /// how many are done with, from any thread.
  public init(
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) {
    self.isCancelled = isCancelled
    meter = LoadMeter(report: progress)
  }

  /// Throws when the load is to stop: somebody asked, or it needs more memory than is allowed.
  func check() throws {
    if isCancelled() { throw LoadError.cancelled }
    try MemoryBudget.shared.check()
  }
}
