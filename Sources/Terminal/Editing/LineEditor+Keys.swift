import CLibedit
import Glibc

/// What a person pressed.
enum KeyPress: Equatable {
  /// A key that is one character.
  case character(Unicode.Scalar)
  /// What came behind Escape at once, such as `[A` for the up arrow; empty for Escape alone.
  case escape(String)
}

extension LineEditor {
  private static let escape: Unicode.Scalar = "\u{1B}"
  private static let controlC: Unicode.Scalar = "\u{3}"
  /// How long the rest of a key's sequence may take to come, in milliseconds.
  private static let sequencePatience: Int32 = 40

  /// Gives libedit the next key: 1 with a key, 0 at the end of input, -1 to leave the statement.
  func readKey(into key: UnsafeMutablePointer<wchar_t>) -> Int32 {
    if !nextText.isEmpty {
      put(EditedText(nextText))
      nextText = ""
      memory.undo = UndoHistory(edited)
    }
    noteChange()
    // A letter at the end of the text is drawn where libedit believes the cursor to be, in rows that it believes to have.
    _ = nb_el_refresh(editor)
    while let press = nextPress() {
      let scalar: Unicode.Scalar
      switch press {
      case .character(let character): scalar = character
      case .escape(let sequence):
        if sequence.isEmpty, closeMenu() { continue }
        // Escape by itself: libedit would wait for a second key, and take Ctrl-C and Return for it.
        if sequence.isEmpty, !isVi { continue }
        if isVi, let code = KeyBindings.viCharacter(forSequence: sequence) {
          key.pointee = code
          return 1
        }
        // libedit knows the sequence, or it is Escape and then something typed at once.
        keys.queue.insert(contentsOf: sequence.unicodeScalars, at: 0)
        scalar = LineEditor.escape
      }
      keys.given = (scalar, edited)
      key.pointee = wchar_t(bitPattern: scalar.value)
      return 1
    }
    return keys.ending == .gone ? 0 : -1
  }

  /// Looks at what the last key has done.
  private func noteChange() {
    let now = edited
    memory.undo.note(now)
    guard isVi, let (key, before) = keys.given else { return }
    keys.given = nil
    let isInserted =
      now.scalars.count == before.scalars.count + 1 && now.cursor == before.cursor + 1
      && now.scalars[before.cursor] == key
    memory.vi.note(key, isInserted: isInserted)
  }

  /// The next key, waited for with the statement on the screen; nil when the statement is over, as `keys.ending` says.
  func nextPress() -> KeyPress? {
    while let first = nextScalar() {
      let press = press(beginning: first)
      // Some terminals take their time to answer.
      if case .escape(let sequence) = press, takeAnswer(sequence) { continue }
      return press
    }
    return nil
  }

  /// The next key of those that were read; nil for none.
  func readPress() -> KeyPress? { keys.queue.isEmpty ? nil : press(beginning: keys.queue.removeFirst()) }

  private func press(beginning scalar: Unicode.Scalar) -> KeyPress {
    guard scalar == LineEditor.escape else { return .character(scalar) }
    var sequence = ""
    while KeySequence.goesOn(sequence, isAsked: keys.isAsking) {
      if keys.queue.isEmpty {
        guard waitForInput(milliseconds: LineEditor.sequencePatience), readByte() else { break }
        continue
      }
      // Ctrl-C is no part of anything.
      if keys.queue[0] == LineEditor.controlC { break }
      sequence.unicodeScalars.append(keys.queue.removeFirst())
    }
    return .escape(sequence)
  }

  /// The next character; nil when the statement is over.
  func nextScalar() -> Unicode.Scalar? {
    while keys.ending == nil {
      if Interruption.isRequested { keys.interrupt() }
      if keys.ending != nil || TerminalSignals.isEnding { break }
      if TerminalSignals.takeResized() { redrawForNewSize() }
      if TerminalSignals.takeResumed() { takeTerminal() }
      if !keys.queue.isEmpty { return keys.queue.removeFirst() }
      if !isInputWaiting() { draw() }
      guard waitForInput(milliseconds: -1) else { continue }
      guard readByte() else { break }
    }
    if keys.ending == nil { keys.ending = .gone }
    return nil
  }

  /// Puts back a key that somebody else is to have.
  func putBack(_ press: KeyPress) {
    switch press {
    case .character(let scalar): keys.queue.insert(scalar, at: 0)
    case .escape(let sequence):
      keys.queue.insert(contentsOf: [LineEditor.escape] + Array(sequence.unicodeScalars), at: 0)
    }
  }

  /// Whether more was typed or pasted than has been read.
  func isInputWaiting() -> Bool {
    var source = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&source, 1, 0) > 0
  }

  /// True when a byte can be read; false when there is something else to look at, or the time is over.
  func waitForInput(milliseconds: Int32) -> Bool {
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
  func readByte() -> Bool {
    var byte: UInt8 = 0
    let count = read(STDIN_FILENO, &byte, 1)
    if count < 0 { return errno == EINTR || errno == EAGAIN }
    guard count == 1 else { return false }
    keys.queue += keys.decoder.feed(byte)
    return true
  }
}
