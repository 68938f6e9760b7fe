/// What a statement was before each change, so that changes can be taken back and made again.
///
/// Letters typed one after the other are one change, up to the next blank.
struct UndoHistory {
  /// How many changes are kept.
  private static let limit = 500

  private var current: EditedText
  private var past: [EditedText] = []
  private var future: [EditedText] = []
  private var isTyping = false

  /// Begins with a statement as it is.
  init(_ edited: EditedText = EditedText("")) { current = edited }

  /// Told of the statement after each key.
  mutating func note(_ edited: EditedText) {
    guard edited.scalars != current.scalars else {
      if edited.cursor != current.cursor { isTyping = false }
      current.move(to: edited.cursor)
      return
    }
    let isTyped = edited.scalars.count == current.scalars.count + 1 && edited.cursor == current.cursor + 1
    if !(isTyped && isTyping) { past.append(current) }
    if past.count > UndoHistory.limit { past.removeFirst() }
    isTyping = isTyped && !edited.scalars[edited.cursor - 1].properties.isWhitespace
    future = []
    current = edited
  }

  /// The statement before the last change; nil when there was none.
  mutating func undo() -> EditedText? {
    guard let before = past.popLast() else { return nil }
    future.append(current)
    return step(to: before)
  }

  /// The statement after the change that was taken back last; nil when there is none.
  mutating func redo() -> EditedText? {
    guard let after = future.popLast() else { return nil }
    past.append(current)
    return step(to: after)
  }

  private mutating func step(to edited: EditedText) -> EditedText {
    isTyping = false
    current = edited
    return edited
  }
}
