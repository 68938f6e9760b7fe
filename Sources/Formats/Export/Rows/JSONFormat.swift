import ColumnStore

/// A JSON array (RFC 8259) with one object per line.
///
/// NULL, and doubles that are no number, are `null`; dates and timestamps are strings in ISO 8601; lists are arrays. A column
/// name that occurs twice gets a number (`n_2`), since most readers keep only one of two equal keys.
public struct JSONFormat: TableFormat {
  /// `json`.
  public let name = "json"
  /// `.json`
  public let fileExtensions = ["json"]

  /// The format.
  public init() {}

  /// Writes all rows.
  public func write(_ table: Table, presentation: Presentation, to sink: any ByteSink) throws {
    guard table.rowCount > 0 else { return try sink.write("[]\n") }
    try sink.write("[")
    let syntax = jsonSyntax(table, rowStart: ",\n{", rowEnd: "}")
    try RowWriter(table, syntax: syntax).write(to: sink, skipped: 1)
    try sink.write("\n]\n")
  }
}

/// Rows as JSON objects.
func jsonSyntax(_ table: Table, rowStart: String, rowEnd: String) -> RowSyntax {
  let keys = distinctNames(table.descriptions.map(\.name)).enumerated().map { index, name in
    var bytes: [UInt8] = index == 0 ? [] : [UInt8(ascii: ",")]
    appendJSONString(name.utf8, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    return bytes
  }
  return RowSyntax(
    rowStart: Array(rowStart.utf8), rowEnd: Array(rowEnd.utf8), cellStarts: keys, null: Array("null".utf8),
    textForm: .json)
}

/// The names, where a repeated one gets the first number that makes it distinct: `n`, `n_2`, `n_3`.
func distinctNames(_ names: [String]) -> [String] {
  var taken = Set(names)
  var seen: Set<String> = []
  return names.map { name in
    if seen.insert(name).inserted { return name }
    var number = 2
    while taken.contains("\(name)_\(number)") { number += 1 }
    taken.insert("\(name)_\(number)")
    return "\(name)_\(number)"
  }
}
