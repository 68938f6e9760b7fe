import Formats
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("한", 2), ("😀", 2),
    ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇮🇳", 2), ("❤\u{FE0F}", 2), ("किसान", 3), ("a\u{200D}b", 2), ("…", 1), ("│", 1),
  ])
  func countsTerminalCells(text: String, cells: Int) {
    #expect(displayWidth(text) == cells)
  }

  @Test(arguments: [
    ("plain", "plain"), ("a\nb\tc\rd", "a\\nb\\tc\\rd"), ("\u{1B}[2J", "\\e[2J"),
    ("\u{0}\u{7}\u{7F}", "\\0\\u{7}\\u{7f}"),
    ("\u{9B}1m", "\\u{9b}1m"), ("a\u{202E}b", "a\\u{202e}b"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
    ("\u{200B}", "\\u{200b}"), ("\u{FEFF}a", "\\u{feff}a"), ("\u{2028}", "\\u{2028}"), ("\r\n", "\\r\\n"),
    ("\u{200D}", "\\u{200d}"), ("a\u{E0041}", "a\\u{e0041}"), ("\u{3164}", "\\u{3164}"), ("\u{61C}", "\\u{61c}"),
  ])
  func showsWhatCouldDeceive(text: String, shown: String) {
    #expect(visibleText(text) == shown)
  }

  @Test(arguments: [
    "é日本", "👩‍👩‍👧", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "क्\u{200D}ष", "❤\u{FE0F}", "عربي",
  ])
  func leavesLettersAndEmojiAlone(text: String) {
    #expect(visibleText(text) == text)
  }

  @Test func linesKeepTheirEndsAndTabs() {
    #expect(visibleLines("a\tb\nc\u{1B}[2J\r\nd\u{202E}\n") == "a\tb\nc\\e[2J\\r\nd\\u{202e}\n")
    #expect(visibleLines("plain\n") == "plain\n" && visibleLines("") == "")
  }
}
