import CLibedit
import Glibc

extension LineEditor {
  /// Asks for a statement and waits until the validator finds it complete. Blank statements are asked for again.
  ///
  /// Clears ``Interruption`` first. Both prompts are plain text.
  public func readStatement(prompt: String, continuationPrompt: String) -> Outcome {
    Interruption.clear()
    picture.prompt = DisplayWidth.escaped(prompt)
    picture.continuationPrompt = DisplayWidth.escaped(continuationPrompt)
    while true {
      var text = readText()
      switch keys.ending {
      case .interrupted:
        Interruption.clear()
        return .interrupted
      case .gone: return .endOfInput
      case .finished, nil:
        while let last = text.last, last.isWhitespace { text.removeLast() }
        if text.isEmpty { continue }
        remember(text)
        return .statement(text)
      }
    }
  }

  /// Whether a statement is run by Return as it stands.
  func isFinished(_ edited: EditedText) -> Bool {
    switch validator?.completeness(of: edited.text) ?? .complete {
    case .complete: true
    // Nobody is trapped: an empty line runs what is there.
    case .incomplete: edited.lineEnd == edited.scalars.count && edited.line.allSatisfy(\.isWhitespace)
    case .insideQuote: false
    }
  }

  private func remember(_ text: String) {
    guard history.add(text), let entry = history.entries.last else { return }
    _ = nb_history_enter(lines, WideText.terminated(entry))
  }

  /// Lets libedit edit a statement, until `keys.ending` says why that is over, and gives back what it was.
  private func readText() -> String {
    keys.begin()
    memory.begin(with: EditedText(""))
    picture.top = 0
    picture.plain = PlainPainter()
    picture.painter.forget()
    reserveRoom()
    fflush(output)
    beginOnFreshRow()
    setPasteMarks(on: true)
    var text = ""
    TerminalSignals.withEndingDelayed {
      var count: Int32 = 0
      let line = el_wgets(editor, &count)
      text = edited.text
      // libedit's own commands, to which a person may have bound keys, end a line too.
      if keys.ending == nil { keys.ending = line != nil && count > 0 ? .finished : .gone }
      drawEnd(mark: keys.ending == .interrupted ? "^C" : "")
      setPasteMarks(on: false)
      if TerminalSignals.isEnding { setTitle(nil) }
    }
    return text
  }

  /// Makes libedit's buffers large enough for the longest entry of the history before the line is begun.
  ///
  /// Its incremental search keeps a pointer into the buffer while it fetches entries, and would write through it after
  /// the buffer had moved.
  private func reserveRoom() {
    let longest = history.entries.reduce(0) { max($0, $1.utf8.count) }
    let spaces = [wchar_t](repeating: 0x20, count: longest + 2048) + [0]
    if el_winsertstr(editor, spaces) == 0 { el_deletestr(editor, Int32(clamping: spaces.count - 1)) }
  }

  /// Goes to the next row where something stands in this one: a mark and blanks as wide as the window end in the next row
  /// then, and in this one otherwise, where the prompt is written over them (as zsh does).
  private func beginOnFreshRow() {
    guard canMove else { return }
    let mark = usesColour ? Style.dim.apply(to: "⏎", colour: true) : "⏎"
    write(mark + String(repeating: " ", count: max(0, TerminalScreen.current().size.width - 1)) + "\r\u{1B}[K")
  }

  /// Asks the terminal to mark where pasted text begins and ends, so that no line end in it is taken for Return, or not to.
  private func setPasteMarks(on: Bool) { if canMove { write("\u{1B}[?2004" + (on ? "h" : "l")) } }

  /// Gives the terminal to somebody else, below the statement.
  func leaveTerminal() {
    drawEnd()
    setPasteMarks(on: false)
    _ = nb_el_prepare_terminal(editor, 0)
  }

  /// Takes the terminal back, which others have set to their own liking, and draws the statement where the cursor is.
  func takeTerminal() {
    _ = nb_el_prepare_terminal(editor, 0)
    _ = nb_el_prepare_terminal(editor, 1)
    setPasteMarks(on: true)
    picture.painter.forget()
    beginOnFreshRow()
    draw()
  }
}
