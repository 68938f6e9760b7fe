/// Whether vi's commands or text are typed, found out from the keys and from what they led to: libedit tells nobody.
///
/// A mistake, which a binding of the user's own can lead to, lasts until the next letter.
struct ViMode {
  /// Whether a key is a command.
  private(set) var isCommand = false
  private var last: Unicode.Scalar?
  private var changes = false

  /// Told of each key after it was used, and whether it has put itself into the text.
  mutating func note(_ key: Unicode.Scalar, isInserted: Bool) {
    defer { last = key }
    if key == "\u{1B}" {
      isCommand = true
      changes = false
    } else if isInserted {
      isCommand = false
    } else if isCommand || ViMode.isPrintable(key) {
      command(key)
    }
  }

  private mutating func command(_ key: Unicode.Scalar) {
    isCommand = true
    // What follows these is the character that is looked for or put in.
    if let last, "fFtTr".unicodeScalars.contains(last), !changes { return }
    if changes {
      // `c` waits for a motion: digits and the letter behind a search go on.
      if "0123456789fFtT".unicodeScalars.contains(key) { return }
      changes = false
      isCommand = false
    } else if "iIaAsSCR".unicodeScalars.contains(key) {
      isCommand = false
    } else if key == "c" {
      changes = true
    }
  }

  private static func isPrintable(_ key: Unicode.Scalar) -> Bool { key.value >= 0x20 && key.value < 0x7F }
}
