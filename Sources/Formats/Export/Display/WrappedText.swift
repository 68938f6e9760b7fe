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

/// A text whose lines are broken at their spaces where they are longer than `width` cells, below where each begins.
///
/// - Parameter width: nil leaves the text as it is.
public func fittedText(_ text: String, width: Int?) -> String {
  guard let width else { return text }
  return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
    if displayWidth(String(line)) <= width { return [String(line)] }
    let indent = String(line.prefix { $0 == " " })
    let inner = wrappedText(String(line.dropFirst(indent.count)), width: max(20, width - indent.count - 2))
    return inner.enumerated().map { $0.offset == 0 ? indent + $0.element : "\(indent)  \($0.element)" }
  }.joined(separator: "\n")
}
