import ColumnStore

/// A value that could not be read, or a fault of a record.
struct Reject {
  enum Reason {
    case notOfType(DataType)
    case surplus
    case quoteInside
    case unclosedQuote
    case badBytes
  }

  /// The table's row.
  var row: Int
  /// The table's column; -1 for none, as with surplus fields.
  var column: Int
  var text: [UInt8]
  var reason: Reason
}

/// A published number that carried a remark.
struct Remark {
  var row: Int
  var column: Int
  var text: [UInt8]
  var figure: Double
}

/// What one worker keeps of one column while it reads.
final class ColumnWorker {
  let sink: ColumnSink
  let column: Int
  var summary = ColumnSummary()
  var nullCount = 0
  /// How often each NULL marker was met; those in a dictionary are counted when the column is finished.
  var markerCounts: [Int]
  let table = TextTable()
  /// What is asked before the table; nil where the texts have no numbers.
  private(set) var serials: SerialCodes?
  private var hasLookedForSerials = false
  /// What is asked before the table where the texts have no numbers; nil where they are too many.
  private(set) lazy var known: KnownTexts? = KnownTexts()
  var arena = TextArena()
  var rejects: [Reject] = []
  var remarks: [Remark] = []

  init(sink: ColumnSink, column: Int, markerCount: Int) {
    self.sink = sink
    self.column = column
    markerCounts = Array(repeating: 0, count: markerCount)
  }

  /// Looks once whether a text of the column ends with a number.
  func lookForSerials(in text: @autoclosure () -> [UInt8]?) {
    if hasLookedForSerials { return }
    guard let text = text() else { return }
    hasLookedForSerials = true
    serials = SerialCodes(like: text)
  }

  /// Gives up on remembering texts when fewer than half of those of a chunk were known.
  func judgeKnown(hits: Int, of texts: Int) { if hits < texts / 2 { known = nil } }

  /// Gives up on numbers when fewer than half of the texts of a chunk had them.
  func judgeSerials(hits: Int, of texts: Int) { if hits < texts / 2 { serials = nil } }
}

/// One column of one chunk, ready to be decoded. At least 64 bytes behind every field can be read.
struct ColumnChunk {
  let base: UnsafePointer<UInt8>
  let spans: UnsafeMutablePointer<FieldSpan>
  let rowCount: Int
  /// The table's row that the first record is.
  let firstRow: Int
  /// Where `base` lies in the file's block of the text heap; nil when texts must be copied.
  let heapOffset: Int?
  let heapBlock: Int
  let path: String
  let quote: UInt8
  let hasBackslash: Bool
  /// Whether `""` means NULL.
  let quotedEmptyIsNull: Bool
  let markers: NullMarkers
  let calendar: CalendarTable
  let triesComma: Bool
  /// The prescribed decimal separator.
  let decimal: UInt8?
  let scratch: ByteScratch

  @inline(__always)
  func bytes(_ span: FieldSpan) -> UnsafePointer<UInt8> { base + Int(span.start) }

  /// A field's text as it stands for a reader: without escapes.
  func text(_ span: FieldSpan) -> [UInt8] {
    if span.isEscaped {
      let (pointer, count) = unescaped(span)
      return Array(UnsafeBufferPointer(start: pointer, count: count))
    }
    return Array(UnsafeBufferPointer(start: bytes(span), count: span.length))
  }

  /// A field's text without its escapes, in the worker's scratch space until the next one.
  func unescaped(_ span: FieldSpan) -> (UnsafePointer<UInt8>, Int) {
    let target = scratch.reserve(span.length + 64)
    let count = unescape(bytes(span), span.length, quote: quote, hasBackslash: hasBackslash, into: target)
    return (UnsafePointer(target), count)
  }
}

/// Space that a worker uses again and again.
final class ByteScratch {
  private var memory = Memory(byteCount: 4096, zeroed: true)

  func reserve(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    if memory.byteCount < count { memory = Memory(byteCount: count * 2, zeroed: true) }
    return memory.base.assumingMemoryBound(to: UInt8.self)
  }
}
