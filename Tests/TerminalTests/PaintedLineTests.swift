import Testing

@testable import Terminal

/// A window of a terminal: what stands in each cell and in which style, and where the cursor is.
private struct Window {
  let width: Int
  private(set) var cells: [[(text: String, style: String)]]
  private(set) var row = 0
  private(set) var column = 0
  private var style = ""
  /// Set when the last column was written: the next character goes to the next row.
  private var wraps = false

  init(width: Int, height: Int) {
    self.width = width
    cells = Array(repeating: Array(repeating: (" ", ""), count: width), count: height)
  }

  /// What stands on the screen, a string a row.
  var rows: [String] { cells.map { $0.map(\.text).joined() } }

  /// The characters in a style, in order.
  func text(in style: String) -> String {
    cells.joined().filter { $0.style == style }.map(\.text).joined()
  }

  mutating func write(_ output: String) {
    var rest = Array(output.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\r":
        column = 0
        wraps = false
      case "\n":
        row += 1
        wraps = false
      case "\u{1B}":
        rest.removeFirst()
        let end = rest.firstIndex { ("A"..."z").contains($0) } ?? rest.startIndex
        let parameter = String(String.UnicodeScalarView(rest[..<end]))
        apply(rest[end], parameter)
        rest = rest[(end + 1)...]
      default: put(scalar)
      }
    }
  }

  private mutating func apply(_ command: Unicode.Scalar, _ parameter: String) {
    let count = Int(parameter) ?? 1
    if command != "m" { wraps = false }
    switch command {
    case "A": row -= count
    case "B": row += count
    case "C": column += count
    case "m": style = parameter == "0" ? "" : parameter
    default: Issue.record("\(command) is not known to the window")
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let columns = DisplayWidth.of(Character(scalar))
    if wraps || column + columns > width {
      row += 1
      column = 0
      wraps = false
    }
    if columns == 0 { return }
    cells[row][column] = (String(Character(scalar)), style)
    if columns == 2 { cells[row][column + 1] = ("", style) }
    column += columns
    if column == width {
      column -= 1
      wraps = true
    }
  }

  /// Puts the cursor where libedit leaves it.
  mutating func moveCursor(to layout: LineLayout) {
    row = layout.row
    column = layout.column
    wraps = false
  }
}

@Suite("A line that is painted") struct PaintedLineTests {
  init() { EditingLocale.useUTF8() }

  private static let size = TerminalScreen.Size(width: 20, height: 12)

  /// The window after libedit has drawn a line plainly, with the cursor behind so many characters.
  private func drawn(_ prompt: String, _ text: String, cursor: Int) -> (Window, LineLayout) {
    var window = Window(width: Self.size.width, height: Self.size.height * 2)
    var layout = LineLayout(columns: Self.size.width)
    var there = layout
    for (number, scalar) in (prompt + text).unicodeScalars.enumerated() {
      if number == prompt.unicodeScalars.count + cursor { there = layout }
      window.moveCursor(to: layout)
      if scalar != "\n" { window.write(String(Character(scalar))) }
      layout.add(scalar)
    }
    if cursor == text.unicodeScalars.count { there = layout }
    window.moveCursor(to: there)
    return (window, there)
  }

  @Test func spansGetTheirStyles() throws {
    let text = "from t |> limit 5"
    let painted = try #require(
      PaintedLine(
        prompt: "> ", text: text, cursor: 4, spans: [StyledSpan(0..<4, .magenta), StyledSpan(16..<17, .yellow)],
        hint: nil, window: Self.size))
    #expect(
      painted.output
        == "\r\u{1B}[2C\u{1B}[0;35mfrom\u{1B}[0m t |> limit \u{1B}[0;33m5\u{1B}[0m\r\u{1B}[6C")
  }

  @Test func aHintStandsFaintlyBehindTheEndAndIsCutAtTheMargin() throws {
    let painted = try #require(
      PaintedLine(
        prompt: "> ", text: "from t", cursor: 6, spans: [], hint: "able_of_actions", window: Self.size))
    #expect(painted.showsHint)
    #expect(painted.output == "\r\u{1B}[2Cfrom t\u{1B}[2mable_of_ac…\u{1B}[0m\r\u{1B}[8C")
    let inside = try #require(
      PaintedLine(prompt: "> ", text: "from t", cursor: 2, spans: [], hint: "able", window: Self.size))
    #expect(!inside.showsHint)
    #expect(!inside.output.contains("able"))
  }

  @Test func whatCannotBePaintedIsLeftAlone() {
    let high = String(repeating: "x", count: Self.size.width * Self.size.height)
    for text in ["a\tb", "a\u{1}b", high] {
      #expect(PaintedLine(prompt: "> ", text: text, cursor: 0, spans: [], hint: nil, window: Self.size) == nil)
    }
  }

  /// Over any line, at any place of the cursor: the same characters stand in the same cells, the cursor is where it was,
  /// and the styled characters are those of the spans.
  @Test func nothingButStylesChanges() throws {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("ab 1'(日本é\u{301}|\n")
    for _ in 0..<2000 {
      let text = String((0..<Int.random(in: 0...90, using: &random)).map { _ in alphabet.randomElement()! })
      let prompt = ["> ", "noticebook> ", String(repeating: "p", count: 20)].randomElement()!
      let scalars = Array(text.unicodeScalars)
      let cursor = Int.random(in: 0...scalars.count, using: &random)
      let first = Int.random(in: 0...scalars.count, using: &random)
      let last = Int.random(in: first...scalars.count, using: &random)
      func offset(_ number: Int) -> Int { scalars.prefix(number).reduce(0) { $0 + UTF8.width($1) } }
      var (window, layout) = drawn(prompt, text, cursor: cursor)
      let before = window.rows
      guard
        let painted = PaintedLine(
          prompt: prompt, text: text, cursor: cursor, spans: [StyledSpan(offset(first)..<offset(last), .red)],
          hint: nil, window: Self.size)
      else {
        var whole = LineLayout(columns: Self.size.width)
        whole.add(prompt + text)
        #expect(whole.row >= Self.size.height)
        continue
      }
      window.write(painted.output)
      #expect(window.rows == before)
      #expect([window.row, window.column] == [layout.row, layout.column])
      let styled = scalars[first..<last].filter { $0 != "\n" && DisplayWidth.of(Character($0)) > 0 }
      #expect(window.text(in: "0;31") == String(String.UnicodeScalarView(styled)))
    }
  }
}

@Suite("Hints from the history") struct HistoryHinterTests {
  @Test func theLatestStatementThatBeginsInTheSameWayGoesOn() {
    let history = MemoryHistory()
    for statement in ["from a |> limit 1", "from b", "from a |> share x\n  |> limit 5", "let é = 1"] {
      history.add(statement)
    }
    let hinter = HistoryHinter(history)
    #expect(hinter.hint(for: "from a") == " |> share x")
    #expect(hinter.hint(for: "from a |> l") == "imit 1")
    #expect(hinter.hint(for: "from a |> share x\n") == "  |> limit 5")
    #expect(hinter.hint(for: "from b") == nil)
    #expect(hinter.hint(for: "let é") == " = 1")
    #expect(hinter.hint(for: "") == nil)
    #expect(hinter.hint(for: " ") == nil)
    #expect(hinter.hint(for: "FROM") == nil)
  }
}
