import Testing

@testable import Terminal

@Suite("What the terminal stands on") struct GroundTests {
  @Test func answersOfAllLengthsAreRead() {
    #expect(Ground(answer: "]11;rgb:ffff/ffff/ffff\u{1B}\\") == .light)
    #expect(Ground(answer: "]11;rgb:0000/0000/0000\u{7}") == .dark)
    #expect(Ground(answer: "]11;rgb:1e/1e/2e\u{7}") == .dark)
    #expect(Ground(answer: "]11;rgba:fd/f6/e3/ff\u{7}") == .light)
    #expect(Ground(answer: "]11;rgb:f/f/f\u{7}") == .light)
    // Black and white stand out alike on a grey between these two: luminance 0.175 and 0.184.
    #expect(Ground(answer: "]11;rgb:74/74/74\u{7}") == .dark)
    #expect(Ground(answer: "]11;rgb:77/77/77\u{7}") == .light)
  }

  @Test func anythingElseIsNoAnswer() {
    for answer in ["", "]11;", "]11;rgb:ff/ff", "]11;rgb:fffff/0/0", "]10;rgb:f/f/f", "]11;rgb:x/y/z", "[?62c"] {
      #expect(Ground(answer: answer) == nil, "\(answer)")
    }
  }

  @Test func theLastNumberOfColorfgbgIsTheGround() {
    #expect(Ground(colorfgbg: "15;0") == .dark)
    #expect(Ground(colorfgbg: "0;15") == .light)
    #expect(Ground(colorfgbg: "0;default;7") == .light)
    #expect(Ground(colorfgbg: "7;8") == .dark)
    for value in ["", "default", "0;default", "1;99"] { #expect(Ground(colorfgbg: value) == nil) }
  }

  @Test func answersAreWholeSequences() {
    for answer in ["]11;rgb:ff/ff/ff\u{7}", "]11;rgb:ff/ff/ff\u{1B}\\", "[?62;1;4c"] {
      #expect(!KeySequence.goesOn(answer))
      for length in 1..<answer.unicodeScalars.count {
        let part = String(String.UnicodeScalarView(answer.unicodeScalars.prefix(length)))
        #expect(KeySequence.goesOn(part), "\(part)")
      }
    }
  }

  @Test func titlesAreForTerminalsThatHaveThem() {
    for terminal in ["xterm-256color", "tmux-256color", "screen", "foot", "alacritty", "st-256color"] {
      #expect(LineEditor.hasTitle(terminal))
    }
    for terminal in ["", "dumb", "linux", "vt100", "stv52"] { #expect(!LineEditor.hasTitle(terminal)) }
  }
}

@Suite("The editor of a person's own") struct ExternalEditorTests {
  @Test func theEnvironmentNamesIt() {
    #expect(ExternalEditor.command(environment: ["VISUAL": "code -w", "EDITOR": "ed"]) == "code -w")
    #expect(ExternalEditor.command(environment: ["VISUAL": " ", "EDITOR": "ed"]) == "ed")
    #expect(["editor", "nano", "vi"].contains(ExternalEditor.command(environment: [:])))
  }
}
