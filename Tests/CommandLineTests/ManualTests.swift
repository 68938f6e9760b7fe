import Testing

@Suite("The manual, completions, the start-up file") struct ManualTests {
  /// The long options, as `--help` lists them.
  private func options(_ program: Program) throws -> [String] {
    try program.shell(#""$NB" --help"#).output.split { $0 == " " || $0 == "\n" }.map(String.init)
      .filter { $0.hasPrefix("--") && $0 != "--check]" }
  }

  @Test func bashCompletesOptionsWordsAndScripts() throws {
    let program = try Program()
    try program.write("report.nbk", "")
    try program.write("data.csv", "")
    func completed(_ words: String, _ index: Int) throws -> [String] {
      let script = #"""
        . <("$NB" completions bash) 2>/dev/null; compopt() { :; }
        COMP_WORDS=(\#(words)); COMP_CWORD=\#(index); _noticebook; printf '%s\n' "${COMPREPLY[@]}"
        """#
      return try program.shell("bash -c '\(script.replacing("'", with: #"'\''"#))'").output
        .split(separator: "\n").map(String.init)
    }
    #expect(try completed("noticebook --ke", 1) == ["--keep-going"])
    #expect(try completed("noticebook -f m", 2) == ["markdown"])
    #expect(try completed("noticebook rep", 1) == ["report.nbk"])
    #expect(try completed("noticebook comp", 1) == ["completions"])
    #expect(try completed("noticebook completions z", 2) == ["zsh"])
  }

  @Test func everyShellAndTheManualKnowEveryOption() throws {
    let program = try Program()
    let options = try options(program)
    #expect(options.contains("--no-startup"))
    for (command, spelled) in [
      ("completions bash", { $0 }), ("completions zsh", { $0 }), ("completions fish", { "-l \($0.dropFirst(2)) " }),
      ("manual", { $0.replacing("-", with: "\\-") }),
    ] as [(String, (String) -> String)] {
      let text = try program.shell(#""$NB" \#(command)"#).output
      for option in options { #expect((text + " ").contains(spelled(option)), "\(command): \(option)") }
    }
    #expect(try program.shell(#""$NB" completions tcsh"#).status == 2)
    #expect(try program.shell(#""$NB" completions"#).status == 2)
  }

  @Test func theStartupFileIsForThePromptOnly() throws {
    let program = try Program()
    let ended = try program.shell(
      #"mkdir -p "$HOME/.config/noticebook"; echo 'print 5' > "$HOME/.config/noticebook/startup.nbk"; "$NB" -c 'select 1 as a'"#
    )
    #expect(ended.output == "a\n1\n")
  }
}
