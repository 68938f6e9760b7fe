/// How a piece of text is shown: a set of attributes, and at most one colour.
///
/// ```swift
/// print(Style([.bold, .red]).apply(to: "error", colour: screen.usesColour))
/// ```
public struct Style: Equatable, Hashable, Sendable, ExpressibleByArrayLiteral {
  /// One bit an attribute, those of `codes` in their order.
  private var attributes: UInt8 = 0
  /// A colour of the terminal's palette; nil for that of text.
  public private(set) var colour: UInt8?

  private init(attribute: Int) { attributes = 1 << attribute }

  /// A colour of the palette: 0 to 7 are those of ECMA-48, 8 to 15 their bright forms, which each terminal shows as it
  /// likes; 16 to 255 are those of xterm, the same everywhere.
  public init(palette: UInt8) { colour = palette }

  /// All of some styles; the last colour among them.
  public init(arrayLiteral styles: Style...) {
    for style in styles {
      attributes |= style.attributes
      colour = style.colour ?? colour
    }
  }

  /// Heavier, or brighter where the terminal has no heavier letters.
  public static let bold = Style(attribute: 0)
  /// Fainter, for what is secondary.
  public static let dim = Style(attribute: 1)
  /// Slanted.
  public static let italic = Style(attribute: 2)
  /// Underlined.
  public static let underline = Style(attribute: 3)
  /// Foreground and background exchanged.
  public static let inverse = Style(attribute: 4)
  /// The terminal's red.
  public static let red = Style(palette: 1)
  /// The terminal's green.
  public static let green = Style(palette: 2)
  /// The terminal's yellow.
  public static let yellow = Style(palette: 3)
  /// The terminal's blue.
  public static let blue = Style(palette: 4)
  /// The terminal's magenta.
  public static let magenta = Style(palette: 5)
  /// The terminal's cyan.
  public static let cyan = Style(palette: 6)

  /// The codes of ECMA-48 "select graphic rendition" for the attributes, in the order of their bits.
  private static let codes = [1, 2, 3, 4, 7]

  /// Whether text is left as it is.
  public var isEmpty: Bool { attributes == 0 && colour == nil }

  /// `text` between the escape sequences of this style; `text` itself when `colour` is off or either is empty.
  ///
  /// Escape sequences that `text` holds are left alone: escape data before styling it.
  public func apply(to text: String, colour: Bool) -> String {
    guard colour, !isEmpty, !text.isEmpty else { return text }
    return "\u{1B}[" + parameters + "m" + text + Style.plain
  }

  /// The escape sequence from which on text has this style and no other.
  var beginning: String { isEmpty ? Style.plain : "\u{1B}[0;" + parameters + "m" }

  /// The escape sequence from which on text has no style.
  static let plain = "\u{1B}[0m"

  private var parameters: String {
    var parameters = Style.codes.indices.filter { attributes & (1 << $0) != 0 }.map { String(Style.codes[$0]) }
    switch colour {
    case nil: break
    case let colour? where colour < 8: parameters.append(String(30 + Int(colour)))
    case let colour? where colour < 16: parameters.append(String(82 + Int(colour)))
    case let colour?: parameters.append("38;5;\(colour)")
    }
    return parameters.joined(separator: ";")
  }
}
