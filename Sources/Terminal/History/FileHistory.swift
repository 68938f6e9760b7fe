import Glibc

/// The history of statements in a file that only the user may read.
///
/// Several sessions may share the file: each entry is appended under a lock, and the file is cut to size, once at the
/// start of a session, by writing a new one and renaming it over the old. A session shows what was there when it
/// started and what it added itself.
///
/// Nothing here stops a session: where the file cannot be used the history lives in memory, and `warn` is told once.
public final class FileHistory: HistoryStore {
  /// The statements, oldest first.
  public var entries: [String] { memory.entries }
  /// How many statements are kept at most, here and in the file.
  public var limit: Int { memory.limit }

  private let memory: MemoryHistory
  private let warn: (HistoryProblem) -> Void
  private let isSecret: (String) -> Bool
  private var file: HistoryFile?

  /// Reads the history, makes the file private, and cuts it to `limit` entries.
  ///
  /// - Parameters:
  ///   - location: where the file is; nil to keep nothing beyond this session.
  ///   - limit: how many entries are kept at most.
  ///   - isSecret: whether a statement is not to be kept, here or in the file.
  ///   - warn: told at most once why entries are not saved.
  public init(
    at location: HistoryLocation? = .standard(), limit: Int = 10_000,
    isSecret: @escaping (String) -> Bool = { _ in false }, warn: @escaping (HistoryProblem) -> Void
  ) {
    memory = MemoryHistory(limit: limit)
    self.isSecret = isSecret
    self.warn = warn
    guard let location, limit > 0 else { return }
    let file = HistoryFile(location: location)
    do throws(HistoryProblem) {
      try file.load(limit: limit).forEach { memory.append($0) }
      self.file = file
    } catch {
      file.readOnlyEntries().suffix(limit).forEach { memory.append($0) }
      warn(error)
    }
  }

  /// Adds a statement as ``HistoryPolicy`` says, here and at the end of the file.
  @discardableResult public func add(_ statement: String) -> Bool {
    guard !isSecret(statement), memory.add(statement), let entry = memory.entries.last else { return false }
    do throws(HistoryProblem) {
      try file?.append(entry)
    } catch {
      file = nil
      warn(error)
    }
    return true
  }
}
