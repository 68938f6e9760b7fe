import FixedRandom
import Foundation
import Testing

@testable import Language

@Suite("The formatter") struct FormatterTests {
  private func format(_ text: String) throws -> String {
    try formatted(SourceText(name: "t", text: text))
  }

  @Test(
    "layouts",
    arguments: [
      ("", ""),
      ("TABLES ;", "tables\n"),
      ("FROM  actions |>WHERE country='IN'|>share action", "from actions |> where country = 'IN' |> share action\n"),
      ("select COUNT( * ),a .b from  Tab;", "select COUNT(*), a.b from Tab;\n"),
      ("load a.csv,b.csv AS x(delimiter ';')", "load a.csv, b.csv as x (delimiter ';')\n"),
      (
        "RECONCILE a WITH b ON id BY c REPORTED n OBSERVED Count( * )|>where keys>0",
        "reconcile a with b on id by c reported n observed Count(*) |> where keys > 0\n"
      ),
      ("diff may june by id SHARE action", "diff may june by id share action\n"),
      ("Audit  t|>save 'x.csv'", "audit t |> save 'x.csv'\n"),
      (
        "from t|>CHECK 'x y' THAT a<=b|>PSEUDONYMISE a,b WITH key 'k'",
        "from t |> check 'x y' that a <= b |> pseudonymise a, b with key 'k'\n"
      ),
      ("Create KEY 'k'", "create key 'k';\n"),
      ("let a=- -1+2::INT", "let a = - -1 + 2::int\n"),
      ("from t;|> limit 1", "from t;\n|> limit 1\n"),
      ("tables;settings;select 1;quit", "tables\nsettings\nselect 1;\nquit\n"),
      ("help   what's\ntables", "help   what's\ntables\n"),
      ("where X[ 1 : 2 ] IN( 1,2 )AND f (y)", "where X[1:2] in (1, 2) and f(y)\n"),
      (
        "select cast( a AS Decimal( 10,2 ) ),Extract(YEAR FROM b);",
        "select cast(a as decimal(10, 2)), extract(YEAR from b);\n"
      ),
      (
        "from t|>where a|>select b|>limit 3",
        """
        from t
          |> where a
          |> select b
          |> limit 3

        """
      ),
      (
        "let x=from some_rather_long_table|>where first_condition = 1 and second_condition = 2|>share first_column by other",
        """
        let x =
          from some_rather_long_table
          |> where first_condition = 1 and second_condition = 2
          |> share first_column by other

        """
      ),
      (
        "select first_column, second_column as renamed, sum(third_column) filter (where fourth > 0) as total from "
          + "some_table join other_table on some_table.id = other_table.id and some_table.kind = other_table.kind where a in (select "
          + "b from c) order by total desc nulls last limit 10;",
        """
        select first_column, second_column as renamed, sum(third_column) filter (where fourth > 0) as total
        from some_table
          join other_table on some_table.id = other_table.id and some_table.kind = other_table.kind
        where a in (select b from c)
        order by total desc nulls last
        limit 10;

        """
      ),
      (
        "from a |> aggregate count(requests_by_others) as countries, sum(requests_by_court_order) as by_court_order "
          + "group and order by period |> limit 3",
        """
        from a
          |> aggregate
               count(requests_by_others) as countries,
               sum(requests_by_court_order) as by_court_order
             group and order by period
          |> limit 3

        """
      ),
      (
        "with a as (select first_column from first_table where a_condition is true), b as (select 2) select * from a union all select * from b;",
        """
        with a as (select first_column from first_table where a_condition is true),
        b as (select 2)
        select * from a
        union all
        select * from b;

        """
      ),
      (
        "from t |> extend case when first_condition = 1 then 'the first result' when second_condition then 'second' else 'other' end as x",
        """
        from t
          |> extend case
                 when first_condition = 1 then 'the first result'
                 when second_condition then 'second'
                 else 'other'
               end as x

        """
      ),
      (
        "create table t(a INTEGER PRIMARY KEY,b varchar( 30 ) NOT NULL default 'x', c double precision check(c > 0), d date references u(e));",
        """
        create table t (
          a integer primary key,
          b varchar(30) not null default 'x',
          c double precision check (c > 0),
          d date references u (e)
        );

        """
      ),
      (
        "insert into a_table(first_column,second_column) values(1,'the first text of the two'),(2,'the second text of the two');",
        """
        insert into a_table (first_column, second_column)
        values (1, 'the first text of the two'), (2, 'the second text of the two');

        """
      ),
      (
        "update a_table set first_column = 'a rather long new value', second_column = second_column + 1 where third_column is null;",
        """
        update a_table
        set first_column = 'a rather long new value', second_column = second_column + 1
        where third_column is null;

        """
      ),
      (
        "where country in ('IN','US','DE','FR','GB','JP','TR','RU','BR','MX','CA','AU','NZ','ZA','EG','NG','KE','AR','CL')",
        """
        where country in ('IN', 'US', 'DE', 'FR', 'GB', 'JP', 'TR', 'RU', 'BR', 'MX', 'CA', 'AU', 'NZ',
          'ZA', 'EG', 'NG', 'KE', 'AR', 'CL')

        """
      ),
    ])
  func layouts(text: String, wanted: String) throws {
    #expect(try format(text) == wanted)
    #expect(try format(wanted) == wanted)
  }

