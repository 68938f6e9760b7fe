import Glibc
import Synchronization

/// One line on standard error that says how far a long piece of work is.
///
/// ```swift
/// let progress = ProgressLine(unit: .bytes, screen: .current())
/// defer { progress.finish() }
/// for chunk in chunks { ...; progress.update({ "reading actions.csv" }, done: chunk.end, of: size) }
/// ```
///
/// It appears after half a second, is drawn anew at most ten times a second, and is erased by ``finish()``. Where
/// standard error is no terminal nothing is ever written. Any thread may report: the cost is a
/// look at the clock; the thread that finds the line out of date draws it, and no thread waits for another.
public final class ProgressLine: Sendable {
  /// What is counted.
  public enum Unit: Sendable {
    /// Bytes, shown as kB, MB, GB.
    case bytes
    /// Rows, shown in full.
    case rows
  }

  private struct Drawing {
    var isVisible = false
    var isFinished = false
    /// What was done at the last look, and when and with what the stage began that is counted now.
    var done = 0
    var stageStart: Int
    var stageDone = 0
  }

  private let unit: Unit
  private let output: Int32
  private let isEnabled: Bool
  private let width: @Sendable () -> Int
  private let clock: @Sendable () -> Int
  private let nextDrawing: Atomic<Int>
  private let drawing: Mutex<Drawing>

  private static let delay = 500_000_000
  private static let interval = 100_000_000

  /// A line that starts counting now.
  ///
  /// - Parameters:
  ///   - unit: what the reports count.
  ///   - screen: what is known of the terminal.
  ///   - isEnabled: false to write nothing, as with `--quiet`.
  public convenience init(unit: Unit, screen: TerminalScreen, isEnabled: Bool = true) {
    let isDumb = ["", "dumb"].contains(Environment.value("TERM") ?? "")
    self.init(
      unit: unit, output: STDERR_FILENO,
      isEnabled: isEnabled && screen.errorIsTerminal && !isDumb, width: { screen.size.width },
      clock: { ProgressLine.nanoseconds() })
  }

  /// With a clock in nanoseconds and a descriptor of the caller's choice, for tests.
  init(
    unit: Unit, output: Int32, isEnabled: Bool, width: @escaping @Sendable () -> Int,
    clock: @escaping @Sendable () -> Int
  ) {
    self.unit = unit
    self.output = output
    self.isEnabled = isEnabled
    self.width = width
    self.clock = clock
    let start = clock()
    drawing = Mutex(Drawing(stageStart: start))
    nextDrawing = Atomic(start + ProgressLine.delay)
  }

  /// Reports that `done` of `total` is done; 0 for a total that is not known. Where less is done than before, something
  /// else has begun.
  ///
  /// - Parameter label: what is being done, such as `reading actions.csv`; asked for when it is drawn.
  public func update(_ label: () -> String, done: Int, of total: Int) {
    guard isEnabled else { return }
    let now = clock()
    let due = nextDrawing.load(ordering: .relaxed)
    guard now >= due else { return }
    let (isMine, _) = nextDrawing.compareExchange(
      expected: due, desired: now + ProgressLine.interval, ordering: .relaxed)
    guard isMine else { return }
    _ = drawing.withLockIfAvailable { state in
      guard !state.isFinished else { return }
      if done < state.done { (state.stageStart, state.stageDone) = (now, done) }
      state.done = done
      // One column is left free: a full line would wrap on some terminals and could not be erased.
      let text = ProgressText.line(
        label: label(), done: done, total: total, unit: unit, fresh: done - state.stageDone,
        seconds: Double(now - state.stageStart) / 1e9, width: width() - 1)
      emit("\r" + text + "\u{1B}[K")
      state.isVisible = true
    }
  }

  /// Erases the line. Later reports draw nothing.
  public func finish() {
    guard isEnabled else { return }
    drawing.withLock { state in
      if state.isVisible { emit("\r\u{1B}[K") }
      state.isVisible = false
      state.isFinished = true
    }
  }

  private func emit(_ text: String) { Descriptor.writeAll(text, to: output) }

  private static func nanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
