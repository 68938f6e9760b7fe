import ColumnStore

/// A file of tables as the column store keeps them: `SnapshotDirectory` says how it is made up.
///
/// Opening one maps it and reads its directory; a column is checked, whole, when it is first asked for.
public struct Snapshot: Sendable {
  /// The path as it was given.
  public let path: String
  /// The size of the file.
  public let byteCount: Int
  /// The program that saved it, with its version.
  public let savedBy: String
  /// When it was saved, in microseconds since 1970-01-01 00:00:00 UTC.
  public let savedAt: Int64
  /// The tables, in the order in which they were saved.
  public let tables: [(name: String, table: Table)]

  /// The ending of a snapshot's name, without the dot.
  public static let fileExtension = "nbs"

  /// Whether a path ends as the names of snapshots do.
  public static func isNamed(_ path: String) -> Bool {
    path.split(separator: "/").last?.lowercased().hasSuffix(".\(fileExtension)") ?? false
  }

  /// Opens a snapshot.
  ///
  /// - Throws: `LoadError`, for a file that is none among others.
  public init(path: String, control: LoadControl = LoadControl()) throws {
    try self.init(FileBytes.open(path: path, control: control))
  }

  init(_ file: FileBytes) throws {
    let path = file.path
    do throws(SnapshotFault) {
      let directory = try Snapshot.directory(of: file)
      let reader = ColumnReader(file, directory)
      tables = directory.tables.map { saved in
        let source = SnapshotColumns(path: path, file: file, table: saved, reader: reader)
        let table = Table(
          descriptions: saved.descriptions, columns: TableColumns(count: saved.columns.count, from: source),
          rowCount: saved.rowCount, origin: saved.origin, note: saved.note)
        return (saved.name, table)
      }
      savedBy = directory.savedBy
      savedAt = directory.savedAt
    } catch {
      throw LoadError.wrongSnapshot(path: path, fault: error)
    }
    self.path = path
    byteCount = file.count
  }

  private static func directory(of file: FileBytes) throws(SnapshotFault) -> SnapshotDirectory {
    try SnapshotEnds.check(header: file.bytes(0..<min(SnapshotEnds.headerSize, file.count)))
    let footer = file.bytes(max(0, file.count - SnapshotEnds.footerSize)..<file.count)
    let (range, expected) = try SnapshotEnds.directory(footer: footer, fileSize: file.count)
    let bytes = file.bytes(range)
    guard checksum(bytes) == expected else { throw .damaged(part: nil) }
    var decoder = DirectoryDecoder(bytes, blocks: SnapshotEnds.headerSize..<range.lowerBound)
    return try decoder.directory()
  }

  /// Writes tables to a sink that nothing has been written to.
  ///
  /// - Parameters:
  ///   - savedBy: the program, with its version.
  ///   - savedAt: the time, in microseconds since 1970-01-01 00:00:00 UTC.
  /// - Throws: what the sink throws.
  public static func write(
    _ tables: [(name: String, table: Table)], savedBy: String, savedAt: Int64, to sink: any ByteSink
  ) throws {
    var writer = SnapshotWriter(sink, savedBy: savedBy, savedAt: savedAt)
    try writer.write(tables)
  }
}
