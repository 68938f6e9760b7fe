import Planning
import Testing

/// A query that aggregates for each row, put as one join, must know what every aggregate gives for no rows.
@Suite("Aggregates of no rows") struct AggregateOfNothingTests {
  @Test(
    "an inner query says the same of nothing as a query by itself",
    arguments: FunctionRegistry.aggregates.map(\.example.call))
  func emptyGroups(_ call: String) throws {
    let alone = try #require(
      try TestSession().run("select \(call) as x from (values (1)) as v(k) where v.k = 2"))
    let inside = "select (select \(call) from (values (1)) as v(k) where v.k = t.k) as x from (values (2)) as t(k)"
    for isOptimised in [true, false] {
      let table = try #require(try TestSession(isOptimised: isOptimised).run(inside))
      #expect(table.rowCount == 1)
      #expect(table.row(0) == alone.row(0))
    }
  }
}