  @Test(
    "comments stay where they stood",
    arguments: [
      ("-- a\n\n\n\n-- b\ntables-- c\n  -- d\n", "-- a\n\n-- b\ntables -- c\n-- d\n"),
      ("/* a */ tables /* b */ ; /* c */ settings", "/* a */\ntables /* b */ /* c */\nsettings\n"),
      (
        "from t -- the table\n-- only India\n|> where a -- a\n  and b",
        """
        from t -- the table
          -- only India
          |> where a -- a
               and b

        """
      ),
      (
        "select a -- first\n , b -- second\n from /* here */ t -- third\n;-- last",
        """
        select
          a, -- first
          b -- second
        from /* here */ t; -- third
        -- last

        """
      ),
      ("from -- c\n t", "from -- c\n    t\n"),
      ("where f(-- c\n)", "where f( -- c\n    )\n"),
      ("load a.csv -- a\n-- b\n  as x", "load a.csv -- a\n    -- b\n    as x\n"),
    ])
  func comments(text: String, wanted: String) throws {
    #expect(try format(text) == wanted)
    #expect(try format(wanted) == wanted)
  }

  @Test("a text with a fault is left alone, and all its faults are told") func faults() {
    do {
      _ = try format("from t where;\nlet = 1\ntables")
      Issue.record("it was formatted")
    } catch FormattingFailure.unreadable(let diagnostics) {
      #expect(diagnostics.map { $0.excerpt?.line } == [1, 2])
    } catch {
      Issue.record(error)
    }
  }

  @Test("a long script and a deep statement are formatted in one pass") func sizes() throws {
    let unit = "from t |> where a in (1, 2) and b = 'x' |> share action -- c\nselect a, b from t where c;\n"
    let script = String(repeating: unit, count: 1_000)
    #expect(try format(script) == script)
    let long = "where " + (0..<2_000).map { "a = \($0)" }.joined(separator: " and ")
    #expect(try format(long).split(separator: "\n").count == 2_000)
    let deep = "where " + String(repeating: "(a + ", count: 150) + "b" + String(repeating: ")", count: 150)
    #expect(try format(format(deep)) == format(deep))
  }

  // MARK: Properties

  /// Everything that is known to read: statements of the query tests, the scripts, and statements with every clause.
  private static let corpus: [String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    var texts = RobustnessTests.seeds
    for folder in ["Tests/Queries", "scripts"] {
      let path = root.appendingPathComponent(folder)
      for name in (try? FileManager.default.contentsOfDirectory(atPath: path.path))?.sorted() ?? [] {
        guard let text = try? String(contentsOf: path.appendingPathComponent(name), encoding: .utf8) else { continue }
        if name.hasSuffix(".nbk") { texts.append(text) }
        if name.hasSuffix(".test") { texts += statements(ofTest: text) }
      }
    }
    let entries = GrammarCatalog.commands + GrammarCatalog.operators + GrammarCatalog.clauses
    texts += entries.flatMap(\.examples)
    return texts.filter { parseScript(SourceText(text: $0)).diagnostics.isEmpty }
  }()

