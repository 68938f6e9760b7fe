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

@Suite("Keys")
struct KeyTests {
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
    #expect(!KeySequence.goesOn("[" + String(repeating: "1", count: 80)))
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

@Suite("A statement that is edited")
struct EditedTextTests {
  @Test("lines begin and end at line ends")
  func lines() {
    let edited = EditedText("ab\n  cde\n\nf", cursor: 6)
    #expect([edited.lineStart, edited.lineEnd] == [3, 8])
    #expect(edited.line == "  cde")
    #expect(edited.lineBefore == "  c")
    #expect(edited.indentation == "  ")
    #expect(EditedText("   x", cursor: 1).indentation == " ")
    #expect(EditedText("ab").isAtEnd)
    #expect(EditedText("").line == "")
  }

  @Test("up and down go through the lines, as near to the column as can be")
  func upAndDown() {
    var edited = EditedText("abcdef\nxy\n1234567", cursor: 14)
    #expect(edited.moveUp() == true)
    #expect(edited.cursor == 9)
    #expect(edited.moveUp() == true)
    #expect(edited.cursor == 2)
    #expect(edited.moveUp() == false)
    #expect(edited.cursor == 2)
    #expect(edited.moveUp(by: -2) == true)
    #expect(edited.cursor == 12)
    #expect(edited.moveUp(by: -1) == false)
  }

  @Test("what is deleted and passed over are graphemes and words")
  func graphemesAndWords() {
    var edited = EditedText("a👩‍👧e\u{301}", cursor: .max)
    #expect(edited.delete(to: edited.previousGrapheme) == "e\u{301}")
    #expect(edited.delete(to: edited.previousGrapheme) == "👩‍👧")
    #expect(edited.text == "a")
    #expect(edited.nextGrapheme == 1)
    let words = EditedText("from größe_1 |> x", cursor: 15)
    #expect(words.previousWord == 5)
    #expect(EditedText("from größe_1 |> x", cursor: 12).nextWord == 17)
    #expect(EditedText("", cursor: 0).previousWord == 0)
  }

  @Test("places in UTF-8 are found in characters")
  func utf8() {
    #expect(EditedText("é日x").replacing(2..<5, with: "ab") == EditedText("éabx", cursor: 3))
    #expect(EditedText("é日x").replacing(1..<5, with: "ab") == nil)
    #expect(EditedText("x").replacing(0..<9, with: "ab") == nil)
  }

  @Test("no sequence of moves and changes leaves the text")
  func anything() {
    var random = SystemRandomNumberGenerator()
    var edited = EditedText("")
    for _ in 0..<20_000 {
      switch Int.random(in: 0..<9, using: &random) {
      case 0: edited.insert(["a", "\n", "日", " ", "👩‍👧", "\u{301}"].randomElement(using: &random)!)
      case 1: _ = edited.moveUp(by: Int.random(in: -3...3, using: &random))
      case 2: edited.move(to: edited.previousWord)
      case 3: edited.move(to: edited.nextWord)
      case 4: edited.move(to: edited.lineEnd)
      case 5: edited.move(to: edited.lineStart)
      case 6: _ = edited.delete(to: edited.previousGrapheme)
      case 7: _ = edited.delete(to: edited.lineEnd)
      default: edited.move(to: Int.random(in: -5...200, using: &random))
      }
      #expect((0...edited.scalars.count).contains(edited.cursor))
      #expect(edited.lineStart <= edited.cursor && edited.cursor <= edited.lineEnd)
    }
  }
}

@Suite("Taking back and putting back")
struct UndoTests {
  /// The history after typing letters one after the other.
  private func typed(_ text: String) -> UndoHistory {
    var undo = UndoHistory()
    for count in 0...text.count { undo.note(EditedText(String(text.prefix(count)))) }
    return undo
  }

