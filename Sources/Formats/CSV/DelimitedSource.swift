import ColumnStore
import Synchronization

/// Files of separated values, opened and understood but not yet read: one table's worth.
///
/// Opening finds out encoding, dialect and names and where the records lie; loading reads values, of all columns or of
/// some, as often as one likes.
public final class DelimitedSource: Sendable {
  /// The columns' names, those of all files united in the order of their first appearance. Names match with case ignored.
  public let columnNames: [String]
  /// Files that were empty and passed over.
  public let emptyFiles: [String]

  let options: LoadOptions
  let tuning: SourceFile.Tuning
  private let state: Mutex<[SourceFile]>

  /// Opens files (see `expandPaths` for patterns and folders), finds out how they are written and where their records lie.
  /// Archives give a file for each of their members.
  ///
  /// - Throws: `LoadError`. A single empty file is an error; among others an empty one is passed over.
  public static func open(
    paths: [String], options: LoadOptions = LoadOptions(), control: LoadControl = LoadControl()
  ) throws -> DelimitedSource {
    try open(paths: paths, options: options, control: control, tuning: SourceFile.Tuning())
  }

  /// Opens the bytes of a file that is part of the program.
  ///
  /// - Throws: `LoadError`.
  public static func open(bytes: [UInt8], name: String, options: LoadOptions = LoadOptions()) throws -> DelimitedSource
  {
    let tuning = SourceFile.Tuning()
    let file = try SourceFile(
      FileBytes(path: name, bytes: bytes), format: .delimited, options: options, tuning: tuning, control: LoadControl())
    return try DelimitedSource(files: [file], emptyFiles: [], options: options, tuning: tuning)
  }

  static func open(
    paths: [String], options: LoadOptions, control: LoadControl = LoadControl(), tuning: SourceFile.Tuning
  ) throws -> DelimitedSource {
    var options = options
    // JSON says itself what is no value.
    if paths.allSatisfy(FileFormat.isJSON) { options.nulls = options.nulls ?? [] }
    let opened = try OpenedPath.open(paths, options: options, tuning: tuning, control: control)
    let files = opened.flatMap(\.files)
    let empty = opened.flatMap(\.emptyFiles)
    if files.isEmpty {
      if let first = empty.first { throw LoadError.isEmpty(path: first) }
      throw LoadError.nothingToLoad(path: paths.first ?? "")
    }
    return try DelimitedSource(files: files, emptyFiles: empty, options: options, tuning: tuning)
  }

  init(files: [SourceFile], emptyFiles: [String], options: LoadOptions, tuning: SourceFile.Tuning) throws {
    var names: [String] = []
    var numbers: [String: Int] = [:]
    for file in files {
      for name in file.names where numbers[name.lowercased()] == nil {
        numbers[name.lowercased()] = names.count
        names.append(name)
      }
    }
    for name in options.types.keys.sorted() where numbers[name.lowercased()] == nil {
      throw LoadError.unknownColumn(name: name, option: "types", nearest: nearestNames(to: name, among: names))
    }
    let mapped = files.map { file in
      var file = file
      var map: [Int?] = Array(repeating: nil, count: names.count)
      for (column, name) in file.names.enumerated() {
        if let number = numbers[name.lowercased()] { map[number] = column }
      }
      file.columnMap = map
      return file
    }
    columnNames = names
    self.emptyFiles = emptyFiles
    self.options = options
    self.tuning = tuning
    state = Mutex(mapped)
  }

  /// The same files with other names for columns, as a source adapter gives them. Nothing is read for it.
  ///
  /// - Parameters:
  ///   - names: new names by the old ones in lower case. Types that the options give by old names hold for the new ones.
  ///   - types: types by new names; those of the options go before them.
  ///   - nulls: the texts that stand for NULL where the options do not say it.
  public func adapted(names: [String: String], types: [String: DataType], nulls: [String]?) throws -> DelimitedSource {
    func renamed(_ name: String) -> String { names[name.lowercased()] ?? name }
    var options = options
    options.types = types
    for (name, type) in self.options.types { options.types[renamed(name)] = type }
    options.nulls = options.nulls ?? nulls
    let files = self.files.map { file in
      var file = file
      // Where two columns of one file would get the same name, the second keeps its own.
      var taken: Set<String> = []
      file.names = file.names.map { taken.insert(renamed($0).lowercased()).inserted ? renamed($0) : $0 }
      return file
    }
    return try DelimitedSource(files: files, emptyFiles: emptyFiles, options: options, tuning: tuning)
  }

  /// The files as they are understood now; a load may replace an index by one that was made with more care.
  var files: [SourceFile] { state.withLock { $0 } }

  /// How the files are written: `UTF-8; comma, quote ", LF, header`.
  public var descriptionOfDialect: String {
    var kinds: [String] = []
    for file in files {
      let text = "\(file.encoding); \(file.dialect)"
      if !kinds.contains(text) { kinds.append(text) }
    }
    return kinds.joined(separator: " | ")
  }

  /// The mapped files that a table of this source may read from.
  public var mappedFiles: [MappedFile] { files.compactMap(\.bytes.mapping) }

  /// Reads the rows. `columns` are indices into `columnNames`; the table has these alone, in the files' order. Nil: all.
  ///
  /// - Throws: `LoadError.cancelled`, `.changed`, `.recordTooLong`, `.tooLarge`; `MemoryError`.
  public func load(columns: Set<Int>? = nil, control: LoadControl = LoadControl()) throws -> LoadedTable {
    let wanted = columnNames.indices.filter { columns?.contains($0) ?? true }
    while true {
      let files = self.files
      let before = MemoryBudget.shared.temporaryBytes
      do {
        var load = TableLoad(
          files: files, names: columnNames, wanted: wanted, options: options, tuning: tuning, control: control)
        var loaded = try load.run(emptyFiles: emptyFiles)
        let indices = load.indices
        state.withLock { files in for (number, index) in indices.enumerated() { files[number].index = index } }
        for mapping in files.compactMap(\.bytes.mapping) where mapping.hasChanged {
          throw LoadError.changed(path: mapping.path)
        }
        let spilled = MemoryBudget.shared.temporaryBytes - before
        if spilled > 0, let folder = MemoryBudget.shared.temporaryFolder {
          loaded.report.notes.append(
            "\(ByteSize(spilled)) kept in temporary files under \(folder): over the limit of `set memory`")
        }
        return loaded
      } catch let error as UnsurveyedFile {
        for file in files.indices where error.file == nil || error.file == file { try survey(file, control) }
      } catch let error as MalformedFile {
        let file = files[error.file]
        // A file that was cut reads as zeros, which is no reason to look for lone quotes.
        if file.bytes.mapping?.hasChanged == true { throw LoadError.changed(path: file.bytes.path) }
        if file.index == nil {
          try survey(error.file, control)
        } else {
          let careful = try file.readingCarefully(tuning: tuning, control: control)
          state.withLock { $0[error.file] = careful }
        }
      }
    }
  }

  /// Looks for the records of a file, where it is not known where they lie.
  private func survey(_ number: Int, _ control: LoadControl) throws {
    let surveyed = try files[number].surveyed(tuning: tuning, control: control)
    state.withLock { $0[number] = surveyed }
  }
}

/// A file turned out to have quotes that are not as they should be; its records must be found one by one.
struct MalformedFile: Error {
  let file: Int
}
