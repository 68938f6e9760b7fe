import Testing

@testable import Notebook

/// What `--check` says of scripts, word for word: the texts of errors in names, types, groups and the order of clauses.
@Suite("Checking without running") struct CheckTests {
  private static let tables = """
    create table actions (id integer primary key, country text, action text, accounts integer, acted_at date);
    create table notices (id integer, country text, received_at timestamp);

    """

  /// What is said of statements on the two tables; lines count from the first of them.
  private func faults(_ text: String) throws -> String {
    let notebook = try TestNotebook()
    try notebook.run(Self.tables)
    notebook.session.startChecking()
    let printed = try notebook.run(text)
    #expect(printed == "")
    return notebook.errors.joined(separator: "\n")
  }

  @Test func everyFaultOfAScriptIsTold() throws {
    let text = try faults(
      """
      from actions |> share acton
      select country form actions;
      let a = from actions |> where accounts > 'many'
      from a |> limit 3
      from actions |> save 'out.txy'
      """)
    #expect(
      text == """
        test:1:23: error: there is no column `acton`
        from actions |> share acton
                              ^^^^^
        help: did you mean `action`?
        test:2:21: error: expected the end of the statement, found `actions`
        select country form actions;
                            ^^^^^^^
        test:3:42: error: 'many' is not an integer
        let a = from actions |> where accounts > 'many'
                                                 ^^^^^^
        test:5:22: error: the name 'out.txy' does not say in what format
        from actions |> save 'out.txy'
                             ^^^^^^^^^
        help: end it in .csv .tsv .json .ndjson .md .html .txt .nbs, or add (format csv)
        """)
  }

  @Test(
    "names, types, groups and clauses",
    arguments: [
      (
        "select actoin from actions;",
        """
        test:1:8: error: there is no column `actoin`
        select actoin from actions;
               ^^^^^^
        help: did you mean `action`?
        """
      ),
      (
        "select a.country from actions b;",
        """
        test:1:8: error: no table of this query is called `a`
        select a.country from actions b;
               ^
        help: did you mean `b`?
        """
      ),
      (
        "select notices.country from actions;",
        """
        test:1:8: error: no table of this query is called `notices`
        select notices.country from actions;
               ^^^^^^^
        help: did you mean `actions.country`?
        """
      ),
      (
        "select id from actions a where exists (select 1 from notices n where n.country = a.countri);",
        """
        test:1:82: error: there is no column `a.countri`
        select id from actions a where exists (select 1 from notices n where n.country = a.countri);
                                                                                         ^^^^^^^^^
        help: did you mean `country`?
        """
      ),
      (
        "select id from actions where exists (select 1 from notices where acount = 1);",
        """
        test:1:66: error: there is no column `acount`
        select id from actions where exists (select 1 from notices where acount = 1);
                                                                         ^^^^^^
        help: did you mean `accounts`?
        """
      ),
      (
        "from actons",
        """
        test:1:6: error: there is no table `actons`
        from actons
             ^^^^^^
        help: did you mean `actions`?
        """
      ),
      (
        "select uper(country) from actions;",
        """
        test:1:8: error: there is no function `uper`
        select uper(country) from actions;
               ^^^^
        help: did you mean `upper`?
        """
      ),
      (
        "from actions |> where country = accounts",
        """
        test:1:23: error: a text and an integer do not go together here
        from actions |> where country = accounts
                              ^^^^^^^^^^^^^^^^^^
        help: convert one of them: cast(x as text)
        """
      ),
      (
        "from actions |> where accounts",
        """
        test:1:23: error: what `where` asks must be a condition, and this is an integer
        from actions |> where accounts
                              ^^^^^^^^
        """
      ),
      (
        "select country, action, count(*) from actions group by country;",
        """
        test:1:17: error: `action` is neither grouped by nor aggregated
        select country, action, count(*) from actions group by country;
                        ^^^^^^
        help: add it to `group by`, or take one value of each group: min(action), first(action)
        """
      ),
      (
        "select country from actions where count(*) > 1;",
        """
        test:1:35: error: `count` counts over many rows and cannot stand here
        select country from actions where count(*) > 1;
                                          ^^^^^^^^
        help: use `aggregate ... group by ...` first, or `having` in SQL
        """
      ),
      (
        "select country from actions group by country where country = 'IN';",
        """
        test:1:46: error: `where` cannot stand here
        select country from actions group by country where country = 'IN';
                                                     ^^^^^
        help: it goes before `group by`
        """
      ),
      (
        "from actions |> where country = 'IN' order by id",
        """
        test:1:38: error: expected `|>` or the end of the statement, found `order`
        from actions |> where country = 'IN' order by id
                                             ^^^^^
        help: put `|>` before `order`
        """
      ),
      (
        "select country from actions union select id from notices;",
        """
        test:1:35: error: a text and an integer do not go together here
        select country from actions union select id from notices;
                                          ^^^^^^^^^^^^^^^^^^^^^^
        help: convert one of them: cast(x as text)
        """
      ),
      (
        "insert into actions values (1, 'IN');",
        """
        test:1:29: error: `actions` has 5 columns, and here are 2 values
        insert into actions values (1, 'IN');
                                    ^^^^^^^
        help: name the columns that get values: insert into actions (...)
        """
      ),
      (
        "insert into actions (id, acted_at) values (1, 'soon');",
        """
        test:1:47: error: 'soon' is not a date
        insert into actions (id, acted_at) values (1, 'soon');
                                                      ^^^^^^
        help: a date is written as '2021-02-10'
        """
      ),
      (
        "update actions set acount = 1;",
        """
        test:1:20: error: `actions` has no column `acount`
        update actions set acount = 1;
                           ^^^^^^
        help: did you mean `accounts`?
        """
      ),
      (
        "update actions set acted_at = 5;",
        """
        test:1:31: error: `acted_at` takes a date, and this is an integer
        update actions set acted_at = 5;
                                      ^
        """
      ),
      (
        "delete from actions where contry = 'IN';",
        """
        test:1:27: error: there is no column `contry`
        delete from actions where contry = 'IN';
                                  ^^^^^^
        help: did you mean `country`?
        """
      ),
      (
        "from actions |> where acted_at > $since",
        """
        test:1:34: error: the parameter `$since` has no value
        from actions |> where acted_at > $since
                                         ^^^^^^
        help: give it one: `let since = ...` in the script, or `--set since=...` on the command line
        """
      ),
    ])
  func texts(statement: String, wanted: String) throws {
    #expect(try faults(statement) == wanted)
  }

  @Test func nothingIsRunAndNothingWritten() throws {
    let notebook = try TestNotebook()
    notebook.session.startChecking()
    let printed = try notebook.run(
      """
      output '$d/results.txt'
      create table t (a integer primary key, b text);
      insert into t values (1, 'x'), (1, 'x');
      let stored := from t |> extend a + 1 as c
      from stored |> where c > 1 |> save '$d/out.csv' |> assert count(*) > 0, 'none' |> shell 'touch $d/touched'
      let top = from stored |> aggregate max(c) as m
      let n = 5 + 1
      print 'a heading', $n
      explain analyze from top
      describe t
      sample t
      from _ |> limit 1
      delete from t;
      drop t
      """)
    #expect(printed == "" && notebook.notes == [] && notebook.errors == [] && notebook.outcome == .succeeded)
    #expect(notebook.names == [])
  }

  @Test func filesThatAreThereAreReadAndOthersLeaveGaps() throws {
    let notebook = try TestNotebook()
    try notebook.write("f.csv", "a,b\n1,x\n")
    notebook.session.startChecking()
    try notebook.run(
      """
      load '$d/f.csv' as f
      load '$d/none.csv' as g
      from f |> select c
      from g |> select c |> where d > 1
      run '$d/none.nbk'
      from made_by_it
      """)
    #expect(notebook.warnings == ["test:2:6: D/none.csv is not there: what is asked of it is not checked"])
    #expect(
      notebook.errors.map { $0.split(separator: "\n")[0] } == [
        "test:3:18: error: there is no column `c`", "test:5:1: error: D/none.nbk: no such file",
      ])
  }

  @Test func scriptsThatAreRunAreCheckedToo() throws {
    let notebook = try TestNotebook()
    try notebook.write(
      "inner.nbk", "create table t (a integer);\nfrom t |> select b\nlet x = $n + 1\nfrom t |> select c\n")
    notebook.session.startChecking()
    try notebook.run("run '$d/inner.nbk' with (n = 1)\nfrom t |> where a = $x\nfrom t |> select d")
    #expect(
      notebook.errors.map { $0.split(separator: "\n")[0] } == [
        "D/inner.nbk:2:18: error: there is no column `b`", "D/inner.nbk:4:18: error: there is no column `c`",
        "test:3:18: error: there is no column `d`",
      ])
    #expect(notebook.outcome == .failed)
  }
}
