import CScan
import ColumnStore

/// The fields of one chunk. Where every row has as many fields as it should, they are found by vector instructions and
/// lie `rows x columns`; else record by record. A worker uses one of these for all its chunks.
final class ChunkFields {
  /// What came of looking at a chunk.
  enum Outcome {
    /// All rows have the wanted number of fields.
    case regular
    /// Rows differ, or something must be said of some.
    case irregular
    /// Quotes are not as they should be, so that records do not begin where they were supposed to.
    case malformed
    /// No record ends near the place where the chunk was to end.
    case endless
  }

  private(set) var rowCount = 0
  /// The chunk's bytes, and its lines: those inside quotes and blank ones too.
  private(set) var byteCount = 0
  private(set) var lineCount = 0
  private(set) var blankCount = 0
  /// Whether all bytes are ASCII; false for some chunks of which it is true.
  private(set) var isASCII = false
  /// Where the chunk begins; set before every use.
  private(set) var base = UnsafePointer<UInt8>(bitPattern: 64).unsafelyUnwrapped
  private(set) var spans: UnsafeMutablePointer<FieldSpan>
  private(set) var lineJumps = LineJumps()
  /// What is wrong with records; nothing where all are regular.
  var findings: [ChunkRecords.Finding] { isRegular ? [] : records.findings }

  private var spanCapacity = 0
  private var positions: UnsafeMutablePointer<UInt32>
  private var escapes: UnsafeMutablePointer<UInt32>
  private var quotedEnds: UnsafeMutablePointer<UInt32>
  private var positionCapacity = 0
  private var isRegular = true
  private var isCut = false
  /// Where the chunk begins in the file.
  private var origin = 0
  private var width = 1
  private var quote: UInt8 = 0
  private var hasQuotes = false
  private var stripsCR = false
  /// For every column the rows whose fields hold doubled quotes.
  private var escapedRows: [[UInt32]] = []
  private let records = ChunkRecords()

  /// Chunks above this size are read record by record, so that the arrays of positions stay small.
  static let largestVectorChunk = 4 << 20
  /// How far behind the place where a chunk is to end its last record is looked for at first.
  private static let usualReach = 64 << 10

  init() {
    spans = .allocate(capacity: 1)
    positions = .allocate(capacity: 1)
    escapes = .allocate(capacity: 1)
    quotedEnds = .allocate(capacity: 1)
  }

  deinit {
    spans.deallocate()
    positions.deallocate()
    escapes.deallocate()
    quotedEnds.deallocate()
  }

  private func reserve(bytes: Int) {
    guard bytes + 192 > positionCapacity else { return }
    positionCapacity = bytes + 192
    positions.deallocate()
    escapes.deallocate()
    quotedEnds.deallocate()
    positions = .allocate(capacity: positionCapacity + 1)
    escapes = .allocate(capacity: positionCapacity)
    quotedEnds = .allocate(capacity: positionCapacity)
  }

  private func reserve(rows: Int) {
    guard rows > spanCapacity else { return }
    spanCapacity = rows * 2
    spans.deallocate()
    spans = .allocate(capacity: spanCapacity)
  }

  /// Finds the fields of a chunk whose records have been counted.
  func find(_ chunk: RecordIndex.Chunk, in file: SourceFile, _ index: RecordIndex) throws -> Outcome {
    begin(at: chunk.range.lowerBound, in: file)
    let size = chunk.range.count
    if !index.isCareful, size <= ChunkFields.largestVectorChunk, let scan = file.dialect.scanDialect {
      switch vectorFind(size, stop: size, scan) {
      case .regular where rowCount == chunk.rowCount && !file.hasBadBytes(in: chunk.range): return .regular
      case .malformed: return .malformed
      default: break
      }
    }
    byteCount = size
    let outcome = try readRecords(
      of: file, line: chunk.line, isCareful: index.isCareful, unclosedFrom: index.unclosedFrom)
    return rowCount == chunk.rowCount ? outcome : .malformed
  }

  /// Finds the fields of a chunk whose records have not been counted. It begins at `start`, and has all records of which
  /// the one before ends before `stop`; none where `start` is behind that.
  func find(from start: Int, to stop: Int, in file: SourceFile) -> Outcome {
    begin(at: start, in: file)
    let end = file.dataRange.upperBound
    guard start <= stop, start < end else { return .regular }
    guard let scan = file.dialect.scanDialect else { return .endless }
    for reach in [ChunkFields.usualReach, ChunkFields.largestVectorChunk] {
      let limit = min(end, stop + reach)
      let outcome = vectorFind(limit - start, stop: stop - start, scan)
      if isCut || limit == end { return outcome }
    }
    return .endless
  }

  /// Reads the records of the chunk found last one by one, since they are not regular. Unless somebody is careful, quotes
  /// that are not as they should be end it.
  func readRecords(
    of file: SourceFile, line: Int, isCareful: Bool = false, unclosedFrom: Int = .max
  ) throws -> Outcome {
    isRegular = false
    let isSound = try records.read(
      origin..<origin + byteCount, of: file, line: line, isCareful: isCareful, unclosedFrom: unclosedFrom)
    guard isSound else { return .malformed }
    (rowCount, lineCount, blankCount) = (records.rowCount, records.lineCount, records.blankCount)
    lineJumps = records.lineJumps
    reserve(rows: rowCount)
    return .irregular
  }

