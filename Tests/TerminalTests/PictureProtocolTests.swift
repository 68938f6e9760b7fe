import Testing

@testable import Terminal

@Suite("How a terminal takes pictures") struct PictureProtocolTests {
  @Test func theAnswerSaysIt() {
    #expect(PictureProtocol(answer: "_Gi=69;OK\u{1B}\\") == .kitty)
    #expect(PictureProtocol(answer: "_Gi=69;ENOTSUPPORTED\u{1B}\\") == nil)
    #expect(PictureProtocol(answer: "[?62;4;22c") == .sixel)
    #expect(PictureProtocol(answer: "[?62;22c") == nil)
    // The first number is the terminal's level.
    #expect(PictureProtocol(answer: "[?4c") == nil)
    #expect(PictureProtocol(answer: "[?64;14;24c") == nil)
  }

  @Test func onlyTerminalsAreAskedThatCanReadIt() {
    func question(_ environment: [String: String]) -> String { PictureProtocol.question { environment[$0] } }
    #expect(question(["TERM": "xterm-kitty"]).hasPrefix("\u{1B}_Gi=69,"))
    #expect(question(["TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"]).hasPrefix("\u{1B}_Gi=69,"))
    #expect(question(["TERM": "xterm-256color"]) == "")
    #expect(question(["TERM": "xterm-kitty", "TMUX": "/tmp/x,1,0"]) == "")
  }

  @Test func anAnswerIsReadToItsEndOnlyWhereOneIsWaitedFor() {
    #expect(KeySequence.goesOn("_", isAsked: true))
    #expect(KeySequence.goesOn("_Gi=69;OK", isAsked: true))
    #expect(!KeySequence.goesOn("_Gi=69;OK\u{1B}\\", isAsked: true))
    #expect(!KeySequence.goesOn("_a", isAsked: true))
    #expect(!KeySequence.goesOn("_"))
  }
}
