import ColumnStore

/// Gathers what a load gives and makes the table, the rejects, the remarks and the report of it.
struct LoadOutcome {
  private var columns: [Int: Column] = [:]
  private var jumps: [(file: Int, row: Int, extra: Int)] = []
  private var rejects: [Reject] = []
  private var remarks: [Remark] = []
  private var raggedRows: [(file: Int, row: Int)] = []
  private var markerCounts: [Int]
  private var notes: [String] = []

  init(markerCount: Int) { markerCounts = Array(repeating: 0, count: markerCount) }

  /// Takes what was found out of the records, which is the same for all columns.
  mutating func takeFindings(_ workers: [ChunkWorker]) {
    for worker in workers {
      jumps += worker.jumps
      rejects += worker.rejects
      raggedRows += worker.raggedRows
    }
  }

  /// Finishes a column whose plan held.
  mutating func finish(_ column: Int, _ sink: ColumnSink, _ shares: [ColumnWorker], in load: TableLoad) throws {
    var finish = ColumnFinish(sink, shares, in: load)
    let values = try finish.column()
    columns[column] = values
    for share in shares {
      rejects += share.rejects
      remarks += share.remarks
      for (marker, count) in share.markerCounts.enumerated() { markerCounts[marker] += count }
    }
    for (marker, count) in finish.markerCounts.enumerated() { markerCounts[marker] += count }
    if finish.keptNA {
      notes.append(
        "\(load.names[column]): NA is a code among codes of two letters, not NULL; null ('NA') makes it NULL")
    }
    if !sink.plan.isDeclared, let example = CountNotation.example(in: values) {
      let name = load.names[column]
      notes.append("\(name): counts such as '\(example)' are kept as text; types (\(name) count) reads their bounds")
    }
  }

  /// The loaded table.
  func table(of load: TableLoad, emptyFiles: [String]) -> LoadedTable {
    let origin = self.origin(load)
    let wanted = load.wanted.filter { columns[$0] != nil }
    let table = Table(
      descriptions: wanted.map { ColumnDescription(name: load.names[$0], type: columns[$0]?.type ?? .text) },
      columns: wanted.compactMap { columns[$0] }, rowCount: load.rowCount, origin: origin)
    let places = Places(load: load, origin: origin)
    let sortedRejects = rejects.sorted {
      ($0.row, $0.column < 0 ? Int.max : $0.column) < ($1.row, $1.column < 0 ? Int.max : $1.column)
    }
    let sortedRemarks = remarks.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    return LoadedTable(
      table: table, rejects: rejectTable(sortedRejects, places, load),
      remarks: remarkTable(sortedRemarks, places, load),
      report: report(load, sortedRejects, places, emptyFiles))
  }

  private func origin(_ load: TableLoad) -> RowOrigin {
    var byFile: [[(row: Int, extra: Int)]] = Array(repeating: [], count: load.files.count)
    for jump in jumps { byFile[jump.file].append((jump.row, jump.extra)) }
    let parts = load.files.enumerated().map { number, file in
      var total = 0
      var running: [(row: Int, extraLines: Int)] = []
      for jump in byFile[number].sorted(by: { $0.row < $1.row }) where jump.row < load.indices[number].rowCount {
        total += jump.extra
        if let last = running.last, last.row == jump.row {
          running[running.count - 1].extraLines = total
        } else {
          running.append((jump.row, total))
        }
      }
      return RowOrigin.Part(
        file: file.bytes.path, firstRow: load.firstRows[number], rowCount: load.indices[number].rowCount,
        firstLine: file.dataLine, jumps: running)
    }
    return RowOrigin(parts: parts)
  }

  private func rejectTable(_ rejects: [Reject], _ places: Places, _ load: TableLoad) -> Table? {
    if rejects.isEmpty { return nil }
    var columns = places.columns(rejects.map { ($0.row, $0.column, $0.text) }, load)
    columns.append(("reason", Column(type: .text, values: rejects.map { .text($0.reason.text) })))
    return Table(columns)
  }

