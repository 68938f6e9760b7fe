import CLibedit
import Glibc

/// The commands of the editor's own keys; the rest are libedit's.
extension LineEditor {
  /// Names for editrc(5), what `bind -l` says of them, and what they do.
  static let commands: [(name: String, help: String, function: nb_key_function)] = [
    (KeyBindings.complete, "Go on with the word as the language allows", { e, _ in run(e) { $0.complete(by: 1) } }),
    (KeyBindings.completeBack, "The candidate before", { e, _ in run(e) { $0.complete(by: -1) } }),
    (KeyBindings.interrupt, "Drop the statement", { e, _ in run(e) { $0.end(.interrupted) } }),
    (KeyBindings.enter, "Run the statement, or go on in the next line", { e, _ in run(e) { $0.enter() } }),
    (KeyBindings.newLine, "Put in a line end", { e, _ in run(e) { $0.insertLineEnd() } }),
    (KeyBindings.paste, "Take what the terminal pastes", { e, _ in run(e) { $0.takePaste() } }),
    (KeyBindings.suspend, "Stop, or end by the signal of the key", { e, key in run(e) { $0.raiseSignal(of: key) } }),
    (KeyBindings.clear, "Clear the window", { e, _ in run(e) { $0.clearWindow() } }),
    (KeyBindings.up, "Line above, or statement before", { e, _ in run(e) { $0.goUp() } }),
    (KeyBindings.down, "Line below, or statement after", { e, _ in run(e) { $0.goDown() } }),
    (KeyBindings.older, "Statement before", { e, _ in run(e) { $0.walk(older: true) } }),
    (KeyBindings.newer, "Statement after", { e, _ in run(e) { $0.walk(older: false) } }),
    (KeyBindings.search, "Search the statements typed before", { e, _ in run(e) { $0.searchHistory() } }),
    (KeyBindings.back, "Character before", { e, _ in run(e) { $0.goBack() } }),
    (KeyBindings.forward, "Character behind, or what is suggested", { e, _ in run(e) { $0.goForward() } }),
    (KeyBindings.forwardWord, "Word behind, or one of what is suggested", { e, _ in run(e) { $0.goForwardWord() } }),
    (KeyBindings.backWord, "Word before", { e, _ in run(e) { $0.move { $0.previousWord } } }),
    (KeyBindings.lineStart, "Start of the line", { e, _ in run(e) { $0.move { $0.lineStart } } }),
    (KeyBindings.lineEnd, "End of the line", { e, _ in run(e) { $0.goToLineEnd() } }),
    (KeyBindings.erase, "Delete the character before", { e, _ in run(e) { $0.erase { $0.previousGrapheme } } }),
    (KeyBindings.delete, "Delete the character behind", { e, _ in run(e) { $0.erase { $0.nextGrapheme } } }),
    (KeyBindings.deleteOrLeave, "Delete the character behind, or leave", { e, _ in run(e) { $0.deleteOrLeave() } }),
    (KeyBindings.killEnd, "Cut the rest of the line", { e, _ in run(e) { $0.kill { $0.lineEnd } } }),
    (KeyBindings.killStart, "Cut the start of the line", { e, _ in run(e) { $0.kill { $0.lineStart } } }),
    (KeyBindings.killWord, "Cut the word behind", { e, _ in run(e) { $0.kill { $0.nextWord } } }),
    (KeyBindings.killPreviousWord, "Cut the word before", { e, _ in run(e) { $0.kill { $0.previousWord } } }),
    (KeyBindings.yank, "Put in what was cut", { e, _ in run(e) { o in o.change { o.memory.kills.yank(into: &$0) } } }),
    (
      KeyBindings.yankEarlier, "Put in what was cut before it",
      { e, _ in run(e) { o in o.change { o.memory.kills.rotate(in: &$0) } } }
    ),
    (KeyBindings.lastArgument, "Last word of the statement before", { e, _ in run(e) { $0.insertLastArgument() } }),
    (KeyBindings.undo, "Take a change back", { e, _ in run(e) { o in o.restore(o.memory.undo.undo()) } }),
    (KeyBindings.redo, "Make a change again", { e, _ in run(e) { o in o.restore(o.memory.undo.redo()) } }),
    (KeyBindings.edit, "Open the statement in your editor", { e, _ in run(e) { $0.editElsewhere() } }),
    (KeyBindings.viMotion, "A motion inside of the line", { e, key in run(e) { $0.pushViKeys(for: key) } }),
  ]