  private func begin(at start: Int, in file: SourceFile) {
    base = file.bytes.base + start
    origin = start
    (rowCount, byteCount, lineCount, blankCount) = (0, 0, 0, 0)
    isRegular = true
    isASCII = true
    width = file.names.count
    quote = file.dialect.quote ?? 0
    stripsCR = file.dialect.lineEnd == .lineFeed || file.dialect.lineEnd == .carriageReturnLineFeed
    lineJumps.removeAll()
    if escapedRows.count != width { escapedRows = Array(repeating: [], count: width) }
    for column in escapedRows.indices { escapedRows[column].removeAll(keepingCapacity: true) }
  }

  private func vectorFind(_ limit: Int, stop: Int, _ dialect: cscan_dialect) -> Outcome {
    reserve(bytes: limit)
    var dialect = dialect
    var result = cscan_fields()
    cscan_chunk_fields(scanLevel, base, limit, stop, &dialect, positions + 1, escapes, quotedEnds, &result)
    byteCount = Int(result.bytes)
    rowCount = Int(result.lineEnds)
    lineCount = rowCount + Int(result.quotedEnds)
    isASCII = result.nonASCII == 0
    isCut = result.isCut != 0
    if result.malformed != 0 || result.endsInside != 0 { return .malformed }
    let isTerminated = byteCount == 0 || base[byteCount - 1] == dialect.lineEnd
    if !isTerminated || result.blanks > 0 || Int(result.fieldEnds) != rowCount * width { return .irregular }
    reserve(rows: rowCount)
    hasQuotes = result.hasQuotes != 0
    // One position before the first, so that "one behind the end before" holds for the first field too.
    positions[0] = .max
    var last = width
    for _ in 0..<rowCount {
      if base[Int(positions[last])] != dialect.lineEnd { return .irregular }
      last += width
    }
    if result.quotedEnds > 0 { findJumps(Int(result.quotedEnds), fieldCount: Int(result.fieldEnds)) }
    if result.escapes > 0 { findEscapedFields(Int(result.escapes), fieldCount: Int(result.fieldEnds)) }
    return .regular
  }

  /// The number of the field that holds a position, `first` or one behind it.
  private static func field(
    at position: UInt32, from first: Int, _ positions: UnsafePointer<UInt32>, fieldCount: Int
  ) -> Int {
    if position <= positions[first + 1] { return first }
    // What is asked for lies mostly a few fields on: the step doubles until it is passed.
    var low = first
    var step = 8
    while low + step < fieldCount, positions[low + step] < position {
      low += step
      step *= 2
    }
    var high = min(low + step, fieldCount)
    while low < high {
      let middle = (low + high) / 2
      if positions[middle + 1] < position { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func findJumps(_ count: Int, fieldCount: Int) {
    var jumps = LineJumps()
    var field = 0
    for number in 0..<count {
      field = ChunkFields.field(at: quotedEnds[number], from: field, positions, fieldCount: fieldCount)
      jumps.add(1, before: field / width + 1)
    }
    lineJumps = jumps
  }

  private func findEscapedFields(_ count: Int, fieldCount: Int) {
    let (positions, escapes, width) = (positions, escapes, width)
    var found: [[UInt32]] = []
    swap(&found, &escapedRows)
    var field = -1
    for number in 0..<count {
      let next = ChunkFields.field(at: escapes[number], from: max(field, 0), positions, fieldCount: fieldCount)
      if next != field { found[next % width].append(UInt32(truncatingIfNeeded: next / width)) }
      field = next
    }
    swap(&found, &escapedRows)
  }

  /// Puts one column's fields into `spans`.
  func extract(_ column: Int) {
    if !isRegular {
      for row in 0..<rowCount { spans[row] = records.field(row, column) }
      return
    }
    let width = width
    let quote = quote
    let trimsReturn = stripsCR && column == width - 1
    let base = base
    let spans = spans
    var end = UnsafePointer(positions + column + 1)
    let hasQuotes = hasQuotes
    if !hasQuotes, !trimsReturn {
      for row in 0..<rowCount {
        let start = end[-1] &+ 1
        spans[row] = FieldSpan(start: start, bits: end[0] &- start)
        end += width
      }
      return
    }
    for row in 0..<rowCount {
      var start = end[-1] &+ 1
      var stop = end[0]
      end += width
      if trimsReturn, stop > start, base[Int(stop) - 1] == 0x0D { stop -= 1 }
      if hasQuotes, stop &- start >= 2, base[Int(start)] == quote {
        start += 1
        stop -= 1
        spans[row] = FieldSpan(start: start, bits: (stop - start) | FieldSpan.quoted)
      } else {
        spans[row] = FieldSpan(start: start, bits: stop - start)
      }
    }
    for row in escapedRows[column] { spans[Int(row)].bits |= FieldSpan.escaped }
  }
}
