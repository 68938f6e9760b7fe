import Language
import Testing

@testable import Notebook

@Suite("Highlighting") struct HighlightingTests {
  /// The parts of a statement as `text:kind`; the cursor stands at its start unless said.
  private func parts(_ text: String, cursor: Int = 0) throws -> [String] {
    let session = Session()
    for statement in ["create table actions (id integer, action text, \"odd name\" text);", "let v = from actions"] {
      _ = try session.run(SourceText(text: statement))
    }
    let bytes = Array(text.utf8)
    return SessionHighlighter(session).spans(of: text, cursor: cursor).map {
      "\(String(decoding: bytes[$0.range], as: UTF8.self)):\($0.kind)"
    }
  }

  @Test func wordsAreWhatTheyMeanHere() throws {
    #expect(
      try parts("from actions |> where action = 'x' and count(id) > 10 -- why")
        == [
          "from:keyword", "actions:table", "|>:symbol", "where:keyword", "action:column", "=:symbol", "'x':string",
          "and:keyword", "count:function", "id:column", ">:symbol", "10:number", "-- why:comment",
        ])
    #expect(try parts("select \"odd name\" from v;").contains("\"odd name\":column"))
    #expect(try parts("select \"odd name\" from v;").contains("v:table"))
    #expect(try parts("load data/x.csv as t").contains("data/x.csv:path"))
    #expect(try parts("from actions |> where id = $least").last == "$least:parameter")
  }

  @Test func aNameThatNothingHasIsUnknownUnlessItIsBeingTyped() throws {
    let text = "from actions |> share actoin"
    #expect(try parts(text).last == "actoin:unknownName")
    #expect(try parts(text, cursor: text.utf8.count).last == "share:keyword")
    // Names that the statement gives, and those of tables that are not known.
    #expect(
      try !parts("from actions |> aggregate count(*) as n group by action |> where n > 1").contains {
        $0.hasPrefix("n:")
      })
    #expect(try !parts("from 'x.csv' |> share verdict").contains { $0.hasPrefix("verdict") })
    #expect(try parts("from nothing |> share verdict").filter { $0.contains("unknown") } == [])
  }

  @Test func bracketsThatDoNotMatchAreFaults() throws {
    #expect(try parts("select (1 + 2)) from actions;").filter { $0.hasSuffix("fault") } == ["):fault"])
    #expect(try parts("select (1 + [2)").filter { $0.hasSuffix("fault") } == ["[:fault", "):fault"])
    #expect(try parts("select (1 + 2").filter { $0.hasSuffix("fault") } == [])
    #expect(try parts("from actions |> where action = 'x").last == "'x:string")
  }
}