  private static func run(_ editor: OpaquePointer?, _ body: (LineEditor) -> UInt8) -> UInt8 {
    of(editor).map(body) ?? UInt8(CC_ERROR)
  }

  // MARK: The whole statement

  /// Ends the statement.
  private func end(_ ending: KeyReader.Ending) -> UInt8 {
    if ending == .interrupted { keys.interrupt() } else { keys.ending = ending }
    return UInt8(CC_NEWLINE)
  }

  private func enter() -> UInt8 {
    if let taken = memory.menu?.taken, memory.menu?.shown == edited {
      memory.menu = nil
      put(taken)
      return UInt8(CC_REFRESH)
    }
    return isFinished(edited) ? end(.finished) : insertLineEnd()
  }

  private func insertLineEnd() -> UInt8 {
    change { edited in
      // What is in quotes keeps its blanks to itself, and what comes all at once has its own.
      let isQuoted = validator?.completeness(of: edited.before) == .insideQuote
      let isPasted = !keys.queue.isEmpty || isInputWaiting()
      edited.insert("\n" + (isQuoted || isPasted ? "" : edited.indentation))
      return true
    }
  }

  private func deleteOrLeave() -> UInt8 {
    let now = edited
    if now.scalars.isEmpty { return end(.gone) }
    // Behind the first line an empty one says that nothing more comes: the statement is dropped.
    if now.isAtEnd, now.hasLines, now.line.isEmpty { return end(.interrupted) }
    return erase { $0.nextGrapheme }
  }

  /// Takes what is pasted up to the mark that ends it.
  private func takePaste() -> UInt8 {
    var pasted = PastedText()
    while let scalar = nextScalar() {
      if pasted.append(scalar) {
        return change { edited in
          edited.insert(pasted.text); return true
        }
      }
    }
    return UInt8(CC_NEWLINE)
  }

  /// Does what the terminal would for Ctrl-Z and Ctrl-\.
  private func raiseSignal(of key: wint_t) -> UInt8 {
    leaveTerminal()
    raise(key == 0x1C ? SIGQUIT : SIGTSTP)
    _ = TerminalSignals.takeResumed()
    takeTerminal()
    return UInt8(CC_REFRESH)
  }

  private func clearWindow() -> UInt8 {
    guard canMove else { return refuse() }
    picture.painter.forget()
    write("\u{1B}[H\u{1B}[2J")
    return UInt8(CC_REFRESH)
  }

  // MARK: Inside of it

  private func goUp() -> UInt8 {
    if stepInMenu(by: -1) { return UInt8(CC_REFRESH) }
    var now = edited
    guard now.moveUp() else { return walk(older: true) }
    put(now)
    return UInt8(CC_REFRESH)
  }

  private func goDown() -> UInt8 {
    if stepInMenu(by: 1) { return UInt8(CC_REFRESH) }
    var now = edited
    guard now.moveUp(by: -1) else { return walk(older: false) }
    put(now)
    return UInt8(CC_REFRESH)
  }

  private func goBack() -> UInt8 {
    stepAsideInMenu(by: -1) ? UInt8(CC_REFRESH) : move { $0.previousGrapheme }
  }

  private func goForward() -> UInt8 {
    if stepAsideInMenu(by: 1) { return UInt8(CC_REFRESH) }
    return takeHint { $0 } ?? move { $0.nextGrapheme }
  }

  private func goForwardWord() -> UInt8 {
    let taken = takeHint { hint in
      let edited = EditedText(hint, cursor: 0)
      return EditedText(scalars: Array(edited.scalars[..<edited.nextWord]), cursor: 0).text
    }
    return taken ?? move { $0.nextWord }
  }

