import Testing

@Suite("Standard input, output and error") struct StreamTests {
  private func withRows(_ count: Int) throws -> Program {
    let program = try Program()
    try program.write("t.csv", "i,text\n" + (0..<count).map { "\($0),row \($0)\n" }.joined())
    return program
  }

  @Test func boxesOnATerminalAndCSVElsewhere() throws {
    let program = try Program()
    let statement = "select 1 as a;"
    #expect(try program.run(statement).output == "a\n1\n")
    let shown = try program.onTerminal(statement, "--color never")
    #expect(
      shown == "╭─────────╮\n│       a │\n│ integer │\n├─────────┤\n│       1 │\n╰─────────╯\n"
        + shown.split(separator: "\n").suffix(1).joined() + "\n")
    #expect(shown.split(separator: "\n").last?.hasPrefix("1 row") == true)
    #expect(try program.onTerminal(statement, "--format csv") == "a\n1\n")
    #expect(try program.onTerminal(statement).contains("\u{1b}["))
    #expect(!(try program.onTerminal(statement, "--color never")).contains("\u{1b}["))
  }

  @Test func aTerminalGetsSomeRowsAndIsToldHowMany() throws {
    let program = try withRows(2000)
    let shown = try program.onTerminal("from 't.csv'", "--color never")
    #expect(shown.split(separator: "\n").count < 60)
    #expect(shown.contains("2,000 rows"))
    #expect(shown.contains("40 shown") || shown.contains("40 "))
    #expect(try program.run("from 't.csv'").output.split(separator: "\n").count == 2001)
  }

  @Test func aBrokenPipeEndsQuietly() throws {
    let program = try withRows(50_000)
    for command in [
      #""$NB" -c "from 't.csv'" | head -1"#, #""$NB" -c "from 't.csv'" -c "from 't.csv'" | true"#,
      #""$NB" --help | true"#, #""$NB" -c 'help functions' | true"#,
      #""$NB" -f box -c "from 't.csv'" | head -1 > /dev/null"#,
    ] {
      let ended = try program.shell("\(command); exit ${PIPESTATUS[0]}")
      #expect(ended.status == 0, "\(command)")
      #expect(ended.errors == "", "\(command)")
    }
    #expect(try program.shell(#""$NB" -c "from 't.csv'" | head -1"#).output == "i,text\n")
  }

  @Test func resultsGoToOutputAndEverythingElseToErrors() throws {
    let program = try withRows(3)
    let ended = try program.shell(
      #""$NB" -t -c 'load t.csv' -c 'print 5' -c 't |> limit 1' -c 'from nothing' 2>/dev/null"#)
    #expect(ended.output == "i,text\n0,row 0\n")
    let errors = try program.shell(#""$NB" -t -c 'load t.csv' -c 'print 5' -c 'from nothing' >/dev/null"#).errors
    for part in ["t: 3 rows", "\n5\n", " s\n", "error: there is no table"] { #expect(errors.contains(part)) }
  }

  @Test func aFullDeviceIsAnError() throws {
    let program = try withRows(50_000)
    for statement in ["select 1", "from 't.csv'", "help"] {
      let ended = try program.shell("\"$NB\" -c \"\(statement)\" >/dev/full")
      #expect(ended.status == 1)
      #expect(ended.errors == "error: cannot write to 'standard output': no space is left on the device\n")
    }
    #expect(try program.shell(#""$NB" --help >/dev/full"#).status == 1)
    #expect(try program.shell(#""$NB" -c 'from nothing' 2>/dev/full"#).status == 1)
  }

  @Test func closedDescriptorsAreErrorsWhereTheyAreUsed() throws {
    let program = try withRows(50_000)
    let output = try program.shell(#""$NB" -c "load t.csv" -c 'select 1' >&-"#)
    #expect(output.status == 1)
    #expect(output.errors.hasSuffix("error: cannot write to 'standard output': Bad file descriptor\n"))
    let saved = try program.shell(#""$NB" -q -c "from 't.csv' |> save 'o.csv'" >&-"#)
    #expect(saved.status == 0)
    #expect(program.read("o.csv") == program.read("t.csv"))
    let input = try program.shell(#""$NB" <&-"#)
    #expect(input.status == 1)
    #expect(input.errors == "error: standard input: it is closed\n")
    let errors = try program.shell(#""$NB" -c "load t.csv" -c 'select 1 as a' 2>&-"#)
    #expect(errors.status == 0)
    #expect(errors.output == "a\n1\n")
    #expect(try program.shell(#""$NB" -c 'from nothing' <&- >&- 2>&-"#).status == 1)
  }

  @Test func muchOnStandardInput() throws {
    let program = try Program()
    let many = try program.shell(#"(yes 'let x = 1' | head -20000; echo 'select $x as a;') | "$NB""#)
    #expect(many.output == "a\n1\n")
    let huge = try program.shell(#"head -c 80000000 /dev/zero | "$NB""#)
    #expect(huge.status == 1)
    #expect(
      huge.errors == "error: standard input is larger than 64 MB, which no script is\nhelp: data is read with `load`\n")
  }

  @Test func dataCanComeFromStandardInput() throws {
    let program = try Program()
    let ended = try program.shell(#"printf 'a\n1\n2\n' | "$NB" -c "from '/dev/stdin' |> aggregate sum(a) as s""#)
    #expect(ended.output == "s\n3\n")
  }
}
