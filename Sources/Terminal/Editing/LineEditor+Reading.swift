import CLibedit
import Glibc

extension LineEditor {
  private enum Line {
    case text(String)
    case interrupted
    case endOfFile
    case gone
  }

  /// Asks for a statement and waits until the validator finds it complete. Blank statements are asked for again.
  ///
  /// Clears ``Interruption`` first. Both prompts may hold escape sequences of ``Style``, though not at their end.
  public func readStatement(prompt: String, continuationPrompt: String) -> Outcome {
    Interruption.clear()
    earlierLines = ""
    while true {
      switch readLine(prompt: earlierLines.isEmpty ? prompt : continuationPrompt) {
      case .interrupted:
        write("^C\n")
        Interruption.clear()
        return .interrupted
      case .endOfFile where !earlierLines.isEmpty:
        write("\n")
        return .interrupted
      case .endOfFile, .gone:
        write("\n")
        return .endOfInput
      case .text(let line):
        var text = earlierLines + line
        if isFinished(text, lastLine: line) {
          // The empty line that ran the statement is no part of it.
          while let last = text.last, last.isNewline { text.removeLast() }
          guard text.contains(where: { !$0.isWhitespace }) else {
            earlierLines = ""
            continue
          }
          remember(text)
          return .statement(text)
        }
        earlierLines = text + "\n"
      }
    }
  }

  private func isFinished(_ text: String, lastLine: String) -> Bool {
    switch validator?.completeness(of: text) ?? .complete {
    case .complete: true
    case .incomplete: lastLine.allSatisfy(\.isWhitespace)
    case .insideQuote: false
    }
  }

  private func remember(_ text: String) {
    guard history.add(text), let entry = history.entries.last else { return }
    _ = nb_history_enter(lines, WideText.terminated(entry))
  }

  private func readLine(prompt text: String) -> Line {
    prompt.free()
    prompt = PromptText(text)
    keys.begin()
    menu = MenuState()
    painting = PaintingState()
    reserveRoom()
    fflush(output)
    var count: Int32 = 0
    let start = TerminalSignals.withEndingDelayed {
      defer { if TerminalSignals.isEnding { write("\n") } }
      return el_wgets(editor, &count)
    }
    switch keys.ending {
    case .interrupted: return .interrupted
    case .gone: return .gone
    case nil: break
    }
    guard let start, count > 0 else { return .endOfFile }
    var line = WideText.string(UnsafeBufferPointer(start: start, count: Int(count)))
    // "\r\n" is one Character, which also goes.
    if let last = line.last, last.isNewline { line.removeLast() }
    return .text(line)
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

  func write(_ text: String) {
    fputs(text, output)
    fflush(output)
  }
}
