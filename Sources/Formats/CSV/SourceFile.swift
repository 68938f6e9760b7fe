import ColumnStore

/// One file of a source, opened and understood.
struct SourceFile: Sendable {
  let bytes: FileBytes
  let encoding: String
  /// Offsets of replacement characters that stand for bytes that were no text, ascending.
  let badOffsets: [Int]
  let dialect: Dialect
  var names: [String]
  /// Where the records lie, the header not among them.
  let dataRange: Range<Int>
  let dataLine: Int
  var index: RecordIndex
  /// For every column of the table, the file's column of that name.
  var columnMap: [Int?] = []

  /// How files are cut; tests make the pieces tiny.
  struct Tuning: Sendable {
    var chunkSize = 256 << 10
    var mappingThreshold = FileBytes.usualMappingThreshold
    var sampleRows = 4096
    var memoryLimit = FileBytes.memoryLimit
  }

  /// Opens bytes as a file of separated values.
  ///
  /// - Throws: `LoadError.isEmpty` for a file without a record, `.unknownEncoding`, `.tooLarge`, `.cancelled`.
  init(_ raw: FileBytes, format: FileFormat.Content, options: LoadOptions, tuning: Tuning, control: LoadControl) throws
  {
    var text = try EncodedText(raw, options: options, tuning: tuning, control: control)
    while true {
      let (start, line) = SourceFile.skip(options.skipLines, in: text)
      guard start < text.bytes.count else { throw LoadError.isEmpty(path: raw.path) }
      let sniffer = DialectSniffer(bytes: text.bytes, start: start, line: line, options: options, format: format)
      let finding = try sniffer.sniff()
      let dataEnd = SourceFile.trimmedEnd(text.bytes, from: finding.dataStart, dialect: finding.dialect)
      let range = finding.dataStart..<max(finding.dataStart, dataEnd)
      let index =
        try RecordIndex(
          surveying: text.bytes, range: range, line: finding.dataLine, dialect: finding.dialect,
          pieceSize: tuning.chunkSize, control: control)
        ?? RecordIndex(
          scanning: text.bytes, range: range, line: finding.dataLine, dialect: finding.dialect,
          chunkSize: tuning.chunkSize, control: control)
      var census = index.census
      census.add(text.bytes.census(of: text.start..<finding.dataStart))
      if census.badBytes > 0 {
        // The structure was found in bytes that are not UTF-8 yet; once more with those that are.
        try text.convert(
          census: census, hasReturns: finding.dialect.lineEnd == .carriageReturn, tuning: tuning, control: control)
        continue
      }
      bytes = text.bytes
      encoding = text.name
      badOffsets = text.badOffsets
      dialect = finding.dialect
      names = finding.names
      dataRange = range
      dataLine = finding.dataLine
      self.index = index
      return
    }
  }

  /// The same file with its records found one by one, for when its quotes turned out not to be as they should be.
  func readingCarefully(tuning: Tuning, control: LoadControl) throws -> SourceFile {
    var copy = self
    copy.index = try RecordIndex(
      scanning: bytes, range: dataRange, line: dataLine, dialect: dialect, chunkSize: tuning.chunkSize, control: control
    )
    return copy
  }
}
