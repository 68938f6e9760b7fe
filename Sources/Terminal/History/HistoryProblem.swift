import Glibc

/// Why the history of statements is not read or not saved.
public struct HistoryProblem: Error, Equatable, CustomStringConvertible, Sendable {
  /// What could not be done.
  public enum Step: Sendable {
    /// Making the folder of the file.
    case makeFolder
    /// Opening the file for reading and writing.
    case openFile
    /// Reading or writing the open file.
    case useFile
  }

  /// What could not be done.
  public let step: Step
  /// The folder or file concerned.
  public let path: String
  /// The system's error number.
  public let code: Int32

  /// One line for a person.
  public var description: String {
    let reason = String(cString: strerror(code))
    return switch step {
    case .makeFolder: "history is not saved: cannot make the folder \(path): \(reason)"
    case .openFile: "history is not saved: cannot write \(path): \(reason)"
    case .useFile: "history is not saved: \(path): \(reason)"
    }
  }
}
