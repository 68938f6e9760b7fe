import ColumnStore
import Execution
import Formats
import Glibc
import Language

extension Session {
  /// `watch 5s statement`: shows the rows of a statement again and again, on a screen of its own, until Ctrl-C. What was
  /// seen last stays.
  func watch(_ shown: Statement, every seconds: Double) throws {
    if isChecking { return try execute(shown) }
    host.screen?(.begin)
    var last: Table?
    do {
      defer { host.screen?(.end) }
      repeat {
        forgetFiles()
        // Hours of it must not be kept for `save session`.
        printed = ""
        let start = Session.seconds()
        let outer = evaluation
        evaluation = Evaluation()
        defer { evaluation = outer }
        try execute(shown)
        last = evaluation?.table ?? last
        evaluation = outer
        host.screen?(.clear)
        note("every \(Session.text(seconds: seconds)) s, now \(Value.timestamp(Session.now)) UTC; Ctrl-C ends it")
        if let last { try show(last, elapsed: Session.seconds() - start) }
      } while wait(seconds)
    } catch ExecutionError.cancelled where host.isInteractive {
      // Somebody has seen enough while it was being worked out.
    }
    guard host.isInteractive else { throw ExecutionError.cancelled }
    host.forgetInterruption()
    if host.screen != nil, let last { try show(last) }
  }

  /// Waits so many seconds; false when somebody pressed Ctrl-C.
  private func wait(_ seconds: Double) -> Bool {
    let end = Session.seconds() + seconds
    while !host.isInterrupted() {
      let left = end - Session.seconds()
      if left <= 0 { return true }
      usleep(UInt32(min(left, 0.05) * 1e6))
    }
    return false
  }
}
