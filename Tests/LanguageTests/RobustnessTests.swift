import FixedRandom
import Testing

@testable import Language

@Suite("No input crashes") struct RobustnessTests {
  static let seeds = [
    "load reports/*.csv as removals (delimiter ';', types (id text, \"my col\" date), null ('-', 'NA'))",
    "let india := from actions |> where country = 'IN' and acted_at >= date '2021-01-31' |> share action by platform",
    "select a, count(*) filter (where b > 1) n from t join u using (id) group by all having n > 2 order by n desc;",
    "with recursive r (x) as (select 1 union all select x + 1 from r) select * exclude (x) from r limit 3;",
    "from (select 1) s |> timeline action by month of acted_at per country |> top 20 a by sum(n) |> save x.csv",
    "select case a when 1 then 'x' else cast(b as decimal(10, 2)) end, x[1:2]::text[], -1e5, $p, interval 1 day;",
    "run '${folder}/x.nbk' with (a = 1); help share; timer on; explain analyze from 'a.csv' |> shell 'less'",
    "select sum(a) over (partition by b order by c rows between 1 preceding and current row exclude ties) from t;",
    "from removals!rejects -- comment\n|> aggregate sum(x) as \"odd \"\" name\" group and order by `b` desc",
    "create or replace temp table if not exists t (a int primary key default 1 not null, b text check (b > 'a') "
      + "references u (c) on delete set null, constraint k unique (a, b), foreign key (a) references u);",
    "with a as (select 1) insert or replace into t (a, b) values (default, e'a\\'\\n'), (x'41', $$b$$), (0x1F, .5);",
    "update t as x set a = 1, (b, c) = (select 1, 2) from u where x.a = u.a; delete from t using u where a in t;",
    "create unique index if not exists i on t (a desc) where b; create view v (a) as table t; truncate t, u; begin;",
    "from a asof left join b on a.k >= b.k |> with c as (from d) |> union all by name (values (1)) |> window 1 w",
    "from t |> where a not in (1, 2) or (a, b) = any (select 1, 2) and c is not distinct from d like 'x' escape '!'",
  ]

  /// Runs everything that takes text over `bytes`, and checks that all spans lie in it, in order.
  private func check(_ bytes: [UInt8]) {
    let source = SourceText(name: "fuzz", utf8: bytes)
    var last = 0
    for parsed in StatementSequence(source) {
      #expect(parsed.span.start >= last && parsed.span.end <= bytes.count)
      last = parsed.span.end
      if case .failure(let diagnostic, _) = parsed {
        #expect(diagnostic.excerpt != nil)
        #expect(!diagnostic.rendered().isEmpty)
      }
    }
    last = 0
    for lexeme in lexemes(of: source) {
      #expect(lexeme.span.start >= last && lexeme.span.end <= bytes.count)
      last = lexeme.span.end
    }
    _ = completeness(of: String(decoding: bytes, as: UTF8.self))
    _ = try? parseExpression(source)
  }

  @Test("random bytes") func randomBytes() {
    var generator = FixedGenerator(seed: 1)
    for _ in 0..<3_000 {
      check((0..<Int.random(in: 0..<60, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }

  @Test("random words and symbols") func randomTokens() {
    var generator = FixedGenerator(seed: 2)
    let words =
      Keyword.allCases.map(\.text) + Symbol.allCases.map(\.rawValue)
      + ["a", "t", "1", "2.5", "'s'", "\"q\"", "$p", "_", "\n", "--", "/*", "*/", "\n  ", "`b`"]
    for _ in 0..<4_000 {
      let count = Int.random(in: 1..<25, using: &generator)
      let text = (0..<count).compactMap { _ in words.randomElement(using: &generator) }.joined(separator: " ")
      check(Array(text.utf8))
    }
  }

  @Test("valid statements with bytes changed, cut and put in") func mutations() {
    var generator = FixedGenerator(seed: 3)
    for round in 0..<4_000 {
      var bytes = Array(Self.seeds[round % Self.seeds.count].utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...9, using: &generator)))
        case 2:
          bytes.insert(contentsOf: Array("'\"`()[]{},;|>*/-\n".utf8).shuffled(using: &generator).prefix(2), at: place)
        default: bytes.insert(contentsOf: bytes[place...].prefix(20), at: 0)
        }
      }
      check(bytes)
    }
  }

  @Test("every beginning of a valid statement") func prefixes() {
    for seed in Self.seeds {
      let bytes = Array(seed.utf8)
      #expect(parseScript(SourceText(utf8: bytes)).diagnostics.isEmpty, "\(seed)")
      for length in 0..<bytes.count { check(Array(bytes[..<length])) }
    }
  }

