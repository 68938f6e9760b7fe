import Foundation
import Language
import Testing

@testable import Notices

@Suite("source adapters") struct SourceAdapterTests {
  private func message(_ json: String) -> String {
    do {
      _ = try SourceAdapter(json: json, file: "mine.json")
      return ""
    } catch {
      return "\(error.message); \(error.help ?? "")"
    }
  }

  @Test func everyFileOfTheFolderIsAnAdapterOfItsName() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/Notices/Adapters")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    for name in names {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      let adapter = try SourceAdapter(json: text, file: name)
      #expect(adapter.name + ".json" == name)
      #expect(!adapter.limits.isEmpty, "\(name) says nothing about its limits")
    }
    #expect(SourceCatalog.names.map { $0 + ".json" } == names, "the catalog has every file")
  }

  @Test func aTableIsRecognisedByItsColumnsHoweverTheyAreSpelled() {
    let columns = [
      "COUNTRY", "iso code", "TIME PERIOD", "REMOVAL REQUESTS (COURT ORDERS)",
      "REMOVAL REQUESTS (GOVERNMENT AGENCY, POLICE, OTHER)",
    ]
    #expect(SourceCatalog.recognising(columns)?.name == "twitter_removal_requests")
    #expect(SourceCatalog.recognising(Array(columns.dropLast())) == nil)
    #expect(SourceCatalog.recognising(["user_id", "country", "fetched_at", "x"])?.name == "withheld_observations")
    #expect(SourceCatalog.recognising([]) == nil)
  }

  @Test func faultsAreToldWithTheirPlace() {
    #expect(message("{") == "mine.json is no JSON; help adapters shows what an adapter looks like")
    #expect(message("[]") == "mine.json: the adapter: found a list; expected an object")
    #expect(
      message(#"{"name": "a", "title": "A", "colums": []}"#)
        == "mine.json: the adapter: found the member 'colums'; expected 'columns'")
    #expect(message(#"{"name": "A b"}"#).hasPrefix("mine.json: name: found 'A b'"))
    #expect(
      message(#"{"name": "a", "title": "A", "columns": ["id"], "recognise": ["ib"]}"#)
        == "mine.json: recognise: found 'ib'; expected 'id'")
    #expect(
      message(#"{"name": "a", "title": "A", "columns": ["id"]}"#)
        == "mine.json: recognise: found nothing; expected the columns that tell this source")
    #expect(
      message(#"{"name": "a", "title": "A", "columns": [{"name": "id", "type": "strng"}], "recognise": "id"}"#)
        .hasPrefix("mine.json: columns[0].type: found 'strng'; expected "))
    #expect(
      message(
        #"{"name": "a", "title": "A", "columns": ["w"], "recognise": "w", "vocabulary": [{"column": "w", "words": {"x": "suspendd"}}]}"#
      ) == "mine.json: vocabulary[0].words.x: found 'suspendd'; expected 'suspended'")
    #expect(
      message(
        #"{"name": "a", "title": "A", "columns": ["w"], "recognise": "w", "actions": {"columns": {"when": "w"}}}"#
      ).hasPrefix("mine.json: actions.columns: found 'when'; expected one of id, notice, "))
  }

  @Test func editionsAreThoseWhoseColumnsAreThere() throws {
    let adapter = try SourceAdapter(
      json: """
        {"name": "a", "title": "A", "columns": ["id", "facts", "ean"], "recognise": "id", "editions": [
          {"name": "full", "with": "facts"}, {"name": "light", "without": "facts"},
          {"name": "new", "with": ["ean"]}]}
        """, file: "a.json")
    #expect(adapter.editions(having: ["id", "facts"]) == ["full"])
    #expect(adapter.editions(having: ["id", "ean"]) == ["light", "new"])
  }

  @Test func theVocabularyHasEachWordOnceAndTheMostSevereFirst() {
    #expect(Set(ActionVocabulary.names).count == ActionVocabulary.names.count)
    #expect(ActionVocabulary.names.first == "suspended")
    #expect(ActionVocabulary.names.suffix(2) == ["none", "pending"])
  }
}