  private func goToLineEnd() -> UInt8 {
    let now = edited
    return now.isAtEnd ? takeHint { $0 } ?? refuse() : move { $0.lineEnd }
  }

  /// Puts in what is suggested, or the part of it that `part` gives; nil where nothing is.
  private func takeHint(_ part: (String) -> String) -> UInt8? {
    let now = edited
    // Asked for anew: it has not been shown yet where keys come faster than they are drawn.
    guard usesColour, now.isAtEnd, let hint = hinter?.hint(for: now.text) else { return nil }
    return change { edited in
      edited.insert(part(hint))
      return true
    }
  }

  private func erase(to place: (EditedText) -> Int) -> UInt8 {
    change { edited in !edited.delete(to: place(edited)).isEmpty }
  }

  private func kill(to place: (EditedText) -> Int) -> UInt8 {
    change { edited in
      var place = place(edited)
      // At the end of a line its line end is cut, so that lines can be joined.
      if place == edited.cursor, edited.cursor == edited.lineEnd { place += 1 }
      return memory.kills.kill(to: place, in: &edited)
    }
  }

  private func restore(_ edited: EditedText?) -> UInt8 {
    guard let edited else { return refuse() }
    put(edited)
    return UInt8(CC_REFRESH)
  }

  // MARK: The history

  private func walk(older: Bool) -> UInt8 {
    let now = edited
    if memory.walk?.shown != now { memory.walk = HistoryWalk(from: now, entries: history.entries) }
    guard let found = older ? memory.walk?.older() : memory.walk?.newer() else { return refuse() }
    put(found)
    return UInt8(CC_REFRESH)
  }

  private func insertLastArgument() -> UInt8 {
    change { edited in memory.lastArgument.insert(into: &edited, entries: history.entries) }
  }

  /// Shows what holds the text that is typed meanwhile. Escape and Ctrl-G bring back what was there, Return runs what was
  /// found, and any other key goes on with it.
  private func searchHistory() -> UInt8 {
    let before = edited
    var search = HistorySearch(entries: history.entries)
    defer { picture.search = nil }
    picture.search = search.label
    while let press = nextPress() {
      switch press {
      case .character("\u{12}"): if !search.step(older: true) { _ = refuse() }
      case .character("\u{13}"): if !search.step(older: false) { _ = refuse() }
      case .character("\u{7F}"), .character("\u{8}"): search.look(for: String(search.pattern.dropLast()))
      case .character("\u{7}"), .escape(""):
        put(before)
        return UInt8(CC_REFRESH)
      case .character(let scalar) where scalar.value >= 0x20: search.look(for: search.pattern + String(scalar))
      default:
        putBack(press)
        return UInt8(CC_REFRESH)
      }
      put(search.found ?? before)
      picture.search = search.label
    }
    return UInt8(CC_NEWLINE)
  }

  // MARK: vi

  /// Does what vi's keys for a line do by those that count characters, since libedit's line is the whole statement. The
  /// operator before such a key stays in force.
  private func pushViKeys(for key: wint_t) -> UInt8 {
    let now = edited
    let behind = now.lineEnd - now.cursor
    let before = now.cursor - now.lineStart
    let keys: String
    switch Unicode.Scalar(key) {
    case "$": keys = behind > 0 ? "\(behind)l" : ""
    case "0", "^": keys = before > 0 ? "\(before)h" : ""
    case "D": keys = behind > 0 ? "d\(behind)l" : ""
    case "C": keys = behind > 0 ? "c\(behind)l" : "i"
    case "A": keys = (behind > 1 ? "\(behind - 1)l" : "") + (behind > 0 ? "a" : "i")
    case "I": keys = (before > 0 ? "\(before)h" : "") + "i"
    default: keys = ""
    }
    guard !keys.isEmpty else { return refuse() }
    el_wpush(editor, WideText.terminated(keys))
    return UInt8(CC_ARGHACK)
  }
}
