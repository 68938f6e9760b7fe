import CLibedit
import Glibc

/// What the editor asks the terminal, and what it tells it besides text.
extension LineEditor {
  /// How long the terminal may take to say what ground it has, in milliseconds.
  private static let answerPatience = 100

  /// Asks the terminal, once, whether its ground is light or dark and whether it shows pictures, and sets ``ground`` and
  /// ``pictures``. What is typed meanwhile is kept for
  /// the next statement. A terminal that answers nothing costs a tenth of a second; an answer that comes later is taken
  /// when it comes.
  public func askGround() {
    // The Linux console takes the question for something else.
    guard canMove, Environment.value("TERM") != "linux" else { return }
    _ = nb_el_prepare_terminal(editor, 1)
    defer { _ = nb_el_prepare_terminal(editor, 0) }
    keys.isAsking = true
    defer { keys.isAsking = false }
    write(PictureProtocol.question { Environment.value($0) } + Ground.question)
    var typed: [KeyPress] = []
    let end = LineEditor.milliseconds() + LineEditor.answerPatience
    while keys.ending == nil, waitForKey(until: end) {
      guard let press = readPress() else { break }
      guard case .escape(let sequence) = press, takeAnswer(sequence) else {
        typed.append(press)
        continue
      }
      if sequence.hasPrefix("[?") { break }
    }
    for press in typed.reversed() { putBack(press) }
  }

  /// Takes what a terminal answers to a question, so that nobody takes it for keys; false for keys.
  func takeAnswer(_ sequence: String) -> Bool {
    if let answer = Ground(answer: sequence) { ground = answer }
    // Kitty's protocol keeps its colours, so it goes first.
    if let answer = PictureProtocol(answer: sequence), pictures != .kitty { pictures = answer }
    return sequence.hasPrefix("]11;") || sequence.hasPrefix("_G") || sequence.hasPrefix("[?")
  }

  /// Whether there is something to read before a moment of the system's clock.
  private func waitForKey(until end: Int) -> Bool {
    while true {
      if !keys.queue.isEmpty { return true }
      let rest = end - LineEditor.milliseconds()
      guard rest > 0, !Interruption.isRequested, !TerminalSignals.isEnding else { return false }
      guard waitForInput(milliseconds: Int32(clamping: rest)) else { continue }
      guard readByte() else { return false }
    }
  }

  private static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  /// Gives the window a title, on terminals that are known to have one; nil gives back the one that it had.
  public func setTitle(_ title: String?) {
    guard canMove, LineEditor.hasTitle(Environment.value("TERM") ?? "") else { return }
    guard title != self.title else { return }
    // Xterm's window operations 22 and 23 keep the title and bring it back.
    if self.title == nil { write("\u{1B}[22;2t") }
    self.title = title
    if let title {
      write("\u{1B}]2;" + DisplayWidth.truncate(DisplayWidth.escaped(title), to: 200) + "\u{7}")
    } else {
      write("\u{1B}[23;2t")
    }
  }

  /// Gives the cursor a shape that tells vi's modes apart: a block for commands, a bar for text.
  func setCursorShape(_ shape: Int) {
    guard shape != picture.cursorShape, LineEditor.hasTitle(Environment.value("TERM") ?? "") else { return }
    picture.cursorShape = shape
    write("\u{1B}[\(shape) q")
  }

  /// Whether a terminal of a type has windows with titles, and shapes of the cursor.
  static func hasTitle(_ terminal: String) -> Bool {
    let types = [
      "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "wezterm", "ghostty", "contour", "konsole",
      "vte",
      "gnome", "putty", "mintty", "st",
    ]
    return types.contains(String(terminal.prefix { $0 != "-" }))
  }

  /// Opens a text in the person's editor, and puts what is saved into the next statement, to be looked at before it runs.
  ///
  /// - Throws: `ExternalEditor.Problem`.
  public func edit(_ text: String) throws { nextText = try ExternalEditor.edit(text) }

  /// The command that opens the statement in the person's editor.
  func editElsewhere() -> UInt8 {
    let now = edited
    leaveTerminal()
    defer { takeTerminal() }
    do {
      put(EditedText(try ExternalEditor.edit(now.isBlank ? history.entries.last ?? "" : now.text)))
    } catch {
      write("\(error)\r\n")
    }
    return UInt8(CC_REFRESH)
  }
}
