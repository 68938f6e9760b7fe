/// What the editor remembers between two keys of a line.
struct KeyReader {
  /// Why a line ended other than by the Return key.
  enum Ending {
    /// Ctrl-C.
    case interrupted
    /// The terminal was closed, or the process is told to end.
    case gone
  }

  /// Why the line ended; nil while it goes on.
  var ending: Ending?
  /// Bytes that are not yet a whole character.
  var decoder = ScalarDecoder()
  /// Characters that were read and not yet given to libedit.
  var queue: [Unicode.Scalar] = []

  /// Starts a new line. What was read and not used stays: it may be the rest of a pasted text.
  mutating func begin() { ending = nil }

  /// Ends the line by Ctrl-C. The terminal has thrown away what was typed before it.
  mutating func interrupt() {
    ending = .interrupted
    queue = []
    decoder.reset()
  }
}
