/// Files inside files.
enum ArchiveReader {
  /// Calls `body` with every file that a path holds.
  static func forEachFile(
    in path: String, options: LoadOptions, tuning: SourceFile.Tuning, control: LoadControl,
    _ body: (FileBytes, FileFormat) throws -> Void
  ) throws {
    let format = FileFormat(path: path) ?? .plain
    let raw = try FileBytes.open(
      path: path, mappingThreshold: tuning.mappingThreshold, limit: tuning.memoryLimit, isCancelled: control.isCancelled
    )
    try body(raw, format)
  }
}
