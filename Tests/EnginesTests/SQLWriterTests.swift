import ColumnStore
import Language
import Planning
import Testing

@testable import Engines

/// What is sent, against SQL written by hand.
@Suite("Plans as SQL") struct SQLWriterTests {
  private let span = SourceSpan(start: 0, end: 0)
  private let rows = LogicalPlan.rows(
    of: Table([
      ("country", Column(type: .text, values: [])), ("n", Column(type: .integer, values: [])),
      ("day", Column(type: .date, values: [])),
    ]))

  private func column(_ index: Int, _ type: DataType) -> PlanExpression {
    PlanExpression(.column(index), type: type, span: span)
  }
  private func literal(_ value: Value, _ type: DataType) -> PlanExpression {
    PlanExpression(.literal(value), type: type, span: span)
  }
  private func call(_ function: ScalarFunction, _ arguments: [PlanExpression], _ type: DataType) -> PlanExpression {
    PlanExpression(.call(function, arguments), type: type, span: span)
  }

  @Test func aFilterKeepsTheColumns() throws {
    let plan = LogicalPlan.filter(
      rows, predicate: call(.greater, [column(1, .integer), literal(.integer(3), .integer)], .boolean))
    #expect(
      try SQLWriter(dialect: .postgreSQL).sql(plan, on: ["SELECT 1"])
        == "SELECT * FROM (SELECT 1) AS t WHERE (t.c1 > CAST('3' AS BIGINT))")
    #expect(
      try SQLWriter(dialect: .sqlite).sql(plan, on: ["SELECT 1"])
        == "SELECT * FROM (SELECT 1) AS t WHERE (t.c1 > CAST('3' AS INTEGER))")
  }

  @Test func textsAreComparedByTheirCodePoints() throws {
    let less = call(.less, [column(0, .text), literal(.text("it's"), .text)], .boolean)
    #expect(
      try SQLWriter(dialect: .postgreSQL).expression(less) == "(t.c0 COLLATE \"C\" < 'it''s' COLLATE \"C\")")
    #expect(try SQLWriter(dialect: .spark).expression(less) == "(t.c0 < 'it\\'s')")
    #expect(try SQLWriter(dialect: .spark).expression(literal(.text("a\\b"), .text)) == "'a\\\\b'")
  }

  @Test func groupsAreCountedThere() throws {
    let sum = Aggregate(
      function: .sum, arguments: [column(1, .integer)], isDistinct: true,
      filter: call(.isNotNull, [column(2, .date)], .boolean), name: "s", type: .integer, span: span)
    let mean = Aggregate(function: .average, arguments: [column(1, .integer)], name: "a", type: .double, span: span)
    let plan = LogicalPlan.aggregate(
      rows, keys: [Projection(name: "country", expression: column(0, .text))], aggregates: [sum, mean])
    #expect(
      try SQLWriter(dialect: .spark).sql(plan, on: ["T"])
        == "SELECT t.c0 AS c0, CAST(SUM(DISTINCT CAST(t.c1 AS DECIMAL(38,0))) FILTER (WHERE (t.c2 IS NOT NULL)) AS BIGINT) AS c1, "
        + "(CAST(SUM(CAST(t.c1 AS DECIMAL(38,0))) AS DOUBLE) / NULLIF(COUNT(t.c1), 0)) AS c2 FROM (T) AS t GROUP BY 1")
  }

  @Test func dividingByZeroIsNull() throws {
    let quotient = call(.divide, [column(1, .integer), column(1, .integer)], .double)
    #expect(
      try SQLWriter(dialect: .postgreSQL).expression(quotient)
        == "(CAST(t.c1 AS DOUBLE PRECISION) / NULLIF(CAST(t.c1 AS DOUBLE PRECISION), 0))")
  }

  @Test func theFirstRowsAreInTheOrderOfThisProcess() throws {
    let plan = LogicalPlan.sort(
      rows, keys: [SortKey(expression: column(0, .text), isDescending: true, nullsFirst: false)], limit: 5)
    #expect(
      try SQLWriter(dialect: .postgreSQL).sql(plan, on: ["T"])
        == "SELECT * FROM (T) AS t ORDER BY t.c0 COLLATE \"C\" DESC NULLS LAST LIMIT 5")
  }

  @Test func joinsNameBothSides() throws {
    let join = JoinPlan(
      kind: .left, left: rows, right: rows,
      equalities: [
        JoinPlan.Equality(column(0, .text), column(0, .text)),
        JoinPlan.Equality(column(2, .date), column(2, .date), nullsMatch: true),
      ], condition: call(.less, [column(1, .integer), column(4, .integer)], .boolean))
    #expect(
      try SQLWriter(dialect: .spark).sql(.join(join), on: ["A", "B"])
        == "SELECT l.c0 AS c0, l.c1 AS c1, l.c2 AS c2, r.c0 AS c3, r.c1 AS c4, r.c2 AS c5 FROM (A) AS l LEFT JOIN (B) AS r "
        + "ON (l.c0 = r.c0) AND (l.c2 <=> r.c2) AND (l.c1 < r.c1)")
    var full = join
    full.kind = .full
    #expect(throws: Inexpressible.self) { try SQLWriter(dialect: .postgreSQL).sql(.join(full), on: ["A", "B"]) }
    var semi = join
    (semi.kind, semi.condition) = (.semi, nil)
    #expect(
      try SQLWriter(dialect: .postgreSQL).sql(.join(semi), on: ["A", "B"])
        == "SELECT * FROM (A) AS l WHERE EXISTS (SELECT 1 FROM (B) AS r WHERE (l.c0 = r.c0) AND "
        + "(l.c2 IS NOT DISTINCT FROM r.c2))")
  }

  @Test func whatHasNoWordsIsSaidSo() {
    let writer = SQLWriter(dialect: .sqlite)
    let lower = call(.lower, [column(0, .text)], .text)
    #expect(throws: Inexpressible.self) { try writer.expression(lower) }
    #expect(throws: Inexpressible.self) { try writer.expression(literal(.date(0), .date)) }
    #expect(throws: Inexpressible.self) { try writer.expression(literal(.double(.infinity), .double)) }
    #expect(throws: Inexpressible.self) { try writer.expression(literal(.text("a\0b"), .text)) }
    #expect(throws: Inexpressible.self) {
      try writer.expression(PlanExpression(.cast(column(0, .text), lenient: true), type: .integer, span: span))
    }
    #expect(throws: Inexpressible.self) {
      try SQLWriter(dialect: .spark).sql(.sort(rows, keys: [], limit: nil), on: [""])
    }
  }

  @Test func namesAndTextsCannotEndTheirQuotes() throws {
    #expect(Dialect.postgreSQL.quoted("a\"; drop table t; --") == "\"a\"\"; drop table t; --\"")
    #expect(Dialect.spark.quoted("a`b") == "`a``b`")
    #expect(Dialect.postgreSQL.textLiteral("'; drop table t; --") == "'''; drop table t; --'")
    #expect(Dialect.spark.textLiteral("\\'; drop") == "'\\\\\\'; drop'")
  }

  @Test func aPasswordInAnAddressIsRefused() {
    do {
      _ = try Drivers.connect("postgresql://me:secret@host/db", as: "pg") { _ in nil }
      Issue.record("it was taken")
    } catch {
      #expect("\(error)".contains("a password or token does not stand in an address"))
      #expect(!"\(error)".contains("secret"))
    }
    #expect(throws: Diagnostic.self) { try Drivers.connect("mysql://host", as: "m") { _ in nil } }
  }
}
