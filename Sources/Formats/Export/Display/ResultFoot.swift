/// What stands below a result for readers: how much there is, how long it took, and its notes.
struct ResultFoot {
  private let presentation: Presentation

  init(_ presentation: Presentation) { self.presentation = presentation }

  /// `2,000 rows (40 shown)`
  func counted(_ count: Int, _ noun: String, shown: Int) -> String {
    let all = "\(groupedDigits(String(count))) \(count == 1 ? noun : noun + "s")"
    return shown == count ? all : "\(all) (\(groupedDigits(String(shown))) shown)"
  }

  /// The lines of some parts, of the time that the query took and of what the presentation says besides, broken between
  /// parts where the window is narrow, each with its end.
  ///
  /// - Parameter isWhole: whether all of the result is there; where not, it is said how all can be seen.
  func lines(_ parts: [String], isWhole: Bool) -> [String] {
    var parts = parts
    if let seconds = presentation.elapsedSeconds { parts.append(fixedText(seconds, seconds < 10 ? 3 : 1) + " s") }
    parts += presentation.remarks
    if !isWhole, let hint = presentation.hintOfMore { parts.append(hint) }
    var lines: [String] = []
    var line = ""
    for part in parts {
      let longer = line.isEmpty ? part : line + "  " + part
      if let width = presentation.width, !line.isEmpty, displayWidth(longer) > width {
        lines.append(line)
        line = part
      } else {
        line = longer
      }
    }
    return (lines + [line]).flatMap { wrappedText($0, width: presentation.width) }.map(styled)
  }

  /// The notes, each from the start of a line.
  var notes: [String] {
    presentation.notes.flatMap { wrappedText("note: " + visibleText($0), width: presentation.width) }.map(styled)
  }

  private func styled(_ line: String) -> String { presentation.styled(.foot, line) + "\n" }
}
