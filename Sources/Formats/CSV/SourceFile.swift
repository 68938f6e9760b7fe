import ColumnStore

/// One file of a source, opened and understood.
struct SourceFile: Sendable {
  private let text: EncodedText
  private let format: FileFormat.Content
  /// As the file was opened with; an adapter changes the source's options, not these.
  private let options: LoadOptions
  let dialect: Dialect
  var names: [String]
  /// Where the records lie, the header not among them.
  let dataRange: Range<Int>
  let dataLine: Int
  /// Where the records begin; nil while that has not been looked for, which reading the file may do as well.
  var index: RecordIndex?
  /// For every column of the table, the file's column of that name.
  var columnMap: [Int?] = []

  var bytes: FileBytes { text.bytes }
  var encoding: String { text.name }
  /// Offsets of replacement characters that stand for bytes that were no text, ascending.
  var badOffsets: [Int] { text.badOffsets }

  /// How files are cut; tests make the pieces tiny.
  struct Tuning: Sendable {
    var chunkSize = 256 << 10
    var mappingThreshold = FileBytes.usualMappingThreshold
    var sampleRows = 4096
    var memoryLimit = FileBytes.memoryLimit
    /// Files of so many bytes of records are not surveyed before they are read, if they look as if that could be spared.
    var unsurveyedSize = 4 << 20
  }

  /// Opens bytes as a file of separated values.
  ///
  /// - Throws: `LoadError.isEmpty` for a file without a record, `.unknownEncoding`, `.tooLarge`, `.cancelled`.
  init(_ raw: FileBytes, format: FileFormat.Content, options: LoadOptions, tuning: Tuning, control: LoadControl) throws
  {
    try self.init(
      EncodedText(raw, options: options, tuning: tuning, control: control), format, options, tuning, control,
      isSurveyed: false)
  }

  private init(
    _ text: EncodedText, _ format: FileFormat.Content, _ options: LoadOptions, _ tuning: Tuning, _ control: LoadControl,
    isSurveyed: Bool
  ) throws {
    var text = text
    while true {
      let (start, line) = SourceFile.skip(options.skipLines, in: text)
      guard start < text.bytes.count else { throw LoadError.isEmpty(path: text.bytes.path) }
      let sniffer = DialectSniffer(bytes: text.bytes, start: start, line: line, options: options, format: format)
      let finding = try sniffer.sniff()
      let dataEnd = SourceFile.trimmedEnd(text.bytes, from: finding.dataStart, dialect: finding.dialect)
      let range = finding.dataStart..<max(finding.dataStart, dataEnd)
      var index: RecordIndex?
      if isSurveyed || range.count < tuning.unsurveyedSize || !SourceFile.isPlain(text, finding) {
        let found =
          try RecordIndex(
            surveying: text.bytes, range: range, line: finding.dataLine, dialect: finding.dialect,
            pieceSize: tuning.chunkSize, control: control)
          ?? RecordIndex(
            scanning: text.bytes, range: range, line: finding.dataLine, dialect: finding.dialect,
            chunkSize: tuning.chunkSize, control: control)
        var census = found.census
        census.add(text.bytes.census(of: text.start..<finding.dataStart))
        if census.badBytes > 0 {
          // The structure was found in bytes that are not UTF-8 yet; once more with those that are.
          try text.convert(
            census: census, hasReturns: finding.dialect.lineEnd == .carriageReturn, tuning: tuning, control: control)
          continue
        }
        index = found
      }
      self.text = text
      self.format = format
      self.options = options
      dialect = finding.dialect
      names = finding.names
      dataRange = range
      dataLine = finding.dataLine
      self.index = index
      return
    }
  }

  /// Whether the beginning has nothing that speaks against reading a file without a survey: it can be read by the vector
  /// loops, its names are ASCII, so that they are the same in every encoding that it may turn out to have, and its text
  /// is UTF-8.
  private static func isPlain(_ text: EncodedText, _ finding: DialectSniffer.Finding) -> Bool {
    let bytes = text.bytes
    let sample = finding.dataStart..<min(bytes.count, finding.dataStart + DialectSniffer.sampleSize)
    return finding.dialect.scanDialect != nil && text.badOffsets.isEmpty
      && bytes.bytes(text.start..<finding.dataStart).allSatisfy { $0 < 0x80 } && bytes.census(of: sample).badBytes == 0
  }

  /// The same file with its records looked for, and its encoding, by going over all of it.
  func surveyed(tuning: Tuning, control: LoadControl) throws -> SourceFile {
    if index != nil { return self }
    var copy = try SourceFile(text, format, options, tuning, control, isSurveyed: true)
    copy.names = names
    copy.columnMap = columnMap
    return copy
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
