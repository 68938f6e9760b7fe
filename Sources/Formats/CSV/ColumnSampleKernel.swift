import ColumnStore

/// Makes the first plan for every column, from rows at places spread over all files.
final class ColumnSampler {
  private let load: TableLoad
  private let seen: [Seen]
  /// The records that were read, and their bytes.
  private var recordCount = 0
  private var byteCount = 0
  /// The numbers of the parts of the load in which rows were read.
  private(set) var places: Set<Int> = []

  /// What the sampled rows say of a column.
  fileprivate final class Seen {
    var summary = ColumnSummary()
    var textCount = 0
    let dictionary = SharedDictionary()
  }

  init(load: TableLoad) {
    self.load = load
    seen = load.wanted.map { _ in Seen() }
  }

  /// The rows of all files: counted, or as many as the sampled ones make likely.
  private var rowCount = 0

  /// For how many rows there should be room: where they have not been counted, for an eighth more than are expected.
  var capacity: Int { load.indices.isEmpty ? rowCount + rowCount / 8 + 1000 : rowCount }

  /// Reads rows, at not more than 64 places, the first and last part of the load among them.
  ///
  /// - Throws: `UnsurveyedFile` when records have not been looked for, and it must be doubted that they begin where they
  ///   are supposed to.
  func read() throws {
    let count = min(load.parts.count, 64)
    let rows = max(1, load.tuning.sampleRows / max(1, count))
    for place in 0..<count {
      let number = count == 1 ? 0 : place * (load.parts.count - 1) / (count - 1)
      // Where one piece seems to begin inside quotes, the next ones mostly do not.
      let read = try (number..<min(number + ColumnSampler.attempts, load.parts.count)).first {
        try sample(load.parts[$0], rows: rows)
      }
      guard let read else { throw UnsurveyedFile(file: load.parts[number].file) }
      places.insert(read)
    }
    rowCount = load.indices.isEmpty ? expectedRows : load.rowCount
  }

  private var expectedRows: Int {
    let known = load.files.reduce(0) { $0 + ($1.index?.rowCount ?? 0) }
    let unknown = load.files.reduce(0) { $0 + ($1.index == nil ? $1.dataRange.count : 0) }
    return known + Int(Double(unknown) * Double(recordCount) / Double(max(byteCount, 1)))
  }

  /// A plan for every wanted column.
  func plans() -> [ColumnPlan] { zip(load.wanted, seen).map { column, seen in plan(column, seen) } }

  /// The most bytes of a file whose records have not been looked for that a sampled record may lie in.
  private static let reach = 1 << 20
  /// How many pieces are tried one after the other.
  private static let attempts = 3

  /// Reads rows of a part; false where its first record does not look like one.
  private func sample(_ part: TableLoad.Part, rows: Int) throws -> Bool {
    let file = load.files[part.file]
    let options = load.options
    let index = load.indices.isEmpty ? file.index : load.indices[part.file]
    let range: Range<Int>
    var limit = file.dataRange.upperBound
    if let index {
      range = index.chunks[part.chunk].range
      // In a file whose quotes are sound every field ends in its chunk; where they are not, that is found out later and
      // all is read again.
      if !index.isCareful { limit = range.upperBound }
    } else {
      let piece = file.piece(part.chunk, size: load.tuning.chunkSize)
      let start = file.supposedStart(in: piece)
      range = start..<max(start, piece.upperBound)
      limit = min(limit, range.upperBound + ColumnSampler.reach)
    }
    var scanner = RecordScanner(
      base: file.bytes.base, limit: limit, dialect: file.dialect, unclosedFrom: index?.unclosedFrom ?? .max)
    let scratch = ByteScratch()
    let hasBackslash = file.dialect.escape == .backslash
    return try CalendarTable.with { calendar in
      let classifier = ValueClassifier(
        markers: load.markers, decimal: options.decimal, triesComma: file.triesComma(options), calendar: calendar)
      var position = range.lowerBound
      var read = 0
      while position < range.upperBound, read < rows {
        guard let record = try? scanner.read(at: position, origin: position) else { return true }
        if index == nil {
          guard looksSound(record, scanner, in: file) else {
            if position > range.lowerBound { throw UnsurveyedFile(file: part.file) }
            return false
          }
          byteCount += record.next - position
          recordCount += record.isBlank ? 0 : 1
        }
        for (number, column) in load.wanted.enumerated() {
          guard let field = file.columnMap[column], field < scanner.fields.count else { continue }
          let span = scanner.fields[field]
          var text = file.bytes.base + position + Int(span.start)
          var count = span.length
          if span.isEscaped {
            let target = scratch.reserve(count + 64)
            count = unescape(text, count, quote: scanner.quote, hasBackslash: hasBackslash, into: target)
            text = UnsafePointer(target)
          }
          seen[number].add(text, count, span, file, classifier)
        }
        position = record.next
        if !record.isBlank { read += 1 }
      }
      return true
    }
  }

