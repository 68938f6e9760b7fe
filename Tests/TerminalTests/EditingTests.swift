import Testing

@testable import Terminal

@Suite("From bytes to characters")
struct ScalarDecoderTests {
  private func decode(_ bytes: [UInt8]) -> String {
    var decoder = ScalarDecoder()
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(contentsOf: decoder.feed(byte)) }
    return String(text)
  }

  @Test("UTF-8 comes out as it went in", arguments: ["", "abc", "é", "日本語", "👩‍👧", "a\u{0}b\n", "\u{10FFFF}\u{D7FF}"])
  func valid(text: String) {
    #expect(decode(Array(text.utf8)) == text)
  }

  @Test("what is no UTF-8 is marked, and what follows is kept")
  func invalid() {
    #expect(decode([0xFF, 0x61]) == "\u{FFFD}a")
    #expect(decode([0xC3, 0x28]) == "\u{FFFD}(")
    #expect(decode([0xE2, 0x82, 0x7A]) == "\u{FFFD}z")
    #expect(decode([0xE2, 0xC3, 0xA9]) == "\u{FFFD}é")
    #expect(decode([0x80, 0x80]) == "\u{FFFD}\u{FFFD}")
    // A surrogate and an overlong slash: no scalar, and no slash.
    #expect(!decode([0xED, 0xA0, 0x80, 0x61]).unicodeScalars.contains { $0.value < 0x61 })
    #expect(!decode([0xC0, 0xAF]).contains("/"))
  }

  @Test("a character that has begun waits for its end")
  func waits() {
    var decoder = ScalarDecoder()
    #expect(decoder.feed(0xE6).isEmpty)
    #expect(decoder.isInsideCharacter)
    #expect(decoder.feed(0x97).isEmpty)
    #expect(decoder.feed(0xA5) == ["日"])
    #expect(!decoder.isInsideCharacter)
  }

  @Test("each of 65,536 pairs of bytes is read without a trap, and an `x` behind it is seen")
  func allPairs() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max where second < 0x80 || second > 0xBF || first < 0xC2 {
        let text = decode([first, second, 0x78, 0x78])
        #expect(text.hasSuffix("x"))
      }
    }
  }
}

@Suite("Where the line stands on the screen")
struct LineLayoutTests {
  private func end(_ text: String, columns: Int) -> [Int] {
    EditingLocale.useUTF8()
    var layout = LineLayout(columns: columns)
    layout.add(text)
    return [layout.row, layout.column]
  }

  @Test("rows and columns")
  func positions() {
    #expect(end("", columns: 10) == [0, 0])
    #expect(end("abc", columns: 10) == [0, 3])
    #expect(end("0123456789", columns: 10) == [1, 0])
    #expect(end("0123456789ab", columns: 10) == [1, 2])
    #expect(end("ab\ncd", columns: 10) == [1, 2])
    #expect(end("a\tb", columns: 20) == [0, 9])
    #expect(end("a\u{1}b", columns: 20) == [0, 4])
  }

  @Test("a wide character is not cut by the edge")
  func wide() {
    #expect(end("日本", columns: 4) == [1, 0])
    #expect(end("a日本", columns: 4) == [1, 2])
    #expect(end("e\u{301}", columns: 4) == [0, 1])
    #expect(end("日", columns: 1) == [2, 0] || end("日", columns: 1)[1] == 0)
  }
}

@Suite("Prompts and keys")
struct PromptAndKeyTests {
  @Test("escape sequences of a prompt stand between marks and are not seen")
  func prompt() {
    let prompt = PromptText("\u{1B}[1;36mnb>\u{1B}[0m ")
    defer { prompt.free() }
    #expect(prompt.visible == "nb> ")
    var text = ""
    var pointer = prompt.pointer
    while let unit = pointer?.pointee, unit != 0 {
      text += WideText.string([unit])
      pointer = pointer?.successor()
    }
    #expect(text == "\u{1}\u{1B}[1;36m\u{1}nb>\u{1}\u{1B}[0m\u{1} ")
  }

  @Test("wide text loses NUL characters and nothing else")
  func wideText() {
    #expect(WideText.terminated("a\u{0}é👧") == [0x61, 0xE9, 0x1F467, 0])
    #expect(WideText.string([0x61, 0xD800, -1, 0x1F467]) == "a\u{FFFD}\u{FFFD}👧")
  }

  @Test("every sequence that is bound ends where the terminal ends it")
  func sequences() {
    for keys in KeyBindings.sequences.map(\.keys) {
      for key in keys {
        #expect(!KeySequence.goesOn(key), "\(key)")
        for length in 0..<key.count { #expect(KeySequence.goesOn(String(key.prefix(length))), "\(key) \(length)") }
      }
    }
    #expect(!KeySequence.goesOn("b"))
    #expect(!KeySequence.goesOn("[" + String(repeating: "1", count: 20)))
  }

  @Test("no sequence is bound twice")
  func unique() {
    let all = KeyBindings.sequences.flatMap(\.keys)
    #expect(Set(all).count == all.count)
    #expect(KeyBindings.viCharacter(forSequence: "[A") == 0x80)
    #expect(KeyBindings.viCharacter(forSequence: "OB") == 0x81)
    #expect(KeyBindings.viCharacter(forSequence: "b") == nil)
  }
}
