import Formats
import Glibc

/// Runs a command of the shell and writes to its standard input.
enum ShellCommand {
  /// The command could not be started.
  struct CannotStart: Error {
    let reason: String
  }

  /// Starts `/bin/sh -c command`, lets `body` write to its input, waits, and gives its exit status (128 and more for a
  /// signal). A command that does not read everything is no error.
  static func run(_ command: String, _ body: (any ByteSink) throws -> Void) throws -> Int32 {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw CannotStart(reason: String(cString: strerror(errno))) }
    // Nobody else inherits them: a second command must not keep the first one's input open.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    // The notebook ignores SIGPIPE; a command expects it as it usually is.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] =
      ["sh", "-c", command].map { (word: String) in strdup(word) } + [nil]
    var process = pid_t()
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, environ)
    for argument in arguments { free(argument) }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    close(ends[0])
    guard code == 0 else {
      close(ends[1])
      throw CannotStart(reason: String(cString: strerror(code)))
    }
    let sink = FileSink(descriptor: ends[1], name: "the command")
    var failure: (any Error)?
    do {
      try body(sink)
      try sink.flush()
    } catch is BrokenPipe {
      // It has read what it wanted.
    } catch {
      failure = error
    }
    close(ends[1])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    if let failure { throw failure }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}
