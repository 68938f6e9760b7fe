import CLibedit
import Glibc
import Synchronization

/// The signals that concern a terminal while a line is edited: its size changed, the job was brought back to the
/// foreground, the process is told to end.
enum TerminalSignals {
  private static let resized = Atomic<Bool>(false)
  private static let resumed = Atomic<Bool>(false)
  private static let ended = Atomic<Int32>(0)
  private static let installed = Atomic<Bool>(false)

  /// Installs the handlers that stay for the life of the process. Calling it again does nothing.
  static func install() {
    Interruption.install()
    guard !installed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    note(SIGWINCH)
    note(SIGCONT)
    _ = takeResized()
    _ = takeResumed()
    // With restarting: a window that is resized must not break the output of a query.
    _ = nb_handle_signal(SIGWINCH, 1) { TerminalSignals.note($0) }
    _ = nb_handle_signal(SIGCONT, 1) { TerminalSignals.note($0) }
  }

  /// While `body` runs, SIGTERM and SIGHUP are noted instead of ending the process with the terminal left in raw mode;
  /// they take effect right after it.
  static func withEndingDelayed<Result>(_ body: () -> Result) -> Result {
    var before: [(signal: Int32, action: sigaction)] = []
    for signal in [SIGTERM, SIGHUP] where nb_is_signal_ignored(signal) == 0 {
      var action = sigaction()
      guard sigaction(signal, nil, &action) == 0 else { continue }
      before.append((signal, action))
      _ = nb_handle_signal(signal, 0) { TerminalSignals.note($0) }
    }
    let result = body()
    for (signal, action) in before {
      var action = action
      sigaction(signal, &action, nil)
    }
    let signal = ended.exchange(0, ordering: .relaxed)
    if signal != 0 { raise(signal) }
    return result
  }

  /// Whether the process was told to end.
  static var isEnding: Bool { ended.load(ordering: .relaxed) != 0 }

  /// Whether the window changed its size since the last call.
  static func takeResized() -> Bool { resized.exchange(false, ordering: .relaxed) }

  /// Whether the process came back from being stopped since the last call.
  static func takeResumed() -> Bool { resumed.exchange(false, ordering: .relaxed) }

  private static func note(_ signal: Int32) {
    let saved = errno
    switch signal {
    case SIGWINCH: resized.store(true, ordering: .relaxed)
    case SIGCONT: resumed.store(true, ordering: .relaxed)
    default: ended.store(signal, ordering: .relaxed)
    }
    WakeUp.ring()
    errno = saved
  }
}
