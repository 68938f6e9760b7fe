import Testing

@testable import Notebook

@Suite("plot of what it computes") struct ComputedPlotTests {
  /// Each range against counting by hand: the values of a column, put into ranges one by one.
  @Test(arguments: [
    ("n", "n"), ("n / 10.0", "n / 10.0"), ("n * n - 700", "n * n - 700"),
    ("case when n = 99 then 1000000 else n end", "n"),
    ("cast(n as decimal(10, 2)) / 100", "x"), ("date '2020-01-01' + n", "day"), ("date '2020-01-31' + n * 30", "day"),
    ("timestamp '2020-01-01 00:00:00' + interval '7 minutes' * n", "time"), ("0.1 * (n % 7)", "x"), ("5", "x"),
  ])
  func rangesHoldWhatLiesInThem(_ value: String, _ name: String) throws {
    let notebook = try TestNotebook()
    try notebook.run("let t = from unnest(range(0, 100)) as u(n) |> select \(value) as x")
    try notebook.run("from t |> plot hist x")
    #expect(notebook.errors == [])
    try notebook.run("let h := _")
    let sums = try notebook.run("from h |> aggregate sum(count) as n, count(*) <= 32 as few")
    #expect(sums == "n,few\n100,true\n")
    let wrong = try notebook.run(
      """
      from h |> where count <> (select count(*) from t where (x >= x_from or x_from is null) and (x < x_below or x_below is null));
      """)
    #expect(wrong == "x_from,x_below,count\n", "\(value)")
    // The ranges follow each other without gaps.
    let gaps = try notebook.run(
      "select a.x_below from h as a where a.x_below is not null and not exists (select 1 from h as b where b.x_from = a.x_below) and a.x_below < (select max(x_from) from h);"
    )
    #expect(gaps == "x_below\n")
  }

  @Test func whatHasNoValueIsInNoRange() throws {
    let notebook = try TestNotebook()
    try notebook.run(
      "create table t as select * from (values (1.5::double), (2.5), (null), ('Infinity'), ('NaN'), (3.5)) as v(x);")
    let shown = try notebook.run("from t |> plot hist x")
    #expect(shown.contains("note: the last bar is open: 1 value of"))
    #expect(shown.contains("note: 2 rows not drawn: no x"))
    let none = try notebook.run("from t |> where x is null |> plot hist x")
    #expect(none.hasPrefix("nothing to draw\n"))
  }

