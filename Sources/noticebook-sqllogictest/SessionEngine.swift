import ColumnStore
import Glibc
import Language
import Notebook
import SQLLogicTest
import Synchronization

/// A session of its own for a test file.
final class SessionEngine: TestedEngine {
  /// A statement that took too long.
  struct TimedOut: Error, CustomStringConvertible {
    let seconds: Int
    var description: String { "stopped after \(seconds) s" }
  }

  private let session: Session
  private let timeout: Double?
  private let deadline: Deadline

  /// When the statement that runs has to be done, in nanoseconds of the monotonic clock.
  private final class Deadline: Sendable {
    private let end = Atomic<UInt64>(.max)

    func set(in seconds: Double) { end.store(Deadline.now() + UInt64(seconds * 1e9), ordering: .relaxed) }

    var isOver: Bool { Deadline.now() > end.load(ordering: .relaxed) }

    private static func now() -> UInt64 {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
  }

  init(isOptimising: Bool, timeout: Double?, engine: String? = nil) throws {
    var host = NotebookHost()
    let deadline = Deadline()
    if timeout != nil { host.isInterrupted = { deadline.isOver } }
    session = Session(host: host)
    self.deadline = deadline
    self.timeout = timeout
    if let engine { try session.connect(engine) }
    if !isOptimising { _ = try session.evaluate(SourceText(text: "set optimiser off")) }
  }

  func rows(of text: String) throws -> Table? {
    if let timeout { deadline.set(in: timeout) }
    do {
      return try session.evaluate(SourceText(text: text))
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      guard let timeout, deadline.isOver else { throw error }
      throw TimedOut(seconds: Int(timeout))
    }
  }
}
