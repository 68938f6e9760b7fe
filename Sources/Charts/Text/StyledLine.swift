import Formats

/// Puts colour round a text that was measured before; nil for none.
public typealias ChartStyle = @Sendable (Presentation.SpanKind, String) -> String

/// A line of texts, each with what it is.
struct StyledLine {
  private var pieces: [(text: String, kind: Presentation.SpanKind?)] = []
  /// The terminal cells that it fills.
  private(set) var width = 0

  mutating func append(_ text: String, _ kind: Presentation.SpanKind? = nil) {
    guard !text.isEmpty else { return }
    width += displayWidth(text)
    if let last = pieces.last, last.kind == kind {
      pieces[pieces.count - 1].text += text
    } else {
      pieces.append((text, kind))
    }
  }

  /// Fills up with spaces to so many cells.
  mutating func pad(to cells: Int) { append(String(repeating: " ", count: max(0, cells - width))) }

  mutating func append(_ cells: some Sequence<Cell>) { for cell in cells { append(String(cell.character), cell.kind) } }

  func text(_ style: ChartStyle?) -> String {
    var text = ""
    var last = pieces.count
    // Nothing is written behind the last thing that is seen.
    while last > 0, pieces[last - 1].text.allSatisfy({ $0 == " " }) { last -= 1 }
    for (number, piece) in pieces[..<last].enumerated() {
      var shown = Substring(piece.text)
      if number == last - 1 { while shown.last == " " { shown.removeLast() } }
      text += piece.kind.flatMap { kind in style?(kind, String(shown)) } ?? String(shown)
    }
    return text
  }
}

/// One character of a picture, which fills one cell of the terminal.
struct Cell: Hashable {
  var character: Character = " "
  var kind: Presentation.SpanKind?
}

/// A text of at most so many cells; where it is longer its middle is left out.
func elided(_ text: String, cells: Int) -> String {
  if displayWidth(text) <= cells { return text }
  guard cells > 1 else { return cells == 1 ? "…" : "" }
  let end = suffix(of: text, cells: (cells - 1) / 2)
  return prefix(of: text, cells: cells - 1 - displayWidth(String(end))) + "…" + end
}
