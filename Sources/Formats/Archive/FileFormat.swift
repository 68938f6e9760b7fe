/// What a file holds, told by its name.
public struct FileFormat: Sendable, Equatable {
  /// What stands in it once it is unpacked.
  public enum Content: Sendable, Equatable {
    /// Values separated by something that is found out.
    case delimited
    /// Values separated by tabs.
    case tabs
    /// Values separated by bars.
    case bars
    /// An archive of files.
    case archive
  }

  /// What stands in it.
  public var content: Content
  /// Whether it has to be decompressed first.
  public var isCompressed: Bool

  /// The extensions that can be loaded.
  public static let knownExtensions = ["csv", "tsv", "tab", "psv", "txt", "gz", "zst", "xz", "bz2", "zip", "tar"]

  /// The extensions of files that hold records in JSON.
  public static let jsonExtensions = ["json", "ndjson", "jsonl"]

  /// Whether a file's name promises records in JSON.
  static func isJSON(path: String) -> Bool {
    path.split(separator: ".").last.map { jsonExtensions.contains($0.lowercased()) } ?? false
  }

  /// What a file holds whose name promises something that is no table of separated values; nil for other names.
  static func foreignContent(path: String) -> String? {
    switch path.split(separator: ".").last?.lowercased() {
    case "xlsx", "xls", "ods": "a spreadsheet"
    case "parquet", "arrow", "feather": "a column file"
    case "pdf", "docx", "html", "htm": "a document"
    default: nil
    }
  }

  /// The format that a file's name promises; nil for a name that promises none of ours.
  public init?(path: String) {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    var parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, let last = parts.popLast() else { return nil }
    if ["zip", "tar", "tgz"].contains(last) {
      self.init(content: .archive, isCompressed: true)
    } else if ["gz", "zst", "xz", "bz2"].contains(last) {
      let inner = parts.count > 1 ? parts.last.flatMap(FileFormat.content) : nil
      self.init(content: inner ?? .delimited, isCompressed: true)
    } else if let content = FileFormat.content(last) {
      self.init(content: content, isCompressed: false)
    } else {
      return nil
    }
  }

  /// Values separated by something, in a file whose name says nothing.
  public static let plain = FileFormat(content: .delimited, isCompressed: false)

  private init(content: Content, isCompressed: Bool) {
    self.content = content
    self.isCompressed = isCompressed
  }

  private static func content(_ suffix: String) -> Content? {
    switch suffix {
    case "csv", "txt": .delimited
    case "tsv", "tab": .tabs
    case "psv": .bars
    case "tar": .archive
    default: nil
    }
  }
}
