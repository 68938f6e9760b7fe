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

  @Test("candidates that are not of the text are not used, and each is used once")
  func usable() {
    let inside = CompletionCandidate(range: 7..<9, text: "share")
    let earlier = CompletionCandidate(range: 0..<4, text: "load")
    let candidates = [
      inside, inside, earlier, CompletionCandidate(range: 8..<20, text: "y"),
      CompletionCandidate(range: -1..<9, text: "z"),
    ]
    #expect(CompletionEdit.usable(candidates, in: "from t\nsh") == [inside, earlier])
  }
}

@Suite("The list of candidates")
struct CompletionMenuTests {
  private func menu(_ words: [(String, String?)], typed: String = "") -> CompletionMenu? {
    CompletionMenu(
      words.map { CompletionCandidate(range: 0..<typed.utf8.count, text: $0.0, description: $0.1) },
      base: EditedText(typed))
  }

  private func lines(_ words: [(String, String?)], width: Int, height: Int = 20) -> [String] {
    var menu = menu(words)
    return (menu?.rows(width: width, height: height) ?? []).map { $0.map(\.text).joined() }
  }

  @Test("descriptions stand faintly beside the names and are cut at the edge")
  func descriptions() {
    let words: [(String, String?)] = [("share", "the share of each value"), ("日本", "wide"), ("x", nil)]
    #expect(lines(words, width: 40) == ["share  the share of each value", "日本   wide", "x      "])
    #expect(lines(words, width: 20)[0] == "share  the share of…")
    #expect(lines(words, width: 12)[0] == "share")
    var menu = menu(words)
    let styles = menu?.rows(width: 40, height: 9)[1].map(\.style) ?? []
    #expect(styles.first?.isEmpty == true && styles.last == .dim)
  }

  @Test("there are as many columns as fit, sorted downwards")
  func columns() {
    let words = ["a", "bb", "ccc", "dddd", "e"].map { ($0, String?.none) }
    #expect(lines(words, width: 17) == ["a     ccc   e", "bb    dddd"])
    #expect(lines(words, width: 5) == ["a", "bb", "ccc", "dddd", "e"])
    #expect(lines([("a", "x"), ("b", "y")], width: 12) == ["a  x  b  y"])
    #expect(lines([], width: 10) == [])
  }

  @Test("counts stand one below the other")
  func counts() {
    #expect(
      lines([("'TR'", "41,203 rows"), ("'T'", "7 rows")], width: 24) == ["'TR'  41,203 rows", "'T'        7 rows"])
  }

  @Test("a list that is higher than its room shows the part around the choice, and how long it is")
  func height() {
    var menu = menu((1...9).map { ("n\($0)", "about") })
    func rows() -> [String] { (menu?.rows(width: 12, height: 4) ?? []).map { $0.map(\.text).joined() } }
    #expect(rows() == ["n1  about", "n2  about", "n3  about", "9 candidates"])
    for _ in 0..<5 { menu?.step(by: 1) }
    #expect(
      rows() == ["n3  about", "n4  about", "n5  about", "5 of 9 candi…"].map { String($0) }
        || rows().last == "5 of 9 cand…")
    menu?.step(by: 5)
    #expect(menu?.choice == 0)
    menu?.step(by: -1)
    #expect(menu?.choice == 8)
  }

  @Test("the choice stands in the statement, and what follows it comes when it is taken")
  func choice() {
    var menu = menu([("share", nil), ("shell", nil)], typed: "sh")
    #expect(menu?.taken == nil)
    menu?.step(by: 1)
    #expect(menu?.shown == EditedText("share"))
    #expect(menu?.taken == EditedText("share "))
    #expect(menu?.base == EditedText("sh"))
    _ = menu?.rows(width: 40, height: 5)
    menu?.stepAside(by: 1)
    #expect(menu?.shown == EditedText("shell"))
    menu?.stepAside(by: 1)
    #expect(menu?.shown == EditedText("shell"))
  }

  @Test("no line is wider than the window, and none higher than its room")
  func width() {
    let words = (0..<50).map { (String(repeating: "n", count: $0 % 13 + 1), $0 % 2 == 0 ? "about" : nil) }
    for width in 1...60 {
      for height in [1, 2, 3, 80] {
        let lines = lines(words, width: width, height: height)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
        #expect(lines.count <= height)
      }
    }
  }

  @Test("names that hold control characters are shown escaped")
  func escaped() { #expect(lines([("a\u{1B}[2Jb", nil)], width: 40) == ["a\\e[2Jb"]) }
}
