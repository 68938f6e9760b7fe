import CLibedit
import Glibc
import Synchronization

/// Ctrl-C, as the rest of the program sees it: a flag that a long query looks at.
///
/// ```swift
/// Interruption.install()
/// Interruption.clear()
/// for morsel in morsels where !Interruption.isRequested { ... }
/// ```
///
/// The flag is set by the SIGINT handler, stays set until ``clear()``, and costs one relaxed load to read, so a loop may
/// ask once a morsel from any thread.
public enum Interruption {
  private static let flag = Atomic<Bool>(false)
  private static let installed = Atomic<Bool>(false)

  /// Whether Ctrl-C was pressed since the last ``clear()``.
  public static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Sets the flag as Ctrl-C does. Safe in a signal handler and from any thread.
  public static func request() {
    flag.store(true, ordering: .relaxed)
    WakeUp.ring()
  }

  /// Takes the flag back: before a statement is run and before a line is read.
  public static func clear() {
    flag.store(false, ordering: .relaxed)
    WakeUp.clear()
  }

  /// Lets SIGINT set the flag instead of ending the process, and makes writing to a closed pipe an error of that write
  /// instead of a signal. Calling it again does nothing.
  public static func install() {
    guard !installed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    _ = WakeUp.open()
    // Run once here, so that whatever Swift sets up at first use is set up before a signal can arrive.
    let before = isRequested
    request()
    if !before { clear() }
    // Without restarting: a read from a pipe that gives nothing comes back, so that its reader can look at the flag.
    _ = nb_handle_signal(SIGINT, 0) { _ in
      let saved = errno
      Interruption.request()
      errno = saved
    }
    _ = nb_ignore_signal(SIGPIPE)
  }
}
