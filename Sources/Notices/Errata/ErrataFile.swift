import ColumnStore
import Formats
import Language

/// Files of errata: tables with the columns of `Erratum.columns`, in which several platforms or fields are separated by `;`.
public enum ErrataFile {
  /// The errata that come with the notebook: `datasets/advisories.csv`, which is part of the program.
  public static let published: [Erratum] = {
    // A test reads them.
    let source = try? DelimitedSource.open(
      bytes: PackageResources.advisories_csv, name: "advisories.csv", options: options)
    return source.flatMap { try? errata(in: $0, name: "advisories.csv") } ?? []
  }()

  /// The errata of a person's own file.
  ///
  /// - Throws: a `Diagnostic` that names the place in the file; `LoadError` when it cannot be read.
  public static func errata(at path: String, control: LoadControl = LoadControl()) throws -> [Erratum] {
    try errata(in: DelimitedSource.open(paths: [path], options: options, control: control), name: path)
  }

  /// Every cell is read as it stands, so that nothing is guessed.
  private static var options: LoadOptions {
    var options = LoadOptions()
    options.allText = true
    options.header = true
    return options
  }

  private static func errata(in source: DelimitedSource, name: String) throws -> [Erratum] {
    let names = source.columnNames.map { $0.lowercased() }
    let missing = Erratum.columns.map(\.name).filter { !names.contains($0) }
    guard missing.isEmpty else {
      throw Diagnostic(
        "\(name) is no file of errata: it has no column \(missing.map { "`\($0)`" }.joined(separator: ", "))", at: nil,
        help: "its columns are \(Erratum.columns.map(\.name).joined(separator: ", "))")
    }
    let table = try source.load().table
    return try (0..<table.rowCount).map { row in
      var cells: [String: String] = [:]
      for (column, value) in zip(names, table.row(row)) {
        if case .text(let text) = value { cells[column] = text }
      }
      return try erratum(cells, place: "\(name): row \(row + 1)")
    }
  }

  private static func erratum(_ cells: [String: String], place: String) throws -> Erratum {
    func text(_ column: String) throws -> String {
      guard let text = cells[column], !text.isEmpty else {
        throw Diagnostic("\(place): `\(column)` is empty", at: nil, help: "every erratum has id, source and what")
      }
      return text
    }
    func day(_ column: String) throws -> Int32? {
      guard let text = cells[column], !text.isEmpty else { return nil }
      guard let day = TextParsing.date(text[...]) else {
        throw Diagnostic("\(place): `\(column)` is no date: '\(text)'", at: nil, help: "for example: 2025-07-01")
      }
      return day
    }
    func list(_ column: String) -> [String] {
      (cells[column] ?? "").split(separator: ";").map { item in
        String(item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }.filter { !$0.isEmpty }
    }
    let erratum = Erratum(
      id: try text("id"), source: try text("source"), platforms: list("platform"), fields: list("field"),
      first: try day("from"), last: try day("to"), fault: try text("what"), announced: try day("announced"),
      place: cells["where"] ?? "")
    if let first = erratum.first, let last = erratum.last, first > last {
      throw Diagnostic("\(place): `from` is later than `to`", at: nil)
    }
    return erratum
  }
}