  private static func statements(ofTest text: String) -> [String] {
    text.components(separatedBy: "\n\n").compactMap { record in
      let lines = record.components(separatedBy: "\n")
      guard let head = lines.firstIndex(where: { $0.hasPrefix("statement") || $0.hasPrefix("query") }) else {
        return nil
      }
      return lines[(head + 1)...].prefix { $0 != "----" }.joined(separator: "\n")
    }
  }

  /// Formats a text, and checks that the result means the same, keeps the comments, and is formatted.
  private func check(_ text: String) throws -> String {
    let result = try format(text)
    #expect(dump(result) == dump(text), "\(text)")
    #expect(try format(result) == result, "\(text)")
    let kept = comments(of: text)
    #expect(comments(of: result) == kept, "\(text)")
    return result
  }

  private func comments(of text: String) -> [String] {
    let source = SourceText(text: text)
    return lexemes(of: source).filter { $0.kind == .comment }.map { source.trimmedText($0.span) }
  }

  @Test("formatting changes no meaning, loses no comment, and is done at once") func properties() throws {
    #expect(Self.corpus.count > 500)
    for text in Self.corpus { _ = try check(text) }
  }

  /// Single statements of the corpus, each also with another gap wherever its pieces do not touch.
  private func withOtherGaps(
    seed: UInt64, _ gap: (_ index: Int, _ generator: inout FixedGenerator) -> String
  ) -> [(text: String, changed: String)] {
    var generator = FixedGenerator(seed: seed)
    return Self.corpus.shuffled(using: &generator).prefix(500).compactMap { text in
      let source = SourceText(text: text)
      let pieces = lexemes(of: source)
      // Where a line ends says something in scripts, in paths, and in help.
      guard parseScript(source).statements.count == 1, pieces.allSatisfy({ $0.kind != .path && $0.kind != .comment }),
        !text.hasPrefix("help")
      else { return nil }
      var changed = ""
      for (index, piece) in pieces.enumerated() {
        let touches = index > 0 && pieces[index - 1].span.end == piece.span.start
        if index > 0, !touches { changed += gap(index, &generator) }
        changed += source.text(piece.span)
      }
      return (text, changed)
    }
  }

  @Test("white space makes no difference") func spacing() throws {
    let gaps = ["\n    ", "  ", " \t", "\n\n \t  "]
    for (text, respaced) in withOtherGaps(seed: 5, { gaps.randomElement(using: &$1) ?? " " }) {
      #expect(try format(respaced) == format(text), "\(respaced)")
    }
  }

  @Test("comments anywhere are kept") func commentsAnywhere() throws {
    let commented = withOtherGaps(seed: 6) { index, generator in
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: " -- c\(index)\n    "
      case 1: " /* c\(index) */ "
      case 2: "\n  -- c\(index)\n  -- d\(index)\n    "
      case 3: "\n /* c\(index)\n */\n    "
      default: " "
      }
    }
    for (_, text) in commented { _ = try check(text) }
  }

  @Test("generated statements") func generated() throws {
    var generator = StatementGenerator(state: 7)
    for _ in 0..<1_000 {
      let text = generator.statement()
      let script = parseScript(SourceText(text: text))
      #expect(script.diagnostics.isEmpty, "\(text)")
      _ = try check(text)
    }
  }

  @Test("what does not read is never changed") func mutations() {
    var generator = FixedGenerator(seed: 8)
    for round in 0..<1_500 {
      var bytes = Array(RobustnessTests.seeds[round % RobustnessTests.seeds.count].utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] = Array("'\"`()[]{},;|>*/-\n a".utf8).randomElement(using: &generator) ?? 0
      }
      let source = SourceText(name: "t", utf8: bytes)
      do {
        let result = try formatted(source)
        // What is open in a topic of `help` goes on to the end of the text.
        #expect(dump(result).filter { $0 != "\n" } == dump(source).filter { $0 != "\n" })
      } catch FormattingFailure.unreadable(let diagnostics) {
        #expect(diagnostics.map(\.message) == parseScript(source).diagnostics.map(\.message))
      } catch {
        Issue.record("\(error): \(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }
}
