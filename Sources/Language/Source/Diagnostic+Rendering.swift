extension Diagnostic {
  /// The diagnostic as a person reads it, without a line end after the last line.
  ///
  /// ```
  /// report.nbk:3:17: error: there is no column `acton`
  /// from t |> share acton
  ///                 ^^^^^
  /// help: did you mean `action`?
  /// ```
  ///
  /// Of a long line only the part around the place is shown. The caret line keeps tabs and counts wide characters as
  /// two columns, so that the carets stand under the word on a terminal.
  public func rendered(width: Int? = nil) -> String {
    var lines: [String] = []
    if let excerpt {
      lines.append("\(excerpt.sourceName):\(excerpt.line):\(excerpt.column): error: \(message)")
      lines += excerpt.drawing(widest: width.map { max(20, $0 - 2 * Diagnostic.Excerpt.cut.count) } ?? .max)
    } else {
      lines.append("error: \(message)")
    }
    lines += notes.map { "note: \($0)" }
    if let help { lines.append("help: \(help)") }
    return lines.joined(separator: "\n")
  }
}

extension Diagnostic.Excerpt {
  /// The most characters of a line that are shown.
  private static let widest = 160
  /// What stands where more of the line would be.
  fileprivate static let cut = "..."

  /// The line, and under it the carets.
  fileprivate func drawing(widest: Int) -> [String] {
    let widest = min(Self.widest, widest)
    var characters = lineText.map { isUnseen($0) ? "\u{FFFD}" : $0 }
    var start = min(max(0, column - 1), characters.count)
    var prefix = ""
    if characters.count > widest {
      let first = max(0, min(start - widest / 2, characters.count - widest))
      let last = min(characters.count, first + widest)
      let isCut = last < characters.count
      characters = Array(characters[first..<last])
      start -= first
      if first > 0 { prefix = Self.cut }
      if isCut { characters += Self.cut }
    }
    let end = min(start + length, characters.count)
    let padding = characters[..<start].map { $0 == "\t" ? "\t" : spaces(displayWidth($0)) }.joined()
    let width = characters[start..<end].reduce(0) { $0 + max(1, displayWidth($1)) }
    return [prefix + String(characters), spaces(prefix.count) + padding + String(repeating: "^", count: max(1, width))]
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// Control characters would move the cursor, and marks of writing direction the text; a tab is kept.
  private func isUnseen(_ character: Character) -> Bool {
    guard character != "\t", let first = character.unicodeScalars.first else { return false }
    switch first.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }
}

/// How many terminal columns a character takes: 2 for East Asian wide characters and emoji, 0 for a mark on its own,
/// else 1.
private func displayWidth(_ character: Character) -> Int {
  guard let scalar = character.unicodeScalars.first else { return 0 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}