  @Test(
    "what nests without end is refused",
    arguments: [
      "(", "[", "not (", "case ", "f(", "a[", "-(", "a in (", "cast(", "exists (", "a between (", "a = not ",
      "case when ", "(select ", "(from (", "a + (", "a::b[", "array[", "count(distinct ", "interval (", "a = any (",
      "a in [", "a in unnest(", "create table t (a int default (", "insert into t (select ", "with a as (",
      "create view v as (from ", "x over (partition by ",
      "sum(x) filter (where ", "trim(both ", "position(", "extract(year from ",
    ])
  func nesting(opening: String) {
    let many = String(repeating: opening, count: 2_000)
    for text in ["select \(many)", "where \(many)", "let a = \(many)", "from \(many)", "load x (a \(many)", many] {
      let script = parseScript(SourceText(text: text))
      #expect(!script.diagnostics.isEmpty, "\(text.prefix(40))")
    }
  }

  @Test("150 brackets are fine, 250 are not") func brackets() {
    func nested(_ count: Int) -> String {
      String(repeating: "(", count: count) + "a" + String(repeating: ")", count: count)
    }
    #expect(expr(nested(150)) == "a")
    #expect(expr(nested(250)) == "error: this is nested more than 200 levels deep")
  }

  @Test(
    "chains are long but not endless",
    arguments: [
      ("a", " + 1"), ("a", "::int"), ("a", "[1]"), ("a", " || 'x'"), ("a", " is null"), ("a", " collate b"),
      ("a", " at time zone 'UTC'"), ("a", " like 'b'"), ("a", " isnull"),
    ])
  func chains(start: String, link: String) {
    #expect(!expr(start + String(repeating: link, count: 500)).hasPrefix("error"))
    let tooLong = expr(start + String(repeating: link, count: 20_000))
    #expect(tooLong == "error: this is a chain of more than 1000 parts")
  }

  @Test(
    "signs, joins, set operations and pipes are bounded too",
    arguments: [
      "where \(String(repeating: "not ", count: 20_000)) a",
      "where \(String(repeating: "- ", count: 20_000)) a",
      "from a\(String(repeating: " cross join b", count: 20_000))",
      "from a\(String(repeating: ", b", count: 20_000))",
      "select 1\(String(repeating: " union select 1", count: 20_000))",
      "select 1\(String(repeating: " intersect select 1", count: 20_000))",
      "from a\(String(repeating: " |> limit 1", count: 20_000))",
      "limit 1\(String(repeating: " |> limit 1", count: 20_000))",
      "a\(String(repeating: " |> limit 1", count: 20_000))",
    ])
  func wideTrees(text: String) {
    let script = parseScript(SourceText(text: text))
    #expect(script.diagnostics.map(\.message) == ["this is a chain of more than 1000 parts"])
  }

  @Test("chains inside brackets inside chains add up") func addedHeights() {
    var text = "a"
    for _ in 0..<10 { text = "(\(text)\(String(repeating: " + 1", count: 150)))" }
    #expect(expr(text) == "error: this is a chain of more than 1000 parts")
    let beside = Array(repeating: "a\(String(repeating: " + 1", count: 150)) = 1", count: 50)
    #expect(expr(beside.joined(separator: " and ")).hasPrefix("(and"))
    #expect(expr("f(" + beside.joined(separator: ", ") + ")").hasPrefix("(f"))
  }

  @Test(
    "a long run of anything is read in one pass",
    arguments: [
      "a + ", "'", "''", "\"", "/*", "/* ", "*/", "-- x\n", "--", "load a\n", "tables\n", "select 1;", "|> ", "$a ",
      "((", ")",
      "1 ", "1_", "a.", "a!", "\n  a", "é", "\u{FEFF}", ";", "\0", "from t |> where a = 1\n", "from 'x\n", "${",
      "let a = (", ",",
      "e'", "e'\\", "x'", "$$", "0x", "create table t (a int);", "a int primary key,", "insert into ", "values (1),",
      "select * from t where a in (1, 2) and b = 'x';\n", "load 'a' (x 'y', z (1, 2))\n", "from \n", "from;",
      "load a/* ",
    ])
  func longRuns(unit: String) {
    let bytes = Array(repeating: Array(unit.utf8), count: 100_000 / unit.utf8.count).flatMap { $0 }
    let source = SourceText(utf8: bytes)
    let script = parseScript(source)
    #expect(script.diagnostics.allSatisfy { $0.span != nil })
    #expect(lexemes(of: source).count <= bytes.count)
  }

  @Test("a script of a megabyte") func megabyte() {
    let unit = "from t |> where a in (1, 2) and b = 'x' |> share action\nload a/*.csv as b\n"
    let count = 1_000_000 / unit.utf8.count
    let script = parseScript(SourceText(text: String(repeating: unit, count: count)))
    #expect(script.statements.count == 2 * count && script.diagnostics.isEmpty)
  }
}
