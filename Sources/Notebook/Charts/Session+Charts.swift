import Charts
import ColumnStore
import Formats
import Language

extension Session {
  /// How wide a chart is where there is no window.
  static let usualChartWidth = 80

  /// `plot`: draws rows that it has computed, on the screen or in a file.
  func draw(_ plot: PlotOperator, _ table: Table, _ span: SourceSpan) throws {
    let picture = try plot.path.map { try pictureFile($0) }
    if isChecking { return }
    if evaluation != nil, picture == nil {
      evaluation?.table = table
      return
    }
    let chart = try chart(plot, table, span)
    if let picture, let path = plot.path {
      try save(chart, plot, as: picture, path.span)
    } else if let bytes = pixels(of: chart, plot) {
      try write(in: BoxFormat()) { sink in try sink.write(bytes) }
      keep(chart, plot)
    } else {
      let text = characters(of: chart, plot, width: chartWidth, style: goesToTerminal ? host.style : nil)
      let format = settings.format ?? BoxFormat()
      try write(in: format) { sink in try sink.write(format is MarkdownFormat ? "```\n\(text)```\n" : text) }
      keep(chart, plot)
    }
    for note in table.notes where note.isWarning { host.message(note.title, .warning) }
  }

  /// Keeps a chart for `save session`, as characters.
  private func keep(_ chart: Chart, _ plot: PlotOperator) {
    let plain = characters(of: chart, plot, width: Session.usualChartWidth, style: nil)
    printed += "\(printed.isEmpty ? "" : "\n")```\n\(plain)```\n"
  }

  /// The chart for a terminal that shows pictures; nil where it does not, or where somebody has said how many characters
  /// the chart is to take.
  private func pixels(of chart: Chart, _ plot: PlotOperator) -> [UInt8]? {
    guard settings.showsPictures, goesToTerminal, settings.format == nil, plot.width == nil, plot.height == nil,
      let pictures = host.pictures(),
      let png = try? PictureConversion.png(of: SVGChart(chart, width: nil, height: nil).text, zoom: 1)
    else { return nil }
    return TerminalPicture.bytes(of: png, for: pictures)
  }

  private func chart(_ plot: PlotOperator, _ table: Table, _ span: SourceSpan) throws -> Chart {
    let encoding = ChartEncoding(plot, table.descriptions)
    do {
      return try Chart(of: table, encoding: encoding, presentation: presentation(of: table, for: .file))
    } catch ChartError.severalRows(let position, let series) {
      let what = [position, series].filter { !$0.isEmpty }.map { "'\($0)'" }.joined(separator: ", ")
      func name(_ column: Int) -> String { Quoting.nameWhereNeeded(table.descriptions[column].name) }
      let names = ((encoding.x.map { [$0] } ?? []) + encoding.series).map(name).joined(separator: ", ")
      let values = encoding.measures.map { "sum(\(name($0.value)))" }.joined(separator: ", ")
      let call = values + (names.isEmpty ? "" : " by \(names)")
      throw Diagnostic(
        what.isEmpty ? "several rows would be drawn on top of each other" : "several rows are drawn at \(what)",
        at: span, help: "put them together: plot \(plot.kind.rawValue) \(call), or count(*) in place of the sum")
    } catch ChartError.tooMany(let rows, let most) {
      throw Diagnostic(
        "\(Session.counted(rows, "row")) are too many to draw", at: span,
        help: "at most \(Session.counted(most)): put them together by `aggregate`, or plot hist")
    }
  }

  /// The width of a chart in cells: that of the window, or what `set width` says.
  private var chartWidth: Int {
    settings.width > 0 ? settings.width : goesToTerminal ? host.width() : Session.usualChartWidth
  }

  private func characters(of chart: Chart, _ plot: PlotOperator, width: Int, style: ChartStyle?) -> String {
    TextChart(chart, width: min(plot.width ?? width, 1000), height: plot.height.map { min($0, 500) }, style: style).text
  }
}

// MARK: Files

extension Session {
  private func pictureFile(_ path: PathText) throws -> PictureFile {
    let written = try resolved(path)
    guard let file = PictureFile(path: written) else {
      throw Diagnostic(
        "the name '\(written)' does not say what kind of picture it is", at: path.span,
        help: "end it in \(PictureFile.endings)")
    }
    return file
  }

  private func save(_ chart: Chart, _ plot: PlotOperator, as picture: PictureFile, _ span: SourceSpan) throws {
    let bytes: [UInt8]
    switch picture.kind {
    case .svg: bytes = Array(SVGChart(chart, width: plot.width, height: plot.height).text.utf8)
    case .png: bytes = try png(chart, plot, span)
    case .txt: bytes = Array(characters(of: chart, plot, width: Session.usualChartWidth, style: nil).utf8)
    }
    try located(span) {
      let sink = try AtomicFileSink(path: picture.path)
      try sink.write(bytes)
      try sink.commit()
    }
    note("saved a chart to \(picture.path)")
  }

  /// The chart in pixels: so many as are asked for, else two for each of its usual width.
  private func png(_ chart: Chart, _ plot: PlotOperator, _ span: SourceSpan) throws -> [UInt8] {
    let document = SVGChart(chart, width: plot.width, height: plot.height).text
    do {
      return try PictureConversion.png(of: document, zoom: plot.width == nil ? 2 : 1)
    } catch PictureConversion.Failure.missing {
      throw Diagnostic(
        "PNG pictures are made by `rsvg-convert`, which is not installed", at: span,
        help: "sudo apt install \(PictureConversion.package), or save the chart as .svg")
    } catch PictureConversion.Failure.failed(let reason) {
      throw Diagnostic("no PNG picture could be made: \(reason)", at: span, help: "save the chart as .svg")
    }
  }
}
