/// What the editor remembers between two keys of a statement.
struct KeyReader {
  /// Why a statement ended.
  enum Ending {
    /// Return, behind a whole statement.
    case finished
    /// Ctrl-C.
    case interrupted
    /// Ctrl-D where nothing is typed, the terminal was closed, or the process is told to end.
    case gone
  }

  /// Why the statement ended; nil while it goes on.
  var ending: Ending?
  /// Whether the terminal has been asked for something that it has not answered yet.
  var isAsking = false
  /// Bytes that are not yet a whole character.
  var decoder = ScalarDecoder()
  /// Characters that were read and not yet given to libedit.
  var queue: [Unicode.Scalar] = []
  /// The key that libedit was given last, and the statement before it.
  var given: (key: Unicode.Scalar, before: EditedText)?

  /// Starts a new statement. What was read and not used stays: it was typed before it was asked for.
  mutating func begin() {
    ending = nil
    given = nil
  }

  /// Ends the statement by Ctrl-C, and forgets what was typed before it and not used.
  mutating func interrupt() {
    ending = .interrupted
    queue = []
    decoder.reset()
  }
}
