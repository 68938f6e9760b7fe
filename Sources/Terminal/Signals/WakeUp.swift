import CLibedit
import Glibc
import Synchronization

/// What a signal handler rings so that a waiting reader looks up: an eventfd.
///
/// A signal may be delivered to any thread of the process, so the `EINTR` that it causes may never reach the thread
/// that waits for a key. A descriptor that becomes readable does.
enum WakeUp {
  private static let descriptor = Atomic<Int32>(-1)

  /// The descriptor to poll, made at the first call; -1 where the system has none to give.
  static func open() -> Int32 {
    let known = descriptor.load(ordering: .acquiring)
    if known >= 0 { return known }
    let made = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
    let (exchanged, original) = descriptor.compareExchange(
      expected: known, desired: made, ordering: .acquiringAndReleasing)
    if exchanged { return made }
    if made >= 0 { close(made) }
    return original
  }

  /// Safe in a signal handler: one load, one `write(2)`.
  static func ring() {
    let known = descriptor.load(ordering: .acquiring)
    guard known >= 0 else { return }
    var one: UInt64 = 1
    _ = write(known, &one, 8)
  }

  /// Forgets all rings so far.
  static func clear() {
    let known = descriptor.load(ordering: .acquiring)
    guard known >= 0 else { return }
    var count: UInt64 = 0
    _ = read(known, &count, 8)
  }
}
