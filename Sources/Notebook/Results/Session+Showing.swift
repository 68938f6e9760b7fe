import ColumnStore
import Formats
import Language
import Notices
import Planning

extension Session {
  /// Prints a table in the format in force; hands it to `evaluate` while that runs.
  func show(_ table: Table, elapsed: Double? = nil) throws {
    if isChecking { return }
    if evaluation != nil {
      evaluation?.table = table
      return
    }
    var look = presentation(of: table, forFile: !goesToTerminal)
    look.elapsedSeconds = goesToTerminal ? elapsed : nil
    try write { sink in try format.write(table, presentation: look, to: sink) }
    try checkUsable(table)
    tellNotes(of: table, writtenAs: format)
    record(table)
  }

  /// How a table is shown: shares as percentages that add up, and as many rows and columns as the window takes.
  ///
  /// - Parameter forFile: whether it goes where there is no window, so that nothing is left out.
  func presentation(of table: Table, forFile: Bool) -> Presentation {
    var look = Presentation()
    look.nullText = settings.nullText
    look.notes = table.notes.map(\.text) + (hiddenCellsNote(of: table).map { [$0] } ?? [])
    if let hidden = table.hiddenCells {
      for column in hidden.columns { look.hiddenRows[table.descriptions[column].name] = hidden.rows }
    }
    if !forFile {
      look.maxRows = settings.rows == 0 ? nil : settings.rows
      look.width = settings.width == 0 ? host.width() : settings.width
      look.style = host.style
    }
    for (index, description) in table.descriptions.enumerated() {
      switch description.display {
      case .plain: break
      case .percent: look.percentDecimals[description.name] = 1
      case .leastPercent, .mostPercent:
        look.percentDecimals[description.name] = 1
        look.percentRounding[description.name] = description.display == .leastPercent ? .down : .up
      case .share(let groups):
        look.percentDecimals[description.name] = 1
        look.displayTexts[description.name] = SharesText.texts(of: index, within: groups, table)
      }
    }
    return look
  }

  /// Tells of a table's footnotes: of all where the format has no place for them, else of those that warn, in short.
  func tellNotes(of table: Table, writtenAs format: any TableFormat) {
    if !format.showsNotes { noteHiddenCells(of: table) }
    for note in table.notes where note.isWarning || !format.showsNotes {
      host.message(format.showsNotes ? note.title : note.text, note.isWarning ? .warning : .note)
    }
  }

  /// `print`: a line of text between results. Formats for programs have no place for it, so there it is a message.
  func printLine(_ values: [Language.Expression]) throws {
    let resolver = Resolver(catalog: self, domain: nil)
    let line = try values.map { try constant(try resolver.resolveConstant($0)).description }.joined(separator: " ")
    if isChecking { return }
    printed += "\(line)\n"
    guard evaluation == nil, let text = format.line(line) else {
      note(line)
      return
    }
    try write { sink in try sink.write(text) }
  }

  /// The format in force: what was chosen, else boxes on a terminal and CSV elsewhere.
  private var format: any TableFormat { settings.format ?? (goesToTerminal ? BoxFormat() : CSVFormat()) }

  private var goesToTerminal: Bool { host.outputIsTerminal && !output.isFile }

  /// Writes one result, apart from the one before it.
  private func write(_ body: (any ByteSink) throws -> Void) throws {
    if output.hasResults { try output.sink.write(format.separator) }
    output.hasResults = true
    try body(interruptible(output.sink))
    // What a person waits for, and what another program reads line by line, must not lie in a buffer.
    try output.flush()
  }

  /// A sink that stops at Ctrl-C.
  func interruptible(_ sink: any ByteSink) -> InterruptibleSink {
    InterruptibleSink(sink, isInterrupted: host.isInterrupted)
  }

  /// Shows the last result whole: in the pager on a terminal.
  func showLast(_ span: SourceSpan) throws {
    guard let table = results.first else {
      throw Diagnostic("there is no result yet", at: span)
    }
    try checkReleased(table, span)
    guard let page = host.page, !output.isFile else {
      try show(table)
      return
    }
    var look = presentation(of: table, forFile: true)
    look.nullText = settings.nullText
    look.style = host.style
    try flush()
    page(try (settings.format ?? BoxFormat()).text(table, presentation: look))
  }

  /// Keeps what a statement printed for `save session`.
  private func record(_ table: Table) {
    let shown = table.rowCount > Session.reportedRows ? table.slice(0..<Session.reportedRows) : table
    var look = presentation(of: table, forFile: true)
    if shown.rowCount < table.rowCount {
      look = Presentation()
      look.notes = table.notes.map(\.text)
    }
    guard var text = try? MarkdownFormat().text(shown, presentation: look) else { return }
    if shown.rowCount < table.rowCount {
      text += "\n\(Session.counted(table.rowCount, "row")), of which the first \(shown.rowCount) are shown.\n"
    }
    printed += printed.isEmpty ? text : "\n\(text)"
  }

  /// Rows of each result that a saved session holds.
  private static let reportedRows = 100

  /// `save session FILE.md`: every statement that went well, with what it printed, so that it can be read and run again.
  func saveSession(_ path: PathText) throws {
    let written = try resolved(path)
    try located(path.span) {
      let sink = try AtomicFileSink(path: written)
      try sink.write(Session.markdown(of: cells))
      try sink.commit()
    }
    note("saved \(Session.counted(cells.count, "statement")) to \(written)")
  }

  /// Statements as blocks of code, each block with what its last statement printed under it.
  private static func markdown(of cells: [Cell]) -> String {
    var blocks: [String] = []
    var statements: [String] = []
    func closeBlock() {
      guard !statements.isEmpty else { return }
      let code = statements.joined(separator: "\n")
      let fence = code.contains("```") ? "````" : "```"
      blocks.append("\(fence)\n\(code)\n\(fence)\n")
      statements = []
    }
    for cell in cells {
      statements.append(cell.statement)
      if cell.result.isEmpty { continue }
      closeBlock()
      blocks.append(cell.result)
    }
    closeBlock()
    return blocks.joined(separator: "\n")
  }
}
