import CLibedit
import CSystem
import Glibc

/// Shows a text that may be longer than the window in the user's pager.
///
/// The command is `NOTICEBOOK_PAGER`, else `PAGER`, else `less -RSFX`; it is given to `sh`. Set to nothing or to `cat`,
/// or when standard output is no terminal, the text is simply printed.
public enum Pager {
  /// Shows `text` and returns when the reader has left the pager.
  ///
  /// A pager that ends before it has read everything is no error; one that cannot be started means that the text is
  /// printed. Ctrl-C is the pager's while it runs: ``Interruption`` is cleared afterwards.
  public static func show(_ text: String, screen: TerminalScreen = .current()) {
    let environment = Environment.values(["NOTICEBOOK_PAGER", "PAGER"])
    if screen.outputIsTerminal, screen.inputIsTerminal, let command = command(environment: environment),
      run(command, input: text)
    {
      return
    }
    fflush(nb_stdout())
    Descriptor.writeAll(text, to: STDOUT_FILENO)
  }

  /// The command to run; nil when the text is to be printed.
  static func command(environment: [String: String]) -> String? {
    let command = environment["NOTICEBOOK_PAGER"] ?? environment["PAGER"] ?? "less -RSFX"
    let isBlank = !command.contains { !$0.isWhitespace }
    return isBlank || command == "cat" ? nil : command
  }

  /// Runs `command` with `input` on its standard input. False when it could not be run.
  static func run(_ command: String, input: String) -> Bool {
    Interruption.install()
    fflush(nb_stdout())
    fflush(nb_stderr())
    var modes = termios()
    let hasModes = tcgetattr(STDIN_FILENO, &modes) == 0
    defer {
      if hasModes { tcsetattr(STDIN_FILENO, TCSADRAIN, &modes) }
      Interruption.clear()
    }
    guard let child = start(command) else { return false }
    Descriptor.writeAll(input, to: child.input)
    close(child.input)
    var status: Int32 = 0
    while waitpid(child.process, &status, 0) < 0 {
      guard errno == EINTR else { return true }
    }
    // What sh says of a command that is not there, or is no program.
    return ![126, 127].contains(nb_exit_status(status))
  }

  private static func start(_ command: String) -> (process: pid_t, input: Int32)? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    // The handlers of this process are undone by exec; that it ignores SIGPIPE would be inherited.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
      close(ends[0])
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup(command), nil]
    defer { arguments.forEach { free($0) } }
    var process: pid_t = 0
    guard posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, environ) == 0 else {
      close(ends[1])
      return nil
    }
    return (process, ends[1])
  }
}
