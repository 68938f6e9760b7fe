import Testing

@Suite("Odd surroundings") struct SurroundingsTests {
  @Test(.disabled(if: isSanitized, "a sanitizer is told what to do by variables"))
  func withoutHomeOrAnyVariable() throws {
    let program = try Program()
    let ended = try program.shell(#"env -i "$NB" -c 'select 1 as a'"#)
    #expect(ended.output == "a\n1\n")
    #expect(ended.errors == "")
    #expect(try program.shell(#"env -u HOME "$NB" '~/x.nbk'"#).status == 1)
  }

  @Test func inAFolderThatCannotBeWrittenTo() throws {
    let program = try Program()
    let ended = try program.shell(#"cd /sys && "$NB" -c 'select 1 as a' -c "values (1) |> save 'o.csv'""#)
    #expect(ended.output == "a\n1\n")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("error: cannot create 'o.csv': "))
  }

  @Test func inAFolderThatIsGone() throws {
    let program = try Program()
    let ended = try program.shell(
      #"mkdir gone && cd gone && rmdir ../gone && "$NB" -c 'select 1 as a' -c 'load x.csv'"#)
    #expect(ended.output == "a\n1\n")
    #expect(ended.status == 1)
  }

  @Test func aScriptWithAByteOrderMarkAndWindowsLines() throws {
    let program = try Program()
    let text =
      "select 1 as a;\r\n-- remark\r\nvalues (1)\r\n  |> select column1 as b\r\n|> limit 1;\r\nfrom nothing\r\n"
    try program.write("s.nbk", [0xEF, 0xBB, 0xBF] + Array(text.utf8))
    let ended = try program.shell(#""$NB" s.nbk"#)
    #expect(ended.output == "a\n1\nb\n1\n")
    #expect(ended.errors.hasPrefix("s.nbk:6:6: error: there is no table `nothing`\nfrom nothing\n     ^^^^^^^\n"))
    try program.write("t.nbk", [0xEF, 0xBB, 0xBF] + Array("select 'x' as a;\r\nfrom nothing\r\n".utf8))
    let second = try program.shell(#""$NB" t.nbk"#)
    #expect(second.output == "a\nx\n")
    #expect(
      second.errors
        == "t.nbk:2:6: error: there is no table `nothing`\nfrom nothing\n     ^^^^^^^\nhelp: load a file first: load actions.csv\n"
    )
  }

  @Test func bytesThatAreNoText() throws {
    let program = try Program()
    try program.write("s.nbk", Array("select 1 as a;\nfrom ".utf8) + [0xFF, 0xFE, 0x00, 0x80] + Array("\n".utf8))
    let script = try program.shell(#""$NB" s.nbk"#)
    #expect(script.output == "a\n1\n")
    #expect(script.status == 1)
    #expect(script.errors.hasPrefix("s.nbk:2:6: error: "))
    let argument = try program.shell(#""$NB" -c $'select \'\xff\' as a'"#)
    #expect(argument.status <= 1)
    #expect(try program.shell(#""$NB" $'\xff\xfe.nbk'"#).status == 1)
    #expect(try program.shell(#""$NB" --set $'\xff=\xfe' -c 'select 1 as a'"#).output == "a\n1\n")
    #expect(try program.shell(#""$NB" --format $'\xff'"#).status == 2)
    #expect(try program.shell(#"head -c 100000 /dev/urandom | "$NB" -q -k"#).status <= 3)
  }

  @Test func aScriptFromAPipe() throws {
    let program = try Program()
    let ended = try program.shell(#""$NB" <(echo 'select 1 as a;')"#)
    #expect(ended.output == "a\n1\n")
    let slow = try program.shell(#"mkfifo p; (sleep 0.3; echo 'select 2 as a;' > p) & "$NB" p"#)
    #expect(slow.output == "a\n2\n")
  }

  @Test func optionsAfterTheScriptAndTwoDashes() throws {
    let program = try Program()
    try program.write("-x.nbk", "select 1 as a;\n")
    #expect(try program.shell(#""$NB" -- -x.nbk"#).output == "a\n1\n")
    #expect(try program.shell(#""$NB" -q -- ./-x.nbk"#).output == "a\n1\n")
  }
}