  private func remarkTable(_ remarks: [Remark], _ places: Places, _ load: TableLoad) -> Table? {
    if remarks.isEmpty { return nil }
    var columns = places.columns(remarks.map { ($0.row, $0.column, $0.text) }, load)
    columns.append(("figure", Column(type: .double, values: remarks.map { .double($0.figure) })))
    return Table(columns)
  }

  private func report(
    _ load: TableLoad, _ rejects: [Reject], _ places: Places, _ emptyFiles: [String]
  ) -> LoadReport {
    var report = LoadReport()
    report.rowCount = load.rowCount
    report.columnCount = columns.count
    report.emptyFiles = emptyFiles
    report.files = zip(load.files, load.indices).map { file, index in
      LoadReport.File(
        path: file.bytes.path, byteCount: file.bytes.count, rowCount: index.rowCount, encoding: file.encoding,
        dialect: file.dialect, blankLineCount: index.blankCount,
        missingColumns: load.wanted.filter { file.columnMap[$0] == nil }.map { load.names[$0] })
    }
    report.nullMarkers = zip(load.markers.texts, markerCounts).filter { $0.1 > 0 }
      .map { LoadReport.NullMarker(text: $0.0, count: $0.1) }
      .sorted { ($1.count, $0.text) < ($0.count, $1.text) }
    var unreadable: [Int: LoadReport.UnreadableColumn] = [:]
    for reject in rejects {
      let name = reject.column < 0 ? "(surplus fields)" : load.names[reject.column]
      var entry = unreadable[reject.column] ?? LoadReport.UnreadableColumn(name: name, count: 0, places: [])
      entry.count += 1
      if entry.places.count < 3 {
        let place = places.place(reject.row)
        entry.places.append("\(place.file):\(place.line)")
      }
      unreadable[reject.column] = entry
    }
    report.unreadableColumns = unreadable.sorted { ($0.key < 0 ? Int.max : $0.key) < ($1.key < 0 ? Int.max : $1.key) }
      .map(\.value)
    report.raggedRowCount = raggedRows.count
    report.remarkCount = remarks.count
    report.notes = notes.sorted()
    return report
  }
}

extension Reject.Reason {
  /// The reason as people read it.
  var text: String {
    switch self {
    case .notOfType(let type): "is no \(type.name)"
    case .surplus: "more fields than columns"
    case .quoteInside: "a quote inside the field is followed by neither delimiter nor line end; it was kept"
    case .unclosedQuote: "the quote that opens the field is never closed; it was kept and the line read as unquoted"
    case .badBytes: "bytes that are no text in this encoding; U+FFFD stands for them"
    }
  }
}

/// Finds files and lines of rows; quicker than `RowOrigin.place` where there are many files.
private struct Places {
  let load: TableLoad
  let origin: RowOrigin

  func place(_ row: Int) -> (file: String, line: Int) {
    var low = 0
    var high = load.firstRows.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if load.firstRows[middle] <= row { low = middle } else { high = middle }
    }
    // Files without rows share their first row with the next; the search ends at the last of them, which has it.
    let part = origin.parts[low]
    let single = RowOrigin(parts: [part])
    return single.place(of: row) ?? (part.file, part.firstLine)
  }

  func columns(_ items: [(row: Int, column: Int, text: [UInt8])], _ load: TableLoad) -> [(name: String, column: Column)]
  {
    let found = items.map { place($0.row) }
    return [
      ("file", Column(type: .text, values: found.map { .text($0.file) })),
      ("line", Column(type: .integer, values: found.map { .integer(Int64($0.line)) })),
      ("column", Column(type: .text, values: items.map { $0.column < 0 ? .null : .text(load.names[$0.column]) })),
      ("text", Column(type: .text, values: items.map { .text(String(decoding: $0.text, as: UTF8.self)) })),
    ]
  }
}
