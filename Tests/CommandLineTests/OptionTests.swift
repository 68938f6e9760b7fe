import Testing

@Suite("Options") struct OptionTests {
  @Test func aScriptIsRun() throws {
    let program = try Program()
    let ended = try program.run("select 1 as a;\nselect 'x' as b;\n")
    #expect(ended.output == "a\n1\nb\nx\n")
    #expect(ended.errors == "")
  }

  @Test func severalCommandsAreTextsOfTheirOwn() throws {
    let program = try Program()
    let ended = try program.shell(#""$NB" -c 'select 1 as a' -c 'let x = 2' --command='select $x as b'"#)
    #expect(ended.output == "a\n1\nb\n2\n")
    #expect(ended.status == 0)
    let failed = try program.shell(#""$NB" -c 'select 1 as a' -c 'select b' -c 'select 3 as a'"#)
    #expect(failed.output == "a\n1\n")
    #expect(failed.errors.hasPrefix("-c 2:1:8: error: there is no column `b`\n"))
    #expect(try program.shell(#""$NB" -c 'select b'"#).errors.hasPrefix("-c:1:8: error: "))
    #expect(try program.shell(#""$NB" -c quit -c 'select 3'"#).output == "")
  }

  @Test func standardInputIsReadWithoutAPrompt() throws {
    let program = try Program()
    for command in [#"echo 'select 1 as a;' | "$NB""#, #""$NB" - <<< 'select 1 as a'"#, #""$NB" <<< 'select 1 as a'"#] {
      let ended = try program.shell(command)
      #expect(ended.output == "a\n1\n")
      #expect(ended.errors == "")
      #expect(ended.status == 0)
    }
    let failed = try program.shell(#"printf 'select 1 as a;\n\n  from nothing\n' | "$NB""#)
    #expect(failed.errors.hasPrefix("<stdin>:3:8: error: there is no table `nothing`\n"))
    #expect(failed.status == 1)
    #expect(try program.shell(#""$NB" < /dev/null"#).status == 0)
  }

  @Test func setGivesParameters() throws {
    let program = try Program()
    try program.write("t.csv", "n,d\n1,2021-01-30\n2,2021-02-01\n")
    let ended = try program.run(
      "from '$file' |> where n >= $least and d > $since |> select n, $note as note",
      "--set least=2 -s since=2021-01-31 --set file=t.csv --set 'note=a=b c' --set empty=")
    #expect(ended.output == "n,note\n2,a=b c\n")
    #expect(ended.errors == "")
  }

  @Test(arguments: [
    ("csv", "a,b\n1,x\n"), ("tsv", "a\tb\n1\tx\n"), ("json", "[{\"a\":1,\"b\":\"x\"}]"),
    ("ndjson", "{\"a\":1,\"b\":\"x\"}\n"),
    ("markdown", "|a|b|\n|--:|---|\n|1|x|"), ("md", "|a|b|\n|--:|---|\n|1|x|"), ("JSON", "[{\"a\":1,\"b\":\"x\"}]"),
  ])
  func formats(_ name: String, _ expected: String) throws {
    let program = try Program()
    let ended = try program.run("select 1 as a, 'x' as b;", "--format \(name)")
    #expect(ended.output.filter { $0 != " " && $0 != "\n" } == expected.filter { $0 != " " && $0 != "\n" })
    #expect(ended.status == 0)
  }

  @Test func theOtherFormats() throws {
    let program = try Program()
    let statement = "select 1 as a, 'x' as b;"
    #expect(try program.run(statement, "-f box").output.contains("│ x    │"))
    #expect(try program.run(statement, "-f html").output.contains("<td"))
    #expect(try program.run(statement, "-f line").output.contains("b"))
  }

  @Test func outputIsWholeOrNotThere() throws {
    let program = try Program()
    let good = try program.run("select 1 as a;\nselect 2 as a;", "--output o.csv")
    #expect(good.output == "")
    #expect(program.read("o.csv") == "a\n1\na\n2\n")
    let bad = try program.run("select 3 as a;\nfrom nothing", "--output o.csv")
    #expect(bad.status == 1)
    #expect(bad.errors.hasSuffix("o.csv was not written\n"))
    #expect(program.read("o.csv") == "a\n1\na\n2\n")
    let going = try program.run("select 3 as a;\nfrom nothing\nselect 4 as a;", "--output o.csv --keep-going")
    #expect(going.status == 1)
    #expect(program.read("o.csv") == "a\n3\na\n4\n")
    #expect(try program.shell("ls -A").output == "o.csv\nrun.nbk\n")
  }

  @Test func outputThatCannotBeWrittenIsAnError() throws {
    let program = try Program()
    let ended = try program.run("select 1;", "-o no/o.csv")
    #expect(ended.status == 1)
    #expect(ended.errors == "error: cannot write 'no/o.csv': there is no folder 'no'\n")
    #expect(try program.run("select 1 as a;", "-o /dev/stdout").output == "a\n1\n")
    let full = try program.run("select 1;", "-o /dev/full")
    #expect(full.status == 1)
    #expect(full.errors.contains("no space is left on the device"))
  }

  @Test func quietLeavesOnlyResultsAndErrors() throws {
    let program = try Program()
    try program.write("t.csv", "a\n1\n")
    let script = "load t.csv\nt\nt |> save 'o.csv'\nfrom nothing"
    let loud = try program.run(script)
    let quiet = try program.run(script, "--quiet")
    #expect(loud.output == "a\n1\n")
    #expect(quiet.output == "a\n1\n")
    #expect(loud.errors.hasPrefix("t: 1 row, 1 column, 4 bytes in 1 file, "))
    #expect(loud.errors.contains("\nsaved 1 row to o.csv\n"))
    #expect(quiet.errors.hasPrefix("run.nbk:4:6: error: there is no table `nothing`\n"))
  }

  @Test func timerTellsOfEachStatement() throws {
    let program = try Program()
    let ended = try program.run("select 1 as a;\nselect 2 as a;", "--timer")
    #expect(ended.output == "a\n1\na\n2\n")
    let lines = ended.errors.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.hasSuffix(" s") && Double($0.dropLast(2)) != nil })
  }

  @Test func helpAndVersionGoToStandardOutput() throws {
    let program = try Program()
    for option in ["--help", "-h", "--help nothing.nbk"] {
      let ended = try program.shell("\"$NB\" \(option)")
      #expect(ended.status == 0)
      #expect(ended.errors == "")
      for word in [
        "--command", "--set", "--format", "--output", "--keep-going", "--quiet", "--timer", "--version", "--help",
        "Exit status: 0 ", "130 interrupted",
      ] {
        #expect(ended.output.contains(word), "\(word)")
      }
    }
    let version = try program.shell("\"$NB\" --version")
    #expect(version.output.hasPrefix("noticebook "))
    #expect(version.output.split(separator: "\n").count == 1)
  }
}
