import Testing

@testable import Formats

/// A reader of separated values as slow and as plain as can be, to hold the fast one against.
struct ModelReader {
  struct Field: Equatable {
    var text: [UInt8]
    var isQuoted = false
  }

  struct Record: Equatable {
    var fields: [Field]
    var line: Int
  }

  let dialect: Dialect
  private let text: [UInt8]
  private var position = 0
  private var line = 1

  /// All records, the header among them, without blank lines.
  static func read(_ text: [UInt8], _ dialect: Dialect) -> [Record] {
    var reader = ModelReader(dialect: dialect, text: text)
    var records: [Record] = []
    while reader.position < text.count {
      let start = reader.position
      let line = reader.line
      let fields = reader.record()
      if dialect.delimiter == nil || !reader.isBlank(start..<reader.position) {
        records.append(Record(fields: fields, line: line))
      }
    }
    if dialect.delimiter == nil {
      while records.count > 1, records.last?.fields == [Field(text: [])] { records.removeLast() }
    }
    return records
  }

  private init(dialect: Dialect, text: [UInt8]) {
    self.dialect = dialect
    self.text = text
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    text[range].allSatisfy { $0 == dialect.delimiter || $0 == 10 || $0 == 13 }
  }

  /// The length of the line end at a place; 0 where there is none.
  private func endLength(_ place: Int) -> Int {
    guard place < text.count else { return 0 }
    let next = place + 1 < text.count ? text[place + 1] : 0
    switch dialect.lineEnd {
    case .lineFeed, .carriageReturnLineFeed:
      if text[place] == 10 { return 1 }
      if text[place] == 13, place + 1 == text.count { return 1 }
      return text[place] == 13 && next == 10 ? 2 : 0
    case .carriageReturn: return text[place] == 13 ? 1 : 0
    case .mixed:
      if text[place] == 13, next == 10, place + 1 < text.count { return 2 }
      return text[place] == 10 || text[place] == 13 ? 1 : 0
    }
  }

  private mutating func record() -> [Field] {
    var fields: [Field] = []
    while true {
      fields.append(quoted() ?? unquoted())
      if position >= text.count {
        line += 1
        return fields
      }
      let length = endLength(position)
      if length > 0 {
        position += length
        line += 1
        return fields
      }
      position += 1
    }
  }

  private mutating func unquoted() -> Field {
    var field = Field(text: [])
    while position < text.count, text[position] != dialect.delimiter, endLength(position) == 0 {
      field.text.append(text[position])
      position += 1
    }
    return field
  }

  private mutating func quoted() -> Field? {
    guard let quote = dialect.quote, position < text.count, text[position] == quote else { return nil }
    var field = Field(text: [], isQuoted: true)
    var place = position + 1
    var lines = 0
    while place < text.count {
      let byte = text[place]
      let next = place + 1 < text.count ? text[place + 1] : nil
      if byte == quote, next == quote {
        field.text.append(quote)
        place += 2
      } else if byte == quote, next == nil || next == dialect.delimiter || endLength(place + 1) > 0 {
        position = place + 1
        line += lines
        return field
      } else if dialect.escape == .backslash, byte == 92, next == quote || next == 92 {
        field.text.append(next ?? 0)
        place += 2
      } else {
        // A line end inside is counted at its last byte; in a file of line feeds only they are lines.
        let isReturnLine = dialect.lineEnd == .carriageReturn || (dialect.lineEnd == .mixed && next != 10)
        if byte == 13 ? isReturnLine : byte == 10 && dialect.lineEnd != .carriageReturn { lines += 1 }
        field.text.append(byte)
        place += 1
      }
    }
    return nil
  }
}
