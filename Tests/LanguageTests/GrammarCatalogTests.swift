import Testing

@testable import Language

@Suite("The grammar as data") struct GrammarCatalogTests {
  @Test("the examples of all commands, operators and clauses read") func examples() {
    for entry in GrammarCatalog.commands + GrammarCatalog.operators + GrammarCatalog.clauses {
      #expect(entry.examples.count == 2, "\(entry.name)")
      for example in entry.examples {
        let script = parseScript(SourceText(name: entry.name, text: example))
        #expect(script.diagnostics.isEmpty && !script.statements.isEmpty, "\(example)")
      }
    }
  }

  @Test("a topic finds its entries") func topics() {
    #expect(GrammarCatalog.entries(about: "share").map(\.kind) == [.pipeOperator])
    #expect(GrammarCatalog.entries(about: "SAVE").map(\.kind) == [.command, .pipeOperator])
    #expect(GrammarCatalog.entries(about: "tab").map(\.name) == ["tables", "tablesample"])
    #expect(GrammarCatalog.entries(about: "nonsense").isEmpty)
  }

  @Test("reserved words are few, and none is likely for a column") func reserved() {
    let reserved = GrammarCatalog.reservedWords
    #expect(reserved.count < 30)
    for word in ["action", "category", "share", "date", "year", "of", "by", "type", "count", "top", "status"] {
      #expect(!reserved.contains(word))
    }
    #expect(GrammarCatalog.keywords.contains("try_cast"))
  }
}
