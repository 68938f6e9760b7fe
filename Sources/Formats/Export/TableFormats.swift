/// The formats that there are.
public enum TableFormats {
  /// All formats, in the order in which help lists them.
  public static let all: [any TableFormat] = [
    BoxFormat(), CSVFormat(), TSVFormat(), JSONFormat(), NDJSONFormat(), MarkdownFormat(), HTMLFormat(), LineFormat(),
  ]

  /// The names, in the order in which help lists them.
  public static var names: [String] { all.map(\.name) }

  /// The format of a name, in any case; nil where there is none.
  public static func named(_ name: String) -> (any TableFormat)? {
    let wanted = name.lowercased()
    return all.first { $0.name == wanted || (wanted == "md" && $0.name == "markdown") }
  }

  /// The format that the ending of a file's name means (`csv`, or the whole name `out.csv`); nil where it means none.
  public static func forExtension(_ fileName: String) -> (any TableFormat)? {
    let ending = fileName.split(separator: ".", omittingEmptySubsequences: false).last.map { $0.lowercased() } ?? ""
    return all.first { $0.fileExtensions.contains(ending) }
  }
}
