import ColumnStore
import Testing

@testable import Formats

@Suite("Decimals, times, intervals, counts and lists in every format") struct LaterTypesTests {
  private func text(_ format: any TableFormat, _ presentation: Presentation = Presentation()) throws -> String {
    let sink = MemorySink()
    try format.write(laterTypes, presentation: presentation, to: sink)
    return sink.text
  }

  @Test func csvHasTheTextsThatReadBack() throws {
    #expect(
      try text(CSVFormat()) == """
        n,w,at,span,c,i,days
        -1.50,1234567890123456789012.3,19:30:00.5,1 year 2 mons 3 days -00:00:01,500+,"[1,null]","[""2021-02-10""]"
        ,,,,,,

        """)
  }

  @Test func jsonHasNumbersAsNumbersAndListsAsArrays() throws {
    #expect(
      try text(NDJSONFormat()) == """
        {"n":-1.50,"w":1234567890123456789012.3,"at":"19:30:00.5","span":"1 year 2 mons 3 days -00:00:01","c":"500+","i":[1,null],"days":["2021-02-10"]}
        {"n":null,"w":null,"at":null,"span":null,"c":null,"i":null,"days":null}

        """)
  }

  @Test func boxesNameTheTypes() throws {
    let box = try text(BoxFormat())
    for part in [
      "decimal(6,2)", "decimal(30,1)", "time", "interval", "count", "500+", "integer[]", "date[]", "-1.50", "[1,null]",
    ] {
      #expect(box.contains(part))
    }
  }

  @Test func htmlHasClassesWithoutBrackets() throws {
    let html = try text(HTMLFormat())
    #expect(html.contains("<td class=\"number decimal\">-1.50</td>"))
    #expect(html.contains("<td class=\"list\">[1,null]</td>"))
  }
}
