/// What was deleted, to be put back: `^Y` puts back the latest, `M-y` in its place the one before.
struct KillRing {
  private static let limit = 30

  private var texts: [String] = []
  private var turn = 0
  /// What was put back last, and where it stands; until something else is done to the statement.
  private var yanked: (edited: EditedText, range: Range<Int>)?
  private var killed: EditedText?

  /// Deletes what lies between the cursor and a place. What is deleted right after something else joins it.
  mutating func kill(to place: Int, in edited: inout EditedText) -> Bool {
    let joins = killed == edited
    let isBackwards = place < edited.cursor
    let text = edited.delete(to: place)
    guard !text.isEmpty else { return false }
    if joins, let last = texts.popLast() {
      texts.append(isBackwards ? text + last : last + text)
    } else {
      texts.append(text)
    }
    if texts.count > KillRing.limit { texts.removeFirst() }
    killed = edited
    return true
  }

  /// Puts back what was deleted last.
  mutating func yank(into edited: inout EditedText) -> Bool {
    turn = texts.count - 1
    return put(into: &edited, at: edited.cursor..<edited.cursor)
  }

  /// Puts the text that was deleted before it in the place of what was just put back.
  mutating func rotate(in edited: inout EditedText) -> Bool {
    guard let yanked, yanked.edited == edited else { return false }
    turn = turn > 0 ? turn - 1 : texts.count - 1
    return put(into: &edited, at: yanked.range)
  }

  private mutating func put(into edited: inout EditedText, at range: Range<Int>) -> Bool {
    guard texts.indices.contains(turn) else { return false }
    edited.replace(range, with: texts[turn])
    yanked = (edited, range.lowerBound..<edited.cursor)
    return true
  }
}
