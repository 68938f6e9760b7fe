import Testing

@Suite("Formatting and checking scripts") struct FormattingTests {
  @Test func aFileIsWrittenInItsLayout() throws {
    let program = try Program()
    try program.write("a.nbk", "LOAD a.csv ; FROM a|>LIMIT 3 -- few\n")
    let ended = try program.shell(#""$NB" fmt a.nbk"#)
    #expect(program.read("a.nbk") == "load a.csv\nfrom a |> limit 3 -- few\n")
    #expect(ended.status == 0 && ended.output == "" && ended.errors == "formatted a.nbk\n")
    #expect(try program.shell(#""$NB" fmt a.nbk"#).errors == "")
  }

  @Test func standardInputGoesToStandardOutput() throws {
    let program = try Program()
    let ended = try program.shell(#"echo 'select A,b from t;' | "$NB" fmt -"#)
    #expect(ended.output == "select A, b from t;\n" && ended.status == 0)
  }

  @Test func checkListsWhatWouldChange() throws {
    let program = try Program()
    try program.write("a.nbk", "TABLES\n")
    try program.write("b.nbk", "tables\n")
    let ended = try program.shell(#""$NB" fmt --check a.nbk b.nbk"#)
    #expect(ended.output == "a.nbk\n" && ended.status == 1)
    #expect(program.read("a.nbk") == "TABLES\n")
    #expect(try program.shell(#""$NB" fmt --check b.nbk"#).status == 0)
  }

  @Test func aFileWithAFaultIsLeftAlone() throws {
    let program = try Program()
    try program.write("a.nbk", "TABLES\nform t\n")
    try program.write("b.nbk", "TABLES\n")
    let ended = try program.shell(#""$NB" fmt a.nbk none.nbk b.nbk"#)
    #expect(ended.status == 1)
    #expect(ended.errors.hasPrefix("a.nbk:2:1: error: there is no command `form`\nform t\n^^^^\nhelp: did you mean"))
    #expect(ended.errors.contains("none.nbk: no such file"))
    #expect(program.read("a.nbk") == "TABLES\nform t\n")
    #expect(program.read("b.nbk") == "tables\n")
  }

  @Test func wrongOptionsAreRefused() throws {
    let program = try Program()
    #expect(try program.shell(#""$NB" fmt"#).status == 2)
    #expect(try program.shell(#""$NB" fmt --chek a"#).errors.hasPrefix("noticebook: fmt takes --check and files"))
    #expect(try program.shell(#""$NB" -c tables fmt a"#).status == 2)
  }

  @Test func aScriptIsCheckedWithoutRunningIt() throws {
    let program = try Program()
    try program.write("a.nbk", "create table t (a integer);\nselect b from t;\nselect a from t;\nselect c from t;\n")
    let ended = try program.shell(#""$NB" --check a.nbk"#)
    #expect(ended.status == 1 && ended.output == "")
    #expect(ended.errors.hasPrefix("a.nbk:2:8: error: there is no column `b`\n"))
    #expect(ended.errors.contains("\na.nbk:4:8: error: there is no column `c`\n"))
    #expect(try program.shell(#""$NB" --check -c 'select 1 as a'"#).output == "")
    #expect(try program.shell(#"echo 'select x' | "$NB" --check"#).status == 1)
  }
}
