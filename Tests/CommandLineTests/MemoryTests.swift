import Testing

@Suite("set memory", .disabled(if: isSanitized, "a sanitizer takes more memory than these limits"))
struct MemoryTests {
  /// 100,000 rows with texts, NULLs, many keys and few.
  private static let table = """
    create table t as select i, i * 7919 % 100003 as k, 'text number ' || (i * 7919 % 70001) as s, i % 97 as c,
    case when i % 5 = 0 then null else i % 1013 end as n from generate_series(1, 100000) g(i);

    """

  private static let queries = [
    "select i, s, n from t order by s desc, k limit 100 offset 50000;",
    "select s, count(*) as many, sum(n) as total, min(i) as low from t group by s limit 100 offset 50000;",
    "select k, count(*) from t group by k limit 100 offset 50000;",
    "select distinct s, n from t limit 100 offset 60000;",
    "select x.i, y.s from t x join t y on x.k = y.i order by x.i limit 100 offset 50000;",
    "select count(*), sum(x.n), max(y.s) from t x left join t y on x.s = y.s and x.i = y.i;",
    "select i, row_number() over (partition by c order by s, i) as r from t limit 100;",
    "select i, sum(i) over (partition by n order by i) as w from t limit 100;",
    "select s from t intersect select s from t where c < 5 limit 100;",
    "select c, median(i), count(distinct s) from t group by c order by c limit 5;",
  ]

  private func answers(_ program: Program, _ settings: String) throws -> Program.Ended {
    try program.write("q.nbk", settings + Self.table + Self.queries.joined(separator: "\n") + "\n")
    return try program.shell("\"$NB\" -q q.nbk")
  }

  @Test func answersAreTheSameBeyondTheLimit() throws {
    let program = try Program()
    let free = try answers(program, "")
    let limited = try answers(program, "set memory '24MB'\nset temporary_folder '/var/tmp'\n")
    #expect(free.status == 0 && limited.status == 0, "\(limited.errors)")
    #expect(free.output == limited.output)
    #expect(free.output.split(separator: "\n").count > 700)
  }

  @Test func whatFitsNowhereIsAnErrorAndTheSessionGoesOn() throws {
    let program = try Program()
    let ended = try program.shell(
      """
      "$NB" -q -k -c "set memory '60MB'
      set temporary_folder none
      create table small as select i from generate_series(1, 1000) g(i);
      select max(x.s) from (select repeat('x', 100000) || i as s from generate_series(1, 20000) g(i)) x;
      select sum(i) from small;"
      """)
    #expect(ended.output == "sum\n500500\n")
    #expect(ended.errors.contains("this needs more than the 60 MB that `set memory` allows"))
    #expect(ended.errors.contains("set temporary_folder '/var/tmp'"))
  }

  @Test func aDiskThatIsFullIsAnError() throws {
    let program = try Program()
    // No file may have more than some blocks, and nobody is told by a signal.
    let ended = try program.shell(
      """
      trap '' XFSZ; ulimit -f 100
      "$NB" -q -k -c "set memory '60MB'
      set temporary_folder '/var/tmp'
      select max(x.s) from (select repeat('x', 100000) || i as s from generate_series(1, 20000) g(i)) x;
      select 1 as a;"
      """)
    #expect(ended.output == "a\n1\n")
    #expect(ended.errors.contains("and /var/tmp has no room left for temporary files"))
  }

  @Test func whatHasNoEndIsRefusedAtTheLimit() throws {
    let program = try Program()
    let ended = try program.shell("\"$NB\" -q -c \"set memory '60MB'\nload '/dev/zero'\"")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("/dev/zero does not fit into memory"))
    #expect(ended.errors.contains("at most 60 MB can be held"))
  }

  @Test func moreRowsThanCanBeNumberedAreRefusedBeforeTheyAreMade() throws {
    let program = try Program()
    let ended = try program.run(
      "create table t as select * from generate_series(1, 1000000) a(i) cross join generate_series(1, 1000000) b(j);")
    #expect(ended.errors.contains("more than 4,294,967,294 rows"))
  }

  @Test func temporaryFilesHaveNoNames() throws {
    let program = try Program()
    let ended = try program.shell(
      """
      "$NB" -q -c "set memory '16MB'
      set temporary_folder '$PWD'
      select count(*) from (select i, row_number() over (order by i desc) as r from generate_series(1, 300000) g(i)) x;"
      ls -A
      """)
    #expect(ended.output == "count\n300000\n" || ended.errors.contains("this needs more than the 16 MB"))
  }

  @Test func aLoadSaysWhatItKeepsInFiles() throws {
    let program = try Program()
    let ended = try program.shell(
      """
      (echo a,b; paste -d, <(seq 1000000000000 1000001200000) <(seq 2000000000000 2000001200000)) > t.csv
      "$NB" -c "set memory '16MB'
      set temporary_folder '/var/tmp'
      load 't.csv'"
      """)
    #expect(ended.errors.contains("kept in temporary files under /var/tmp: over the limit of `set memory`"))
  }
}