  /// Whether a record has what the others have. One that is read from inside a text seldom does.
  private func looksSound(_ record: RecordScanner.Record, _ scanner: RecordScanner, in file: SourceFile) -> Bool {
    if record.isBlank { return true }
    return scanner.faults.isEmpty && scanner.fields.count == file.names.count
      && (record.isTerminated || record.next == file.dataRange.upperBound)
  }

  private func plan(_ column: Int, _ seen: Seen) -> ColumnPlan {
    let options = load.options
    let declared = options.types.first { $0.key.lowercased() == load.names[column].lowercased() }?.value
    if let declared, declared != .text { return ColumnPlan.declared(declared, decimal: options.decimal) }
    if options.allText || declared == .text {
      return textPlan(seen, isDeclared: true)
    }
    let reading = seen.summary.reading(decimal: options.decimal)
    if reading == .text { return textPlan(seen, isDeclared: false) }
    return ColumnPlan.inferred(reading, summary: seen.summary, headRoom: rowCount > seen.textCount ? 4 : 1)
  }

  private func textPlan(_ seen: Seen, isDeclared: Bool) -> ColumnPlan {
    let distinct = seen.dictionary.count
    let sampled = seen.textCount
    // By the birthday paradox n values drawn from D kinds have about n^2 / 2D repetitions.
    let repeated = max(sampled - distinct, 1)
    let estimate = distinct * 2 <= sampled ? distinct * 2 : sampled * sampled / (2 * repeated)
    var plan = ColumnPlan(reading: .text, storage: .views, isDeclared: isDeclared)
    guard distinct <= 1024 || (estimate <= 150_000 && estimate <= rowCount / 4) else { return plan }
    let isWholeKnown = sampled >= rowCount
    if distinct <= (isWholeKnown ? 250 : 128) {
      plan.storage = .codes8
    } else {
      plan.storage = estimate <= 30_000 ? .codes16 : .codes32
    }
    plan.dictionaryLimit = ColumnPlan.dictionaryLimit(plan.storage, rowCount: rowCount)
    plan.seeds = seen.dictionary.texts.map(Array.init).sorted { $0.lexicographicallyPrecedes($1) }
    return plan
  }
}

extension ColumnSampler.Seen {
  fileprivate func add(
    _ text: UnsafePointer<UInt8>, _ count: Int, _ span: FieldSpan, _ file: SourceFile, _ classifier: ValueClassifier
  ) {
    classifier.classify(text, count, into: &summary)
    if count == 0 {
      guard span.isQuoted, !file.dialect.quotesEverything else { return }
      summary.hasQuotedEmpty = true
    }
    textCount += 1
    // Long texts are not worth a place in a dictionary, nor in the sample.
    guard count <= 1 << 16 else { return }
    _ = dictionary.code(TextKey(text, count), text, limit: .max)
  }
}

extension SourceFile {
  /// Whether a decimal comma is possible: prescribed, or not the delimiter.
  func triesComma(_ options: LoadOptions) -> Bool {
    if let decimal = options.decimal { return decimal == ColumnSummary.comma }
    return dialect.delimiter != ColumnSummary.comma
  }
}

