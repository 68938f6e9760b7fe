/// Looking for a statement that holds some text anywhere, from the newest to the oldest.
struct HistorySearch {
  private let entries: [String]
  /// What is looked for, as typed.
  private(set) var pattern = ""
  /// The statements that hold it, newest first, each once.
  private(set) var matches: [String] = []
  /// Which of them is shown.
  private(set) var place = 0

  /// A search through statements, oldest first.
  init(entries: [String]) {
    var seen: Set<String> = []
    self.entries = entries.reversed().filter { seen.insert($0).inserted }
  }

  /// The statement that was found, the cursor where it holds the pattern; nil when none does, or nothing is asked for.
  var found: EditedText? {
    guard matches.indices.contains(place) else { return nil }
    let entry = matches[place]
    let range = HistorySearch.range(of: pattern, in: entry)
    let before = range.map { entry[..<$0.lowerBound].unicodeScalars.count } ?? 0
    return EditedText(entry, cursor: before)
  }

  /// Looks for another pattern.
  mutating func look(for pattern: String) {
    self.pattern = pattern
    place = 0
    matches = pattern.isEmpty ? [] : entries.filter { HistorySearch.range(of: pattern, in: $0) != nil }
  }

  /// The statement before the one that is shown, or behind it; false at the end.
  mutating func step(older: Bool) -> Bool {
    let next = older ? place + 1 : place - 1
    guard matches.indices.contains(next) else { return false }
    place = next
    return true
  }

  /// What stands below the statement meanwhile.
  var label: String {
    if pattern.isEmpty { return "search: " }
    return "search: \(pattern)" + (matches.isEmpty ? "  (nothing)" : "  (\(place + 1) of \(matches.count))")
  }

  /// Where a text holds another, capital letters only told apart where the pattern has some.
  private static func range(of pattern: String, in text: String) -> Range<String.Index>? {
    if pattern.contains(where: \.isUppercase) { return text.firstRange(of: pattern) }
    guard let range = text.lowercased().firstRange(of: pattern) else { return nil }
    // Small letters may be longer; what is looked for is then at the beginning of the text for all that the cursor knows.
    let lowered = text.lowercased()
    guard lowered.utf8.count == text.utf8.count else { return text.startIndex..<text.startIndex }
    let lower = text.utf8.index(
      text.startIndex, offsetBy: lowered.utf8.distance(from: lowered.startIndex, to: range.lowerBound))
    let upper = text.utf8.index(lower, offsetBy: pattern.utf8.count)
    return lower..<upper
  }
}
