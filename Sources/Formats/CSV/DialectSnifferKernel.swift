import ColumnStore

/// Finds out how a file of separated values is written, by reading its first records in every way that may be.
struct DialectSniffer {
  /// What was found out.
  struct Finding {
    var dialect: Dialect
    /// The columns' names.
    var names: [String]
    /// Where the first record behind the header begins, and its line.
    var dataStart: Int
    var dataLine: Int
  }

  let bytes: FileBytes
  let start: Int
  let line: Int
  let options: LoadOptions
  let format: FileFormat.Content

  /// How many bytes are looked at.
  static let sampleSize = 128 << 10

  func sniff() throws -> Finding {
    let limit = min(bytes.count, start + DialectSniffer.sampleSize)
    var dialect = Dialect(lineEnd: lineEnd(limit))
    chooseQuoting(&dialect, limit)
    let sample = try Sample(bytes, start: start, line: line, limit: limit, dialect: dialect)
    guard let first = sample.records.first else { throw LoadError.isEmpty(path: bytes.path) }
    dialect.hasHeader = options.header ?? HeaderRule(sample: sample, options: options).hasHeader
    dialect.quotesEverything = sample.quotesEverything
    // Rows that all have more fields than the header tell of columns without a name.
    let counts = Set(sample.records.dropFirst().map(\.count))
    var width = first.count
    if let only = counts.first, counts.count == 1, sample.records.count > 3, only > width { width = only }
    if !dialect.hasHeader { width = sample.usualCount }
    let header = dialect.hasHeader ? first : options.names
    return Finding(
      dialect: dialect, names: columnNames(header, width: width),
      dataStart: dialect.hasHeader ? sample.secondStart : start,
      dataLine: dialect.hasHeader ? sample.secondLine : line)
  }

  /// The dialect's line end, by the ends outside quotes.
  private func lineEnd(_ limit: Int) -> Dialect.LineEnd {
    var feeds = 0
    var pairs = 0
    var returns = 0
    var inside = false
    var position = start
    while position < limit {
      switch bytes.base[position] {
      case UInt8(ascii: "\""): inside.toggle()
      case 0x0A where !inside: feeds += 1
      case 0x0D where !inside:
        if position + 1 < bytes.count, bytes.base[position + 1] == 0x0A {
          pairs += 1
          feeds += 1
          position += 1
        } else {
          returns += 1
        }
      default: break
      }
      position += 1
    }
    // A lone quote somewhere turns the sides round; then all ends count.
    if feeds + returns == 0, inside || limit < bytes.count {
      for position in start..<limit {
        if bytes.base[position] == 0x0A { feeds += 1 }
        if bytes.base[position] == 0x0D, position + 1 >= bytes.count || bytes.base[position + 1] != 0x0A {
          returns += 1
        }
      }
    }
    if returns == 0 { return pairs > 0 && pairs == feeds ? .carriageReturnLineFeed : .lineFeed }
    if feeds == 0 || feeds * 20 < returns { return .carriageReturn }
    return returns * 20 >= feeds ? .mixed : .lineFeed
  }

  private func chooseQuoting(_ dialect: inout Dialect, _ limit: Int) {
    switch options.quote {
    case .character(let quote)?: dialect.quote = quote
    case LoadOptions.QuoteChoice.none?: dialect.quote = nil
    case nil: break
    }
    dialect.escape = options.escape ?? .doubled
    chooseDelimiter(&dialect, limit)
    if options.escape == nil, dialect.quote != nil, faults(dialect, limit) > 0 {
      var other = dialect
      other.escape = .backslash
      if options.delimiter == nil { chooseDelimiter(&other, limit) }
      if faults(other, limit) == 0 { dialect = other }
    }
    if options.quote == nil, let sample = try? Sample(bytes, start: start, line: line, limit: limit, dialect: dialect),
      sample.quotedCount == 0
    {
      var other = dialect
      other.quote = UInt8(ascii: "'")
      if options.delimiter == nil { chooseDelimiter(&other, limit) }
      if let single = try? Sample(bytes, start: start, line: line, limit: limit, dialect: other),
        single.quotedCount >= 2,
        single.faultCount == 0
      {
        dialect = other
      }
    }
  }

  private func faults(_ dialect: Dialect, _ limit: Int) -> Int {
    (try? Sample(bytes, start: start, line: line, limit: limit, dialect: dialect))?.faultCount ?? Int.max
  }

