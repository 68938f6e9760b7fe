/// The form of what a terminal sends behind Escape for one key.
enum KeySequence {
  /// Whether more belongs to the sequence that begins so: `[` or `O`, then parameters, then one final character, as
  /// ECMA-48 has it (5.4); the Linux console's function keys have a second `[`. Behind `]` comes a text up to BEL or to
  /// Escape and a backslash, which is what terminals answer in.
  static func goesOn(_ sequence: String) -> Bool {
    let scalars = Array(sequence.unicodeScalars)
    guard let first = scalars.first else { return true }
    if first == "]" { return scalars.count < 100 && scalars.last != "\u{7}" && scalars.suffix(2) != ["\u{1B}", "\\"] }
    guard first == "[" || first == "O" else { return false }
    guard scalars.count > 1, let last = scalars.last else { return true }
    if scalars.count == 2, first == "[", last == "[" { return true }
    let isParameter = (0x20...0x3F).contains(last.value)
    return isParameter && first == "[" && scalars.count < 64
  }
}
