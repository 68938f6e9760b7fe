import CScan
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

/// A chunk, and where it lies in the table.
struct ChunkPlace {
  var file: Int
  var chunk: RecordIndex.Chunk
  /// The table's row that its first record is.
  var firstRow: Int
}

extension TableLoad {
  /// Finds the fields of a chunk that is known.
  func find(_ part: Part, _ fields: ChunkFields) throws -> ChunkPlace {
    let chunk = indices[part.file].chunks[part.chunk]
    try find(chunk, of: part.file, indices[part.file], fields)
    return ChunkPlace(file: part.file, chunk: chunk, firstRow: firstRows[part.file] + chunk.firstRow)
  }

  private func find(
    _ chunk: RecordIndex.Chunk, of file: Int, _ index: RecordIndex, _ fields: ChunkFields
  ) throws {
    if try fields.find(chunk, in: files[file], index) == .malformed { throw MalformedFile(file: file) }
  }

  /// Finds the fields of a chunk that begins in a piece of a file, or is known while those of other files are not.
  /// `isSampled` says that plans rely on where it was supposed to begin.
  func find(_ number: Int, _ fields: ChunkFields, _ chain: RecordChain, isSampled: Bool) throws -> ChunkPlace {
    let part = parts[number]
    let file = files[part.file]
    if let index = file.index {
      try find(index.chunks[part.chunk], of: part.file, index, fields)
      let start = try chain.start(of: number)
      return ChunkPlace(
        file: part.file, chunk: try chain.add(fields, census: UTF8Census()), firstRow: start.tableRow)
    }
    let piece = file.piece(part.chunk, size: tuning.chunkSize)
    let supposed = file.supposedStart(in: piece)
    var outcome = fields.find(from: supposed, to: piece.upperBound, in: file)
    let start = try chain.start(of: number)
    if start.offset != supposed {
      if isSampled { throw UnsurveyedFile(file: part.file) }
      outcome = fields.find(from: start.offset, to: piece.upperBound, in: file)
    }
    if outcome == .irregular { outcome = try fields.readRecords(of: file, line: start.line) }
    switch outcome {
    case .malformed: throw MalformedFile(file: part.file)
    case .endless: throw UnsurveyedFile(file: part.file)
    case .regular, .irregular: break
    }
    let range = start.offset..<start.offset + fields.byteCount
    let census = fields.isASCII ? UTF8Census() : file.bytes.census(of: range)
    return ChunkPlace(
      file: part.file, chunk: try chain.add(fields, census: census), firstRow: start.tableRow)
  }

  /// Reads one chunk: all pending columns of it.
  func read(_ place: ChunkPlace, worker: ChunkWorker, isFirstAttempt: Bool, calendar: CalendarTable) throws {
    let file = files[place.file]
    let chunk = place.chunk
    let firstRow = place.firstRow
    if isFirstAttempt { keepFindings(worker, place.file, file, chunk, firstRow: firstRow) }
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
        base: worker.fields.base, spans: worker.fields.spans, rowCount: chunk.rowCount,
        firstRow: firstRow,
        heapOffset: heapBlocks[place.file] == nil ? nil : chunk.range.lowerBound,
        heapBlock: heapBlocks[place.file] ?? 0,
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
    for jump in worker.fields.lineJumps.all {
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
    if markers.areGiven { emptyMarkers(worker) }
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

  /// Makes empty fields of the NULL markers in a column that is not text, before anybody reads them as values.
  private func emptyMarkers(_ worker: ColumnWorker) {
    switch worker.sink.plan.reading {
    case .text, .nothing, .value(.list): return
    default: break
    }
    for row in 0..<rowCount where spans[row].length > 0 && isNull(spans[row], worker) {
      spans[row].bits = 0
      // It is counted as what it is, and will be met as an empty one.
      worker.markerCounts[0] -= 1
    }
  }
}

extension SourceFile {
  /// A piece of the records, without regard to where they begin.
  func piece(_ number: Int, size: Int) -> Range<Int> {
    let start = dataRange.lowerBound + number * size
    return start..<min(dataRange.upperBound, start + size)
  }

  /// Where the first record of a piece begins, supposed that the piece does not begin inside quotes: behind the first line
  /// end, which may be beyond the piece.
  func supposedStart(in piece: Range<Int>) -> Int {
    if piece.lowerBound == dataRange.lowerBound { return piece.lowerBound }
    let end: UInt8 = dialect.lineEnd == .carriageReturn ? 0x0D : 0x0A
    return min(
      dataRange.upperBound, cscan_find(bytes.base, piece.lowerBound, dataRange.upperBound, end, end, end, end) + 1)
  }
}
