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

  private func window(_ function: WindowFunction.Function, _ arguments: [PlanExpression], frame: RowFrame = .usual)
    -> WindowFunction
  {
    let order = SortKey(expression: column(0, .text), isDescending: true, nullsFirst: true)
    return WindowFunction(
      function: function, arguments: arguments,
      layout: WindowLayout(partition: [column(2, .date)], order: [order]), frame: frame, name: "w", type: .integer,
      span: span)
  }

  @Test func windowsHaveTheOrderAndTheFrameOfThisProcess() throws {
    let frame = RowFrame(unit: .rows, start: .preceding(.count(3)), end: .currentRow)
    let plan = LogicalPlan.window(
      rows,
      [
        window(.window(.rowNumber), []), window(.aggregate(.sum), [column(1, .integer)], frame: frame),
        window(.window(.lag), [column(1, .integer), literal(.integer(2), .integer)]),
      ])
    let layout = "PARTITION BY t.c2 ORDER BY t.c0 COLLATE \"C\" DESC NULLS FIRST"
    #expect(
      try SQLWriter(dialect: .postgreSQL).sql(plan, on: ["T"])
        == "SELECT t.c0 AS c0, t.c1 AS c1, t.c2 AS c2, CAST(ROW_NUMBER() OVER (\(layout)) AS BIGINT) AS c3, "
        + "CAST(SUM(t.c1) OVER (\(layout) ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS BIGINT) AS c4, "
        + "CAST(LAG(t.c1, 2) OVER (\(layout)) AS BIGINT) AS c5 FROM (T) AS t")
  }

  @Test func windowsWithoutWordsAreNotSent() throws {
    func sql(_ function: WindowFunction, _ dialect: Dialect, keepsOrder: Bool = false) throws -> String {
      try SQLWriter(dialect: dialect, keepsOrder: keepsOrder).sql(.window(rows, [function]), on: ["T"])
    }
    var passing = window(.window(.lastValue), [column(1, .integer)])
    passing.ignoresNulls = true
    #expect(throws: Inexpressible.self) { try sql(passing, .postgreSQL) }
    #expect(try sql(passing, .spark).contains("LAST_VALUE(t.c1) IGNORE NULLS OVER ("))
    let near = RowFrame(unit: .range, start: .preceding(.number(3)), end: .currentRow)
    #expect(throws: Inexpressible.self) {
      try sql(window(.aggregate(.sum), [column(1, .integer)], frame: near), .postgreSQL)
    }
    let others = RowFrame(
      unit: .rows, start: .unboundedPreceding, end: .currentRow, exclusion: .currentRow)
    #expect(throws: Inexpressible.self) {
      try sql(window(.aggregate(.sum), [column(1, .integer)], frame: others), .spark)
    }
    // Rows of this process have places, rows of a database have none.
    var unordered = window(.window(.rowNumber), [])
    unordered.layout.order = []
    #expect(throws: Inexpressible.self) { try sql(unordered, .postgreSQL, keepsOrder: true) }
    #expect(try sql(unordered, .postgreSQL).contains("OVER (PARTITION BY t.c2 ORDER BY 1)"))
  }

  @Test func aMarkIsUnknownWhereNoMatchIsSure() throws {
    let join = JoinPlan(
      kind: .mark, left: rows, right: rows,
      condition: call(.equal, [column(1, .integer), column(4, .integer)], .boolean))
    #expect(
      try SQLWriter(dialect: .spark).sql(.join(join), on: ["A", "B"])
        == "SELECT l.c0 AS c0, l.c1 AS c1, l.c2 AS c2, CASE WHEN EXISTS (SELECT 1 FROM (B) AS r WHERE (l.c1 = r.c1)) "
        + "THEN TRUE WHEN EXISTS (SELECT 1 FROM (B) AS r WHERE ((l.c1 = r.c1)) IS NULL) THEN NULL ELSE FALSE END AS c3 "
        + "FROM (A) AS l")
  }

  @Test func aQueryForOneValueIsAJoinWhereItIsSureToBeOne() throws {
    let counted = LogicalPlan.aggregate(
      rows, keys: [Projection(name: "country", expression: column(0, .text))],
      aggregates: [Aggregate(function: .countRows, arguments: [], name: "n", type: .integer, span: span)])
    let sure = JoinPlan(
      kind: .single, left: rows, right: counted, equalities: [JoinPlan.Equality(column(0, .text), column(0, .text))])
    #expect(try SQLWriter(dialect: .sqlite).sql(.join(sure), on: ["A", "B"]).contains("(A) AS l LEFT JOIN (B) AS r"))
    let unsure = JoinPlan(kind: .single, left: rows, right: counted)
    #expect(throws: Inexpressible.self) { try SQLWriter(dialect: .sqlite).sql(.join(unsure), on: ["A", "B"]) }
    #expect(
      try SQLWriter(dialect: .postgreSQL).sql(.join(unsure), on: ["A", "B"]).contains(
        "(SELECT r.c1 FROM (B) AS r WHERE (1 = 1)) AS c4"))
  }

  @Test func theFirstOfAnOrderIsRanked() throws {
    let first = Aggregate(
      function: .first, arguments: [column(0, .text)], filter: call(.isNotNull, [column(2, .date)], .boolean),
      order: [SortKey(expression: column(1, .integer), isDescending: true, nullsFirst: false)], name: "f", type: .text,
      span: span)
    #expect(
      try SQLWriter(dialect: .spark).sql(
        .aggregate(rows, keys: [Projection(name: "day", expression: column(2, .date))], aggregates: [first]), on: ["T"])
        == "SELECT t.c2 AS c0, MAX(t.c0) FILTER (WHERE t.f0 = 1 AND (t.c2 IS NOT NULL)) AS c1 FROM (SELECT t.*, "
        + "ROW_NUMBER() OVER (PARTITION BY t.c2 ORDER BY CASE WHEN (t.c2 IS NOT NULL) THEN 0 ELSE 1 END, "
        + "t.c1 DESC NULLS LAST, t.c0 ASC NULLS LAST) AS f0 FROM (T) AS t) AS t GROUP BY 1")
  }

  @Test func aConstantIsNoPlaceToGroupBy() throws {
    let count = Aggregate(function: .countRows, arguments: [], name: "n", type: .integer, span: span)
    let plan = LogicalPlan.aggregate(
      rows, keys: [Projection(name: "k", expression: literal(.integer(7), .integer))], aggregates: [count])
    #expect(
      try SQLWriter(dialect: .postgreSQL).sql(plan, on: ["T"])
        == "SELECT CAST('7' AS BIGINT) AS c0, COUNT(*) AS c1 FROM (T) AS t HAVING COUNT(*) > 0")
  }

  @Test func functionsAreSentForArgumentsWithWhichTheyMeanTheSame() throws {
    let writer = SQLWriter(dialect: .postgreSQL)
    let name = column(0, .text)
    func text(_ value: String) -> PlanExpression { literal(.text(value), .text) }
    func number(_ value: Int64) -> PlanExpression { literal(.integer(value), .integer) }
    let substring = try writer.expression(call(.substring, [name, number(2), number(3)], .text))
    #expect(substring == "SUBSTR(t.c0, 2, 3)")
    #expect(throws: Inexpressible.self) {
      try writer.expression(call(.substring, [name, number(0), number(3)], .text))
    }
    #expect(try writer.expression(call(.like, [name, text("I_%")], .boolean)) == "(t.c0 LIKE 'I_%')")
    #expect(throws: Inexpressible.self) { try writer.expression(call(.like, [name, text("I\\%")], .boolean)) }
    #expect(throws: Inexpressible.self) { try writer.expression(call(.like, [name, name], .boolean)) }
    #expect(
      try writer.expression(call(.trim, [name], .text)) == "TRIM(BOTH ' ' FROM t.c0)")
    let weekday = call(.datePart, [text("dow"), column(2, .date)], .integer)
    #expect(try writer.expression(weekday) == "CAST(EXTRACT(DOW FROM t.c2) AS BIGINT)")
    #expect(
      try SQLWriter(dialect: .spark).expression(weekday)
        == "CAST((EXTRACT(DAYOFWEEK FROM t.c2) - 1) AS BIGINT)")
    #expect(
      try SQLWriter(dialect: .sqlite).expression(call(.greatest, [number(1), column(1, .integer)], .integer))
        == "COALESCE(MAX(CAST('1' AS INTEGER), t.c1), CAST('1' AS INTEGER), t.c1)")
  }

  @Test func samplesAreOfRowsWithoutPlaces() throws {
    let sample = SamplePlan(method: .bernoulli, amount: .percent(10), seed: 7, isSeedGiven: true)
    #expect(
      try SQLWriter(dialect: .spark).sql(.sample(rows, sample), on: ["T"])
        == "SELECT * FROM (T) AS t WHERE RAND(7) < 0.1")
    #expect(throws: Inexpressible.self) {
      try SQLWriter(dialect: .spark, keepsOrder: true).sql(.sample(rows, sample), on: ["T"])
    }
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
