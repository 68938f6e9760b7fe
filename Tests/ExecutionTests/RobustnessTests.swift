import ColumnStore
import Language
import Testing

@testable import Execution

@Suite("Nothing that is typed can trap") struct RobustnessTests {
  /// Runs a text; a message is as good as rows.
  private func run(_ text: String, _ session: TestSession = TestSession()) {
    do {
      try session.run(text)
    } catch let diagnostic as Diagnostic {
      #expect(!diagnostic.message.isEmpty)
    } catch {
      Issue.record("\(error)")
    }
  }

  private var session: TestSession {
    get throws {
      let session = TestSession()
      try session.run("let t := values (1, 'a'), (2, 'b'), (null, null)")
      return session
    }
  }

  @Test("deep and long expressions", arguments: [10, 100, 500, 3000])
  func deepExpressions(_ depth: Int) throws {
    let session = try session
    let many = repeatElement("column1", count: depth)
    run("select \(many.joined(separator: " + ")) from t;", session)
    run("select \(many.joined(separator: " || ")) from t;", session)
    run("select \(many.map { "\($0) > 1" }.joined(separator: " or ")) from t;", session)
    run("select \(repeatElement("not", count: depth).joined(separator: " ")) true from t;", session)
    run("select \(String(repeating: "(", count: depth))column1\(String(repeating: ")", count: depth)) from t;", session)
    run(
      "select \(String(repeating: "abs(", count: depth))column1\(String(repeating: ")", count: depth)) from t;", session
    )
    run("select \(String(repeating: "- ", count: depth))column1 from t;", session)
    run("select column1 in (\((0..<depth).map(String.init).joined(separator: ", "))) from t;", session)
    run(
      "select case \((0..<depth).map { "when column1 = \($0) then '\($0)'" }.joined(separator: " ")) end from t;",
      session)
    run("select \((0..<depth).map { "\($0) as c\($0)" }.joined(separator: ", ")) from t;", session)
    run("from t \(String(repeating: "|> extend column1 as x |> drop x ", count: depth))", session)
    run("from t \(String(repeating: "|> where column1 > 0 ", count: depth))", session)
    run("from t \(String(repeating: "|> order by column1 ", count: depth))", session)
    run("values \((0..<depth).map { "(\($0))" }.joined(separator: ", "));", session)
    run((0..<depth).map { "select \($0)" }.joined(separator: " union all ") + ";", session)
    run((0..<depth).map { "select \($0)" }.joined(separator: " union ") + ";", session)
    run("select 1 from \((0..<min(depth, 100)).map { "(select 1) as s\($0)" }.joined(separator: ", "));", session)
  }

  @Test("limits, offsets and counts of any size")
  func largeNumbers() throws {
    let session = try session
    for number in ["0", "1", "9223372036854775807", "-1", "-9223372036854775808", "9223372036854775808", "1e30"] {
      run("select * from t limit \(number);", session)
      run("select * from t order by column1 limit 1 offset \(number);", session)
      run("select * from t order by column1 limit \(number) offset \(number);", session)
      run("from t |> top \(number) column2", session)
      for call in [
        "repeat('ab', N)", "left('ab', N)", "right('ab', N)", "lpad('a', N)", "rpad('a', N, 'xy')",
        "substring('ab', N)", "substring('ab', N, N)", "split_part('a,b', ',', N)", "round(1.5, N)", "round(N)",
        "abs(N)",
        "make_date(N, N, N)", "date '2021-01-01' + N", "date '2021-01-01' - N", "1 + N", "N * N", "N // -1", "N % -1",
        "- N", "cast(N as double)", "cast(cast(N as double) as integer)", "power(N, N)", "chr(N)", "sqrt(N)",
        "date '2021-01-01' + interval '\(number) months'", "timestamp '2021-01-01' - interval '\(number) seconds'",
        "date '2021-01-01' + interval '\(number) millennia'", "interval '\(number) days' + date '2021-01-01'",
      ] {
        run("select \(call.replacingEach("N", with: number));", session)
        run("select \(call.replacingEach("N", with: "column1")) from (values (\(number)), (null));", session)
      }
    }
  }

  @Test("tables without rows or values")
  func emptyTables() throws {
    let session = TestSession()
    try session.run(
      "let e := select * from (values (1, 'a', 1.5, date '2021-01-01', true, ['x'])) as v(i, s, d, day, f, l) where false"
    )
    try session.run(
      "let n := select null::integer as i, null as s, null::double as d, null::date as day, null::boolean as f, null::text[] as l union all select null, null, null, null, null, null"
    )
    for table in ["e", "n"] {
      for query in [
        "from T", "from T |> where i > 1", "from T |> extend i + 1 as x, s || 'a' as y, d * 2 as z, day + 1 as w",
        "from T |> aggregate count(*) as c, sum(i) as a, avg(d) as b, min(s) as m, median(d) as e, stddev(d) as g, string_agg(s) as h, first(l) as o group by s",
        "from T |> aggregate count(*) as c, sum(i) as a, avg(d) as b, min(s) as m, median(day) as e, bool_and(f) as g, string_agg(distinct s) as h",
        "from T |> aggregate count(distinct l) as c group by i, s, d, day, f, l", "from T |> order by i, s, d, day, f",
        "from T |> distinct", "from T |> share s", "from T |> share s by i", "from T |> share i of d by s",
        "from T |> timeline by month", "from T |> timeline s by day per i", "from T |> top s",
        "from T |> top 3 s by sum(i)",
        "from T as a |> join T as b on a.i = b.i", "from T as a |> left join T as b on a.s = b.s and a.i < b.i",
        "from T as a |> full join T as b on a.l = b.l", "from T as a |> cross join T as b",
        "from T |> union all (from T)",
        "from T |> except (from T)", "from T |> intersect (from T)", "from T |> limit 1 offset 1",
        "select case when i > 1 then s else 'x' end from T;", "select * from T where i in (1, null) or s like '%a';",
        "select cast(s as integer), cast(i as text), cast(d as integer) from T;", "select l from T group by l;",
        "select quantile(d, 0.5), quantile_disc(s, 0.5), variance(d), any_value(f), last(s order by d) from T;",
      ] {
        #expect(throws: Never.self) { try session.run(query.replacingEach("T", with: table)) }
      }
    }
  }

  @Test("texts that have no number yet and texts that have")
  func interning() {
    let interner = TextInterner()
    for round in 0..<2 {
      for index in 0..<70_000 {
        var text = index % 2 == 0 ? "\(index)" : "a longer text, number \(index)"
        text.withUTF8 { bytes in
          if round == 0 { #expect(interner.find(bytes) == nil) }
          #expect(interner.intern(bytes) == UInt32(index))
          #expect(interner.find(bytes) == UInt32(index))
        }
      }
    }
    #expect(interner.count == 70_000)
    #expect(interner.intern(UnsafeBufferPointer(start: nil, count: 0)) == 70_000)
  }
}

extension String {
  /// The text with every occurrence of one letter's word replaced.
  fileprivate func replacingEach(_ letter: Character, with text: String) -> String {
    var result = ""
    var previous: Character = " "
    let characters = Array(self)
    for (index, character) in characters.enumerated() {
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      let isAlone = !previous.isLetter && !next.isLetter && previous != "'" && next != "'"
      result += character == letter && isAlone ? text : String(character)
      previous = character
    }
    return result
  }
}
