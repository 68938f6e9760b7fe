import ColumnStore

/// Files of separated values, opened and understood but not yet read: one table's worth.
public final class DelimitedSource: Sendable {
  /// The columns' names, those of all files united in the order of their first appearance.
  public let columnNames: [String]
  /// How the files are written.
  public let descriptionOfDialect: String

  /// Opens files (see `expandPaths` for patterns and folders), finds out how they are written and where their records lie.
  public static func open(
    paths: [String], options: LoadOptions = LoadOptions(), control: LoadControl = LoadControl()
  ) throws -> DelimitedSource {
    throw LoadError.nothingToLoad(path: paths.first ?? "")
  }

  init() {
    columnNames = []
    descriptionOfDialect = ""
  }

  /// Reads the rows. `columns` are indices into `columnNames`; the table has these alone, in the files' order. Nil: all.
  public func load(columns: Set<Int>? = nil, control: LoadControl = LoadControl()) throws -> LoadedTable {
    throw LoadError.cancelled
  }
}
