/// What a load found out and counted.
public struct LoadReport: Sendable, Equatable {
  /// One file.
  public struct File: Sendable, Equatable {
    /// The path as it was given; inside an archive `archive.zip/member.csv`.
    public var path: String
    /// The bytes read, after decompression.
    public var byteCount: Int
    /// The rows that it gave.
    public var rowCount: Int
    /// The name of its encoding.
    public var encoding: String
    /// How it is written.
    public var dialect: Dialect
    /// Lines passed over because nothing or only delimiters stood in them.
    public var blankLineCount: Int
    /// Columns of the table that the file has not.
    public var missingColumns: [String]
  }

  /// A text that stands for NULL and was met.
  public struct NullMarker: Sendable, Equatable {
    /// The text; empty for an empty field.
    public var text: String
    /// How often.
    public var count: Int
  }

  /// A column with values that could not be read.
  public struct UnreadableColumn: Sendable, Equatable {
    /// The column's name.
    public var name: String
    /// How many values.
    public var count: Int
    /// The first three places, `file:line`.
    public var places: [String]
  }

  /// The files, in order.
  public var files: [File] = []
  /// Files that were empty and passed over.
  public var emptyFiles: [String] = []
  /// The rows of the table.
  public var rowCount = 0
  /// The columns of the table.
  public var columnCount = 0
  /// The texts that were read as NULL, most frequent first.
  public var nullMarkers: [NullMarker] = []
  /// The columns in which something could not be read.
  public var unreadableColumns: [UnreadableColumn] = []
  /// Rows with more or fewer fields than columns.
  public var raggedRowCount = 0
  /// Numbers with a remark.
  public var remarkCount = 0
  /// Everything else that is worth saying, such as `NA` kept as a country code.
  public var notes: [String] = []

  /// An empty report.
  public init() {}

  /// The bytes of all files.
  public var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }
}

extension LoadReport {
  /// The report as a person reads it, a line each.
  public var lines: [String] {
    var result = [
      "\(countText(rowCount, "row")), \(countText(columnCount, "column")), \(byteText) in "
        + countText(files.count, "file")
    ]
    result += fileLines
    if !nullMarkers.isEmpty {
      let met = nullMarkers.map { "\($0.text.isEmpty ? "empty" : $0.text) \(groupedDigits(String($0.count)))" }
      result.append("NULL: " + met.joined(separator: ", "))
    }
    for column in unreadableColumns {
      let more = column.count > column.places.count ? " ..." : ""
      let places = column.places.map(shortPlace).joined(separator: ", ") + more
      result.append("\(column.name): \(countText(column.count, "value")) could not be read (\(places))")
    }
    if raggedRowCount > 0 {
      result.append("\(countText(raggedRowCount, "row")) with more or fewer fields than columns")
    }
    if remarkCount > 0 { result.append("\(countText(remarkCount, "number")) with a remark") }
    for path in emptyFiles { result.append("\(shortName(path)): empty, passed over") }
    return result + notes
  }

  private var byteText: String { Self.text(byteCount: byteCount) }

  /// A number of bytes as a person reads it: `23.3 kB`.
  public static func text(byteCount: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB"]
    var scaled = Double(byteCount)
    var unit = 0
    while scaled >= 1000, unit + 1 < units.count {
      scaled /= 1000
      unit += 1
    }
    if unit == 0 { return "\(byteCount) bytes" }
    let tenths = Int((scaled * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }

  private var fileLines: [String] {
    var kinds: [(text: String, files: [File])] = []
    for file in files {
      let text = "\(file.encoding); \(file.dialect)"
      if let index = kinds.firstIndex(where: { $0.text == text }) {
        kinds[index].files.append(file)
      } else {
        kinds.append((text, [file]))
      }
    }
    var result = kinds.map { kind in
      kinds.count == 1 ? kind.text : "\(names(kind.files.map { shortName($0.path) })): \(kind.text)"
    }
    let blank = files.reduce(0) { $0 + $1.blankLineCount }
    if blank > 0 { result.append("\(countText(blank, "line")) without values passed over") }
    return result + missingLines
  }

  /// Columns that not all files have, each with the fewer: those that have it, or those that have not. Columns that the
  /// same files lack share a line.
  private var missingLines: [String] {
    var order: [String] = []
    var missing: [String: [String]] = [:]
    for file in files {
      for name in file.missingColumns {
        if missing[name] == nil { order.append(name) }
        missing[name, default: []].append(file.path)
      }
    }
    var groups: [(columns: [String], without: [String])] = []
    var places: [[String]: Int] = [:]
    for name in order {
      let without = missing[name] ?? []
      if let place = places[without] {
        groups[place].columns.append(name)
      } else {
        places[without] = groups.count
        groups.append(([name], without))
      }
    }
    return groups.map { group in
      let lacking = Set(group.without)
      let with = files.map(\.path).filter { !lacking.contains($0) }
      let isMostlyMissing = with.count <= group.without.count
      let shown = names((isMostlyMissing ? with : group.without).map(shortName))
      return "\(names(group.columns)): \(isMostlyMissing ? "only in" : "not in") \(shown)"
    }
  }

  /// A file as it is called among many: by its last name, where no other has the same.
  private func shortName(_ path: String) -> String {
    guard files.count + emptyFiles.count > 3 else { return path }
    let name = LoadReport.lastName(of: path)
    let hasNamesake =
      files.contains { $0.path != path && LoadReport.lastName(of: $0.path) == name }
      || emptyFiles.contains { $0 != path && LoadReport.lastName(of: $0) == name }
    return hasNamesake ? path : name
  }

  /// A place `file:line` with the file as it is called among many.
  private func shortPlace(_ place: String) -> String {
    guard let colon = place.lastIndex(of: ":") else { return place }
    return shortName(String(place[..<colon])) + place[colon...]
  }

  private static func lastName(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private func names(_ list: [String]) -> String {
    list.prefix(3).joined(separator: ", ") + (list.count > 3 ? " and \(list.count - 3) more" : "")
  }

  private func countText(_ count: Int, _ noun: String) -> String {
    "\(groupedDigits(String(count))) \(noun)\(count == 1 ? "" : "s")"
  }
}
