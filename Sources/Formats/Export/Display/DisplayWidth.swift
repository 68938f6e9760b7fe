import CUtf8proc

/// How many cells of a terminal a text fills: two for East Asian wide characters and emoji, none for combining marks.
///
/// Widths are those of utf8proc (Unicode's East_Asian_Width). Sequences that are drawn as one emoji (with joiners, skin
/// tones, flags) fill two. Control characters count nothing; `visibleText` makes them visible first.
public func displayWidth(_ text: String) -> Int {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
  return text.reduce(0) { $0 + displayWidth(of: $1) }
}

/// The cells that one grapheme cluster fills.
func displayWidth(of character: Character) -> Int {
  var width = 0
  var isEmoji = false
  for scalar in character.unicodeScalars {
    // A joiner, the emoji presentation selector, and regional indicators: together they make one picture.
    if scalar.value == 0xFE0F || (0x1F1E6...0x1F1FF).contains(scalar.value) { isEmoji = true }
    if scalar.value == 0x200D, width >= 2 { isEmoji = true }
    width += max(0, Int(utf8proc_charwidth(Int32(bitPattern: scalar.value))))
  }
  // Outside emoji, clusters are as wide as their parts: terminals draw Devanagari conjuncts so.
  if isEmoji || (width > 2 && character.unicodeScalars.contains { (0x1F3FB...0x1F3FF).contains($0.value) }) { return 2 }
  return width
}

/// The longest start of a text that fits a number of cells.
public func prefix(of text: String, cells: Int) -> Substring {
  var used = 0
  var end = text.startIndex
  while end < text.endIndex {
    used += displayWidth(of: text[end])
    if used > cells { break }
    end = text.index(after: end)
  }
  return text[..<end]
}

/// The longest end of a text that fits a number of cells.
public func suffix(of text: String, cells: Int) -> Substring {
  var used = 0
  var start = text.endIndex
  while start > text.startIndex {
    let before = text.index(before: start)
    used += displayWidth(of: text[before])
    if used > cells { break }
    start = before
  }
  return text[start...]
}
