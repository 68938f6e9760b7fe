import Formats
import Testing

@testable import Notebook

@Suite("set suppress_below") struct SuppressionTests {
  /// A notebook with records of two columns, so many of each kind, and suppression below 5.
  static func notebook(
    _ counts: [(String, String, Int)], _ change: (inout NotebookHost) -> Void = { _ in }
  ) throws -> TestNotebook {
    let notebook = try TestNotebook(change)
    let rows = counts.flatMap { Array(repeating: "\($0.0),\($0.1)\n", count: $0.2) }
    try notebook.write("t.csv", "country,action\n" + rows.joined())
    try notebook.run("load $d/t.csv\nset suppress_below 5")
    notebook.forgetMessages()
    return notebook
  }

  /// Three countries and three actions.
  static let counts = [
    ("IN", "withheld", 40), ("IN", "removed", 12), ("IN", "none", 3),
    ("TR", "withheld", 30), ("TR", "removed", 9), ("TR", "none", 8),
    ("BR", "withheld", 7), ("BR", "removed", 2), ("BR", "none", 6),
  ]

  /// A small country beside two others.
  static let countries = [("A", "x", 20), ("B", "x", 15), ("C", "x", 3)]

  @Test func aSmallCellTakesTheSmallestOtherOfItsGroupAlong() throws {
    let notebook = try Self.notebook(Self.counts)
    // IN: 3 of 55 with 12 beside it; BR: 2 of 15 with 6 beside it; shares tell the countries' totals.
    #expect(
      try notebook.run("from t |> share action by country |> select country, action, count") == """
        country,action,count
        BR,withheld,7
        BR,none,
        BR,removed,
        IN,withheld,40
        IN,none,
        IN,removed,
        TR,withheld,30
        TR,removed,9
        TR,none,8

        """)
    #expect(notebook.notes == ["4 cells hidden (made of fewer than 5 records, or needed to hide those)"])
    // With the sums over countries too, 3 and 6 and 12 and 2 can still be exchanged round the square.
    #expect(
      try notebook.run("from t |> aggregate count(*) as n group by action |> order by action")
        == "action,n\nnone,17\nremoved,23\nwithheld,77\n")
    #expect(
      try notebook.run("select country, count(*) as n from t group by rollup (country) order by country;")
        == "country,n\nBR,15\nIN,55\nTR,47\n,117\n")
  }

  @Test func aTableOfWhichTooLittleWouldBeLeftIsRefused() throws {
    // 3 and 2 are small. With both others told they would be 5 together, so that each is known to be less.
    let notebook = try Self.notebook([("A", "x", 24), ("A", "y", 3), ("B", "x", 2), ("B", "y", 30)])
    #expect(
      try notebook.run("from t |> aggregate count(*) as n group by country, action |> order by country, action")
        == "country,action,n\nA,x,\nA,y,\nB,x,\nB,y,30\n")
    // 27 of A is 24 and 3: told, it leaves 3 + 2 + 24 = 29, of which 3 + 24 = 27, so that 2 is known.
    #expect(try notebook.run("from t |> aggregate count(*) as n group by country |> order by country") == "")
  }

  @Test func whatIsLeftOutByAFilterIsNoSmallerThanWhatIsShown() throws {
    for (filter, expected) in [
      ("country <> 'C'", nil), ("country = 'C'", nil), ("country <> 'A'", "n\n18\n"), ("country = 'A'", "n\n20\n"),
    ] {
      let notebook = try Self.notebook(Self.countries)
      let text = try notebook.run("from t |> where \(filter) |> aggregate count(*) as n")
      #expect(text == expected ?? "")
      #expect((notebook.outcome == .succeeded) == (expected != nil))
    }
  }

  @Test func aSecondTableDoesNotTellWhatTheFirstHid() throws {
    let notebook = try Self.notebook(Self.countries)
    let table = "country,n\nA,20\nB,\nC,\n"
    #expect(try notebook.run("from t |> aggregate count(*) as n group by country |> order by country") == table)
    // 38 - 20 is known, 15 or 3 would tell the other.
    #expect(try notebook.run("from t |> where country <> 'A' |> aggregate count(*) as n") == "n\n18\n")
    for filter in ["country = 'B'", "country <> 'B'", "country <> 'C'"] {
      #expect(try notebook.run("from t |> where \(filter) |> aggregate count(*) as n") == "")
      #expect(notebook.lastError.contains("nothing of this can be shown"))
    }
    // The same question has the same answer, by whatever name the file goes.
    #expect(
      try notebook.run("load $d/t.csv as u\nfrom u |> aggregate count(*) as n group by country |> order by country")
        == table)
    #expect(try notebook.run("from '\(notebook.folder)/t.csv' |> where country = 'B' |> aggregate count(*) as n") == "")
    #expect(try notebook.run("let v = from t |> where country = 'B'\nfrom v |> aggregate count(*) as n") == "")
  }

  @Test func theSmallestOtherIsTakenThoughNothingIsAskedOfIt() throws {
    let notebook = try Self.notebook(Self.countries)
    #expect(
      try notebook.run(
        "from t |> where country in ('A', 'B') |> aggregate count(*) as n group by country |> order by country")
        == "country,n\nA,20\nB,\n")
  }

  @Test func measuresHideCountsSharesAndIntervals() throws {
    let notebook = try Self.notebook(Self.countries)
    let shares = try notebook.run("from t |> share country").split(separator: "\n")
    #expect(shares.count == 4)
    #expect(shares[1].hasPrefix("A,20,0.5263157894736842,"))
    #expect(shares[2...] == ["B,,,,", "C,,,,"])
    #expect(
      try notebook.run("from t |> top 2 country")
        == "country,count,share,cumulated\nA,20,0.5263157894736842,0.5263157894736842\nB,,,\n")
  }

  @Test func aTimelineShowsPeriodsWithoutRowsAndHidesSmallOnes() throws {
    let notebook = try TestNotebook()
    let days = ["2021-01-01": 9, "2021-02-01": 2, "2021-04-01": 7, "2021-05-01": 30]
    let rows = days.sorted { $0.key < $1.key }.flatMap { Array(repeating: "\($0.key)\n", count: $0.value) }
    try notebook.write("t.csv", "day\n" + rows.joined())
    // 7 is the smallest that can hide 2.
    #expect(
      try notebook.run("load $d/t.csv\nset suppress_below 5\nfrom t |> timeline by month") == """
        month,count
        2021-01-01,9
        2021-02-01,
        2021-03-01,0
        2021-04-01,
        2021-05-01,30

        """)
  }

  @Test func columnsThatHoldCountsAreMeasuredByTheirSums() throws {
    let notebook = try TestNotebook()
    try notebook.write("r.csv", "country,specified,withheld\nIN,100,90\nTR,80,3\nBR,60,50\nBR,7,\n")
    try notebook.run("load $d/r.csv\nset suppress_below 5\nset suppress_counts_in r")
    #expect(
      try notebook.run(
        "from r |> aggregate sum(withheld) as w, sum(specified) as s group by country |> order by country")
        == "country,w,s\nBR,50,67\nIN,90,100\nTR,,\n")
    // 143 in all would tell the 3.
    #expect(try notebook.run("from r |> aggregate sum(withheld) as w") == "")
    #expect(try notebook.run("from r |> aggregate avg(withheld) as w group by country") == "")
    #expect(notebook.lastError.contains("only sums are shown"))
    #expect(try notebook.run("settings").contains("suppress_counts_in,r,"))
  }

  @Test func sharesOfColumnsAreOfCountsWithoutBeingTold() throws {
    let notebook = try TestNotebook()
    try notebook.write("r.csv", "country,specified,withheld\nIN,100,90\nTR,80,3\nBR,60,50\n")
    let text = try notebook.run("load $d/r.csv\nset suppress_below 5\nfrom r |> share withheld of specified by country")
    #expect(
      text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false)[2] } == [
        "count", "50", "90", "",
      ])
  }

  // MARK: What is made of hidden cells

  @Test func whatIsComputedOfHiddenCellsIsHidden() throws {
    let notebook = try Self.notebook(Self.countries)
    try notebook.run("let counts := from t |> aggregate count(*) as n group by country")
    #expect(
      try notebook.run("from t |> aggregate coalesce(count(*), 0) + 1 as m group by country |> order by country")
        == "country,m\nA,21\nB,\nC,\n")
    #expect(
      try notebook.run(
        "select country, case when count(*) < 5 then 'few' else 'many' end as c from t group by country order by country;"
      )
        == "country,c\nA,many\nB,\nC,\n")
    #expect(try notebook.run("from counts |> aggregate sum(n) as n, count(*) as rows") == "n,rows\n,3\n")
    #expect(
      try notebook.run("from counts |> extend rank() over (order by n) as r |> select country, r |> order by country")
        == "country,r\nA,\nB,\nC,\n")
    #expect(
      try notebook.run("from t |> aggregate count(*) as n group by country |> where n < 100") == "country,n\nA,20\n")
    #expect(try notebook.run("from _ |> where n > 1") == "country,n\nA,20\n")
    #expect(
      try notebook.run(
        "select country, count(*) as n, sum(count(*)) over () as all_ from t group by country order by country;")
        == "country,n,all_\nA,20,38\nB,,\nC,,\n")
  }

  @Test func averagesAndCountsOfFewRecordsAreHidden() throws {
    let notebook = try TestNotebook()
    let rows =
      (0..<20).map { "A,\($0),\($0 < 17)\n" } + (0..<15).map { "B,\($0),true\n" } + ["C,1,true\n", "C,2,true\n"]
    try notebook.write("t.csv", "country,x,f\n" + rows.joined())
    try notebook.run("load $d/t.csv\nset suppress_below 5")
    // 2 in C are hidden, and with them the mean. Neither how many the others are nor the sum of all is told.
    #expect(
      try notebook.run("from t |> aggregate avg(x) as m, min(x) as l group by country |> order by country")
        == "country,m,l\nA,9.5,0\nB,7,0\nC,,\n")
    // In A 3 of 20 are not what is counted, which can be worked out.
    let other = try TestNotebook()
    try other.write("t.csv", "country,x,f\n" + rows.joined())
    try other.run("load $d/t.csv\nset suppress_below 5")
    #expect(try other.run("from t |> where country = 'A' |> aggregate count(*) as n, count_if(f) as k") == "")
    #expect(try other.run("from t |> aggregate sum(case when x = 19 then 1 else 0 end) as k") == "")
    #expect(try other.run("from t |> aggregate count(distinct country) as k") == "")
    #expect(try other.run("from t |> aggregate sum(x) as k") == "k\n298\n")
  }

  // MARK: Single records

  @Test(arguments: [
    "from t", "from t |> where country = 'C' |> select country", "from t |> limit 3", "describe t", "sample t",
    "from t |> extend row_number() over () as r", "let x := from t", "create table x as select * from t;",
    "from t |> save 'x.csv'", "from t |> order by country |> shell 'cat'",
  ])
  func singleRecordsAreRefused(_ statement: String) throws {
    let notebook = try Self.notebook(Self.countries)
    #expect(try notebook.run(statement) == "")
    #expect(notebook.errors.last?.contains("these are single records") == true)
    #expect(notebook.names == ["t.csv"])
  }

  @Test(arguments: [
    "from t |> aggregate string_agg(action) as x", "from t |> aggregate first(action) as x group by country",
    "from t |> aggregate array_agg(action) as x", "from t |> aggregate max(action) as x",
    "explain analyze from t |> share country", "save snapshot '$d/x.nbs'", "update t set country = 'D';",
    "delete from t where country = 'A';", "insert into t values ('A', 'x');",
    "from t |> join t as u on t.country = u.country |> aggregate count(*) as n",
    "select country from t intersect select country from t;",
  ])
  func whatCannotBeFollowedIsRefused(_ statement: String) throws {
    let notebook = try Self.notebook(Self.countries)
    #expect(try notebook.run(statement) == "")
    #expect(notebook.errors.count == 1)
    #expect(notebook.errors.last?.contains("set suppress_below off") == true)
  }

  @Test func joinsThatKeepRecordsApartAreFollowed() throws {
    let notebook = try Self.notebook(Self.countries)
    try notebook.write("names.csv", "code,name\nA,Austria\nB,Belgium\nC,Cyprus\n")
    try notebook.run("load $d/names.csv")
    let table = "name,n\nAustria,20\nBelgium,\nCyprus,\n"
    for join in [
      "from t |> join names on country = code", "from names |> join t on country = code",
      "from t |> left join names on country = code",
    ] {
      #expect(try notebook.run("\(join) |> aggregate count(*) as n group by name |> order by name") == table)
    }
    #expect(
      try notebook.run(
        "select country, count(*) as n from t where country in (select code from names) group by country order by country;"
      )
        == "country,n\nA,20\nB,\nC,\n")
    #expect(
      try notebook.run("select (select count(*) from t) as n, (select count(*) from t where country = 'C') as c;") == ""
    )
    #expect(try notebook.run("select distinct country from t order by country;") == "country\nA\nB\n")
    #expect(
      try notebook.run(
        "with c as (select country, count(*) as n from t group by country) select a.country, b.n from c as a join c as b using (country) order by 1;"
      )
        == "country,n\nA,20\nB,\nC,\n")
  }

  // MARK: Showing

  @Test func readersSeeThatSomethingIsHidden() throws {
    let notebook = try Self.notebook(Self.countries) { $0.outputIsTerminal = true }
    let box = try notebook.run("from t |> share country")
    #expect(box.contains("hidden"))
    #expect(box.hasSuffix("8 cells hidden (made of fewer than 5 records, or needed to hide those)\n"))
    try notebook.run(
      "from t |> aggregate count(*) as n group by country |> order by country |> save '\(notebook.folder)/x.md'")
    #expect(
      notebook.read("x.md") == """
        | country |      n |
        | ------- | -----: |
        | A       |     20 |
        | B       | hidden |
        | C       | hidden |

        Note: 2 cells hidden (made of fewer than 5 records, or needed to hide those)

        """)
    try notebook.run(
      "from t |> aggregate count(*) as n group by country |> order by country |> save '\(notebook.folder)/x.json'")
    #expect(notebook.read("x.json")?.contains("hidden") == false)
    #expect(notebook.notes.last == "2 cells hidden (made of fewer than 5 records, or needed to hide those)")
  }

  @Test func resultsFromBeforeAreNotShownAgain() throws {
    let notebook = try Self.notebook(Self.countries)
    #expect(
      try notebook.run("set suppress_below off\nfrom t |> aggregate count(*) as n group by country")
        == "country,n\nA,20\nB,15\nC,3\n")
    try notebook.run("set suppress_below 5", keepsGoing: true)
    for statement in ["last", "save '\(notebook.folder)/x.csv'", "from _"] {
      #expect(try notebook.run(statement) == "")
      #expect(notebook.outcome == .failed)
    }
  }

  @Test func anAssertionIsAskedOfWhatMayBeTold() throws {
    let notebook = try Self.notebook(Self.countries)
    #expect(
      try notebook.run("from t |> assert count(*) > 30, 'few' |> where country <> 'A' |> aggregate count(*) as n")
        == "n\n18\n")
    try notebook.run("from t |> assert count(*) > 100, 'few'")
    #expect(notebook.lastError.hasSuffix("check failed: few"))
    try notebook.run("from t |> where country = 'C' |> assert count(*) = 3")
    #expect(notebook.outcome == .failed)
  }

  @Test func explainShowsWhereCellsAreHiddenAndNoNumbers() throws {
    let notebook = try Self.notebook(Self.countries)
    let plan = try notebook.run("explain from t |> where country = 'C' |> aggregate count(*) as n")
    #expect(plan.contains("hide cells below 5"))
    #expect(!plan.contains("~"))
    #expect(try notebook.run("columns t").hasPrefix("column,type,nulls,dictionary,bytes,note\ncountry,text,,,,\n"))
  }

  @Test(arguments: ["1", "many", "0"]) func aThresholdIsANumberFromTwoOn(_ value: String) throws {
    let notebook = try TestNotebook()
    try notebook.run("set suppress_below \(value)")
    #expect(notebook.lastError.hasPrefix("test:1:5: error: `suppress_below` takes a number from 2 on, or off"))
  }

  @Test func plansAreCheckedTheSameWay() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "country\nA\nB\n")
    notebook.session.startChecking()
    try notebook.run(
      "load $d/t.csv\nset suppress_below 5\nfrom t |> share country\nfrom t |> limit 1\nlet x := from t |> top country\nfrom x"
    )
    #expect(notebook.errors.count == 1)
    #expect(notebook.lastError.hasPrefix("test:4:1: error: these are single records"))
  }
}
