import ColumnStore

/// Why files could not be loaded.
public enum LoadError: Error, Equatable, Sendable {
  /// An option that does not exist.
  case unknownOption(name: String, nearest: [String])
  /// An option with a value that it does not take.
  case wrongOptionValue(option: String, found: String, expected: String)
  /// An option that names a column that no file has.
  case unknownColumn(name: String, option: String, nearest: [String])
  /// An encoding that the C library does not know.
  case unknownEncoding(name: String, nearest: [String])
  /// A path that leads nowhere.
  case notFound(path: String, nearest: [String])
  /// A pattern or folder without a file that can be loaded.
  case nothingToLoad(path: String)
  /// A file that the system does not let us read; `reason` is the system's.
  case unreadable(path: String, reason: String)
  /// A file without a single record.
  case isEmpty(path: String)
  /// A file that was written to or cut while it was read.
  case changed(path: String)
  /// An archive or compressed file that is damaged or of a kind that cannot be read.
  case damagedArchive(path: String, reason: String)
  /// More bytes than may be held in memory.
  case tooLarge(path: String, limit: Int)
  /// A record longer than can be addressed.
  case recordTooLong(path: String, line: Int, limit: Int)
  /// A data package whose descriptor is not as the standard says.
  case wrongPackage(path: String, place: String, found: String, expected: String)
  /// A file that cannot be read as a snapshot.
  case wrongSnapshot(path: String, fault: SnapshotFault)
  /// The load was stopped.
  case cancelled
}

extension LoadError: CustomStringConvertible {
  /// What was wrong, in one line.
  public var message: String {
    switch self {
    case .unknownOption(let name, _): "there is no load option '\(name)'"
    case .wrongOptionValue(let option, let found, _): "the load option '\(option)' does not take '\(found)'"
    case .unknownColumn(let name, let option, _): "'\(option)' names the column '\(name)', which no file has"
    case .unknownEncoding(let name, _): "the encoding '\(name)' is not known"
    case .notFound(let path, _): "\(path): no such file"
    case .nothingToLoad(let path): "\(path): nothing here that can be loaded"
    case .unreadable(let path, let reason): "\(path): \(reason)"
    case .isEmpty(let path): "\(path) is empty"
    case .changed(let path): "\(path) changed while it was in use"
    case .damagedArchive(let path, let reason): "\(path): \(reason)"
    case .tooLarge(let path, _): "\(path) does not fit into memory"
    case .recordTooLong(let path, let line, _): "\(path):\(line): the record that begins here is too long"
    case .wrongPackage(let path, let place, let found, _): "\(path): \(place): found \(found)"
    case .wrongSnapshot(let path, let fault): "\(path): \(fault.message)"
    case .cancelled: "the load was stopped"
    }
  }

  /// What would be right, where that can be said.
  public var help: String? {
    switch self {
    case .unknownOption(_, let nearest):
      LoadError.suggestion(nearest) ?? "options are " + LoadOptions.catalog.map(\.name).joined(separator: ", ")
    case .wrongOptionValue(_, _, let expected): "it takes " + expected
    case .unknownColumn(_, _, let nearest), .unknownEncoding(_, let nearest), .notFound(_, let nearest):
      LoadError.suggestion(nearest)
    case .nothingToLoad: "files that can be loaded end in " + FileFormat.knownExtensions.joined(separator: ", ")
    case .changed: "load it again when it is complete"
    case .tooLarge(_, let limit):
      "at most \(ByteSize(limit)) can be held; unpack it into a file, which need not fit, or allow more, as in "
        + "set memory '8GB'"
    case .recordTooLong(_, _, let limit):
      "a record may have \(limit) bytes; is a quote missing? 'quote none' reads the file without quotes"
    case .wrongPackage(_, _, _, let expected): "expected " + expected
    case .wrongSnapshot(_, let fault): fault.help
    case .unreadable, .isEmpty, .damagedArchive, .cancelled: nil
    }
  }

  /// The message, with the help where there is one.
  public var description: String { message + (help.map { "; " + $0 } ?? "") }

  private static func suggestion(_ names: [String]) -> String? {
    names.isEmpty ? nil : "did you mean " + names.joined(separator: " or ") + "?"
  }
}