  @Test("a word is taken back at once, and comes again")
  func words() {
    var undo = typed("from t")
    #expect(undo.undo()?.text == "from ")
    #expect(undo.undo()?.text == "")
    #expect(undo.undo() == nil)
    #expect(undo.redo()?.text == "from ")
    #expect(undo.redo()?.text == "from t")
    #expect(undo.redo() == nil)
  }

  @Test("what is done after taking back leaves nothing to make again, and moves are no changes")
  func branches() {
    var undo = typed("ab")
    _ = undo.undo()
    undo.note(EditedText("xyz"))
    undo.note(EditedText("xyz", cursor: 1))
    #expect(undo.redo() == nil)
    #expect(undo.undo()?.text == "")
    #expect(undo.redo() == EditedText("xyz", cursor: 1))
  }

  @Test("what is cut comes back, joined where it was cut in one go")
  func kills() {
    var kills = KillRing()
    var edited = EditedText("one two three")
    #expect(kills.kill(to: 8, in: &edited) == true)
    #expect(kills.kill(to: 4, in: &edited) == true)
    #expect(edited.text == "one ")
    edited.move(to: 0)
    #expect(kills.kill(to: 3, in: &edited) == true)
    #expect(kills.kill(to: 0, in: &edited) == false)
    #expect(kills.yank(into: &edited) == true)
    #expect(edited == EditedText("one ", cursor: 3))
    #expect(kills.rotate(in: &edited) == true)
    #expect(edited == EditedText("two three ", cursor: 9))
    #expect(kills.rotate(in: &edited) == true)
    #expect(edited.text == "one ")
    edited.insert("!")
    #expect(kills.rotate(in: &edited) == false)
    var empty = EditedText("")
    var none = KillRing()
    #expect(none.yank(into: &empty) == false)
    #expect(none.rotate(in: &empty) == false)
  }
}

@Suite("What is pasted")
struct PastedTextTests {
  private func text(_ pasted: String) -> String {
    var taken = PastedText()
    var isEnded = false
    for scalar in (pasted + "\u{1B}[201~").unicodeScalars {
      #expect(!isEnded)
      isEnded = taken.append(scalar)
    }
    #expect(isEnded)
    return taken.text
  }

  @Test("line ends of all kinds are line ends, and none is left at the end")
  func lineEnds() {
    #expect(text("a\rb\r\nc\nd\r\r\n\n") == "a\nb\nc\nd")
    #expect(text("") == "")
  }

  @Test("tabs are blanks up to the next eighth column, control characters are gone")
  func controls() {
    #expect(text("\tx\ty\n\tz") == "        x       y\n        z")
    #expect(text("a\u{1B}[31mb\u{0}\u{7F}\u{9B}c") == "a[31mbc")
    #expect(text("\u{1B}[201\u{1B}[20") == "[201[20")
  }
}

@Suite("vi's modes")
struct ViModeTests {
  /// Keys with the letters among them that went into the text in upper brackets.
  private func isCommand(after keys: String, typed: Set<Int> = []) -> Bool {
    var mode = ViMode()
    for (number, key) in keys.unicodeScalars.enumerated() { mode.note(key, isInserted: typed.contains(number)) }
    return mode.isCommand
  }

  @Test("Escape begins commands, and what puts in text ends them")
  func modes() {
    #expect(!isCommand(after: "ab", typed: [0, 1]))
    #expect(isCommand(after: "ab\u{1B}", typed: [0, 1]))
    for key in ["i", "a", "A", "I", "C", "s", "S", "R", "cw", "c2fx"] {
      #expect(!isCommand(after: "\u{1B}" + key), "\(key)")
    }
    for key in ["h", "x", "dw", "fi", "ra", "tA", "3l", "u", "c"] {
      #expect(isCommand(after: "\u{1B}" + key), "\(key)")
    }
    #expect(!isCommand(after: "\u{1B}x!", typed: [2]))
    #expect(isCommand(after: "\u{1B}cwx\u{1B}l", typed: [3]))
  }
}
