/// What a terminal sends between the marks of a pasted text (xterm's "bracketed paste mode", `CSI ? 2004 h`).
struct PastedText {
  /// The mark that ends it.
  static let end = Array("\u{1B}[201~".unicodeScalars)

  private var scalars: [Unicode.Scalar] = []

  /// Takes the next character; true when it was the last of the mark that ends the text.
  mutating func append(_ scalar: Unicode.Scalar) -> Bool {
    scalars.append(scalar)
    guard scalar == "~", scalars.suffix(PastedText.end.count).elementsEqual(PastedText.end) else { return false }
    scalars.removeLast(PastedText.end.count)
    return true
  }

  /// The text as it goes into a statement.
  var text: String { PastedText.cleaned(String(String.UnicodeScalarView(scalars))) }

  /// A text as it goes into a statement: line ends are `\n`, a tab is blanks up to the next column that is a multiple of
  /// 8 in the pasted text, and other control characters, which no statement has a use for, are gone. Line ends at its end
  /// are none of it.
  static func cleaned(_ given: String) -> String {
    var text = String.UnicodeScalarView()
    var column = 0
    var isAfterReturn = false
    for scalar in given.unicodeScalars {
      defer { isAfterReturn = scalar == "\r" }
      switch scalar {
      case "\n" where isAfterReturn: break
      case "\r", "\n":
        text.append("\n")
        column = 0
      case "\t":
        let width = 8 - column % 8
        text.append(contentsOf: String(repeating: " ", count: width).unicodeScalars)
        column += width
      default:
        guard scalar.properties.generalCategory != .control else { break }
        text.append(scalar)
        column += 1
      }
    }
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
