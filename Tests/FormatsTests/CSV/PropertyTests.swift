import ColumnStore
import FixedRandom
import Testing

@testable import Formats

@Suite("Against a plain reader") struct PropertyTests {
  /// Random text of few kinds of bytes, so that quotes, delimiters and line ends meet in every way.
  private static func content(
    _ random: inout FixedGenerator, wellFormed: Bool, end: String, delimiter: String
  ) -> String {
    let width = Int.random(in: 1...5, using: &random)
    var text = (0..<width).map { "c\($0)" }.joined(separator: delimiter) + end
    let plain = ["", "x", "ab", "12", "3.5", "é", "long text of some length", "a b", "2020-01-01", "null", "-"]
    let inner = ["", "x", "\"\"", delimiter, end, "y\"\"z", "twelve bytes and more", "\n", "\\"]
    let wild = plain + ["\"", "\"x", "x\"", "\"\"", delimiter, "a\"b", "\"a\"b", "\r", "\\\""]
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      var count = width
      if Int.random(in: 0..<6, using: &random) == 0 { count = Int.random(in: 0...width + 2, using: &random) }
      var fields: [String] = []
      for _ in 0..<count {
        switch Int.random(in: 0..<3, using: &random) {
        case 0 where !wellFormed:
          fields.append((wild.randomElement(using: &random) ?? "") + (wild.randomElement(using: &random) ?? ""))
        case 1:
          let parts = (0..<Int.random(in: 0...3, using: &random)).map { _ in inner.randomElement(using: &random) ?? "" }
          fields.append("\"" + parts.joined() + "\"")
        default: fields.append(plain.randomElement(using: &random) ?? "")
        }
      }
      text += fields.joined(separator: delimiter) + end
    }
    if Bool.random(using: &random) { text = String(text.unicodeScalars.dropLast(end.unicodeScalars.count)) }
    return text
  }

  @Test(arguments: [true, false], [",", ";", "\t"])
  func everyTextIsReadAsThePlainReaderReadsIt(wellFormed: Bool, delimiter: String) throws {
    let folder = try Folder()
    var random = FixedGenerator(seed: 69 &+ UInt64(delimiter.utf8.first ?? 0))
    for round in 0..<120 {
      let end = ["\n", "\r\n", "\r"][round % 3]
      let text = Self.content(&random, wellFormed: wellFormed, end: end, delimiter: delimiter)
      let path = try folder.write("t.csv", text)
      var options = LoadOptions()
      options.delimiter = delimiter.utf8.first
      options.header = true
      options.allText = true
      if round % 5 == 4 { options.escape = .backslash }
      for size in [1, 7, 64, 65, 300, 1 << 18] {
        var tuning = SourceFile.Tuning()
        tuning.chunkSize = size
        tuning.mappingThreshold = size % 2 == 0 ? 1 : 1 << 20
        tuning.sampleRows = 16
        tuning.unsurveyedSize = round % 2 == 0 ? 0 : .max
        let source = try DelimitedSource.open(paths: [path], options: options, tuning: tuning)
        try check(source, text: Array(text.utf8), comment: "round \(round), chunks of \(size)")
        // What is well-formed must not need the careful way.
        let file = try #require(source.files.first)
        let index = try #require(file.index)
        if wellFormed, file.dialect.scanDialect != nil { #expect(!index.isCareful, "round \(round), \(size)") }
      }
    }
  }

  private func check(_ source: DelimitedSource, text: [UInt8], comment: Comment) throws {
    let loaded = try source.load()
    let file = try #require(source.files.first)
    let records = ModelReader.read(text, file.dialect).dropFirst()
    let width = source.columnNames.count
    try #require(loaded.table.rowCount == records.count, comment)
    #expect(loaded.lines == records.map(\.line), comment)
    let nulls = ["", "N/A", "n/a", "NA", "null", "NULL", "-"].map { Array($0.utf8) }
    for column in 0..<width {
      let expected = records.map { record -> [UInt8]? in
        guard column < record.fields.count else { return nil }
        let field = record.fields[column]
        if field.text.isEmpty { return field.isQuoted && !file.dialect.quotesEverything ? [] : nil }
        return nulls.contains(field.text) ? nil : field.text
      }
      let found = (0..<loaded.table.rowCount).map { row in loaded.table.columns[column].withText(row) { Array($0) } }
      #expect(found == expected, comment)
    }
    let surplus = records.filter { $0.fields.count > width }.count
    #expect(loaded.rejected.filter { $0.hasSuffix("more fields than columns") }.count == surplus, comment)
  }

  @Test func oneThreadAndManyGiveTheSame() throws {
    var random = FixedGenerator(seed: 2021)
    var lines = ["id,code,text,n,day"]
    for row in 0..<20_000 {
      let code = ["IN", "TR", "NA", "", "DE"].randomElement(using: &random) ?? ""
      let text = Int.random(in: 0..<9, using: &random) == 0 ? "\"a \"\"\(row)\"\"\nb\"" : "text number \(row % 977)"
      lines.append("\(row),\(code),\(text),\(Int.random(in: -9...99999, using: &random)),2020-01-\(10 + row % 20)")
    }
    let folder = try Folder()
    let path = try folder.write("t.csv", lines.joined(separator: "\n"))
    var tuning = SourceFile.Tuning()
    tuning.chunkSize = 500
    tuning.mappingThreshold = 1
    tuning.unsurveyedSize = 0
    let threads = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = threads }
    var results: [LoadedTable] = []
    for count in [1, 2, 8] {
      WorkerPool.shared.threadCount = count
      results.append(try DelimitedSource.open(paths: [path], options: LoadOptions(), tuning: tuning).load())
    }
    let first = try #require(results.first)
    #expect(first.table.rowCount == 20_000)
    for other in results.dropFirst() {
      for column in first.names.indices {
        #expect(other.values(column) == first.values(column))
        #expect(
          other.table.columns[column].dictionary?.views.count == first.table.columns[column].dictionary?.views.count)
      }
      #expect(other.report == first.report)
      #expect(other.lines == first.lines)
    }
  }

  @Test func hostileBytesNeverTrap() throws {
    let folder = try Folder()
    var random = FixedGenerator(seed: 666)
    let bytes: [UInt8] = [
      0, 9, 10, 13, 32, 34, 39, 44, 45, 46, 48, 49, 57, 59, 65, 92, 101, 124, 0x80, 0xC3, 0xA9, 0xFF, 0xFE,
    ]
    for round in 0..<600 {
      let count = Int.random(in: 1...400, using: &random)
      let narrow = round % 3 == 0 ? [10, 13, 34, 44] : bytes
      let text = (0..<count).map { _ in narrow.randomElement(using: &random) ?? 0 }
      let path = try folder.write(["t.csv", "t.csv.gz", "t.zip", "t.tsv"][round % 4], text)
      var tuning = SourceFile.Tuning()
      tuning.chunkSize = Int.random(in: 1...100, using: &random)
      tuning.mappingThreshold = round % 2 == 0 ? 1 : 1 << 20
      tuning.sampleRows = Int.random(in: 1...50, using: &random)
      tuning.unsurveyedSize = round % 3 == 0 ? .max : 0
      do {
        let loaded = try DelimitedSource.open(paths: [path], options: LoadOptions(), tuning: tuning).load()
        for column in loaded.names.indices { _ = loaded.texts(column) }
        _ = loaded.report.lines
      } catch let error as LoadError {
        #expect(!error.description.isEmpty)
      }
    }
  }
}
