/// Putting in the last word of the statements typed before: of the latest, and at each repetition of the one before.
struct LastArgument {
  private var inserted: (edited: EditedText, range: Range<Int>)?
  private var place = 0

  /// Puts in the next word; false when there is none.
  mutating func insert(into edited: inout EditedText, entries: [String]) -> Bool {
    var range = edited.cursor..<edited.cursor
    if let inserted, inserted.edited == edited {
      range = inserted.range
    } else {
      place = 0
    }
    while place < entries.count {
      let word = LastArgument.word(of: entries[entries.count - 1 - place])
      place += 1
      if word.isEmpty { continue }
      edited.replace(range, with: word)
      inserted = (edited, range.lowerBound..<edited.cursor)
      return true
    }
    return false
  }

  /// The last word of a statement, without the semicolons that end it; what is in quotes is one word.
  static func word(of statement: String) -> String {
    var word = ""
    var last = ""
    var quote: Character?
    for character in statement {
      if let open = quote {
        word.append(character)
        if character == open { quote = nil }
      } else if character.isWhitespace || character == ";" {
        if !word.isEmpty { last = word }
        word = ""
      } else {
        if character == "'" || character == "\"" || character == "`" { quote = character }
        word.append(character)
      }
    }
    return word.isEmpty ? last : word
  }
}