extension ColumnPlan {
  /// The plan for a prescribed type.
  static func declared(_ type: DataType, decimal: UInt8?) -> ColumnPlan {
    let reading: ColumnReading
    let storage: ColumnStorage
    switch type {
    case .boolean: (reading, storage) = (.boolean, .bits)
    case .integer: (reading, storage) = (.integer, .integers64)
    case .double: (reading, storage) = (.double, .doubles)
    case .date: (reading, storage) = (.date, .integers32)
    case .timestamp: (reading, storage) = (.timestamp, .integers64)
    case .decimal(let precision, _):
      (reading, storage) = (.value(type), precision <= Decimal.narrowPrecision ? .integers64 : .wide)
    case .time: (reading, storage) = (.value(type), .integers64)
    case .interval, .count: (reading, storage) = (.value(type), .wide)
    case .list: (reading, storage) = (.value(type), .views)
    case .text: (reading, storage) = (.text, .views)
    }
    return ColumnPlan(reading: reading, storage: storage, isDeclared: true, decimal: decimal ?? ColumnSummary.point)
  }

  /// The plan for a reading that was found out; whole numbers get room for values `headRoom` times as large.
  static func inferred(_ reading: ColumnReading, summary: ColumnSummary, headRoom: Int64) -> ColumnPlan {
    let storage: ColumnStorage
    switch reading {
    case .nothing: storage = .codes8
    case .boolean: storage = .bits
    case .integer: storage = integerStorage(low: summary.low, high: summary.high, headRoom: headRoom)
    case .wholeFigures, .timestamp: storage = .integers64
    case .double, .figures: storage = .doubles
    case .date: storage = .integers32
    case .text, .value: storage = .views
    }
    return ColumnPlan(reading: reading, storage: storage)
  }

  static func integerStorage(low: Int64, high: Int64, headRoom: Int64 = 1) -> ColumnStorage {
    guard low <= high else { return .integers8 }
    let (wideLow, lowOverflow) = low.multipliedReportingOverflow(by: headRoom)
    let (wideHigh, highOverflow) = high.multipliedReportingOverflow(by: headRoom)
    if lowOverflow || highOverflow { return .integers64 }
    if Int8(exactly: wideLow) != nil, Int8(exactly: wideHigh) != nil { return .integers8 }
    if Int16(exactly: wideLow) != nil, Int16(exactly: wideHigh) != nil { return .integers16 }
    if Int32(exactly: wideLow) != nil, Int32(exactly: wideHigh) != nil { return .integers32 }
    return .integers64
  }

  /// How many texts a dictionary may have before views are better.
  static func dictionaryLimit(_ storage: ColumnStorage, rowCount: Int) -> Int {
    switch storage {
    case .codes8: 1 << 8
    case .codes16: 1 << 16
    default: max(1 << 17, min(rowCount / 8, 1 << 30))
    }
  }

  /// The plan that every value fits, as long as there are few different ones; it widens to views.
  static func text(rowCount: Int) -> ColumnPlan {
    ColumnPlan(
      reading: .text, storage: .codes16, dictionaryLimit: ColumnPlan.dictionaryLimit(.codes16, rowCount: rowCount))
  }

  /// The plan after this one failed, now that everything is known of the column.
  func widened(summary: ColumnSummary, decimal: UInt8?, rowCount: Int) -> ColumnPlan {
    if reading == .text {
      var next = self
      next.seeds = []
      switch storage {
      case .codes8: next.storage = .codes16
      case .codes16: next.storage = .codes32
      default: next.storage = .views
      }
      next.dictionaryLimit = ColumnPlan.dictionaryLimit(next.storage, rowCount: rowCount)
      return next
    }
    let next = summary.reading(decimal: decimal)
    // Spaces alone are nothing to a number and something to a text, so "nothing" may fail twice.
    let isSame = next == reading && ColumnPlan.inferred(next, summary: summary, headRoom: 1).storage == storage
    if next == .text || next == .nothing || isSame {
      return ColumnPlan.text(rowCount: rowCount)
    }
    return ColumnPlan.inferred(next, summary: summary, headRoom: 1)
  }
}
