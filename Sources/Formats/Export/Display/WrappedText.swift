/// A text on as many lines as it needs, broken at its spaces; a word that is wider than that stands on a line of its own.
///
/// - Parameter width: the terminal cells of a line; nil for one line.
public func wrappedText(_ text: String, width: Int?) -> [String] {
  guard let width else { return [text] }
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ", omittingEmptySubsequences: false) {
    let longer = line.isEmpty ? String(word) : line + " " + word
    if line.isEmpty || displayWidth(longer) <= width {
      line = longer
    } else {
      lines.append(line)
      line = String(word)
    }
  }
  return lines + [line]
}

/// The whole text on lines of `width` cells at most: broken at spaces, and within words that are wider than a line.
func foldedText(_ text: String, width: Int) -> [String] {
  wrappedText(text, width: width).flatMap { line -> [String] in
    var lines: [String] = []
    var part = ""
    var used = 0
    for character in line {
      let cells = displayWidth(of: character)
      if used + cells > width, !part.isEmpty {
        lines.append(part)
        part = ""
        used = 0
      }
      part.append(character)
      used += cells
    }
    return lines + [part]
  }
}
