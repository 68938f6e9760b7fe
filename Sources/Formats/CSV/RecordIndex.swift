/// Where a file's records lie: chunks that each begin with a record, so that workers can read them independently.
struct RecordIndex: Sendable {
  /// Some whole records.
  struct Chunk: Sendable {
    /// Offsets in the file's bytes.
    var range: Range<Int>
    /// The file's row that its first record is.
    var firstRow: Int
    var rowCount: Int
    /// The physical line that it begins on, from 1.
    var line: Int
  }

  var chunks: [Chunk] = []
  var rowCount = 0
  /// Lines of nothing but delimiters, which are no records.
  var blankCount = 0
  /// Whether quotes were followed byte by byte, because some are not as they should be.
  var isCareful = false
  /// How much of the records is UTF-8.
  var census = UTF8Census()
  /// See `RecordScanner.unclosedFrom`.
  var unclosedFrom = Int.max
}
