import Testing

@testable import Terminal

@Suite("What the completion key puts in")
struct CompletionEditTests {
  private func edit(_ words: [String], _ text: String, range: Range<Int>, suffix: String = " ") -> CompletionEdit? {
    CompletionEdit(
      candidates: words.map { CompletionCandidate(range: range, text: $0, suffix: suffix) }, text: text)
  }

  @Test("a sole candidate goes in whole, with what follows it")
  func sole() {
    let edit = edit(["share"], "from t |> sh", range: 10..<12)
    #expect(edit?.range == 10..<12)
    #expect(edit?.replacement == "share ")
    #expect(edit?.isFinal == true)
    #expect(self.edit(["reports"], "load re", range: 5..<7, suffix: "/")?.replacement == "reports/")
    #expect(self.edit(["actions.csv"], "load 'ac", range: 6..<8, suffix: "'")?.replacement == "actions.csv'")
  }

  @Test("what follows it is not doubled")
  func suffixIsThere() {
    #expect(edit(["share"], "sh action", range: 0..<2)?.replacement == "share")
    #expect(edit(["share"], "share action", range: 0..<5) == nil)
  }

  @Test("of several the longest common beginning goes in")
  func several() {
    let edit = edit(["received_at", "received_by"], "select re", range: 7..<9)
    #expect(edit?.replacement == "received_")
    #expect(edit?.isFinal == false)
    #expect(self.edit(["share", "shell"], "sh", range: 0..<2) == nil)
    #expect(self.edit(["share", "select"], "", range: 0..<0)?.replacement == "s")
  }

  @Test("what was typed is never made shorter, nor replaced by something else")
  func neverShorter() {
    #expect(edit(["Share", "shell"], "sh", range: 0..<2) == nil)
    #expect(edit(["account_id", "actor_id"], "aid", range: 0..<3) == nil)
  }

  @Test("letters get the case that all candidates have")
  func letterCase() {
    #expect(edit(["Country", "Country_code"], "cou", range: 0..<3)?.replacement == "Country")
  }

  @Test("characters of several bytes are kept whole")
  func wide() {
    #expect(edit(["日本語", "日本酒"], "from 日", range: 5..<8)?.replacement == "日本")
    #expect(edit(["日本"], "from 日", range: 5..<7) == nil)
  }

  @Test("candidates that reach into an earlier line, or beyond the text, are not used")
  func usable() {
    let inside = CompletionCandidate(range: 7..<9, text: "share")
    let candidates = [
      inside, inside, CompletionCandidate(range: 0..<9, text: "x"), CompletionCandidate(range: 8..<20, text: "y"),
      CompletionCandidate(range: -1..<9, text: "z"),
    ]
    #expect(CompletionEdit.usable(candidates, in: "from t\nsh", lineStart: 7) == [inside])
  }
}

@Suite("The list of candidates")
struct CompletionMenuTests {
  private func lines(_ words: [(String, String?)], width: Int, height: Int = 20, colour: Bool = false) -> [String] {
    CompletionMenu.lines(
      for: words.map { CompletionCandidate(range: 0..<0, text: $0.0, description: $0.1) }, width: width,
      height: height, colour: colour)
  }

  @Test("descriptions stand beside the names and are cut at the edge")
  func descriptions() {
    let words: [(String, String?)] = [("share", "the share of each value"), ("日本", "wide"), ("x", nil)]
    #expect(
      lines(words, width: 40) == ["share  the share of each value", "日本   wide", "x"])
    #expect(lines(words, width: 20)[0] == "share  the share of…")
    #expect(lines(words, width: 40, colour: true)[1] == "日本   \u{1B}[2mwide\u{1B}[0m")
  }

  @Test("too many for the window stand in columns, sorted downwards")
  func columns() {
    let words = ["a", "bb", "ccc", "dddd", "e"].map { ($0, Optional("d")) }
    #expect(lines(words, width: 17, height: 3) == ["a     ccc   e", "bb    dddd"])
    #expect(lines(words, width: 5, height: 3) == ["a", "bb", "ccc", "dddd", "e"])
    #expect(lines(words, width: 1, height: 3).allSatisfy { DisplayWidth.of($0) <= 1 })
    #expect(lines([], width: 10) == [])
  }

  @Test("no line is wider than the window")
  func width() {
    let words = (0..<50).map { (String(repeating: "n", count: $0 % 13 + 1), $0 % 2 == 0 ? "about" : nil) }
    for width in 1...60 {
      for height in [3, 80] {
        #expect(lines(words, width: width, height: height).allSatisfy { DisplayWidth.of($0) <= width })
      }
    }
  }

  @Test("names that hold control characters are shown escaped")
  func escaped() {
    #expect(lines([("a\u{1B}[2Jb", nil)], width: 40) == ["a\\e[2Jb"])
  }

  @Test("the question before a long list")
  func question() {
    #expect(CompletionMenu.question(count: 312) == "Display all 312 possibilities? (y or n)")
  }
}
