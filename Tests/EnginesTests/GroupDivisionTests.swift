import ColumnStore
import Language
import Planning
import Testing

@testable import Engines

/// Aggregates made of the groups that a database would send, against the same aggregates made of the rows.
@Suite("Groups of what has no words") struct GroupDivisionTests {
  /// Few different values, so that many rows are equal; NULL among them.
  private static func table(seed: UInt64) -> Table {
    var state = seed
    func value(_ values: [Value]) -> Value {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return values[Int(state >> 33) % values.count]
    }
    let rows = (0..<300).map { _ in
      [
        value([.text("IN"), .text("TR"), .text(""), .null]), value([.integer(3), .integer(-7), .integer(12), .null]),
        value([.text("a,b"), .text("b"), .text("b,b,c"), .null]), value([.date(18_000), .date(18_040), .null]),
        value([.double(0.5), .double(2), .null]),
      ]
    }
    let types: [DataType] = [.text, .integer, .text, .date, .double]
    let names = ["country", "n", "labels", "day", "x"]
    return Table(
      zip(names, types).enumerated().map { index, column in
        (column.0, Column(type: column.1, values: rows.map { $0[index] }))
      })
  }

  /// SQLite has words for neither dates nor truth values, lists or patterns.
  private let writer = SQLWriter(dialect: .sqlite)

  /// The steps below the aggregate of a plan, the highest first, the aggregate, and the plan with another one in its place.
  private func divided(_ plan: LogicalPlan) -> LogicalPlan? {
    if case .aggregate(let input, let keys, let aggregates) = plan {
      var steps: [LogicalPlan] = []
      var base = input
      while !base.inputs.isEmpty {
        steps.append(base)
        base = base.inputs[0]
      }
      guard let rows = RowSteps(steps, on: base) else { return nil }
      var division = GroupDivision(rows, on: base, writer: writer)
      guard let rest = division.divided(keys, aggregates) else { return nil }
      return rest.reduce(division.sent) { $1($0) }
    }
    guard plan.inputs.count == 1, let input = divided(plan.inputs[0]) else { return nil }
    return plan.mapInputs { _ in input }
  }

  @Test(arguments: [
    "select country ~ 'I' as i, count(*), count(n), sum(n), avg(n), min(x), max(country) from t group by i;",
    "select strftime(day, '%Y-%m') as m, count(*) filter (where n > 0), sum(n) filter (where country ~ 'T') from t group by m;",
    "select count_if(labels ~ 'b'), count(*), sum(n) from t where country ~ 'T' and day is not null;",
    "select count(*) from t where country ~ 'nobody';",
    "select count(distinct strftime(day, '%d')), count(distinct n), sum(distinct n) from t where labels ~ 'b';",
    "from t |> extend unnest(string_split(labels, ',')) as l |> aggregate count(*), count(n), sum(n), avg(x) group by l, country;",
    "from t |> extend unnest(string_split(labels, ',')) as l |> where l <> 'a' |> aggregate count(*), min(n) group by l;",
    "select upper(country) as c, bool_or(n > 0), bool_and(labels ~ 'b') from t group by c;",
    "select sum(n * n) from t where country ~ 'I';",
    "select arg_max(abs(n), n), arg_min(day, strftime(day, '%j')) from t where labels ~ 'c';",
    "select country, sum(length(regexp_extract(labels, '.,'))), avg(length(labels || strftime(day, '%d'))) from t group by 1;",
  ])
  func groupsOfEqualRowsGiveTheSame(query: String) throws {
    for seed in 0..<5 {
      let plan = try QueryPlan(on: Self.table(seed: UInt64(seed))).plan(query)
      let division = try #require(divided(plan))
      #expect(try QueryPlan.texts(of: division) == QueryPlan.texts(of: plan), "\(query)")
    }
  }

  @Test func oneRowIsSentForEachDifferentValue() throws {
    let base = LogicalPlan.rows(of: Self.table(seed: 0), named: "t")
    let day = PlanExpression(.column(3), type: .date, span: SourceSpan(start: 0, end: 0))
    let month = PlanExpression(.call(.monthName, [day]), type: .text, span: day.span)
    let rows = try #require(RowSteps([], on: base))
    var division = GroupDivision(rows, on: base, writer: writer)
    #expect(division.divided([Projection(name: "m", expression: month)], []) != nil)
    // Two days, and none.
    #expect(try QueryPlan.rows(of: division.sent).rowCount == 3)
  }

  @Test(arguments: [
    // What needs every single value, or their order.
    "select country ~ 'I' as i, median(n) from t group by i;",
    "select country ~ 'I' as i, string_agg(country) from t group by i;",
    "select country ~ 'I' as i, sum(figure(labels)) from t group by i;",
  ])
  func whatCannotBeMadeOfGroupsIsNot(query: String) throws {
    #expect(divided(try QueryPlan(on: Self.table(seed: 0)).plan(query)) == nil)
  }
}
