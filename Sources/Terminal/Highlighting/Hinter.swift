/// Guesses how a statement will go on, to be shown faintly behind the cursor and taken with the right arrow.
public protocol Hinter {
  /// What may follow `text`, a whole statement so far with its earlier lines; nil for no idea. Asked at every key.
  func hint(for text: String) -> String?
}

/// Guesses what was typed before: the latest statement of a history that begins in the same way.
public struct HistoryHinter: Hinter {
  private let history: any HistoryStore

  /// A hinter over a history.
  public init(_ history: any HistoryStore) { self.history = history }

  /// The rest of the latest statement that begins with `text`.
  public func hint(for text: String) -> String? {
    guard text.contains(where: { !$0.isWhitespace }) else { return nil }
    let known = history.entries.last { $0.utf8.count > text.utf8.count && $0.utf8.starts(with: text.utf8) }
    return known.map { String(Substring($0.utf8.dropFirst(text.utf8.count))) }
  }
}
