import CSystem
import Engines
import Formats
import Glibc
import Language
import Notebook
import Terminal

/// The program: reads its options, wires a session to the terminal, and says by its exit status how it went.
@main
struct Main {
  static let version = "0.1.0"

  static func main() {
    nb_occupy_standard_descriptors()
    nb_keep_small_blocks()
    let options: Options
    do {
      options = try Options()
    } catch let wrong as Options.Wrong {
      fail(wrong.message)
    } catch {
      fail("\(error)")
    }
    if options.wantsHelp || options.wantsVersion {
      exit(Int32(show(options.wantsHelp ? UsageText.help : "noticebook \(version)").rawValue))
    }
    switch options.work {
    case .completions(let shell): exit(Int32(show(ShellCompletions.text(for: shell) ?? "").rawValue))
    case .manual: exit(Int32(show(UsageText.manual(version: version)).rawValue))
    default: break
    }
    guard let colour = ColourChoice(rawValue: options.colour) else {
      fail("--color takes auto, always or never, not '\(options.colour)'")
    }
    Interruption.install()
    exit(Int32(run(options, TerminalScreen.current(colour: colour)).rawValue))
  }

  private static func fail(_ message: String) -> Never {
    Stderr.write("noticebook: \(visibleLines(message))\nnoticebook --help lists the options\n")
    exit(2)
  }

  private static func show(_ text: String) -> RunOutcome {
    _ = signal(SIGPIPE, SIG_IGN)
    let sink = FileSink.standardOutput()
    do {
      try sink.write(text + "\n")
      try sink.flush()
    } catch let error as SinkError {
      Stderr.write("error: \(visibleLines(error.description))\n")
      return .failed
    } catch {
      // Nobody reads it any more.
    }
    return .succeeded
  }

  private static func run(_ options: Options, _ screen: TerminalScreen) -> RunOutcome {
    var history: FileHistory?
    var host = makeHost(options, screen)
    var editor: LineEditor?
    if case .standardInput = options.work, screen.isInteractive, !options.isCheck {
      let file = FileHistory(isSecret: Secrets.stand) { problem in Stderr.write(visibleLines("\(problem)\n")) }
      history = file
      editor = LineEditor(history: file, usesColour: screen.usesColour)
      host.isInteractive = editor != nil
      if screen.usesColour { editor?.askGround() }
      host.pictures = { [editor] in editor?.pictures.map { $0 == .kitty ? .kitty : .sixel } }
      if let editor { host.edit = { try editor.edit($0) } }
    }
    host.useTheme = { Theme.choose($0, on: editor?.ground ?? .ofEnvironment) }
    host.useTheme(.auto)
    host.history = { history?.entries ?? [] }
    let session = Session(host: host)
    if let format = options.format, !session.setFormat(format) {
      fail("there is no format '\(format)': \(TableFormats.names.joined(separator: " "))")
    }
    if options.hasTimer { session.setTimer(true) }
    if options.isCheck { session.startChecking() }
    for parameter in options.parameters { session.setParameter(parameter.name, to: parameter.value) }
    do {
      if let engine = options.engine, !options.isCheck { try session.connect(engine) }
      if let path = options.output, !options.isCheck { try session.setOutput(path: path) }
      let outcome = try run(options, session, host, editor)
      if outcome == .succeeded || (options.keepsGoing && outcome != .interrupted) {
        try session.finish()
      } else {
        try session.abandon()
      }
      return max(outcome, session.concludeChecks())
    } catch is BrokenPipe {
      return .succeeded
    } catch {
      return session.report(error)
    }
  }

  private static func run(
    _ options: Options, _ session: Session, _ host: NotebookHost, _ editor: LineEditor?
  ) throws -> RunOutcome {
    switch options.work {
    case .completions, .manual: return .succeeded
    case .format(let paths, let isCheck): return try ScriptFormatting(host: host, isCheck: isCheck).format(paths)
    case .script(let path): return try session.runFile(path, keepsGoing: options.keepsGoing)
    case .statements(let texts):
      var outcome = RunOutcome.succeeded
      for (index, text) in texts.enumerated() {
        let name = texts.count == 1 ? "-c" : "-c \(index + 1)"
        outcome = max(outcome, try session.run(SourceText(name: name, text: text), keepsGoing: options.keepsGoing))
        if session.wantsToQuit || outcome == .interrupted || (outcome != .succeeded && !options.keepsGoing) { break }
      }
      return outcome
    case .standardInput:
      if let editor {
        if !options.isQuiet { Stderr.write("Noticebook \(version): help lists the commands, Ctrl-D leaves\n") }
        if options.runsStartup { try session.runStartupFile() }
        try Interactive(session: session, editor: editor).run()
        return .succeeded
      }
      return try session.runStandardInput(keepsGoing: options.keepsGoing)
    }
  }

  /// Shows a result in the pager. That the reader has seen enough is no error.
  private static func show(_ page: NotebookHost.Page, _ screen: TerminalScreen) throws {
    do {
      try Pager.show(command: page.command, headerLineCount: page.headerLineCount, screen: screen) {
        descriptor, linesBetweenHeaders in
        let sink = FileSink(descriptor: descriptor, name: "the pager")
        try page.write(sink, linesBetweenHeaders)
        try sink.flush()
      }
    } catch is BrokenPipe {}
  }

  private static func makeHost(_ options: Options, _ screen: TerminalScreen) -> NotebookHost {
    var host = NotebookHost()
    host.program = "Noticebook \(version)"
    host.outputIsTerminal = screen.outputIsTerminal
    host.width = { screen.size.width }
    host.height = { screen.size.height }
    if screen.usesColour { host.style = { Theme.inForce.styled($0, $1) } }
    let isQuiet = options.isQuiet
    host.message = { message, kind in
      // Names of files and of columns, and what was typed, stand in messages.
      let text = fittedText(visibleLines(message), width: screen.errorIsTerminal ? screen.size.width - 1 : nil)
      switch kind {
      case .note: if !isQuiet { Stderr.write(text + "\n") }
      case .warning: Stderr.write(screen.styled(text, Theme.inForce.warning, for: .error) + "\n")
      case .error: Stderr.write(Theme.inForce.error(text, screen) + "\n")
      }
    }
    if screen.errorIsTerminal { host.messageWidth = { screen.size.width - 1 } }
    host.isInterrupted = { Interruption.isRequested }
    host.forgetInterruption = { Interruption.clear() }
    host.progress = { unit in
      let line = ProgressLine(unit: unit == .bytes ? .bytes : .rows, screen: screen, isEnabled: !isQuiet)
      return NotebookHost.Progress(update: line.update, finish: line.finish)
    }
    if screen.outputIsTerminal {
      host.screen = { step in
        switch step {
        case .begin: AlternateScreen.begin()
        case .clear: AlternateScreen.clear()
        case .end: AlternateScreen.end()
        }
      }
      host.page = { try show($0, screen) }
    }
    return host
  }
}

/// Standard error, written at once.
enum Stderr {
  static func write(_ text: String) {
    let sink = FileSink(descriptor: STDERR_FILENO, name: "standard error")
    // There is nowhere left to say that saying something failed.
    try? sink.write(text)
    try? sink.flush()
  }
}
