import CLibedit
import Glibc

extension LineEditor {
  private static let controlC: wchar_t = 3
  private static let escape: Unicode.Scalar = "\u{1B}"
  /// How long the rest of a key's sequence may take to come, in milliseconds; only vi mode waits.
  private static let sequencePatience: Int32 = 40

  /// Gives libedit the next key: 1 with a key, 0 at the end of input, -1 to leave the line.
  ///
  /// Ctrl-C is told in two steps. First libedit gets it as a key, bound to ``interruptLine()``, so that the cursor goes
  /// to the end of the text; then, or whatever that key led to, it is told to leave.
  func readKey(into key: UnsafeMutablePointer<wchar_t>) -> Int32 {
    while keys.ending == nil {
      if Interruption.isRequested {
        keys.interrupt()
        key.pointee = LineEditor.controlC
        return 1
      }
      if TerminalSignals.isEnding { break }
      if TerminalSignals.takeResized() { redrawForNewSize() }
      if TerminalSignals.takeResumed() { redrawAfterStop() }
      if !keys.queue.isEmpty {
        key.pointee = nextKey()
        hideHint()
        return 1
      }
      if !isInputWaiting() { paint() }
      guard waitForInput(milliseconds: -1) else { continue }
      guard readByte() else { break }
    }
    if keys.ending == nil { keys.ending = .gone }
    return keys.ending == .gone ? 0 : -1
  }

  /// The command of Ctrl-C: moves the cursor behind the text, so that what is printed next does not cover it.
  func interruptLine() -> UInt8 {
    keys.interrupt()
    // In vi's command mode the cursor cannot stand behind the last character.
    if isVi, let line = el_wline(editor), line.pointee.lastchar > line.pointee.buffer {
      _ = el_cursor(editor, Int32(clamping: line.pointee.lastchar - line.pointee.cursor))
      _ = el_winsertstr(editor, WideText.terminated(" "))
      return UInt8(CC_REFRESH)
    }
    if let line = el_wline(editor) {
      _ = el_cursor(editor, Int32(clamping: line.pointee.lastchar - line.pointee.cursor))
    }
    return UInt8(CC_REFRESH)
  }

  /// Whether more was typed or pasted than has been read.
  private func isInputWaiting() -> Bool {
    var source = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&source, 1, 0) > 0
  }

  /// True when a byte can be read; false when there is something else to look at, or the time is over.
  private func waitForInput(milliseconds: Int32) -> Bool {
    var sources = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&sources, 2, milliseconds) > 0 else { return false }
    if sources[1].revents != 0 {
      WakeUp.clear()
      return false
    }
    return sources[0].revents != 0
  }

  /// Reads one byte, leaving the rest to whoever reads next, such as a pager. False when there will be none.
  private func readByte() -> Bool {
    var byte: UInt8 = 0
    let count = read(STDIN_FILENO, &byte, 1)
    if count < 0 { return errno == EINTR || errno == EAGAIN }
    guard count == 1 else { return false }
    keys.queue += keys.decoder.feed(byte)
    return true
  }

  private func nextKey() -> wchar_t {
    let scalar = keys.queue.removeFirst()
    guard isVi, scalar == LineEditor.escape else { return wchar_t(scalar.value) }
    var sequence = ""
    while KeySequence.goesOn(sequence) {
      if keys.queue.isEmpty {
        guard waitForInput(milliseconds: LineEditor.sequencePatience), readByte() else { break }
        continue
      }
      sequence.unicodeScalars.append(keys.queue.removeFirst())
    }
    if let key = KeyBindings.viCharacter(forSequence: sequence) { return key }
    // A key that we do not know, or Escape and then something typed at once.
    keys.queue.insert(contentsOf: sequence.unicodeScalars, at: 0)
    return wchar_t(scalar.value)
  }

  /// Draws prompt and line for the new width, from the row where the terminal has put their beginning.
  private func redrawForNewSize() {
    guard let line = el_wline(editor) else { return }
    let text = WideText.string(from: line.pointee.buffer, to: line.pointee.cursor)
    el_resize(editor)
    let size = TerminalScreen.current().size
    var layout = LineLayout(columns: size.width)
    layout.add(prompt.visible + text)
    let up = min(layout.row, size.height - 1)
    write("\r" + (up > 0 ? "\u{1B}[\(up)A" : "") + "\u{1B}[J")
    _ = nb_el_refresh(editor)
  }

  /// The shell that ran meanwhile has set the terminal to its own liking.
  private func redrawAfterStop() {
    _ = nb_el_prepare_terminal(editor, 0)
    _ = nb_el_prepare_terminal(editor, 1)
    write("\r\u{1B}[J")
    _ = nb_el_refresh(editor)
  }
}