  private func chooseDelimiter(_ dialect: inout Dialect, _ limit: Int) {
    if let delimiter = options.delimiter {
      dialect.delimiter = delimiter
      return
    }
    let candidates: [UInt8]
    switch format {
    case .tabs: candidates = [9, 0x2C, 0x3B, 0x7C]
    case .bars: candidates = [0x7C, 0x2C, 0x3B, 9]
    default: candidates = [0x2C, 0x3B, 9, 0x7C]
    }
    var best: (score: Double, delimiter: UInt8)?
    for candidate in candidates {
      var trial = dialect
      trial.delimiter = candidate
      guard let sample = try? Sample(bytes, start: start, line: line, limit: limit, dialect: trial) else { continue }
      let score = sample.score
      if score > 0, score > (best?.score ?? 0) { best = (score, candidate) }
    }
    dialect.delimiter = best?.delimiter
  }

  /// Names as they stand in the header, trimmed; empty ones are called by their place, repeated ones numbered.
  private func columnNames(_ header: [String], width: Int) -> [String] {
    var taken: Set<String> = []
    return (0..<max(width, header.count)).map { index in
      var name = index < header.count ? header[index].trimmed : ""
      if name.isEmpty { name = "column_\(index + 1)" }
      var unique = name
      var number = 2
      while !taken.insert(unique.lowercased()).inserted {
        unique = "\(name)_\(number)"
        number += 1
      }
      return unique
    }
  }
}

extension String {
  /// Without white space at either end.
  var trimmed: String {
    let scalars = unicodeScalars.drop { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
    guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(scalars[...last])
  }
}

/// The first records of a file as one dialect reads them.
struct Sample {
  private(set) var records: [[String]] = []
  private(set) var fieldCounts: [Int] = []
  private(set) var faultCount = 0
  private(set) var quotedCount = 0
  private(set) var quotesEverything = false
  /// Where the second record begins, and its line.
  private(set) var secondStart = 0
  private(set) var secondLine = 0

  /// Reads up to 500 records that lie before `limit`.
  init(_ bytes: FileBytes, start: Int, line: Int, limit: Int, dialect: Dialect) throws {
    var scanner = RecordScanner(base: bytes.base, limit: limit, dialect: dialect)
    let backslash = dialect.escape == .backslash
    var position = start
    var line = line
    var unquoted = 0
    secondStart = start
    secondLine = line
    while position < limit, records.count < 500 {
      guard let record = try? scanner.read(at: position, origin: position) else { break }
      // What the sample cuts off is no record, unless it is all there is.
      if !record.isTerminated, limit < bytes.count, !records.isEmpty { break }
      if !record.isBlank {
        var fields: [String] = []
        for span in scanner.fields {
          if span.isQuoted { quotedCount += 1 } else { unquoted += 1 }
          fields.append(Sample.text(bytes.base + position, span, quote: dialect.quote ?? 0, hasBackslash: backslash))
        }
        records.append(fields)
        fieldCounts.append(fields.count)
        faultCount += scanner.faults.count
      }
      line += record.lines
      if records.count == 1, !record.isBlank {
        secondStart = record.next
        secondLine = line
      }
      position = record.next
    }
    quotesEverything = quotedCount > 0 && unquoted == 0
  }

  private static func text(_ base: UnsafePointer<UInt8>, _ span: FieldSpan, quote: UInt8, hasBackslash: Bool) -> String
  {
    let source = base + Int(span.start)
    guard span.isEscaped else {
      return String(decoding: UnsafeBufferPointer(start: source, count: span.length), as: UTF8.self)
    }
    return String(unsafeUninitializedCapacity: span.length) { target in
      guard let start = target.baseAddress else { return 0 }
      return unescape(source, span.length, quote: quote, hasBackslash: hasBackslash, into: start)
    }
  }

  /// The most frequent number of fields; the larger of two that are equally frequent.
  var usualCount: Int {
    var frequency: [Int: Int] = [:]
    for count in fieldCounts { frequency[count, default: 0] += 1 }
    return frequency.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1
  }

  /// How likely the delimiter is the file's: 0 when nothing speaks for it, most when all records have equally many fields.
  /// Files whose rows differ are told by their first record.
  var score: Double {
    guard let first = fieldCounts.first else { return 0 }
    let usual = usualCount
    let agreeing = Double(fieldCounts.filter { $0 == usual }.count) / Double(fieldCounts.count)
    let width = max(first, usual)
    if width < 2 || (first < 2 && agreeing < 0.8) { return 0 }
    let matchesFirst = first == usual ? 1.0 : 0.7
    let width01 = 1 - 1 / Double(width)
    return agreeing * agreeing * matchesFirst + 0.05 * width01 + (first > 1 ? 0.01 : 0)
  }
}
