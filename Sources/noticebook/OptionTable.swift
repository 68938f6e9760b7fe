import Formats

/// One option of the command line: the source of `--help`, of the manual page, and of what shells complete.
struct OptionEntry {
  /// What an argument is, for the completion of shells.
  enum Argument {
    case none
    /// Any text.
    case text(String)
    /// The path of a file.
    case file(String)
    /// One of some words.
    case words(String, [String])

    /// What stands for it in texts; nil for no argument.
    var placeholder: String? {
      switch self {
      case .none: nil
      case .text(let name), .file(let name), .words(let name, _): name
      }
    }
  }

  /// The long name, without its dashes.
  let name: String
  /// The letter; in upper case for options that have none of their own.
  let letter: Character
  let argument: Argument
  let summary: String
  /// Whether the letter can be written.
  var hasLetter = true
  /// Whether texts leave it out, as another spelling.
  var isHidden = false

  /// The options in the order of `--help`.
  static let all: [OptionEntry] = [
    OptionEntry(name: "command", letter: "c", argument: .text("STATEMENTS"), summary: "may be given several times"),
    OptionEntry(name: "set", letter: "s", argument: .text("NAME=VALUE"), summary: "give the parameter $NAME a value"),
    OptionEntry(
      name: "format", letter: "f", argument: .words("NAME", TableFormats.names),
      summary: "\(TableFormats.names.joined(separator: " ")) (boxes on a terminal, else csv)"),
    OptionEntry(name: "output", letter: "o", argument: .file("FILE"), summary: "write results to a file"),
    OptionEntry(
      name: "engine", letter: "e", argument: .text("ADDRESS"),
      summary: "connect a database first, such as spark://host:15002; NOTICEBOOK_ENGINE in the environment does it too"),
    OptionEntry(
      name: "keep-going", letter: "k", argument: .none, summary: "go on after a statement that failed"),
    OptionEntry(
      name: "check", letter: "n", argument: .none,
      summary: "run nothing, and tell of every statement that is wrong; `load` reads files that are there, for their "
        + "columns"),
    OptionEntry(name: "quiet", letter: "q", argument: .none, summary: "only results and errors, no notes"),
    OptionEntry(name: "timer", letter: "t", argument: .none, summary: "say how long each statement took"),
    OptionEntry(
      name: "no-startup", letter: "X", argument: .none,
      summary: "do not run the statements of noticebook/startup.nbk below XDG_CONFIG_HOME (~/.config) first"),
    OptionEntry(
      name: "color", letter: "C", argument: .words("WHEN", ["auto", "always", "never"]),
      summary: "auto, always or never; NO_COLOR in the environment means never", hasLetter: false),
    OptionEntry(
      name: "colour", letter: "C", argument: .words("WHEN", ["auto", "always", "never"]), summary: "", hasLetter: false,
      isHidden: true),
    OptionEntry(name: "help", letter: "h", argument: .none, summary: "show this"),
    OptionEntry(name: "version", letter: "V", argument: .none, summary: "show the version"),
  ]

  /// Those that texts speak of.
  static var shown: [OptionEntry] { all.filter { !$0.isHidden } }

  /// `-c, --command STATEMENTS`.
  var spelling: String {
    let long = "--\(name)" + (argument.placeholder.map { " \($0)" } ?? "")
    return hasLetter ? "-\(letter), \(long)" : "    \(long)"
  }
}

/// One way to call the program.
struct UsageEntry {
  let form: String
  let summary: String

  /// The ways in the order of `--help`.
  static let all: [UsageEntry] = [
    UsageEntry(form: "noticebook", summary: "type statements (or read them from standard input)"),
    UsageEntry(form: "noticebook SCRIPT", summary: "run the statements of a file"),
    UsageEntry(form: "noticebook -c 'STATEMENTS'", summary: "run statements"),
    UsageEntry(
      form: "noticebook fmt [--check] FILE...",
      summary:
        "bring scripts into the one layout (- is standard input); with --check only list those that would change, "
        + "with exit status 1"),
    UsageEntry(form: "noticebook completions SHELL", summary: "print what bash, zsh or fish completes by"),
    UsageEntry(form: "noticebook manual", summary: "print the page of man noticebook"),
  ]
}
