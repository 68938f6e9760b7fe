import CUtf8proc

/// How many columns a text takes in a terminal, and how to make it take fewer.
enum DisplayWidth {
  /// The columns that `text` takes once its control characters are shown escaped.
  static func of(_ text: String) -> Int {
    var width = 0
    for character in text { width += of(character) }
    return width
  }

  /// The columns of one grapheme: those of its widest scalar, and two where a variation selector asks for an emoji.
  static func of(_ character: Character) -> Int {
    if isControl(character) { return escape(character).utf8.count }
    var widest = 0
    for scalar in character.unicodeScalars {
      if scalar.value == 0xFE0F, widest == 1 { return 2 }
      widest = max(widest, Int(utf8proc_charwidth(Int32(bitPattern: scalar.value))))
    }
    return widest
  }

  /// `text` cut between graphemes so that it takes at most `width` columns; a cut is shown by `…`.
  static func truncate(_ text: String, to width: Int) -> String {
    guard width > 0 else { return "" }
    guard of(text) > width else { return text }
    var kept = ""
    var used = 0
    for character in text {
      let next = of(character)
      if used + next > width - 1 { break }
      kept.append(character)
      used += next
    }
    return kept + "…"
  }

  /// `text` with control characters, line ends and the characters that turn the direction of writing spelt out, so
  /// that data cannot move the cursor.
  static func escaped(_ text: String) -> String {
    guard text.contains(where: isControl) else { return text }
    var shown = ""
    for character in text {
      if isControl(character) { shown += escape(character) } else { shown.append(character) }
    }
    return shown
  }

  private static func isControl(_ character: Character) -> Bool {
    character.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F: true
      default: false
      }
    }
  }

  /// The code points of a grapheme spelt out.
  static func escape(_ character: Character) -> String {
    var shown = ""
    for scalar in character.unicodeScalars {
      switch scalar.value {
      case 0x09: shown += "\\t"
      case 0x0A: shown += "\\n"
      case 0x0D: shown += "\\r"
      case 0x1B: shown += "\\e"
      default: shown += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return shown
  }
}
