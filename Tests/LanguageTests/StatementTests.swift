import Testing

@testable import Language

@Suite("Statements") struct StatementTests {
  @Test(
    "commands",
    arguments: [
      ("tables", "(tables)"),
      ("TABLES", "(tables)"),
      ("columns", "(columns)"),
      ("columns removals", "(columns removals)"),
      ("describe removals!rejects", "(describe removals!rejects)"),
      ("summarize removals", "(describe removals)"),
      ("sample", "(sample)"),
      ("sample 5", "(sample 5)"),
      ("sample removals", "(sample removals)"),
      ("sample removals 10", "(sample removals 10)"),
      ("drop a, \"b c\"", "(drop a b c)"),
      ("drop table if exists a", "(drop table if-exists a)"),
      ("drop view a, b", "(drop view a b)"),
      ("drop index if exists i", "(drop index if-exists i)"),
      ("drop index", "(drop index)"),
      ("drop table", "(drop table)"),
      ("use removals", "(use removals)"),
      ("settings", "(settings)"), ("sources", "(sources)"), ("load errata 'mine.csv'", "(load-errata <mine.csv>)"),
      ("load errata", "(load <errata>)"),
      ("errata", "(errata)"),
      ("errata removals", "(errata removals)"),
      ("vocabulary", "(vocabulary)"),
      ("vocabulary t", "(vocabulary t)"),
      ("set rows 100", "(set rows #100)"),
      ("set null = '-'", "(set null '-')"),
      ("set division integer", "(set division integer)"),
      ("set threads to $n", "(set threads $n)"),
      ("set offset -2", "(set offset #-2)"),
      ("help", "(help)"),
      ("help order by", "(help order by)"),
      ("help what's that", "(help what 's that)"),
      ("history", "(history)"),
      ("history 20", "(history 20)"),
      ("quit", "(quit)"),
      ("exit;", "(quit)"),
      ("timer", "(timer)"),
      ("timer on", "(timer on)"),
      ("timer OFF", "(timer off)"),
      ("format markdown", "(format markdown)"),
      ("last", "(last)"),
      ("print 'a heading'", "(print 'a heading')"),
      ("output off", "(output off)"),
      ("output results/a b.txt", "error: expected the end of the statement, found b.txt"),
      ("output 'a b.txt'", "(output <a b.txt>)"),
      ("save session notes.md", "(save-session <notes.md>)"),
      ("save snapshot all.nbs", "(save-snapshot <all.nbs>)"),
      ("save snapshot 'of.nbs' of \"my table\", b!rejects", "(save-snapshot <of.nbs> my table b!rejects)"),
      ("save snapshot", "(query in-use (save <snapshot>))"),
      ("save 'out.csv'", "(query in-use (save <out.csv>))"),
      ("save session", "(query in-use (save <session>))"),
      ("explain from t |> limit 1", "(explain (query (from t) (limit 1)))"),
      ("explain analyze select 1;", "(explain analyze (select 1))"),
      ("explain share action", "(explain (query in-use (share action)))"),
      ("explain analyze", "(explain (from analyze))"),
      ("run scripts/x.nbk", "(run <scripts/x.nbk>)"),
      (
        "run scripts/x.nbk with (since = date '2021-01-31', n = 1 + 1)",
        "(run <scripts/x.nbk> since=date'2021-01-31' n=(+ 1 1))"
      ),
      ("run '$folder/x.nbk'", "(run <{folder}/x.nbk>)"),
    ])
  func commands(text: String, tree: String) {
    #expect(dump(text) == tree)
  }

  @Test(
    "bare names, pipes and operators are queries",
    arguments: [
      ("removals", "(from removals)"),
      ("removals!rejects", "(from removals!rejects)"),
      ("s.removals", "(from s.removals)"),
      ("\"my table\"", "(from my table)"),
      ("_2", "(from _2)"),
      ("removals |> limit 1", "(query (from removals) (limit 1))"),
      ("tables |> limit 1", "(query (from tables) (limit 1))"),
      ("|> limit 1", "(query (from _) (limit 1))"),
      ("share action by country", "(query in-use (share action (by country)))"),
      ("where x > 1 |> share action", "(query in-use (where (> x 1)) (share action))"),
      ("distinct", "(query in-use (distinct))"),
      ("distinct |> limit 1", "(query in-use (distinct) (limit 1))"),
      ("left join b using (x)", "(query in-use (left-join b (using x)))"),
      ("limit 5", "(query in-use (limit 5))"),
    ])
  func bareQueries(text: String, tree: String) {
    #expect(dump(text) == tree)
  }

