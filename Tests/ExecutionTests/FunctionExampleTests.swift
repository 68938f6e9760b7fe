import Planning
import Testing

@Suite("Function examples") struct FunctionExampleTests {
  private static let examples =
    FunctionRegistry.scalars.map { [$0.name, $0.example.call, $0.example.result] }
    + FunctionRegistry.aggregates.map { [$0.name, $0.example.call, $0.example.result] }
    + FunctionRegistry.windows.map { [$0.name, $0.example.call, $0.example.result] }

  @Test("every example gives what `help` says", arguments: examples)
  func example(_ example: [String]) throws {
    let table = try #require(try TestSession().run("select \(example[1])"))
    #expect(table.rowCount == 1)
    #expect(table.columns[0].value(0).description == example[2])
  }

  @Test("every name, synonyms included, belongs to one function")
  func namesAreUnique() {
    let names = FunctionRegistry.allNames
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0 == $0.lowercased() })
  }
}
