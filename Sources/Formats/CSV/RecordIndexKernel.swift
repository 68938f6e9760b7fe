import CScan
import ColumnStore

extension Dialect {
  /// What the vector loops must know; nil for a dialect that only the scanner can read.
  var scanDialect: cscan_dialect? {
    if lineEnd == .mixed || escape == .backslash { return nil }
    let end: UInt8 = lineEnd == .carriageReturn ? 0x0D : 0x0A
    return cscan_dialect(
      delimiter: delimiter ?? end, quote: quote ?? 0, lineEnd: end, hasQuote: quote == nil ? 0 : 1,
      stripsCR: end == 0x0A ? 1 : 0, skipsBlank: delimiter == nil ? 0 : 1)
  }
}

/// The widest vector instructions that the machine has.
let scanLevel = cscan_level()

extension RecordIndex {
  /// Finds the chunks by a parallel survey of pieces; nil when the quotes do not add up, so that the scanner must do it.
  ///
  /// Every piece is surveyed for both states that it may begin in, within quotes or not; a running sum over the pieces
  /// then tells which it is, and the row and line that it begins with (the speculative scheme of C. Ge, Y. Li, E. Eilebrecht,
  /// B. Chandramouli and D. Kossmann, "Speculative Distributed CSV Data Parsing for Big Data Analytics", SIGMOD 2019).
  init?(
    surveying bytes: FileBytes, range: Range<Int>, line: Int, dialect: Dialect, pieceSize: Int, control: LoadControl
  ) throws {
    self.init()
    guard let scan = dialect.scanDialect else { return nil }
    if range.isEmpty { return }
    let pieces = (range.count + pieceSize - 1) / pieceSize
    let surveys = UnsafeMutablePointer<cscan_survey>.allocate(capacity: pieces)
    defer { surveys.deallocate() }
    let censuses = UnsafeMutablePointer<UTF8Census>.allocate(capacity: pieces)
    defer { censuses.deallocate() }
    let shared = SurveyJob(
      base: bytes.base, surveys: surveys, censuses: censuses, range: range, pieceSize: pieceSize)
    let level = scanLevel
    try WorkerPool.shared.run(parts: pieces) { piece, _ in
      try control.check()
      var own = scan
      shared.survey(piece, level: level, &own)
      if bytes.mapping != nil { control.meter.open(shared.size(of: piece)) }
    }
    for piece in 0..<pieces { census.add(censuses[piece]) }
    guard assemble(shared, dialect: scan, line: line, pieces: pieces) else { return nil }
  }

  private mutating func assemble(_ job: SurveyJob, dialect: cscan_dialect, line: Int, pieces: Int) -> Bool {
    var state = 0
    var rows = 0
    var line = line
    var lineIsBlank = true
    var open = Chunk(range: job.range.lowerBound..<job.range.lowerBound, firstRow: 0, rowCount: 0, line: line)
    for piece in 0..<pieces {
      let survey = job.surveys[piece]
      let start = job.range.lowerBound + piece * job.pieceSize
      let view = StateView(survey, state: state)
      let firstIsBlank = view.firstIsBlank && lineIsBlank
      if piece > 0, view.lineEnds > 0 {
        let next = start + view.firstEnd + 1
        let rowsThere = rows + (firstIsBlank ? 0 : 1)
        close(&open, at: next, row: rowsThere, line: line + view.linesToFirst)
      }
      let blanks = view.blanks - (view.firstIsBlank && !lineIsBlank ? 1 : 0)
      rows += view.lineEnds - blanks
      blankCount += blanks
      line += Int(survey.allLineEnds)
      lineIsBlank = view.lineEnds == 0 ? lineIsBlank && view.tailIsBlank : view.tailIsBlank
      if survey.flips != 0 { state ^= 1 }
    }
    if state != 0 { return false }
    // What follows the last line end is a record too, unless it is blank.
    let end = job.range.upperBound
    let isTerminated = end > job.range.lowerBound && job.base[end - 1] == dialect.lineEnd
    if !isTerminated {
      if lineIsBlank && dialect.skipsBlank != 0 { blankCount += 1 } else { rows += 1 }
    }
    close(&open, at: end, row: rows, line: line)
    rowCount = rows
    return true
  }

