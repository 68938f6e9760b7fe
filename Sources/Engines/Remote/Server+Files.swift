import ColumnStore
import Language
import Planning

/// A column of files that a database reads itself.
public struct FileColumn: Sendable {
  /// What the files call it.
  public let published: String
  /// What the table calls it.
  public let name: String
  /// What it holds; nil where its texts shall tell.
  public let type: DataType?
  /// Texts that stand for no value, besides the empty one.
  public let nulls: [String]

  /// A column.
  public init(_ published: String, name: String? = nil, type: DataType? = nil, nulls: [String] = []) {
    self.published = published
    self.name = name ?? published
    self.type = type
    self.nulls = nulls
  }
}

/// Files that a database reads itself: none of their rows passes through this process.
extension Server {
  /// How many rows are looked at for what a column may hold; what is found is then asked of all rows.
  private static let sampledRows = 10_000

  /// Makes a view of files in which all values are texts; the names of its columns.
  ///
  /// - Parameter options: options of the database's own reader.
  public func viewFiles(
    _ name: String, at path: String, options: [(name: String, value: String)],
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> [String] {
    try makeView(name, of: path, options: options, isCancelled: isCancelled)
    return try table(name, isCancelled: isCancelled).descriptions.map(\.name)
  }

  /// The table of such a view, in the types that columns are of, or that all of their texts can be read as; and how many
  /// texts of which column could not be read.
  public func fileTable(
    _ name: String, _ columns: [FileColumn], isCancelled: @escaping @Sendable () -> Bool
  ) throws -> (table: Table, unread: [(column: String, count: Int)]) {
    let view = dialect.quoted(name)
    let texts = columns.map(text)
    func counts(_ expressions: [String], of rows: String) throws -> [Int] {
      let counted = (["*"] + expressions).map { "COUNT(\($0))" }
      let fields = counted.map { _ in Field(name: "", type: .integer) }
      let writer = SQLWriter(dialect: dialect)
      let table = try self.rows(
        of: "SELECT \(writer.list(counted)) FROM \(rows)", fields: fields, isCancelled: isCancelled)
      return table.row(0).map { if case .integer(let count) = $0 { Int(count) } else { 0 } }
    }
    func read(_ index: Int, _ type: DataType) -> String {
      TextReading.value(texts[index], as: type, in: dialect) ?? texts[index]
    }
    var types = columns.map(\.type)
    let unknown = types.indices.filter { types[$0] == nil }
    let candidates = TextReading.candidates
    let sampled = try counts(
      unknown.flatMap { index in [texts[index]] + candidates.map { read(index, $0) } },
      of: "(SELECT * FROM \(view) LIMIT \(Self.sampledRows)) AS t"
    ).dropFirst()
    for (place, index) in unknown.enumerated() {
      let found = Array(sampled.dropFirst(place * (candidates.count + 1)).prefix(candidates.count + 1))
      let fitting = candidates.indices.first { found[0] > 0 && found[$0 + 1] == found[0] }
      types[index] = fitting.map { candidates[$0] } ?? .text
    }
    let typed = types.indices.filter { types[$0] != .text }
    let numbers = try counts(typed.flatMap { [texts[$0], read($0, types[$0] ?? .text)] }, of: view)
    var unread: [(String, Int)] = []
    for (place, index) in typed.enumerated() {
      let missing = numbers[1 + 2 * place] - numbers[2 + 2 * place]
      if missing == 0 { continue }
      // What only looked like it in the first rows stays as it stands.
      if columns[index].type == nil { types[index] = .text } else { unread.append((columns[index].name, missing)) }
    }
    let fields = zip(columns, types).map { ColumnDescription(name: $0.name, type: $1 ?? .text) }
    let source = RemoteTable(
      server: self, sqlName: view, fields: fields, rowCount: numbers[0],
      sources: types.indices.map { read($0, types[$0] ?? .text) })
    let table = Table(
      descriptions: fields, columns: TableColumns(count: fields.count, from: source), rowCount: numbers[0],
      note: "on \(self.name)")
    return (table, unread)
  }

  /// A table of it as if nothing had been asked of it yet.
  public func renewed(_ table: Table) -> Table {
    guard let source = table.columns.source as? RemoteTable else { return table }
    return Table(
      descriptions: table.descriptions, columns: TableColumns(count: table.columns.count, from: source.renewed()),
      rowCount: table.rowCount, note: table.note)
  }

  private func text(_ column: FileColumn) -> String {
    let name = dialect.quoted(column.published)
    if column.nulls.isEmpty { return name }
    let nulls = column.nulls.map(dialect.textLiteral).joined(separator: ", ")
    return "CASE WHEN \(name) NOT IN (\(nulls)) THEN \(name) END"
  }
}
