import ColumnStore

/// Everything one worker needs to read chunks: space that is used again and again, and what it found.
final class ChunkWorker {
  let fields = ChunkFields()
  let scratch = ByteScratch()
  var columns: [ColumnWorker] = []
  /// Line jumps of chunks, by file and row of the file.
  var jumps: [(file: Int, row: Int, extra: Int)] = []
  var rejects: [Reject] = []
  var raggedRows: [(file: Int, row: Int)] = []
}

extension TableLoad {
  /// Reads one chunk: all pending columns of it.
  func read(_ part: Part, worker: ChunkWorker, isFirstAttempt: Bool, calendar: CalendarTable) throws {
    let file = files[part.file]
    let chunk = file.index.chunks[part.chunk]
    let outcome = try worker.fields.find(
      chunk, in: file.index, of: file.bytes, dataEnd: file.dataRange.upperBound, dialect: file.dialect,
      width: file.names.count, badOffsets: file.badOffsets)
    if outcome == .malformed { throw MalformedFile(file: part.file) }
    let firstRow = firstRows[part.file] + chunk.firstRow
    if isFirstAttempt { keepFindings(worker, part.file, file, chunk, firstRow: firstRow) }
    for column in worker.columns {
      guard let field = file.columnMap[column.column] else {
        var nulls = BitWriter(column.sink.nulls)
        for row in 0..<chunk.rowCount { nulls.set(firstRow + row) }
        nulls.finish()
        column.nullCount += chunk.rowCount
        continue
      }
      worker.fields.extract(field)
      let view = ColumnChunk(
        base: worker.fields.base, spans: UnsafePointer(worker.fields.spans), rowCount: chunk.rowCount,
        firstRow: firstRow,
        heapOffset: heapBlocks[part.file] == nil ? nil : chunk.range.lowerBound, heapBlock: heapBlocks[part.file] ?? 0,
        path: file.bytes.path, quote: file.dialect.quote ?? 0, hasBackslash: file.dialect.escape == .backslash,
        quotedEmptyIsNull: file.dialect.quotesEverything, markers: markers, calendar: calendar,
        triesComma: file.triesComma(options), decimal: options.decimal, scratch: worker.scratch)
      if column.sink.hasFailed.load(ordering: .relaxed) {
        if column.sink.plan.reading != .text { view.classify(column) }
      } else if try !view.decode(column) {
        column.sink.hasFailed.store(true, ordering: .relaxed)
        if column.sink.plan.reading != .text { view.classify(column) }
      }
    }
  }

  private func keepFindings(
    _ worker: ChunkWorker, _ number: Int, _ file: SourceFile, _ chunk: RecordIndex.Chunk, firstRow: Int
  ) {
    for jump in worker.fields.lineJumps {
      worker.jumps.append((number, chunk.firstRow + jump.row, jump.extra))
    }
    for finding in worker.fields.findings {
      let reason: Reject.Reason
      switch finding.kind {
      case .short:
        worker.raggedRows.append((number, chunk.firstRow + finding.row))
        continue
      case .surplus:
        worker.raggedRows.append((number, chunk.firstRow + finding.row))
        reason = .surplus
      case .quoteInside: reason = .quoteInside
      case .unclosed: reason = .unclosedQuote
      case .badBytes: reason = .badBytes
      }
      var range = finding.range
      // A surplus is kept whole, since it is nowhere else; the other texts stand in the table.
      if finding.kind != .surplus, range.count > 1000 { range = range.lowerBound..<range.lowerBound + 1000 }
      let text = UnsafeBufferPointer(start: worker.fields.base + range.lowerBound, count: range.count)
      let column = finding.kind == .surplus ? nil : file.columnMap.firstIndex(of: finding.field)
      worker.rejects.append(
        Reject(row: firstRow + finding.row, column: column ?? -1, text: Array(text), reason: reason))
    }
  }
}

extension ColumnChunk {
  /// Decodes the column as its plan says; false when a value does not fit.
  func decode(_ worker: ColumnWorker) throws -> Bool {
    switch (worker.sink.plan.reading, worker.sink.plan.storage) {
    case (.nothing, _): return decodeNothing(worker)
    case (.boolean, _): return decodeBooleans(worker)
    case (.integer, .integers8): return decodeIntegers(worker, as: Int8.self)
    case (.integer, .integers16): return decodeIntegers(worker, as: Int16.self)
    case (.integer, .integers32): return decodeIntegers(worker, as: Int32.self)
    case (.integer, _): return decodeIntegers(worker, as: Int64.self)
    case (.double, _): return decodeDoubles(worker)
    case (.wholeFigures(let decimal), _): return decodeFigures(worker, whole: true, decimal: decimal)
    case (.figures(let decimal), _): return decodeFigures(worker, whole: false, decimal: decimal)
    case (.date, _): return decodeDates(worker)
    case (.timestamp, _): return decodeTimestamps(worker)
    case (.text, .codes8): return decodeCodes(worker, as: UInt8.self)
    case (.text, .codes16): return decodeCodes(worker, as: UInt16.self)
    case (.text, .codes32): return decodeCodes(worker, as: UInt32.self)
    case (.value(.list), _):
      try decodeViews(worker)
      return true
    case (.value(let type), .wide):
      decodeWideValues(worker, as: type)
      return true
    case (.value(let type), _):
      decodeNarrowValues(worker, as: type)
      return true
    case (.text, _):
      try decodeViews(worker)
      return true
    }
  }
}