  @Test(
    "let names a query or a value",
    arguments: [
      ("let since = date '2021-01-31'", "(let since expr date'2021-01-31')"),
      ("let n = 1 + 2", "(let n expr (+ 1 2))"),
      ("let n = (1 + 2) * 3", "(let n expr (* (+ 1 2) 3))"),
      (
        "let india = from actions |> where country = 'IN'",
        "(let india (query (from actions) (where (= country 'IN'))))"
      ),
      ("let india := from actions", "(let:= india (from actions))"),
      ("let a := b", "(let:= a (from b))"),
      ("let a = b", "(let a expr b)"),
      ("let a = b |> limit 1", "(let a (query (from b) (limit 1)))"),
      ("let a = |> limit 1", "(let a (query (from _) (limit 1)))"),
      ("let a = select 1", "(let a (select 1))"),
      ("let a = (from t)", "(let a (nested (from t)))"),
      ("let a = share action", "(let a (query in-use (share action)))"),
      ("let a = share + 1", "(let a expr (+ share 1))"),
      ("let a = top", "(let a expr top)"),
      ("let a = left(b, 1)", "(let a expr (left b 1))"),
      ("let a = $b", "(let a expr $b)"),
    ])
  func definitions(text: String, tree: String) {
    #expect(dump(text) == tree)
  }

  @Test(
    "load takes paths as they are",
    arguments: [
      ("load actions.csv", "(load <actions.csv>)"),
      ("load 'sor-global-2024-*.zip' as sor", "(load <sor-global-2024-*.zip> as sor)"),
      ("load reports/*.csv as removals", "(load <reports/*.csv> as removals)"),
      ("load reports/**/*.csv", "(load <reports/**/*.csv>)"),
      ("load /*.csv", "(load </*.csv>)"),
      ("load india-2021/", "(load <india-2021/>)"),
      ("load ../x/y.csv", "(load <../x/y.csv>)"),
      ("load ~/a.csv", "(load <~/a.csv>)"),
      ("load a--b.csv -- a comment", "(load <a--b.csv>)"),
      ("load a.csv /* a comment */ as x", "(load <a.csv> as x)"),
      ("load a.csv, b.csv c.csv as all_of_them", "(load <a.csv> <b.csv> <c.csv> as all_of_them)"),
      ("load {a,b}-[0-9].csv", "(load <{a,b}-[0-9].csv>)"),
      ("load report(1).csv", "(load <report(1).csv>)"),
      ("load \"my file.csv\"", "(load <my file.csv>)"),
      ("load 'it''s.csv'", "(load <it's.csv>)"),
      ("load $folder as raw", "(load <{folder}> as raw)"),
      ("load $folder/x.csv", "(load <{folder}/x.csv>)"),
      ("load '${folder}s/$$5 $5 $.csv'", "(load <{folder}s/$5 $5 $.csv>)"),
      ("load a.csv; tables", "(load <a.csv>)\n(tables)"),
      ("load as as as", "(load <as> as as)"),
      (
        "load f.csv (delimiter ';', header off, types (id text, \"my col\" date), null ('-', 'NA'), skip 2)",
        "(load <f.csv> (delimiter: ';') (header: off) (types: [id text, \"my col\" date]) (null: ['-', 'NA']) "
          + "(skip: #2))"
      ),
      (
        "load f.csv (encoding 'windows-1252', quote '\"', escape '\\', decimal ',') as f",
        "(load <f.csv> as f (encoding: 'windows-1252') (quote: '\"') (escape: '\\') (decimal: ','))"
      ),
      (
        "load f.csv as f (header = on, types (n decimal(10, 2)))",
        "(load <f.csv> as f (header: on) (types: [n decimal [#10, #2]]))"
      ),
      ("load f.csv ()", "(load <f.csv>)"),
    ])
  func loading(text: String, tree: String) {
    #expect(dump(text) == tree)
  }

  @Test("a path's parameters know their place") func pathSpans() throws {
    let source = SourceText(text: "load 'it''s/$folder/x'")
    let statement = try #require(parseScript(source).statements.first)
    guard case .load(let load) = statement.kind, let path = load.paths.first else {
      Issue.record("not a load")
      return
    }
    #expect(path.literal == nil)
    let resolved = path.resolved { name, span in "<\(name) \(source.text(span))>" }
    #expect(resolved == "it's/<folder $folder>/x")
  }
}
