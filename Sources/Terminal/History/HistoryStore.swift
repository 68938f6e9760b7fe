/// Where the statements typed so far are kept: the seam between the line editor and the history file.
public protocol HistoryStore: AnyObject {
  /// The statements, oldest first. A statement of several lines is one entry, line ends inside.
  var entries: [String] { get }

  /// Adds a statement and says whether it was kept; a store may leave out what should not be remembered.
  @discardableResult func add(_ statement: String) -> Bool
}

/// A history that lasts as long as the process.
public final class MemoryHistory: HistoryStore {
  /// The statements, oldest first.
  public private(set) var entries: [String] = []
  /// How many statements are kept at most; the oldest go first.
  public let limit: Int

  /// An empty history.
  public init(limit: Int = 10_000) { self.limit = max(0, limit) }

  /// Adds a statement as ``HistoryPolicy`` says.
  @discardableResult public func add(_ statement: String) -> Bool {
    guard limit > 0, let kept = HistoryPolicy.entry(for: statement, after: entries.last) else { return false }
    append(kept)
    return true
  }

  /// Adds an entry that was kept before, by another session.
  func append(_ entry: String) {
    entries.append(entry)
    if entries.count > limit { entries.removeFirst(entries.count - limit) }
  }
}

/// What a history remembers.
public enum HistoryPolicy {
  /// The entry that `statement` becomes, line ends at its end removed; nil when it is not to be kept: it is blank, it
  /// starts with a space, or it repeats `previous`, the entry before it.
  public static func entry(for statement: String, after previous: String?) -> String? {
    guard statement.first != " " else { return nil }
    var entry = Substring(statement)
    while let last = entry.last, last.isNewline { entry.removeLast() }
    guard entry.contains(where: { !$0.isWhitespace }), entry != previous ?? "" else { return nil }
    return String(entry)
  }
}
