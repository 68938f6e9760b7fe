import Formats

/// Where results go: standard output, or a file that is there whole at the end.
struct Output {
  private var standard: FileSink
  private var file: AtomicFileSink?

  /// Whether a result stands there already, from which the next one is to be kept apart.
  var hasResults: Bool {
    get { isFile ? fileHasResults : standardHasResults }
    set { if isFile { fileHasResults = newValue } else { standardHasResults = newValue } }
  }

  private var standardHasResults = false
  private var fileHasResults = false

  init(sink: FileSink) { standard = sink }

  /// What to write to.
  var sink: any ByteSink { file ?? standard }

  /// Whether a file takes the results.
  var isFile: Bool { file != nil }

  /// Sends what follows to a file; what went to another file before is finished.
  mutating func redirect(to path: String) throws {
    let next = try AtomicFileSink(path: path)
    try close()
    file = next
    fileHasResults = false
  }

  /// Finishes the file, if there is one; what follows goes to standard output.
  mutating func close() throws {
    let finished = file
    file = nil
    try finished?.commit()
    try standard.flush()
  }

  /// Gives up the file, if there is one; its path.
  mutating func discard() -> String? {
    let given = file
    file = nil
    given?.discard()
    return given?.path
  }

  func flush() throws { try standard.flush() }
}
