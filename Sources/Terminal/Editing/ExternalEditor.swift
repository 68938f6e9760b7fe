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
    if ShellProcess.notRun.contains(status) { throw Problem(description: "cannot run the editor: \(command)") }
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
    let terminal = LentTerminal()
    defer { terminal.takeBack() }
    do {
      return try ShellProcess(["-c", "\(command) \"$1\"", "sh", path]).wait()
    } catch {
      throw Problem(description: "cannot run sh: \(error.reason)")
    }
  }

  private static func failure(_ what: String) -> Problem {
    Problem(description: "\(what): \(String(cString: strerror(errno)))")
  }
}
