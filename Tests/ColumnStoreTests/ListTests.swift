import Testing

@testable import ColumnStore

@Suite("Lists") struct ListTests {
  @Test("lists of every type are written as JSON and read back", arguments: ColumnTests.types)
  func texts(_ type: DataType) {
    let list = Value.list(ColumnTests.samples(type), of: type)
    #expect(TextParsing.value(list.description[...], as: .list(type)) == list)
  }

  @Test("what JSON has without quotes stands without them, the rest in quotes")
  func forms() {
    func text(_ items: [Value], _ type: DataType) -> String { Value.list(items, of: type).description }
    #expect(text([.integer(1), .null], .integer) == "[1,null]")
    #expect(text([.boolean(true)], .boolean) == "[true]")
    #expect(text([.double(1.5), .double(.nan)], .double) == #"[1.5,"NaN"]"#)
    #expect(text([.decimal(Decimal(units: 150, scale: 2))], .decimal(precision: 4, scale: 2)) == "[1.50]")
    #expect(text([.date(0)], .date) == #"["1970-01-01"]"#)
    #expect(text([.list([.text("a")], of: .text), .null], .textList) == #"[["a"],null]"#)
    #expect(TextParsing.list("[2021-02-10, \"1970-01-02\" ,NULL]", of: .date) == [.date(18_668), .date(1), .null])
    for text in ["[1,]", "[,1]", "[1", "1", "[[1]]", "[1]]", "[1.5]", "[a]", "[\"1]"] {
      #expect(TextParsing.list(text[...], of: .integer) == nil)
    }
  }

  @Test("items with the rows that they belong to")
  func unnesting() {
    let lists: [Value] = [.textList(["a", "b"]), .null, .textList([]), .textList(["c"])]
    let column = Column(type: .textList, values: lists)
    guard case .lists(let data) = column.slice(1..<4).data else { return }
    let (items, rows) = data.unnested(validity: column.slice(1..<4).validity)
    #expect((0..<items.count).map { items.value($0) } == [.text("c")])
    #expect(Array(rows) == [2])
    #expect(data.range(2).count == 1)
  }
}
