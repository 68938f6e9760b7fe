import CLibedit
import Glibc

/// Where libedit puts the characters of prompt and line on the screen, and as what: what its `refresh.c` does, needed to
/// write below the line, to colour it, and to draw it anew after the window changed its width.
struct LineLayout: Equatable {
  /// The width of the window.
  let columns: Int
  /// The row of the next character, from 0 where the prompt begins.
  private(set) var row = 0
  /// The column of the next character, from 0.
  private(set) var column = 0

  /// An empty layout.
  init(columns: Int) { self.columns = max(1, columns) }

  /// Puts down one character after the other.
  mutating func add(_ text: String) { for scalar in text.unicodeScalars { add(scalar) } }

  /// Puts down a character.
  mutating func add(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\n":
      row += 1
      column = 0
    case "\t":
      repeat { advance(by: 1) } while column % 8 != 0
    default:
      advance(by: LineLayout.width(of: scalar))
    }
  }

  /// Whether a character is shown as it is, and not as something that stands for it.
  static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x20 && scalar.value != 0x7F && iswprint(wint_t(scalar.value)) != 0
  }

  private mutating func advance(by width: Int) {
    // A character of two columns that does not fit goes to the next row.
    if column + width > columns {
      row += 1
      column = 0
    }
    column += width
    if column >= columns {
      row += 1
      column = 0
    }
  }

  /// The columns that libedit gives a character: `^A` for controls, `\U+200b` for what cannot be shown.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x20 || scalar.value == 0x7F { return 2 }
    if !isShown(scalar) { return scalar.value > 0xFFFF ? 8 : 7 }
    return max(0, Int(wcwidth(wchar_t(scalar.value))))
  }
}
