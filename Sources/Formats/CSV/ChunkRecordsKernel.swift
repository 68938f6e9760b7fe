import ColumnStore

/// Rows (of a chunk) before which extra lines were passed, with how many.
struct LineJumps {
  private(set) var all: [(row: Int, extra: Int)] = []

  /// So many more lines were passed before a row; rows come in their order.
  mutating func add(_ extra: Int, before row: Int) {
    if let last = all.last, last.row == row {
      all[all.count - 1].extra += extra
    } else {
      all.append((row, extra))
    }
  }

  mutating func removeAll() { all.removeAll(keepingCapacity: true) }
}

/// The fields of a chunk of which not all records are alike, read record by record, and what is wrong with them.
final class ChunkRecords {
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
  private(set) var lineCount = 0
  private(set) var blankCount = 0
  private(set) var lineJumps = LineJumps()
  private(set) var findings: [Finding] = []
  private var width = 1
  private var fields: [FieldSpan] = []
  /// Where each row begins among the fields, and where the last one ends.
  private var starts: [Int] = []

  /// Reads a range of a file that begins with a record on a line; false when quotes are not as they should be and nobody
  /// is careful.
  func read(
    _ range: Range<Int>, of file: SourceFile, line: Int, isCareful: Bool, unclosedFrom: Int
  ) throws -> Bool {
    var scanner = RecordScanner(
      base: file.bytes.base, limit: file.dataRange.upperBound, dialect: file.dialect, unclosedFrom: unclosedFrom)
    width = file.names.count
    (rowCount, lineCount, blankCount) = (0, 0, 0)
    lineJumps.removeAll()
    findings.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    var position = range.lowerBound
    while position < range.upperBound {
      let record: RecordScanner.Record
      do {
        record = try scanner.read(at: position, origin: range.lowerBound)
      } catch {
        throw LoadError.recordTooLong(path: file.bytes.path, line: line + lineCount, limit: FieldSpan.lengthLimit)
      }
      if !isCareful, !scanner.faults.isEmpty { return false }
      lineCount += record.lines
      if record.isBlank {
        lineJumps.add(1, before: rowCount)
        blankCount += 1
      } else {
        starts.append(fields.count)
        note(scanner, record, start: position, origin: range.lowerBound, badOffsets: file.badOffsets)
        fields.append(contentsOf: scanner.fields.prefix(width))
        if record.lines > 1 { lineJumps.add(record.lines - 1, before: rowCount + 1) }
        rowCount += 1
      }
      position = record.next
    }
    starts.append(fields.count)
    return true
  }

  /// A field of a row; one that the row has not is empty.
  func field(_ row: Int, _ column: Int) -> FieldSpan {
    let field = starts[row] + column
    return field < starts[row + 1] ? fields[field] : .absent
  }

  private func note(
    _ scanner: RecordScanner, _ record: RecordScanner.Record, start: Int, origin: Int, badOffsets: [Int]
  ) {
    let fields = scanner.fields
    if fields.count < width {
      findings.append(Finding(row: rowCount, field: fields.count, kind: .short, range: 0..<0))
    } else if fields.count > width {
      // The surplus as it stands in the file, with its delimiters and quotes.
      var first = Int(fields[width].start)
      if fields[width].isQuoted { first -= 1 }
      let end = max(first, record.contentEnd - origin)
      findings.append(Finding(row: rowCount, field: width, kind: .surplus, range: first..<end))
    }
    for fault in scanner.faults where fault.field < fields.count {
      let span = fields[fault.field]
      let range = Int(span.start)..<Int(span.start) + span.length
      let kind: Finding.Kind = fault.kind == .unclosed ? .unclosed : .quoteInside
      findings.append(Finding(row: rowCount, field: fault.field, kind: kind, range: range))
    }
    var bad = lowerBound(badOffsets, start)
    var lastField = -1
    while bad < badOffsets.count, badOffsets[bad] < record.next {
      let offset = badOffsets[bad] - origin
      let field = fields.lastIndex { Int($0.start) <= offset } ?? 0
      if field != lastField {
        let range = Int(fields[field].start)..<Int(fields[field].start) + fields[field].length
        findings.append(Finding(row: rowCount, field: field, kind: .badBytes, range: range))
      }
      lastField = field
      bad += 1
    }
  }
}

extension SourceFile {
  /// Whether some bytes of a range were no text.
  func hasBadBytes(in range: Range<Int>) -> Bool {
    let index = lowerBound(badOffsets, range.lowerBound)
    return index < badOffsets.count && badOffsets[index] < range.upperBound
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
