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
    /// Quotes are not as they should be, so that the index itself is wrong.
    case malformed
  }

  /// Something that is wrong with a record, rows counted from the chunk's first.
  struct Finding {
    enum Kind {
      case short
      case surplus
      case quoteInside
      case unclosed
      case badBytes
    }
    var row: Int
    var field: Int
    var kind: Kind
    /// The bytes in question, from the chunk's start.
    var range: Range<Int>
  }

  private(set) var rowCount = 0
  /// Where the chunk begins; set before every use.
  private(set) var base = UnsafePointer<UInt8>(bitPattern: 64).unsafelyUnwrapped
  private(set) var spans: UnsafeMutablePointer<FieldSpan>
  /// Rows (of the chunk) before which extra lines were passed, with how many.
  private(set) var lineJumps: [(row: Int, extra: Int)] = []
  private(set) var findings: [Finding] = []

  private var spanCapacity = 0
  private var positions: UnsafeMutablePointer<UInt32>
  private var escapes: UnsafeMutablePointer<UInt32>
  private var quotedEnds: UnsafeMutablePointer<UInt32>
  private var positionCapacity = 0
  private var isRegular = true
  private var width = 1
  private var quote: UInt8 = 0
  private var hasQuotes = false
  private var stripsCR = false
  private var escapedFields: [UInt32] = []
  private var records: [FieldSpan] = []
  private var recordStarts: [Int] = []

  /// Chunks above this size are read record by record, so that the arrays of positions stay small.
  static let largestVectorChunk = 4 << 20

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

  /// Finds the fields of a chunk. `badOffsets` are the file's bytes that were no text.
  func find(
    _ chunk: RecordIndex.Chunk, in index: RecordIndex, of bytes: FileBytes, dataEnd: Int, dialect: Dialect, width: Int,
    badOffsets: [Int]
  ) throws -> Outcome {
    base = bytes.base + chunk.range.lowerBound
    rowCount = chunk.rowCount
    self.width = width
    quote = dialect.quote ?? 0
    stripsCR = dialect.lineEnd == .lineFeed || dialect.lineEnd == .carriageReturnLineFeed
    lineJumps.removeAll(keepingCapacity: true)
    findings.removeAll(keepingCapacity: true)
    escapedFields.removeAll(keepingCapacity: true)
    reserve(rows: max(rowCount, 1))
    if !index.isCareful, chunk.range.count <= ChunkFields.largestVectorChunk, let scan = dialect.scanDialect {
      switch vectorFind(chunk, scan, hasBad: containsAny(badOffsets, chunk.range)) {
      case .regular:
        isRegular = true
        return .regular
      case .malformed: return .malformed
      case .irregular: break
      }
    }
    isRegular = false
    return try recordFind(chunk, index, bytes, dataEnd: dataEnd, dialect: dialect, badOffsets: badOffsets)
  }

  private func vectorFind(_ chunk: RecordIndex.Chunk, _ dialect: cscan_dialect, hasBad: Bool) -> Outcome {
    let count = chunk.range.count
    reserve(bytes: count)
    var dialect = dialect
    var result = cscan_fields()
    cscan_chunk_fields(scanLevel, base, count, &dialect, positions + 1, escapes, quotedEnds, &result)
    if result.malformed != 0 || result.endsInside != 0 { return .malformed }
    if hasBad || result.blanks > 0 || Int(result.lineEnds) != rowCount { return .irregular }
    if Int(result.fieldEnds) != rowCount * width { return .irregular }
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

  /// The number of the field that holds a position.
  private func field(at position: UInt32, from first: Int, fieldCount: Int) -> Int {
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
    var field = 0
    for number in 0..<count {
      field = self.field(at: quotedEnds[number], from: field, fieldCount: fieldCount)
      addJump(row: field / width + 1, extra: 1)
    }
  }

  private func addJump(row: Int, extra: Int) {
    if let last = lineJumps.last, last.row == row {
      lineJumps[lineJumps.count - 1].extra += extra
    } else {
      lineJumps.append((row, extra))
    }
  }

  private func findEscapedFields(_ count: Int, fieldCount: Int) {
    var field = 0
    for number in 0..<count {
      field = self.field(at: escapes[number], from: field, fieldCount: fieldCount)
      let code = UInt32(truncatingIfNeeded: field)
      if escapedFields.last != code { escapedFields.append(code) }
    }
  }

  /// Puts one column's fields into `spans`.
  func extract(_ column: Int) {
    if !isRegular { return extractRecords(column) }
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
    for field in escapedFields where Int(field) % width == column {
      spans[Int(field) / width].bits |= FieldSpan.escaped
    }
  }

  private func extractRecords(_ column: Int) {
    for row in 0..<rowCount {
      let field = recordStarts[row] + column
      spans[row] = field < recordStarts[row + 1] ? records[field] : .absent
    }
  }

  /// Reads record by record.
  private func recordFind(
    _ chunk: RecordIndex.Chunk, _ index: RecordIndex, _ bytes: FileBytes, dataEnd: Int, dialect: Dialect,
    badOffsets: [Int]
  ) throws -> Outcome {
    var scanner = RecordScanner(base: bytes.base, limit: dataEnd, dialect: dialect, unclosedFrom: index.unclosedFrom)
    records.removeAll(keepingCapacity: true)
    recordStarts.removeAll(keepingCapacity: true)
    var position = chunk.range.lowerBound
    var row = 0
    var line = chunk.line
    while position < chunk.range.upperBound {
      let record: RecordScanner.Record
      do {
        record = try scanner.read(at: position, origin: chunk.range.lowerBound)
      } catch {
        throw LoadError.recordTooLong(path: bytes.path, line: line, limit: FieldSpan.lengthLimit)
      }
      if !index.isCareful, !scanner.faults.isEmpty { return .malformed }
      line += record.lines
      if record.isBlank {
        addJump(row: row, extra: 1)
      } else {
        if row == rowCount { return .malformed }
        recordStarts.append(records.count)
        note(scanner, record, row: row, start: position, origin: chunk.range.lowerBound, badOffsets: badOffsets)
        records.append(contentsOf: scanner.fields.prefix(width))
        if record.lines > 1 { addJump(row: row + 1, extra: record.lines - 1) }
        row += 1
      }
      position = record.next
    }
    if row != rowCount { return .malformed }
    recordStarts.append(records.count)
    return .irregular
  }

  private func note(
    _ scanner: RecordScanner, _ record: RecordScanner.Record, row: Int, start: Int, origin: Int, badOffsets: [Int]
  ) {
    let fields = scanner.fields
    if fields.count < width {
      findings.append(Finding(row: row, field: fields.count, kind: .short, range: 0..<0))
    } else if fields.count > width {
      // The surplus as it stands in the file, with its delimiters and quotes.
      var first = Int(fields[width].start)
      if fields[width].isQuoted { first -= 1 }
      let end = max(first, record.contentEnd - origin)
      findings.append(Finding(row: row, field: width, kind: .surplus, range: first..<end))
    }
    for fault in scanner.faults where fault.field < fields.count {
      let span = fields[fault.field]
      let range = Int(span.start)..<Int(span.start) + span.length
      findings.append(
        Finding(row: row, field: fault.field, kind: fault.kind == .unclosed ? .unclosed : .quoteInside, range: range))
    }
    var bad = lowerBound(badOffsets, start)
    var lastField = -1
    while bad < badOffsets.count, badOffsets[bad] < record.next {
      let offset = badOffsets[bad] - origin
      let field = fields.lastIndex { Int($0.start) <= offset } ?? 0
      if field != lastField {
        let range = Int(fields[field].start)..<Int(fields[field].start) + fields[field].length
        findings.append(Finding(row: row, field: field, kind: .badBytes, range: range))
      }
      lastField = field
      bad += 1
    }
  }
}

private func lowerBound(_ sorted: [Int], _ value: Int) -> Int {
  var low = 0
  var high = sorted.count
  while low < high {
    let middle = (low + high) / 2
    if sorted[middle] < value { low = middle + 1 } else { high = middle }
  }
  return low
}

private func containsAny(_ sorted: [Int], _ range: Range<Int>) -> Bool {
  let index = lowerBound(sorted, range.lowerBound)
  return index < sorted.count && sorted[index] < range.upperBound
}
