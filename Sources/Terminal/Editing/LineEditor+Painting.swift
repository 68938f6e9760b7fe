import CLibedit

/// What the editor remembers of the colours and the hint that it has put on the screen.
struct PaintingState {
  /// Whether a hint stands behind the cursor.
  var showsHint = false
  /// Set while something else is asked below the line.
  var isPaused = false
}

extension LineEditor {
  /// Gives the line its colours, and shows what may follow.
  func paint() {
    guard usesColour, !painting.isPaused, highlighter != nil || hinter != nil else { return }
    guard let statement = statementAndCursor() else { return }
    let lineStart = earlierLines.utf8.count
    let isAtEnd = statement.cursor == statement.text.utf8.count
    let spans = (highlighter?.spans(of: statement.text, cursor: statement.cursor) ?? []).compactMap { span in
      span.range.upperBound > lineStart
        ? StyledSpan(max(0, span.range.lowerBound - lineStart)..<span.range.upperBound - lineStart, span.style) : nil
    }
    let line = statement.text.utf8.dropFirst(lineStart)
    let before = Substring(line.prefix(statement.cursor - lineStart))
    let painted = PaintedLine(
      prompt: prompt.visible, text: String(Substring(line)), cursor: before.unicodeScalars.count, spans: spans,
      hint: isAtEnd ? hinter?.hint(for: statement.text) : nil, window: TerminalScreen.current().size)
    guard let painted else { return }
    painting.showsHint = painted.showsHint
    write(painted.output)
  }

  /// Wipes the hint off the screen, before libedit draws on it.
  func hideHint() {
    guard painting.showsHint else { return }
    painting.showsHint = false
    write("\u{1B}[K")
  }

  /// The command of the right arrow: takes the hint at the end of the line, and goes on by a character elsewhere.
  func goForward() -> UInt8 {
    guard let line = el_wline(editor)?.pointee else { return UInt8(CC_ERROR) }
    if line.cursor < line.lastchar {
      _ = el_cursor(editor, 1)
      return UInt8(CC_CURSOR)
    }
    // Asked for anew: it has not been shown yet where keys come faster than they are drawn.
    guard usesColour, let text = statementAndCursor()?.text, let hint = hinter?.hint(for: text) else {
      return UInt8(CC_ERROR)
    }
    return el_winsertstr(editor, WideText.terminated(hint)) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
  }
}
