import ColumnStore
import Formats
import Language
import Notices
import Planning

extension Session {
  /// Prints a table in the format in force.
  func show(_ table: Table, elapsed: Double? = nil) throws {
    var look = presentation(of: table, forFile: !goesToTerminal)
    look.elapsedSeconds = goesToTerminal ? elapsed : nil
    try write { sink in try format.write(table, presentation: look, to: sink) }
    record(table)
  }

  /// How a table is shown: shares as percentages that add up, and as many rows and columns as the window takes.
  ///
  /// - Parameter forFile: whether it goes where there is no window, so that nothing is left out.
  func presentation(of table: Table, forFile: Bool) -> Presentation {
    var look = Presentation()
    look.nullText = settings.nullText
    if !forFile {
      look.maxRows = settings.rows == 0 ? nil : settings.rows
      look.width = settings.width == 0 ? host.width() : settings.width
      look.style = host.style
    }
    for (index, description) in table.descriptions.enumerated() {
      switch description.display {
      case .plain: break
      case .percent: look.percentDecimals[description.name] = 1
      case .share(let groups):
        look.percentDecimals[description.name] = 1
        look.displayTexts[description.name] = SharesText.texts(of: index, within: groups, table)
      }
    }
    return look
  }

  /// `print`: a line of text between results. Formats for programs have no place for it, so there it is a message.
  func printLine(_ values: [Language.Expression]) throws {
    let resolver = Resolver(catalog: self, domain: nil)
    let line = try values.map { try constant(try resolver.resolveConstant($0)).description }.joined(separator: " ")
    guard let text = format.line(line) else {
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
    try body(output.sink)
    // What a person waits for, and what another program reads line by line, must not lie in a buffer.
    try output.flush()
  }

  /// Shows the last result whole: in the pager on a terminal.
  func showLast(_ span: SourceSpan) throws {
    guard let table = results.first else {
      throw Diagnostic("there is no result yet", at: span)
    }
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
    guard host.isInteractive else { return }
    let look = presentation(of: table, forFile: true)
    let shown = table.rowCount > Session.reportedRows ? table.slice(0..<Session.reportedRows) : table
    guard
      var text = try? MarkdownFormat().text(
        shown, presentation: shown.rowCount == table.rowCount ? look : Presentation())
    else { return }
    if shown.rowCount < table.rowCount {
      text += "\n\(Session.counted(table.rowCount, "row")), of which the first \(shown.rowCount) are shown.\n"
    }
    cells.append(Cell(statement: source.text(SourceSpan(start: 0, end: source.utf8.count)), result: text))
  }

  /// Rows of each result that a saved session holds.
  private static let reportedRows = 100

  /// `save session FILE.md`: every statement that gave a result, with the result.
  func saveSession(_ path: PathText) throws {
    let written = try resolved(path)
    try located(path.span) {
      let sink = try AtomicFileSink(path: written)
      for cell in cells { try sink.write("```\n\(cell.statement)\n```\n\n\(cell.result)\n") }
      try sink.commit()
    }
    note("saved \(Session.counted(cells.count, "statement")) with results to \(written)")
  }
}
