import Formats
import Language

/// What `--help` and `man noticebook` say.
enum UsageText {
  /// The text of `--help`, 80 columns wide at most for its words.
  static var help: String {
    let usage = UsageEntry.all.map { entry(entry: $0.form, $0.summary, indent: 0) }
    let options = OptionEntry.shown.map { entry(entry: $0.spelling, $0.summary, indent: 2) }
    return """
      Noticebook: \(tagline)

      \(usage.joined(separator: "\n"))

      \(options.joined(separator: "\n"))

      Results go to standard output, everything else to standard error.
      \(wrappedText("Exit status: \(statuses.map { "\($0.number) \($0.meaning)" }.joined(separator: ", ")).", width: 80)
          .joined(separator: "\n"))
      """
  }

  private static let tagline = "an analysis notebook for notices and actions"

  private static let statuses: [(number: Int, meaning: String)] = [
    (0, "all went well"), (1, "a statement failed"), (2, "wrong options"), (3, "an assert or a check did not hold"),
    (130, "interrupted"),
  ]

  /// The names, and beside or below them what they do.
  private static func entry(entry: String, _ summary: String, indent: Int) -> String {
    let column = 31
    let lines = wrappedText(summary, width: 80 - column)
    let margin = String(repeating: " ", count: column)
    let head = String(repeating: " ", count: indent) + entry
    let first = head.count < column ? head + String(repeating: " ", count: column - head.count) : head + "\n" + margin
    return first + lines.joined(separator: "\n" + margin)
  }

  // MARK: The manual

  /// The page of `man noticebook`, in the language of man(7).
  static func manual(version: String) -> String {
    var page = """
      .TH NOTICEBOOK 1 "" "Noticebook \(version)" "User Commands"
      .SH NAME
      noticebook \\- \(roff(tagline))
      .SH SYNOPSIS

      """
    for entry in UsageEntry.all { page += ".B \(roff(entry.form))\n.br\n" }
    page += """
      .SH DESCRIPTION
      Loads what governments, courts and people asked platforms to do, and what the platforms did, and answers questions
      about it: which share of accounts was suspended, which withheld in a country, how fast, by whose account. What is
      typed at the prompt works in a script as it stands.
      .PP

      """
    for entry in UsageEntry.all { page += ".TP\n.B \(roff(entry.form))\n\(roff(entry.summary))\n" }
    page += ".SH OPTIONS\n"
    for option in OptionEntry.shown {
      page += ".TP\n.B \(roff(String(option.spelling.drop { $0 == " " })))\n\(roff(option.summary))\n"
    }
    for (title, entries) in [("COMMANDS", GrammarCatalog.commands), ("OPERATORS", GrammarCatalog.operators)] {
      page += ".SH \(title)\n"
      for entry in entries { page += ".TP\n.B \(roff(entry.syntax))\n\(roff(entry.summary))\n" }
    }
    page += """
      .PP
      .B help
      in the notebook explains each of them, and the functions, formats and settings.
      .SH EXAMPLES
      .nf
      noticebook
      noticebook \\-\\-set year=2021 report.nbk
      noticebook \\-c "from 'actions.csv' |> share action by country" > shares.csv
      .fi
      .SH FILES
      .TP
      .I ~/.config/noticebook/startup.nbk
      Statements that are run before the first prompt, and not before scripts. XDG_CONFIG_HOME moves it.
      .TP
      .I ~/.config/noticebook/adapters/NAME.json
      Descriptions of sources of your own: see help adapters.
      .TP
      .I ~/.local/state/noticebook/history
      What was typed. XDG_STATE_HOME moves it.
      .SH ENVIRONMENT
      .TP
      .B NO_COLOR
      Set to anything: no colours.
      .TP
      .BR NOTICEBOOK_PAGER ", " PAGER
      What shows results that are longer than the window.
      .TP
      .BR VISUAL ", " EDITOR
      What
      .B edit
      opens.
      .SH EXIT STATUS

      """
    for status in statuses { page += ".TP\n.B \(status.number)\n\(roff(status.meaning))\n" }
    return page
  }

  /// A text with what means something to roff made harmless.
  private static func roff(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }
}
