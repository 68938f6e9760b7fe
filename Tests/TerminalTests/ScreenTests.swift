import Testing

@testable import Terminal

@Suite("The width of text")
struct DisplayWidthTests {
  @Test(
    "columns",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("👩‍👩‍👧", 2), ("❤\u{FE0F}", 2), ("\u{1B}[1m", 5),
      ("a\tb", 4), ("\u{0}", 5), ("\r\n", 4),
    ])
  func columns(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test("text is cut between graphemes")
  func truncate() {
    #expect(DisplayWidth.truncate("abcdef", to: 6) == "abcdef")
    #expect(DisplayWidth.truncate("abcdef", to: 5) == "abcd…")
    #expect(DisplayWidth.truncate("日本語", to: 4) == "日…")
    #expect(DisplayWidth.truncate("e\u{301}e\u{301}e\u{301}", to: 2) == "e\u{301}…")
    #expect(DisplayWidth.truncate("ab", to: 1) == "…")
    #expect(DisplayWidth.truncate("ab", to: 0) == "")
  }

  @Test("control characters and turns of direction are spelt out")
  func escaped() {
    #expect(DisplayWidth.escaped("a\u{1B}]0;x\u{7}\n\u{202E}b") == "a\\e]0;x\\u{7}\\n\\u{202e}b")
    #expect(DisplayWidth.escaped("plain ü") == "plain ü")
  }
}

@Suite("Style and colour")
struct StyleTests {
  @Test("attributes become one sequence, and nothing without colour")
  func apply() {
    let style: Style = [.bold, .red]
    #expect(style.apply(to: "error", colour: true) == "\u{1B}[1;31merror\u{1B}[0m")
    #expect(style.apply(to: "error", colour: false) == "error")
    #expect(style.apply(to: "", colour: true) == "")
    let plain: Style = []
    #expect(plain.apply(to: "x", colour: true) == "x")
    #expect(Style.cyan.apply(to: "x", colour: true) == "\u{1B}[36mx\u{1B}[0m")
  }

  @Test("auto needs a terminal that can, and nobody who objects")
  func auto() {
    let xterm = ["TERM": "xterm-256color"]
    #expect(ColourChoice.auto.isOn(isTerminal: true, environment: xterm))
    #expect(!ColourChoice.auto.isOn(isTerminal: false, environment: xterm))
    #expect(!ColourChoice.auto.isOn(isTerminal: true, environment: ["TERM": "dumb"]))
    #expect(!ColourChoice.auto.isOn(isTerminal: true, environment: [:]))
    #expect(!ColourChoice.auto.isOn(isTerminal: true, environment: ["TERM": "xterm", "NO_COLOR": "1"]))
    #expect(ColourChoice.auto.isOn(isTerminal: true, environment: ["TERM": "xterm", "NO_COLOR": ""]))
  }

  @Test("always and never ask nobody")
  func fixed() {
    #expect(ColourChoice.always.isOn(isTerminal: false, environment: ["NO_COLOR": "1", "TERM": "dumb"]))
    #expect(!ColourChoice.never.isOn(isTerminal: true, environment: ["TERM": "xterm"]))
    #expect(ColourChoice(rawValue: "always") == .always)
  }
}

@Suite("The screen")
struct TerminalScreenTests {
  @Test("without a window the environment gives the size, and 80 x 24 without that")
  func assumedSize() {
    typealias Size = TerminalScreen.Size
    #expect(TerminalScreen.assumedSize(environment: [:]) == Size(width: 80, height: 24))
    #expect(
      TerminalScreen.assumedSize(environment: ["COLUMNS": "132", "LINES": "50"]) == Size(width: 132, height: 50))
    #expect(
      TerminalScreen.assumedSize(environment: ["COLUMNS": "-3", "LINES": "many"]) == Size(width: 80, height: 24))
  }

  @Test("a person is there when input and one of the outputs are a terminal")
  func interactive() {
    func screen(_ terminals: [Bool]) -> TerminalScreen {
      TerminalScreen(terminals: terminals, colour: .auto, environment: ["TERM": "xterm"])
    }
    #expect(screen([true, true, true]).isInteractive)
    #expect(screen([true, false, true]).isInteractive)
    #expect(!screen([false, true, true]).isInteractive)
    #expect(!screen([true, false, false]).isInteractive)
    #expect(screen([false, true, false]).styled("x", .bold) == "\u{1B}[1mx\u{1B}[0m")
    #expect(screen([false, true, false]).styled("x", .bold, for: .error) == "x")
  }
}
