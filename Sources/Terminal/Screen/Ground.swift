import Glibc

/// What text in a terminal stands on.
public enum Ground: Sendable {
  /// Dark, with light letters.
  case dark
  /// Light, with dark letters.
  case light

  /// What asks a terminal for the colour of its ground (xterm's "Operating System Command" 11), and right behind it for
  /// what it is (DEC's "Primary Device Attributes"): every terminal answers the second, so that nobody waits for the first.
  static let question = "\u{1B}]11;?\u{1B}\\\u{1B}[c"

  /// The ground that the answer `]11;rgb:RRRR/GGGG/BBBB` tells of, written behind Escape; nil for anything else.
  ///
  /// Ground is light where black letters stand out more than white ones, by the contrast of the Web Content Accessibility
  /// Guidelines 2.2 ("contrast ratio"): from a relative luminance of 0.179 on.
  init?(answer: String) {
    let parts = answer.prefix { $0 != "\u{7}" && $0 != "\u{1B}" }.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, ["]11;rgb", "]11;rgba"].contains(parts[0]) else { return nil }
    let values = parts[1].split(separator: "/").prefix(3).compactMap { digits -> Double? in
      guard (1...4).contains(digits.count), let value = Int(digits, radix: 16) else { return nil }
      return Double(value) / Double((1 << (4 * digits.count)) - 1)
    }
    guard values.count == 3 else { return nil }
    self = Ground.luminance(values) > 0.179 ? .light : .dark
  }

  /// What the environment says of the ground; nil for nothing.
  public static var ofEnvironment: Ground? { Environment.value("COLORFGBG").flatMap { Ground(colorfgbg: $0) } }

  /// The ground that the variable `COLORFGBG` of rxvt and others tells of: the last number in it is that of a colour of
  /// the palette, of which 7 and those from 9 on are light.
  init?(colorfgbg: String) {
    guard let last = colorfgbg.split(separator: ";").last, let number = Int(last), (0...15).contains(number) else {
      return nil
    }
    self = number == 7 || number > 8 ? .light : .dark
  }

  /// The relative luminance of red, green and blue from 0 to 1 (sRGB, as the guidelines above have it).
  static func luminance(_ values: [Double]) -> Double {
    zip([0.2126, 0.7152, 0.0722], values).reduce(0) { sum, part in
      let (weight, value) = part
      return sum + weight * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
    }
  }
}
