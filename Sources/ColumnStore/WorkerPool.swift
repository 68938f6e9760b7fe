import Dispatch
import Glibc
import Synchronization

/// The threads that all work of the process is spread over: those of Dispatch, started when first needed.
///
/// A job is cut into numbered parts (segments, chunks of a file); every worker takes the next part that nobody has. The
/// caller works too, so a job of one part costs no thread switch.
public final class WorkerPool: Sendable {
  /// The process's pool.
  public static let shared = WorkerPool()

  private let configuredThreads = Mutex<Int>(WorkerPool.processorCount)

  /// Processors that this process may run on.
  public static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// How many threads a job is spread over, at least 1.
  public var threadCount: Int {
    get { configuredThreads.withLock { $0 } }
    set { configuredThreads.withLock { $0 = max(1, newValue) } }
  }

  /// Calls `body(part, worker)` for every part in `0 ..< parts`, on up to `threadCount` threads, and returns when all are
  /// done. `worker` is below `threadCount` and never in use twice at the same time. The first error thrown stops the
  /// handing out of parts and is thrown from here.
  public func run(parts: Int, _ body: @Sendable (_ part: Int, _ worker: Int) throws -> Void) throws {
    let workers = min(threadCount, parts)
    if workers <= 1 {
      for part in 0..<parts { try body(part, 0) }
      return
    }
    let job = Job(parts: parts)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in job.work(worker: worker, body) }
    if let error = job.failure.withLock({ $0 }) { throw error }
  }

  /// What `body(part)` gives for every part in `0 ..< parts`, in the order of the parts, worked out on all threads.
  public func map<Result: Sendable>(parts: Int, _ body: @Sendable (_ part: Int) throws -> Result) throws -> [Result] {
    let found = Mutex<[Result?]>(Array(repeating: nil, count: parts))
    try run(parts: parts) { part, _ in
      let result = try body(part)
      found.withLock { $0[part] = result }
    }
    return found.withLock { $0.compactMap(\.self) }
  }

  /// Calls `body(part)` for every part in `0 ..< parts`, on all threads, where nothing can fail.
  public func forEach(parts: Int, _ body: @Sendable (_ part: Int) -> Void) {
    // `run` throws only what the body throws.
    try? run(parts: parts) { part, _ in body(part) }
  }
}

/// The parts of one job that are still to be handed out.
private final class Job: Sendable {
  let parts: Int
  let next = Atomic<Int>(0)
  let failure = Mutex<(any Error)?>(nil)

  init(parts: Int) { self.parts = parts }

  func work(worker: Int, _ body: (Int, Int) throws -> Void) {
    while true {
      let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard part < parts else { return }
      do {
        try body(part, worker)
      } catch {
        failure.withLock { if $0 == nil { $0 = error } }
        next.store(parts, ordering: .relaxed)
      }
    }
  }
}
