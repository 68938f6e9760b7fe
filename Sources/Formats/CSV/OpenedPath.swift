import ColumnStore
import Synchronization

/// The files of values that one path gave: itself, or the members of an archive.
struct OpenedPath: Sendable {
  private(set) var files: [SourceFile] = []
  /// Files that were empty and passed over.
  private(set) var emptyFiles: [String] = []
  /// The bytes of memory that its files take, and the most that they took at one time.
  private var used = 0
  private var peak = 0

  /// Opens paths, several at the same time. What comes of it, an error too, is what opening them one after the other gives.
  ///
  /// - Throws: `LoadError`, that of the first path that has one.
  static func open(
    _ paths: [String], options: LoadOptions, tuning: SourceFile.Tuning, control: LoadControl
  ) throws -> [OpenedPath] {
    control.meter.begin(paths.reduce(0) { $0 + (FileIdentity(path: $1)?.size ?? 0) })
    // A pipe may wait for another one to be read, and only the thread that was interrupted stops to wait for a writer.
    if paths.count > 1, paths.allSatisfy({ FileIdentity(path: $0)?.isRegular == true }) {
      do {
        let opened = try openTogether(paths, options: options, tuning: tuning, control: control)
        if fits(opened, limit: tuning.memoryLimit) { return opened }
      } catch LoadError.tooLarge {
        // Which file found too little memory depended on the threads; one after the other it does not.
      }
    }
    let budget = OpeningBudget(limit: tuning.memoryLimit)
    return try paths.map { path in
      try OpenedPath(path, options: options, tuning: tuning, budget: budget, control: control)
    }
  }

  /// A file in which nothing stands.
  private struct EmptyFile: Error {
    let path: String
  }

  private static func openTogether(
    _ paths: [String], options: LoadOptions, tuning: SourceFile.Tuning, control: LoadControl
  ) throws -> [OpenedPath] {
    let budget = OpeningBudget(limit: tuning.memoryLimit)
    let opened = Mutex<[OpenedPath?]>(Array(repeating: nil, count: paths.count))
    let failed = Mutex<(path: Int, error: any Error)?>(nil)
    try? WorkerPool.shared.run(parts: paths.count) { number, _ in
      do {
        let path = try OpenedPath(paths[number], options: options, tuning: tuning, budget: budget, control: control)
        opened.withLock { $0[number] = path }
      } catch {
        // Paths are handed out in order, so all before this one are opened to their end.
        failed.withLock { if number < $0?.path ?? .max { $0 = (number, error) } }
        throw error
      }
    }
    if let error = failed.withLock({ $0?.error }) { throw error }
    return opened.withLock { $0.compactMap(\.self) }
  }

  /// Whether the memory is enough for opening the same paths one after the other.
  private static func fits(_ opened: [OpenedPath], limit: Int) -> Bool {
    var used = 0
    for path in opened {
      if used + path.peak > limit { return false }
      used += path.used
    }
    return true
  }

  private init(
    _ path: String, options: LoadOptions, tuning: SourceFile.Tuning, budget: OpeningBudget, control: LoadControl
  ) throws {
    if control.isCancelled() { throw LoadError.cancelled }
    if FileFormat.isJSON(path: path) {
      let raw = try FileBytes.open(path: path, limit: tuning.memoryLimit, control: control)
      let bytes = try JSONRecords(raw.bytes(0..<raw.count), path: path).delimited
      var options = options
      options.header = true
      options.encoding = "utf-8"
      (options.delimiter, options.quote, options.escape) = (UInt8(ascii: ","), .character(UInt8(ascii: "\"")), .doubled)
      files.append(
        try SourceFile(
          FileBytes(path: path, bytes: bytes), format: .delimited, options: options, tuning: tuning, control: control))
      return
    }
    if let content = FileFormat.foreignContent(path: path) {
      throw LoadError.unreadable(
        path: path, reason: "this is \(content), which cannot be loaded; save it as CSV first")
    }
    var reader = ArchiveReader(
      options: options, mappingThreshold: tuning.mappingThreshold, budget: budget, control: control)
    let opened = try reader.files(in: path) { bytes, format in
      do {
        return Result<SourceFile, EmptyFile>.success(
          try SourceFile(bytes, format: format.content, options: options, tuning: tuning, control: control))
      } catch LoadError.isEmpty(let path) {
        return .failure(EmptyFile(path: path))
      }
    }
    for file in opened {
      switch file {
      case .success(let file): files.append(file)
      case .failure(let empty): emptyFiles.append(empty.path)
      }
    }
    used = reader.used
    peak = reader.peak
  }
}