  private mutating func close(_ open: inout Chunk, at end: Int, row: Int, line: Int) {
    if end > open.range.lowerBound {
      open.range = open.range.lowerBound..<end
      open.rowCount = row - open.firstRow
      chunks.append(open)
    }
    open = Chunk(range: end..<end, firstRow: row, rowCount: 0, line: line)
  }

  /// Finds the chunks by reading record after record.
  init(
    scanning bytes: FileBytes, range: Range<Int>, line: Int, dialect: Dialect, chunkSize: Int, control: LoadControl
  ) throws {
    self.init()
    isCareful = true
    var scanner = RecordScanner(base: bytes.base, limit: range.upperBound, dialect: dialect)
    var position = range.lowerBound
    var line = line
    var open = Chunk(range: position..<position, firstRow: 0, rowCount: 0, line: line)
    while position < range.upperBound {
      let record: RecordScanner.Record
      do {
        record = try scanner.read(at: position, origin: position)
      } catch {
        throw LoadError.recordTooLong(path: bytes.path, line: line, limit: FieldSpan.lengthLimit)
      }
      position = record.next
      line += record.lines
      if record.isBlank { blankCount += 1 } else { rowCount += 1 }
      if position - open.range.lowerBound >= chunkSize {
        try control.check()
        close(&open, at: position, row: rowCount, line: line)
      }
    }
    close(&open, at: position, row: rowCount, line: line)
    unclosedFrom = scanner.unclosedFrom
    census = UTF8Census(bytes.base, range, of: range.upperBound)
  }
}

/// What the workers of a survey share.
///
/// `@unchecked Sendable`: every worker writes the surveys of its own pieces.
private struct SurveyJob: @unchecked Sendable {
  let base: UnsafePointer<UInt8>
  let surveys: UnsafeMutablePointer<cscan_survey>
  let censuses: UnsafeMutablePointer<UTF8Census>
  let range: Range<Int>
  let pieceSize: Int

  func size(of piece: Int) -> Int { min(pieceSize, range.count - piece * pieceSize) }

  func survey(_ piece: Int, level: Int32, _ dialect: inout cscan_dialect) {
    let start = range.lowerBound + piece * pieceSize
    let count = size(of: piece)
    cscan_survey_piece(level, base + start, count, &dialect, surveys + piece)
    var census = UTF8Census()
    if surveys[piece].nonASCII != 0 { census = UTF8Census(base, start..<start + count, of: range.upperBound) }
    (censuses + piece).initialize(to: census)
  }
}

/// A survey as seen from one of the two states.
private struct StateView {
  let lineEnds: Int
  let blanks: Int
  let firstEnd: Int
  let linesToFirst: Int
  let firstIsBlank: Bool
  let tailIsBlank: Bool

  init(_ survey: cscan_survey, state: Int) {
    if state == 0 {
      lineEnds = Int(survey.lineEnds.0)
      blanks = Int(survey.blanks.0)
      firstEnd = Int(truncatingIfNeeded: survey.firstEnd.0)
      linesToFirst = Int(survey.linesToFirst.0)
      firstIsBlank = survey.firstIsBlank.0 != 0
      tailIsBlank = survey.tailIsBlank.0 != 0
    } else {
      lineEnds = Int(survey.lineEnds.1)
      blanks = Int(survey.blanks.1)
      firstEnd = Int(truncatingIfNeeded: survey.firstEnd.1)
      linesToFirst = Int(survey.linesToFirst.1)
      firstIsBlank = survey.firstIsBlank.1 != 0
      tailIsBlank = survey.tailIsBlank.1 != 0
    }
  }
}
