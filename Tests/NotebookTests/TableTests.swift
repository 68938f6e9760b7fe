import Testing

@testable import Notebook

@Suite("Tables that statements change") struct TableTests {
  @Test func howManyRowsChangedIsSaid() throws {
    let notebook = try TestNotebook()
    try notebook.run(
      """
      create table t (a integer primary key, b text references u);
      insert into t values (1, 'x'), (2, 'y'), (3, null);
      update t set b = 'z' where a > 1;
      delete from t where a = 2;
      create index i on t (b);
      truncate t
      """)
    #expect(
      notebook.notes == [
        "`references u` is read and not enforced", "3 rows put into t", "2 rows of t changed", "1 row of t deleted",
        "`i` is a name only: no index is needed here, columns are searched as they are", "2 rows of t deleted",
      ])
  }

  @Test func aStatementThatFailsChangesNothing() throws {
    let notebook = try TestNotebook()
    try notebook.run(
      "create table t (a integer primary key, b integer check (10 / b > 0));\ninsert into t values (1, 1);")
    for statement in [
      "insert into t values (2, 2), (1, 3);", "insert into t select 5, a from t union all select 5, 2;",
      "update t set a = 9223372036854775807 + a;", "update t set b = -1;", "insert into t values (7, 1), (8, 'x');",
      "insert or replace into t values (1, 2), (2, -1);", "delete from t where cast('x' as integer) = a;",
    ] {
      _ = try notebook.run(statement)
      #expect(try notebook.run("select * from t;") == "a,b\n1,1\n", "\(statement)")
    }
  }

  @Test func manySmallInsertsAreCheap() throws {
    let notebook = try TestNotebook()
    let inserts = (0..<10_000).map { "insert into t values (\($0), 'row \($0)');\n" }.joined()
    try notebook.run("create table t (a integer primary key, b text);\n" + inserts)
    let sums = try notebook.run("select count(*) as n, sum(a) as s, max(b) as m from t;")
    #expect(sums == "n,s,m\n10000,49995000,row 9999\n")
  }

  @Test func whatATableWasBeforeStaysInResultsAndCopies() throws {
    let notebook = try TestNotebook()
    try notebook.run("create table t (a integer);\ninsert into t values (1);\nlet copy := from t\nlet view = from t")
    #expect(try notebook.run("from t") == "a\n1\n")
    #expect(try notebook.run("insert into t values (2);\nfrom _") == "a\n1\n")
    #expect(try notebook.run("from copy") == "a\n1\n")
    #expect(try notebook.run("from view") == "a\n1\n2\n")
  }

  @Test func loadedTablesChangeToo() throws {
    let notebook = try TestNotebook()
    try notebook.write("f.csv", "a,b\n1,x\n2,y\n")
    try notebook.run("load '$d/f.csv' as f\ninsert into f values (3, 'z');\nupdate f set b = 'w' where _line = 2;")
    #expect(try notebook.run("from f |> order by a") == "a,b\n1,x\n2,y\n3,z\n")
    try notebook.run("delete from f where a = 2;\nupdate f set b = b || a;")
    #expect(try notebook.run("from f |> order by a") == "a,b\n1,x1\n3,z3\n")
  }

  @Test func aTransactionIsTakenBackWhole() throws {
    let notebook = try TestNotebook()
    try notebook.run("create table t (a integer primary key);\ninsert into t values (1);\nuse t\nbegin")
    try notebook.run("insert into t values (2);\ncreate view v as from t;\ndrop t\nrollback")
    #expect(try notebook.run("limit 5") == "a\n1\n")
    // The key that was taken back can be given again.
    #expect(try notebook.run("insert into t values (2);\nfrom t |> order by a") == "a\n1\n2\n")
  }
}
