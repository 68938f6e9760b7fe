import CLibedit
import CSystem
import Glibc

/// The terminal while another program has it.
struct LentTerminal {
  private var modes = termios()
  private let hasModes: Bool

  /// Brings out what was written, and notes the terminal's modes.
  init() {
    fflush(nb_stdout())
    fflush(nb_stderr())
    hasModes = tcgetattr(STDIN_FILENO, &modes) == 0
  }

  /// Puts the modes back. Ctrl-C was the other program's.
  func takeBack() {
    var modes = modes
    if hasModes { tcsetattr(STDIN_FILENO, TCSADRAIN, &modes) }
    Interruption.clear()
  }
}

/// A process of the shell.
struct ShellProcess {
  private let process: pid_t

  /// What sh says by its exit status of a command that is not there, or is no program.
  static let notRun: Set<Int32> = [126, 127]

  /// It could not be started.
  struct CannotStart: Error {
    let reason: String
  }

  /// Starts `sh` with words behind it.
  ///
  /// - Parameter input: the descriptor that is its standard input; nil for that of this process.
  init(_ words: [String], input: Int32? = nil) throws(CannotStart) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    // The handlers of this process are undone by exec; that it ignores SIGPIPE would be inherited.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = (["sh"] + words).map { strdup($0) }
    arguments.append(nil)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
      arguments.forEach { free($0) }
    }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, environ)
    guard code == 0 else { throw CannotStart(reason: String(cString: strerror(code))) }
    self.process = process
  }

  /// Waits for its end, and gives its exit status.
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return nb_exit_status(status)
  }
}
