import ColumnStore
import Formats
import Language
import Notices
import Planning

extension Session {
  /// Prints a table in a format, or in the one in force; hands it to `evaluate` while that runs.
  func show(_ table: Table, elapsed: Double? = nil, in chosen: (any TableFormat)? = nil) throws {
    if isChecking { return }
    if evaluation != nil {
      evaluation?.table = table
      return
    }
    var look = presentation(of: table, for: goesToTerminal ? .window : .file)
    look.elapsedSeconds = goesToTerminal ? elapsed : nil
    let format = chosen ?? settings.format ?? usualFormat(for: table, &look)
    try write(in: format) { sink in try format.write(table, presentation: look, to: sink) }
    try checkUsable(table)
    tellNotes(of: table, writtenAs: format)
    record(table)
  }

  /// The format of a name; nil for `auto`.
  func format(named name: Identifier) throws -> (any TableFormat)? {
    if let format = TableFormats.named(name.text) { return format }
    guard name.text.lowercased() == "auto" else {
      throw Diagnostic(
        "there is no format `\(name.text)`", at: name.span,
        help: suggestion(for: name.text, in: TableFormats.names)
          ?? "formats: auto, \(TableFormats.names.joined(separator: ", "))")
    }
    return nil
  }

  /// The format where none was chosen: boxes on a terminal and CSV elsewhere; records in place of a box that would leave out
  /// columns, where the window takes all rows as records.
  private func usualFormat(for table: Table, _ look: inout Presentation) -> any TableFormat {
    guard goesToTerminal else { return CSVFormat() }
    let lines = table.rowCount.multipliedReportingOverflow(by: table.columns.count + 1)
    let room = table.rowCount == 1 ? max(host.height(), Session.longestRecord) : host.height() - 2
    guard table.rowCount > 0, !lines.overflow, lines.partialValue <= room else { return BoxFormat() }
    let shown = BoxFormat.shownColumnCount(table, presentation: look)
    if shown == table.columns.count { return BoxFormat() }
    look.remarks.append("a box has room for \(shown) of them: format box")
    return LineFormat()
  }

  /// The most lines that a row by itself is shown as without being asked for.
  private static let longestRecord = 100

  /// Where a table is shown.
  enum Place {
    /// In the window, as much as it takes.
    case window
    /// In the window, all of it, a part at a time.
    case pager
    /// Where there is no window, so that nothing is left out.
    case file
  }

  /// How wide boxes are.
  private var boxWidth: Int { settings.width == 0 ? host.width() : settings.width }

  /// How a table is shown: shares as percentages that add up, and as many rows and columns as the window takes.
  func presentation(of table: Table, for place: Place) -> Presentation {
    var look = Presentation()
    look.isCancelled = host.isInterrupted
    look.nullText = settings.nullText
    look.notes = table.notes.map(\.text) + (hiddenCellsNote(of: table).map { [$0] } ?? [])
    if let hidden = table.hiddenCells {
      for column in hidden.columns { look.hiddenRows[table.descriptions[column].name] = hidden.rows }
    }
    if place == .window {
      look.maxRows = settings.rows == 0 ? nil : settings.rows
      look.width = boxWidth
      if table.identity == results.first?.identity { look.hintOfMore = "_ shows all" }
    }
    if place != .file { look.style = host.style }
    for (index, description) in table.descriptions.enumerated() {
      switch description.display {
      case .plain, .amount: break
      case .distribution:
        if description.type == .list(.integer) {
          look.displayTexts[description.name] = HistogramEdges.texts(of: table.columns[index], null: look.nullText)
        }
      case .percent: look.percentDecimals[description.name] = 1
      case .leastPercent, .mostPercent:
        look.percentDecimals[description.name] = 1
        look.percentRounding[description.name] = description.display == .leastPercent ? .down : .up
      case .share(let groups):
        look.percentDecimals[description.name] = 1
        if let groups { look.displayTexts[description.name] = SharesText.texts(of: index, within: groups, table) }
      }
    }
    if place != .file, settings.hasBars { look.bars = bars(in: table) }
    return look
  }

  /// The columns that are shown with bars, by name; those of shares behind which `low` and `high` stand with whiskers.
  private func bars(in table: Table) -> [String: Presentation.Bar] {
    var bars: [String: Presentation.Bar] = [:]
    for (index, description) in table.descriptions.enumerated() {
      switch description.display {
      case .share:
        let next = table.descriptions.dropFirst(index + 1).prefix(2)
        let hasInterval = next.map(\.name) == ["low", "high"] && next.allSatisfy { $0.display.isFraction }
        bars[description.name] = hasInterval ? Presentation.Bar(low: "low", high: "high") : Presentation.Bar()
      case .amount: bars[description.name] = Presentation.Bar()
      default: break
      }
    }
    return bars
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
    let format = settings.format ?? (goesToTerminal ? BoxFormat() : CSVFormat())
    guard evaluation == nil, let text = format.line(line) else {
      note(line)
      return
    }
    try write(in: format) { sink in try sink.write(text) }
  }

  var goesToTerminal: Bool { host.outputIsTerminal && !output.isFile }

  /// Writes one result, apart from the one before it.
  func write(in format: any TableFormat, _ body: (any ByteSink) throws -> Void) throws {
    if output.hasResults { try output.sink.write(format.separator) }
    output.hasResults = true
    try body(shown(in: format, on: interruptible(output.sink)))
    // What a person waits for, and what another program reads line by line, must not lie in a buffer.
    try output.flush()
  }

  /// The sink for a format: on a terminal one that escapes what the format does not.
  private func shown(in format: any TableFormat, on sink: any ByteSink) -> any ByteSink {
    goesToTerminal && !format.showsNotes ? VisibleSink(sink) : sink
  }

  /// A sink that stops at Ctrl-C.
  func interruptible(_ sink: any ByteSink) -> InterruptibleSink {
    InterruptibleSink(sink, isInterrupted: host.isInterrupted)
  }

  /// Shows one of the last results whole: in the pager on a terminal.
  func showWhole(_ table: Table?, _ span: SourceSpan) throws {
    guard let table else { throw Diagnostic("there is no result yet", at: span) }
    try checkReleased(table, span)
    guard goesToTerminal else { return try show(table) }
    let format = settings.format ?? BoxFormat()
    var look = presentation(of: table, for: .pager)
    guard let page = host.page, settings.pager != .off else {
      look.width = boxWidth
      return try write(in: format) { sink in try format.write(table, presentation: look, to: sink) }
    }
    try flush()
    var command: String?
    if case .command(let chosen) = settings.pager { command = chosen }
    try page(
      NotebookHost.Page(command: command, headerLineCount: format.headerLineCount) { sink, rowsBetweenHeaders in
        look.rowsBetweenHeaders = rowsBetweenHeaders
        try format.write(table, presentation: look, to: self.shown(in: format, on: self.interruptible(sink)))
      })
    try checkUsable(table)
  }

  /// The result that a statement asks for which is nothing but `_`, `_2` ...; nil for other statements, and where somebody
  /// has given that name to a table.
  func resultAsked(by statement: Statement) -> Table? {
    guard !isChecking, let name = statement.bareName?.text, name.hasPrefix("_"), entries[name.lowercased()] == nil
    else { return nil }
    return result(named: name)
  }

  /// Keeps what a statement printed for `save session`.
  private func record(_ table: Table) {
    let shown = table.rowCount > Session.reportedRows ? table.slice(0..<Session.reportedRows) : table
    var look = presentation(of: table, for: .file)
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
