import Execution

/// For how long somebody waits for a database: until they say that they do not want to any more, or a time has passed.
struct Patience: Sendable {
  /// Whether somebody pressed Ctrl-C.
  let isCancelled: @Sendable () -> Bool
  /// How many seconds there are; nil for any number.
  let seconds: Double?
  /// For how long what is told to stop is waited for, before it is left to itself.
  let grace: Duration
  private let start = ContinuousClock.now

  init(seconds: Double?, grace: Duration = .seconds(2), isCancelled: @escaping @Sendable () -> Bool) {
    self.seconds = seconds
    self.grace = grace
    self.isCancelled = isCancelled
  }

  /// Why there is no more waiting; nil while there is.
  var end: (any Error)? {
    if isCancelled() { return ExecutionError.cancelled }
    if let seconds, start.duration(to: .now) > .seconds(seconds) { return TimeOut(seconds: seconds) }
    return nil
  }
}

/// A database did not answer in time.
struct TimeOut: Error {
  let seconds: Double

  /// How long that was, for a person.
  var text: String { seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s" }
}
