import Testing

@testable import Terminal

/// A window of a terminal: what stands in each cell and in which style, and where the cursor is. It scrolls.
struct Window {
  private(set) var width: Int
  private(set) var cells: [[(text: String, style: String)]]
  private(set) var row = 0
  private(set) var column = 0
  private var style = ""
  /// Set when the last column was written: the next character goes to the next row.
  private var wraps = false
  /// Whether a character behind the last column goes to the next row.
  private var isWrapping = true
  /// Whether characters with a joiner between them are one, as in some terminals; in others each has its place.
  let joins: Bool
  /// How many rows have left at the top.
  private(set) var scrolled = 0

  init(width: Int, height: Int, joins: Bool = true) {
    self.width = width
    self.joins = joins
    cells = Array(repeating: Array(repeating: (" ", ""), count: width), count: height)
  }

  /// What stands on the screen, a string a row, blanks at the ends of rows left out.
  var rows: [String] {
    cells.map { row in
      let text = row.map(\.text).joined()
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The characters in a style, in order.
  func text(in style: String) -> String { cells.joined().filter { $0.style == style }.map(\.text).joined() }

  mutating func write(_ output: String) {
    var rest = Array(output.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\r":
        column = 0
        wraps = false
      case "\n": lineFeed()
      case "\u{1B}":
        rest.removeFirst()
        let end = rest.firstIndex { ("A"..."Z").contains($0) || ("a"..."z").contains($0) } ?? rest.startIndex
        let parameter = String(String.UnicodeScalarView(rest[..<end]))
        apply(rest[end], parameter)
        rest = rest[(end + 1)...]
      default: put(scalar)
      }
    }
  }

  private mutating func lineFeed() {
    wraps = false
    guard row == cells.count - 1 else {
      row += 1
      return
    }
    cells.removeFirst()
    cells.append(Array(repeating: (" ", ""), count: width))
    scrolled += 1
  }

  private mutating func apply(_ command: Unicode.Scalar, _ parameter: String) {
    let count = Int(parameter) ?? 1
    if command != "m" { wraps = false }
    switch command {
    case "A": row = max(0, row - count)
    case "C": column = min(width - 1, column + count)
    case "G": column = min(width - 1, count - 1)
    case "J":
      apply("K", "")
      for below in (row + 1)..<max(row + 1, cells.count) { cells[below] = Array(repeating: (" ", ""), count: width) }
    case "K": for column in column..<width { cells[row][column] = (" ", "") }
    case "h" where parameter == "?7": isWrapping = true
    case "l" where parameter == "?7": isWrapping = false
    case "m": style = parameter == "0" ? "" : parameter
    default: Issue.record("\(command) is not known to the window")
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let columns = DisplayWidth.of(Character(scalar))
    let last = column > 0 ? cells[row][wraps ? column : column - 1].text : ""
    let owner = last.isEmpty && column > 1 ? cells[row][column - (wraps ? 1 : 2)].text : last
    if columns == 0 || joins && owner.unicodeScalars.last == "\u{200D}" {
      // It belongs to the character before.
      let before = wraps ? column : column - 1
      let owner = before > 0 && cells[row][before].text.isEmpty ? before - 1 : before
      if owner >= 0 { cells[row][owner].text.unicodeScalars.append(scalar) }
      return
    }
    if wraps || column + columns > width {
      guard isWrapping else {
        column = width - columns
        wraps = false
        return put(scalar)
      }
      lineFeed()
      column = 0
    }
    cells[row][column] = (String(Character(scalar)), style)
    if columns == 2 { cells[row][column + 1] = ("", style) }
    column += columns
    if column == width {
      column -= 1
      wraps = true
    }
  }
}

@Suite("The picture of a statement") struct StatementLayoutTests {
  private func frame(_ text: String, cursor: Int = .max, width: Int = 10, hint: String? = nil) -> Frame {
    var layout = StatementLayout()
    layout.prompt = "> "
    layout.continuationPrompt = ". "
    layout.hint = hint
    return layout.frame(of: EditedText(text, cursor: cursor), width: width)
  }

  private func rows(_ frame: Frame) -> [String] { frame.rows.map { $0.map(\.text).joined() } }

  @Test func linesHaveTheirPromptsAndGoOnInTheNextRow() {
    let frame = frame("select 1,\n2;")
    #expect(rows(frame) == ["> select 1", ",", ". 2;"])
    #expect([frame.cursorRow, frame.cursorColumn] == [2, 4])
  }

  @Test func theCursorIsBehindAFullRowInTheNextOne() {
    let full = frame("12345678")
    #expect(rows(full) == ["> 12345678", ""])
    #expect([full.cursorRow, full.cursorColumn] == [1, 0])
    // Elsewhere a full row needs no empty one below it.
    let passed = frame("12345678\nab", cursor: 3)
    #expect(rows(passed) == ["> 12345678", ". ab"])
    #expect([passed.cursorRow, passed.cursorColumn] == [0, 5])
    let between = frame("12345678\nab", cursor: 8)
    #expect(rows(between) == ["> 12345678", "", ". ab"])
    #expect([between.cursorRow, between.cursorColumn] == [1, 0])
    let inside = frame("123456789", cursor: 8)
    #expect(rows(inside) == ["> 12345678", "9"])
    #expect([inside.cursorRow, inside.cursorColumn] == [1, 0])
  }

  @Test func wideCharactersAreNotCut() {
    let frame = frame("a日本語日x", cursor: 4)
    #expect(rows(frame) == ["> a日本語", "日x"])
    #expect([frame.cursorRow, frame.cursorColumn] == [1, 0])
    // A window of one column has no room for them, and shows one a row all the same.
    #expect(self.frame("日本", width: 1).rows.count >= 4)
  }

  @Test func whatWouldMoveTheCursorIsSpeltOut() {
    #expect(rows(frame("a\u{1B}[2J", width: 40)) == ["> a\\e[2J"])
    #expect(rows(frame("a\tb\u{202E}c\u{200B}", width: 40)) == ["> a\\tb\\u{202e}c\\u{200b}"])
  }

  @Test func graphemesStayWhole() {
    let frame = frame("e\u{301}👩‍👧x", cursor: 3, width: 40)
    #expect(rows(frame) == ["> e\u{301}👩‍👧x"])
    // Inside of a grapheme the cursor is shown at its beginning.
    #expect(frame.cursorColumn == 3)
  }

  @Test func aHintIsCutAtTheMarginAndToItsFirstLine() {
    #expect(rows(frame("ab", hint: "cdefghijk")) == ["> abcdef…"])
    #expect(rows(frame("ab", hint: "c\nd")) == ["> abc …"])
    #expect(rows(frame("abcdefg", hint: "hij")) == ["> abcdefg"])
    #expect(frame("ab", hint: "cd").cursorColumn == 4)
  }
}

@Suite("Bringing pictures to the screen") struct FramePainterTests {
  @Test func aTypedLetterIsAllThatIsWritten() {
    var painter = FramePainter()
    _ = painter.draw(Frame(rows: [Frame.cells("> a")], cursorRow: 0, cursorColumn: 3))
    let output = painter.draw(Frame(rows: [Frame.cells("> ab")], cursorRow: 0, cursorColumn: 4))
    #expect(output == "\r\u{1B}[3Cb\r\u{1B}[4C")
    #expect(painter.draw(Frame(rows: [Frame.cells("> ab")], cursorRow: 0, cursorColumn: 4)) == "")
  }

  @Test func theWindowShowsTheRowsAroundTheCursor() {
    let frame = Frame(rows: (0..<30).map { Frame.cells("\($0)") }, cursorRow: 20, cursorColumn: 0)
    var top = 0
    let clipped = frame.clipped(to: 10, top: &top, below: [Frame.cells("menu")])
    #expect(top == 12)
    #expect(clipped.rows.map { $0.map(\.text).joined() } == (12...20).map(String.init) + ["menu"])
    #expect(clipped.cursorRow == 8)
    // It moves only as much as it must.
    var up = frame
    up.cursorRow = 15
    _ = up.clipped(to: 10, top: &top, below: [])
    #expect(top == 12)
    up.cursorRow = 3
    _ = up.clipped(to: 10, top: &top, below: [])
    #expect(top == 3)
  }

  /// Whatever is drawn after whatever, at whatever row it begins: the screen then shows the last picture in its place,
  /// nothing else below it, and what stood above is there or has left at the top.
  @Test func theScreenShowsTheLastPicture() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("ab 1'(日本é|\n\n🙂") + ["e\u{301}", "👩‍👧"]
    let styles: [[StyledSpan]] = [[], [StyledSpan(0..<3, .red)], [StyledSpan(2..<4, .bold), StyledSpan(4..<9, .blue)]]
    for _ in 0..<400 {
      let width = Int.random(in: 3...30, using: &random)
      let height = Int.random(in: 2...12, using: &random)
      let joins = Bool.random(using: &random)
      var window = Window(width: width, height: height, joins: joins)
      let above = Int.random(in: 0..<height, using: &random)
      for number in 0..<above { window.write("\(number)\r\n") }
      var painter = FramePainter()
      var top = 0
      for _ in 0..<8 {
        var layout = StatementLayout()
        layout.prompt = ["> ", "noticebook> ", ""].randomElement(using: &random)!
        layout.continuationPrompt = ". "
        layout.spans = styles.randomElement(using: &random)!
        let text = String(
          (0..<Int.random(in: 0...60, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
        let edited = EditedText(text, cursor: Int.random(in: 0...text.unicodeScalars.count, using: &random))
        let below = (0..<Int.random(in: 0...min(2, height - 1), using: &random)).map { Frame.cells("m\($0)") }
        let frame = layout.frame(of: edited, width: width).clipped(to: height, top: &top, below: below)
        #expect(frame.rows.count <= height)
        window.write(painter.draw(frame))
        let start = window.row - frame.cursorRow
        #expect(window.column == min(frame.cursorColumn, width - 1))
        #expect(start + window.scrolled == above)
        let shown = frame.rows.map { row in
          String(row.map(\.text).joined().reversed().drop { $0 == " " }.reversed())
        }
        for (number, row) in shown.enumerated() where joins || !row.unicodeScalars.contains("\u{200D}") {
          #expect(window.rows[start + number] == row)
        }
        #expect(!window.rows[(start + shown.count)...].contains { !$0.isEmpty })
        #expect(window.rows[..<start].elementsEqual((0..<above).suffix(start).map(String.init)))
      }
    }
  }
}

@Suite("Terminals that only write lines") struct PlainPainterTests {
  @Test func theLineOfTheCursorIsWrittenOver() {
    var painter = PlainPainter()
    func draw(_ text: String, _ cursor: Int = .max) -> String {
      painter.draw(EditedText(text, cursor: cursor), prompt: "> ", continuationPrompt: ". ", columns: 12)
    }
    #expect(draw("abc") == "\r> abc\r> abc")
    #expect(draw("a") == "\r> a  \r> a")
    #expect(draw("abc", 1) == "\r> abc\r> a")
    #expect(draw("abc\nd") == "\r\n. d\r. d")
    #expect(draw("abc\n0123456789ABCDE") == "\r. 6789ABCDE\r. 6789ABCDE")
    #expect(draw("abc\n\u{1B}[2J") == "\r. \\e[2J    \r. \\e[2J")
  }
}
