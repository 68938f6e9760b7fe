/// The form of what a terminal sends behind Escape for one key.
enum KeySequence {
  /// Whether more belongs to the sequence that begins so: `[` or `O`, then parameters, then one final character, as
  /// ECMA-48 has it (5.4); the Linux console's function keys have a second `[`. Behind `]` comes a text up to BEL or to
  /// Escape and a backslash, which is what terminals answer in.
  ///
  /// - Parameter isAsked: whether the terminal has been asked for something, so that `_G` begins an answer and no keys.
  static func goesOn(_ sequence: String, isAsked: Bool = false) -> Bool {
    let scalars = Array(sequence.unicodeScalars)
    guard let first = scalars.first else { return true }
    if first == "_", isAsked, scalars.count == 1 || scalars[1] != "G" { return scalars.count == 1 }
    if first == "]" || first == "_" && isAsked {
      return scalars.count < 100 && scalars.last != "\u{7}" && scalars.suffix(2) != ["\u{1B}", "\\"]
    }
    guard first == "[" || first == "O" else { return false }
    guard scalars.count > 1, let last = scalars.last else { return true }
    if scalars.count == 2, first == "[", last == "[" { return true }
    let isParameter = (0x20...0x3F).contains(last.value)
    return isParameter && first == "[" && scalars.count < 64
  }
}
