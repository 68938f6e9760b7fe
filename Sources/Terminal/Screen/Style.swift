/// How a piece of text is shown: a set of attributes, and at most one colour.
///
/// ```swift
/// print(Style([.bold, .red]).apply(to: "error", colour: screen.usesColour))
/// ```
public struct Style: OptionSet, Sendable {
  /// One bit an attribute.
  public let rawValue: UInt16

  /// The set of the attributes whose bits are set.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Heavier, or brighter where the terminal has no heavier letters.
  public static let bold = Style(rawValue: 1 << 0)
  /// Fainter, for what is secondary.
  public static let dim = Style(rawValue: 1 << 1)
  /// Slanted.
  public static let italic = Style(rawValue: 1 << 2)
  /// Underlined.
  public static let underline = Style(rawValue: 1 << 3)
  /// Foreground and background exchanged.
  public static let inverse = Style(rawValue: 1 << 4)
  /// The terminal's red.
  public static let red = Style(rawValue: 1 << 5)
  /// The terminal's green.
  public static let green = Style(rawValue: 1 << 6)
  /// The terminal's yellow.
  public static let yellow = Style(rawValue: 1 << 7)
  /// The terminal's blue.
  public static let blue = Style(rawValue: 1 << 8)
  /// The terminal's magenta.
  public static let magenta = Style(rawValue: 1 << 9)
  /// The terminal's cyan.
  public static let cyan = Style(rawValue: 1 << 10)

  /// The codes of ECMA-48 "select graphic rendition", in the order of the bits.
  private static let codes = [1, 2, 3, 4, 7, 31, 32, 33, 34, 35, 36]

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
    Style.codes.indices.filter { rawValue & (1 << UInt16($0)) != 0 }.map { String(Style.codes[$0]) }
      .joined(separator: ";")
  }
}
