import Testing

@Suite("Exit status") struct ExitStatusTests {
  @Test(arguments: [
    ("select 1;", Int32(0)), ("", 0), ("-- nothing\n", 0), ("quit\nfrom nothing", 0), ("from nothing", 1),
    ("selekt", 1),
    ("'", 1), ("values (1) |> assert false", 3), ("values (1) |> assert false;\nfrom nothing", 3),
    ("from nothing\nvalues (1) |> assert false", 1),
  ])
  func ofAScript(_ statements: String, _ status: Int32) throws {
    let program = try Program()
    #expect(try program.run(statements).status == status)
  }

  @Test func aCheckThatFailsIsThreeAtTheEnd() throws {
    let program = try Program()
    let ended = try program.shell(
      """
      printf '%s\n' "from (values (1), (2)) |> check 'small' that column1 < 2 |> save 'out.csv'" 'select 1 as a;' > s.nbk
      "$NB" --output results.csv s.nbk
      """)
    #expect(ended.status == 3)
    // What the script made is there: it has gone on to its end.
    #expect(try program.shell("cat out.csv results.csv").output == "column1\n1\n2\na\n1\n")
    #expect(ended.errors.hasSuffix("1 of 1 check failed:\n  s.nbk:1: small: 1 of 2 rows\n"))
    #expect(try program.run("from (values (1)) |> check column1 < 2").status == 0)
    #expect(try program.run("from (values (1)) |> check column1 < 1\nfrom nothing").status == 3)
  }

  @Test func keepGoingGivesTheWorst() throws {
    let program = try Program()
    let ended = try program.run(
      "from nothing\nselect 1 as a;\nvalues (1) |> assert false;\nselect 2 as a;", "--keep-going")
    #expect(ended.status == 3)
    #expect(ended.output == "a\n1\na\n2\n")
    #expect(try program.run("from nothing\nselect 1 as a;", "-k").status == 1)
  }

  @Test(arguments: [
    ("--bogus", "there is no option '--bogus'"), ("-z", "there is no option '-z'"), ("-qz", "there is no option '-z'"),
    ("--quiet -zq", "there is no option '-z'"), ("--format", "the option '--format' needs a value"),
    ("-kf", "the option '-f' needs a value"), ("-c", "the option '-c' needs a value"),
    ("--quiet=1", "the option '--quiet' takes no value"), ("--set x", "--set takes name=value, not 'x'"),
    ("--set =x", "--set takes name=value, not '=x'"), ("--format wrd", "there is no format 'wrd'"),
    ("--color=sometimes", "--color takes auto, always or never, not 'sometimes'"),
    ("a.nbk b.nbk", "one script at a time: 'b.nbk' is one too many"),
    ("-c 'select 1' a.nbk", "either -c or a script, not both: 'a.nbk'"),
  ])
  func wrongOptionsAreTwo(_ words: String, _ message: String) throws {
    let program = try Program()
    let ended = try program.shell("\"$NB\" \(words)")
    #expect(ended.status == 2)
    #expect(ended.output == "")
    #expect(ended.errors.hasPrefix("noticebook: \(message)"))
    #expect(ended.errors.hasSuffix("noticebook --help lists the options\n"))
  }

  @Test func aScriptThatIsNotThereIsOne() throws {
    let program = try Program()
    let ended = try program.shell("\"$NB\" none.nbk")
    #expect(ended.status == 1)
    #expect(ended.errors == "error: none.nbk: no such file\n")
    #expect(try program.shell("\"$NB\" .").errors == "error: .: this is a folder\n")
  }

  @Test func anInterruptedQueryIs130() throws {
    let program = try Program()
    try program.write("t.csv", "i\n" + (0..<3000).map { "\($0)\n" }.joined())
    try program.write(
      "long.nbk",
      """
      load t.csv
      select 1 as a;
      from t as a |> cross join t as b |> cross join t as c |> where a.i + b.i + c.i = 7 |> aggregate count(*)
      select 2 as a;
      """)
    let ended = try program.shell("timeout --preserve-status -s INT 2 \"$NB\" --quiet --keep-going long.nbk")
    #expect(ended.status == 130)
    #expect(ended.output == "a\n1\n")
    #expect(ended.errors == "interrupted\n")
  }

  @Test func waitingForStatementsCanBeInterrupted() throws {
    let program = try Program()
    let ended = try program.shell("sleep 20 | timeout --preserve-status -s INT 1 \"$NB\"; exit ${PIPESTATUS[1]}")
    #expect(ended.status == 130)
  }

  @Test func aCommandOfTheShellThatIsInterruptedInterruptsTheScript() throws {
    let program = try Program()
    try program.write("s.nbk", "values (1) |> shell 'sleep 20';\nselect 2 as a;\n")
    let ended = try program.shell("timeout --preserve-status -s INT 1 \"$NB\" s.nbk")
    #expect(ended.status == 130)
    #expect(ended.output == "")
  }

  @Test func waitingForDataCanBeInterrupted() throws {
    let program = try Program()
    let closed = try program.shell("mkfifo p; timeout --preserve-status -s INT 1 \"$NB\" -c 'load p'")
    #expect(closed.status == 130)
    #expect(closed.errors == "interrupted\n")
    let slow = try program.shell("sleep 3 > p & timeout --preserve-status -s INT 1 \"$NB\" -c 'load p'")
    #expect(slow.status == 130)
  }
}
