import CLibedit
import CSystem
import Glibc

/// Shows a text that may be longer than the window in the user's pager.
///
/// The command is that of the caller, else `NOTICEBOOK_PAGER`, else `PAGER`, else `less -RSFX`; it is given to `sh`. Set to
/// nothing or to `cat`, or when standard output is no terminal, the text is simply printed.
public enum Pager {
  /// Shows what `write` writes to a descriptor, and returns when the reader has left the pager.
  ///
  /// A pager that ends before it has read everything is no error: writing fails with `EPIPE`. One that cannot be started
  /// means that the text is printed. Ctrl-C is the pager's while it runs: ``Interruption`` is cleared afterwards.
  ///
  /// The lines at the top of the text that name its columns stay in sight: `less` keeps them from version 600 on; for an
  /// older one `write` is told after how many lines to repeat them.
  ///
  /// - Parameters:
  ///   - command: what shows the text; nil for what the environment names.
  ///   - headerLineCount: how many lines at the top name columns.
  ///   - write: writes the text, given the lines between two repetitions of its top, or nil for no repetition.
  public static func show(
    command: String? = nil, headerLineCount: Int = 0, screen: TerminalScreen = .current(),
    write: (_ descriptor: Int32, _ linesBetweenHeaders: Int?) throws -> Void
  ) rethrows {
    let environment = Environment.values(["NOTICEBOOK_PAGER", "PAGER"])
    if screen.outputIsTerminal, screen.inputIsTerminal,
      let chosen = self.command(command, environment: environment)
    {
      var (shown, repeats) = (chosen, false)
      if headerLineCount > 0, isLess(chosen), let version = lessVersion {
        repeats = version < firstLessWithHeaders
        if !repeats { shown += " --header \(headerLineCount)" }
      }
      // A window of less is one line lower than the terminal's; of the rest one repetition is always in sight.
      let between = repeats ? max(1, screen.size.height - 1 - headerLineCount) : nil
      if try run(shown, write: { try write($0, between) }) { return }
    }
    fflush(nb_stdout())
    try write(STDOUT_FILENO, nil)
  }

  /// The command to run; nil when the text is to be printed.
  static func command(_ chosen: String? = nil, environment: [String: String]) -> String? {
    let command = chosen ?? environment["NOTICEBOOK_PAGER"] ?? environment["PAGER"] ?? "less -RSFX"
    let isBlank = !command.contains { !$0.isWhitespace }
    return isBlank || command == "cat" ? nil : command
  }

  /// Whether a command is `less` with nothing but options, so that another can stand behind them.
  static func isLess(_ command: String) -> Bool {
    let words = command.split(separator: " ")
    return words.first?.split(separator: "/").last == "less" && words.dropFirst().allSatisfy { $0.hasPrefix("-") }
  }

  /// The version of `less` that has `--header`.
  private static let firstLessWithHeaders = 600

  /// The version of the `less` that is installed; nil where there is none.
  private static let lessVersion: Int? = {
    guard let stream = popen("less --version 2>/dev/null", "r") else { return nil }
    defer { pclose(stream) }
    var line = [CChar](repeating: 0, count: 200)
    guard fgets(&line, Int32(line.count), stream) != nil else { return nil }
    return version(in: String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }()

  /// The number in `less 590 (GNU regular expressions)`.
  static func version(in line: String) -> Int? {
    let words = line.split(separator: " ")
    return words.count > 1 && words[0] == "less" ? Int(words[1].prefix { $0.isNumber }) : nil
  }

  /// Runs `command` with what `write` writes on its standard input. False when it could not be run.
  static func run(_ command: String, write: (Int32) throws -> Void) rethrows -> Bool {
    Interruption.install()
    let terminal = LentTerminal()
    defer { terminal.takeBack() }
    guard let child = start(command) else { return false }
    do {
      try write(child.input)
    } catch {
      close(child.input)
      _ = child.process.wait()
      throw error
    }
    close(child.input)
    return !ShellProcess.notRun.contains(child.process.wait())
  }

  private static func start(_ command: String) -> (process: ShellProcess, input: Int32)? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    guard let process = try? ShellProcess(["-c", command], input: ends[0]) else {
      close(ends[1])
      return nil
    }
    return (process, ends[1])
  }
}
