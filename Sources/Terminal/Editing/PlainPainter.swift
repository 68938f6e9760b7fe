/// Brings a statement to a terminal that can only write lines, such as one of type `dumb`: the line of the cursor stands
/// in the last row, cut where it is too long, and is written over at each change.
struct PlainPainter {
  private var line: Int?
  private var width = 0

  /// The bytes that show the line of the cursor with its prompt.
  mutating func draw(_ edited: EditedText, prompt: String, continuationPrompt: String, columns: Int) -> String {
    let number = edited.before.count(where: \.isNewline)
    let lead = number == 0 ? prompt : continuationPrompt
    let room = max(1, columns - 1 - DisplayWidth.of(lead))
    // As much before the cursor as there is room for.
    var before = Substring(DisplayWidth.escaped(edited.lineBefore))
    while DisplayWidth.of(String(before)) > room { before.removeFirst() }
    let rest = DisplayWidth.escaped(String(edited.line.dropFirst(edited.lineBefore.count)))
    let behind = DisplayWidth.truncate(rest, to: max(0, room - DisplayWidth.of(String(before))))
    let shown = lead + before
    let isSame = self.line == nil || self.line == number
    let now = DisplayWidth.of(shown + behind)
    let blanks = String(repeating: " ", count: isSame ? max(0, width - now) : 0)
    self.line = number
    width = now
    return (isSame ? "\r" : "\r\n") + shown + behind + blanks + "\r" + shown
  }
}