  /// 1 2 3 4 5 6 7 8 9 100: by type 7 q1 = 3.25, median = 5.5, q3 = 7.75; 1.5 * 4.5 = 6.75, so that the whiskers end at 1
  /// and 9 and 100 lies outside.
  @Test func boxesHaveTheQuartilesAndWhiskersOfTukey() throws {
    let notebook = try TestNotebook()
    try notebook.run("create table t as select n as x, 'a' as k from unnest([1, 2, 3, 4, 5, 6, 7, 8, 9, 100]) as u(n);")
    try notebook.run("insert into t values (4, null), (4, 'b');")
    let shown = try notebook.run("from t |> plot box x by k")
    #expect(shown.contains("5.5  n 10  1 outside"))
    #expect(
      try notebook.run("_ |> where k = 'a'")
        == "k,n,min,low,q1,median,q3,high,max,outside\na,10,1,1,3.25,5.5,7.75,9,100,1\n")
    #expect(
      try notebook.run("_2 |> where k is null |> drop k")
        == "n,min,low,q1,median,q3,high,max,outside\n1,4,4,4,4,4,4,4,0\n")
  }

  /// 1 1 2 4 of 8: the smaller half has a quarter, and Gini's coefficient is
  /// (2 (1*1 + 2*1 + 3*2 + 4*4) / (4 * 8)) - 5 / 4 = 50 / 32 - 40 / 32.
  @Test func aLorenzCurveHasGinisCoefficient() throws {
    let notebook = try TestNotebook()
    try notebook.run("create table t as select n as x from unnest([4, 1, 2, 1]) as u(n);")
    let shown = try notebook.run("from t |> plot lorenz x")
    #expect(shown.contains("note: Gini's coefficient: 0.313"))
    #expect(
      try notebook.run("_") == "part_of_rows,part_of_x,gini\n0,0,0.3125\n0.5,0.25,0.3125\n0.75,0.5,0.3125\n1,1,0.3125\n"
    )
    try notebook.run("from t |> extend x - 2 as y |> plot lorenz y")
    #expect(notebook.lastError.contains("a Lorenz curve is made of amounts of 0 or more"))
  }

  /// Ended after 1, 2 and 4 days, open after 3: the curve is 3/4, 1/2, 1/2, 0.
  @Test func aSurvivalCurveIsThatOfTheLatencyBeforeIt() throws {
    let notebook = try TestNotebook()
    try notebook.run(
      """
      create table t (a date, b date);
      insert into t values (date '2021-01-01', date '2021-01-02'), (date '2021-01-01', date '2021-01-03'),
        (date '2021-01-02', null), (date '2021-01-01', date '2021-01-05');
      """)
    try notebook.run("from t |> latency from a to b |> plot survival")
    #expect(notebook.errors == [])
    #expect(
      try notebook.run("_ |> select days, lasting, at_risk")
        == "days,lasting,at_risk\n0,1,4\n1,0.75,4\n2,0.5,3\n4,0,1\n")
    try notebook.run("from t |> plot survival")
    #expect(notebook.lastError.contains("a survival curve stands directly behind `latency`"))
    try notebook.run("from t |> latency from a to b |> plot survival a")
    #expect(notebook.lastError.contains("the curve is that of the latency before it"))
  }

  @Test func smallNumbersAreHiddenInWhatIsComputedToo() throws {
    let notebook = try TestNotebook()
    try notebook.run(
      "create table t as select case when n = 59 then 500 else n end as x, case when n < 2 then 'a' when n < 30 then 'b' else 'c' end as k from unnest(range(0, 60)) as u(n);"
    )
    try notebook.run("set suppress_below 5")
    // The value far out is one record.
    let shown = try notebook.run("from t |> plot hist x")
    #expect(shown.contains("hidden"))
    #expect(try notebook.run("_ |> where count between 1 and 4").split(separator: "\n").count == 1)
    let boxes = try notebook.run("from t |> plot box x by k")
    #expect(boxes.contains("hidden"))
    #expect(!boxes.contains("outside"))
    #expect(!boxes.contains("∘"))
    #expect(try notebook.run("_").hasPrefix("k,n,q1,median,q3\n"))
    try notebook.run("from t |> plot lorenz x")
    #expect(notebook.lastError.contains("nothing of this can be shown"))
  }

  @Test func aPictureInPixelsIsMadeByAnotherProgram() throws {
    let notebook = try TestNotebook()
    try notebook.run("create table t as select n as x from unnest(range(0, 60)) as u(n);")
    try notebook.run("from t |> plot hist x save '$d/x.png'")
    if notebook.lastError.contains("not installed") {
      #expect(notebook.errors.last?.contains("librsvg2-bin") == true)
      #expect(notebook.read("x.png") == nil)
    } else {
      #expect(notebook.errors == [])
      #expect(notebook.read("x.png")?.prefix(8).contains("PNG") == true)
    }
  }

  @Test func chartsOfFilesInPlaceReadWhatTheyNeed() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "k,x,y\na,1,2\nb,3,4\na,5,6\n")
    #expect(try notebook.run("from '$d/t.csv' |> plot bar sum(x) by k").contains("sum(x)"))
    #expect(try notebook.run("_") == "k,sum(x)\na,6\nb,3\n")
    try notebook.run("from '$d/t.csv' |> plot box y by k")
    #expect(notebook.errors == [])
    try notebook.run("from '$d/t.csv' |> plot hist y")
    #expect(notebook.errors == [])
  }
}
