import CLibedit
import Glibc

/// Whether the completion key was just pressed: the second time in a row it lists the candidates.
struct MenuState {
  /// The statement as the key left it, and where the cursor was.
  var text: String?
  var cursor = 0
}

extension LineEditor {
  /// The command of the completion key.
  func complete() -> UInt8 {
    guard let completer, let before = statementAndCursor() else { return UInt8(CC_ERROR) }
    let lineStart = earlierLines.utf8.count
    let found = completer.candidates(in: before.text, at: before.cursor)
    let candidates = CompletionEdit.usable(found, in: before.text, lineStart: lineStart)
    guard !candidates.isEmpty else { return UInt8(CC_ERROR) }
    let isRepeated = menu.text == before.text && menu.cursor == before.cursor
    if let edit = CompletionEdit(candidates: candidates, text: before.text) {
      apply(edit, text: before.text, cursor: before.cursor)
      if edit.isFinal {
        menu = MenuState()
        return UInt8(CC_REFRESH)
      }
    } else if isRepeated, candidates.count > 1 {
      list(candidates)
      return UInt8(CC_NORM)
    }
    guard let after = statementAndCursor() else { return UInt8(CC_REFRESH) }
    menu = MenuState(text: after.text, cursor: after.cursor)
    // The bell says that there is more than one way to go on.
    return UInt8(candidates.count > 1 ? CC_REFRESH_BEEP : CC_REFRESH)
  }

  /// The statement with all its lines, and the cursor as a UTF-8 offset into it.
  func statementAndCursor() -> (text: String, cursor: Int)? {
    guard let line = el_wline(editor)?.pointee else { return nil }
    let before = earlierLines + WideText.string(from: line.buffer, to: line.cursor)
    return (before + WideText.string(from: line.cursor, to: line.lastchar), before.utf8.count)
  }

  private func apply(_ edit: CompletionEdit, text: String, cursor: Int) {
    guard let removed = CompletionEdit.part(edit.range, of: text) else { return }
    // libedit counts characters, and deletes those before its cursor.
    let utf8 = text.utf8
    let end = utf8.index(utf8.startIndex, offsetBy: edit.range.upperBound)
    let now = utf8.index(utf8.startIndex, offsetBy: cursor)
    let distance = text.unicodeScalars.distance(from: now, to: end)
    _ = el_cursor(editor, Int32(clamping: distance))
    el_deletestr(editor, Int32(clamping: removed.unicodeScalars.count))
    _ = el_winsertstr(editor, WideText.terminated(edit.replacement))
  }

  /// Writes the candidates below the line and the line below them.
  private func list(_ candidates: [CompletionCandidate]) {
    guard let line = el_wline(editor)?.pointee else { return }
    let size = TerminalScreen.current().size
    var layout = LineLayout(columns: size.width)
    layout.add(prompt.visible + WideText.string(from: line.buffer, to: line.cursor))
    let cursorRow = layout.row
    layout.add(WideText.string(from: line.cursor, to: line.lastchar))
    write(String(repeating: "\r\n", count: layout.row - cursorRow + 1))
    if candidates.count <= CompletionMenu.askAbove || confirms(CompletionMenu.question(count: candidates.count)) {
      let lines = CompletionMenu.lines(
        for: candidates, width: size.width, height: size.height - 2, colour: usesColour)
      write(lines.map { $0 + "\r\n" }.joined())
    }
    _ = nb_el_refresh(editor)
  }

  private func confirms(_ question: String) -> Bool {
    write(question + " ")
    painting.isPaused = true
    defer {
      painting.isPaused = false
      write("\r\n")
    }
    while keys.ending == nil {
      var key: wchar_t = 0
      guard el_wgetc(editor, &key) == 1, keys.ending == nil else { return false }
      switch Unicode.Scalar(UInt32(bitPattern: key)) {
      case "y", "Y", " ": return true
      case "n", "N", "q", "\u{1B}", "\u{7F}", "\r", "\n": return false
      default: el_beep(editor)
      }
    }
    return false
  }
}
