import Foundation
import Testing

/// What the environment asks of a run.
enum Setting {
  static func text(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
  static func number(_ name: String, usual: Int) -> Int { text(name).flatMap { Int($0) } ?? usual }
}

/// The same random queries on the same random tables, asked of SQLite and of our engine: with the optimiser, without, and
/// in pipes.
///
/// - `NOTICEBOOK_DIFFERENTIAL_QUERIES` sets how many (3,000 unless given),
/// - `NOTICEBOOK_DIFFERENTIAL_SEED` where the random numbers begin,
/// - `NOTICEBOOK_DIFFERENTIAL_FAILURES` after how many differences to stop.
///
/// A difference is made small and printed as entries that can go into `Tests/Queries/differences.test` as they are.
@Suite("Differential: SQLite") struct DifferentialTests {
  @Test("random queries give the same rows")
  func randomQueries() throws {
    let seed = UInt64(Setting.number("NOTICEBOOK_DIFFERENTIAL_SEED", usual: 2021))
    let count = Setting.number("NOTICEBOOK_DIFFERENTIAL_QUERIES", usual: 3_000)
    let engines = try BothEngines()
    var failures = 0
    for batch in 0..<UInt64(max(1, count / 20)) {
      let tables = Choices(seed: seed &* 1_000_003 &+ batch)
      try engines.define(DifferentialCase.tables(tables))
      for number in 0..<20 {
        let query = Choices(seed: (seed &* 1_000_003 &+ batch) &* 31 &+ UInt64(number) &+ 1)
        guard try engines.difference(in: QueryGenerator(choices: query).query()) != nil else { continue }
        let small = try DifferentialCase(tables: tables.made, query: query.made).smallest(on: engines)
        Issue.record("seed \(seed), batch \(batch), query \(number)\n\(try small.description(on: engines))")
        failures += 1
        if failures >= Setting.number("NOTICEBOOK_DIFFERENTIAL_FAILURES", usual: 3) { return }
        try engines.define(DifferentialCase.tables(Choices(replaying: tables.made)))
      }
    }
  }

  @Test("decisions made once more give the same query")
  func replaying() {
    for seed in 0..<50 as Range<UInt64> {
      let first = Choices(seed: seed)
      let sql = QueryGenerator(choices: first).query().sql
      #expect(QueryGenerator(choices: Choices(replaying: first.made)).query().sql == sql)
    }
  }

  @Test("failing cases become small")
  func shrinking() {
    let choices = (0..<100).map { $0 % 7 }
    let small = Choices.smallest(choices, attempts: 10_000) { $0.reduce(0, +) >= 20 }
    #expect(small.reduce(0, +) == 20)
    #expect(small.count < 8)
  }
}
