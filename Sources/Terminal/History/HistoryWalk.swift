/// Going through the statements typed before, one at a time, among those that begin as what is typed does.
struct HistoryWalk {
  /// What was typed when the walk began, and comes back at its end.
  private let draft: EditedText
  private let matches: [String]
  /// Which of `matches` is shown, from the newest; nil for the draft.
  private var place: Int?
  /// What the last step showed; anything else means that a person has changed it, and the walk is over.
  private(set) var shown: EditedText

  /// A walk that begins with what is typed: what stands before the cursor is what statements must begin with. Each
  /// statement comes once, and not the draft itself.
  init(from draft: EditedText, entries: [String]) {
    self.draft = draft
    let beginning = draft.before
    let text = draft.text
    var seen: Set<String> = [text]
    matches = entries.reversed().filter { $0.utf8.starts(with: beginning.utf8) && seen.insert($0).inserted }
    shown = draft
  }

  /// The next older statement, the cursor at the end of its first line, so that the next step up goes on; nil without one.
  mutating func older() -> EditedText? {
    let next = place.map { $0 + 1 } ?? 0
    guard matches.indices.contains(next) else { return nil }
    place = next
    var found = EditedText(matches[next], cursor: 0)
    found.move(to: found.lineEnd)
    shown = found
    return shown
  }

  /// The next newer statement, the cursor at its end, or what was typed; nil when that is shown already.
  mutating func newer() -> EditedText? {
    guard let now = place else { return nil }
    place = now > 0 ? now - 1 : nil
    shown = now > 0 ? EditedText(matches[now - 1]) : draft
    return shown
  }
}
