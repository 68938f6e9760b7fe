import CLibedit
import CSystem
import Glibc

/// The editor that a person likes best: the command in `VISUAL`, else in `EDITOR`, else the first of `editor` (Debian's
/// choice), `nano` and `vi` that is there.
public enum ExternalEditor {
  /// Why a text could not be edited.
  public struct Problem: Error, CustomStringConvertible {
    /// One line for a person.
    public let description: String
  }

  /// Lets a person edit a text in a private file that is gone afterwards, and gives back what they saved; the text itself
  /// where the editor says that it gave up.
  static func edit(_ text: String) throws(Problem) -> String {
    let folder = Environment.value("TMPDIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    var path = Array("\(folder)/noticebook-XXXXXX.nbk".utf8CString)
    // Made with mode 0600.
    let descriptor = mkstemps(&path, 4)
    guard descriptor >= 0 else { throw failure("cannot make a file in \(folder)") }
    let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(name) }
    let isWritten = Descriptor.writeAll(text.isEmpty ? "" : text + "\n", to: descriptor)
    close(descriptor)
    guard isWritten else { throw failure("cannot write \(name)") }
    let command = command(environment: Environment.values(["VISUAL", "EDITOR"]))
    let status = try run(command, name)
    // What sh says of a command that is not there, or is no program.
    if status == 126 || status == 127 { throw Problem(description: "cannot run the editor: \(command)") }
    guard status == 0 else { return text }
    let edited = open(name, O_RDONLY | O_CLOEXEC)
    guard edited >= 0 else { throw failure("cannot read \(name)") }
    defer { close(edited) }
    guard let bytes = Descriptor.readTail(of: edited, limit: 16 << 20) else { throw failure("cannot read \(name)") }
    return PastedText.cleaned(String(decoding: bytes, as: UTF8.self))
  }

  /// The command that opens an editor.
  static func command(environment: [String: String]) -> String {
    for name in ["VISUAL", "EDITOR"] {
      if let command = environment[name], command.contains(where: { !$0.isWhitespace }) { return command }
    }
    let folders = (Environment.value("PATH") ?? "/usr/bin:/bin").split(separator: ":")
    return ["editor", "nano", "vi"].first { name in folders.contains { access("\($0)/\(name)", X_OK) == 0 } } ?? "vi"
  }

  /// Runs a command of the shell with a path behind it, on the terminal, and gives back its exit status.
  private static func run(_ command: String, _ path: String) throws(Problem) -> Int32 {
    fflush(nb_stdout())
    fflush(nb_stderr())
    var modes = termios()
    let hasModes = tcgetattr(STDIN_FILENO, &modes) == 0
    defer {
      if hasModes { tcsetattr(STDIN_FILENO, TCSADRAIN, &modes) }
      Interruption.clear()
    }
    // The handlers of this process are undone by exec; that it ignores SIGPIPE would be inherited.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let words = ["sh", "-c", "\(command) \"$1\"", "sh", path]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { arguments.forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", nil, &attributes, &arguments, environ)
    guard code == 0 else { throw Problem(description: "cannot run sh: \(String(cString: strerror(code)))") }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return nb_exit_status(status)
  }

  private static func failure(_ what: String) -> Problem {
    Problem(description: "\(what): \(String(cString: strerror(errno)))")
  }
}
