import CSystem
import Glibc

/// What the command line asks for.
struct Options {
  /// What is to be run.
  enum Work {
    case script(String)
    case statements([String])
    case standardInput
    /// Files are brought into the one layout, or with `isCheck` only looked at.
    case format([String], isCheck: Bool)
  }

  var work = Work.standardInput
  var parameters: [(name: String, value: String)] = []
  var format: String?
  var output: String?
  var keepsGoing = false
  /// Whether statements are planned and not run.
  var isCheck = false
  var isQuiet = false
  var hasTimer = false
  var colour = "auto"
  var wantsHelp = false
  var wantsVersion = false

  /// Options that cannot be followed.
  struct Wrong: Error {
    let message: String
  }

  /// The long options, whether each takes an argument, and its short form.
  private static let long: [(name: String, takesArgument: Bool, short: Character)] = [
    ("command", true, "c"), ("set", true, "s"), ("format", true, "f"), ("output", true, "o"),
    ("keep-going", false, "k"), ("check", false, "n"),
    ("quiet", false, "q"), ("timer", false, "t"), ("color", true, "C"), ("colour", true, "C"), ("help", false, "h"),
    ("version", false, "V"),
  ]

  /// Reads the command line of the process. Throws `Wrong`.
  init() throws {
    let argumentCount = CommandLine.argc
    let arguments = CommandLine.unsafeArgv
    nb_silence_option_errors()
    var table = Options.long.map { entry in
      option(
        name: strdup(entry.name), has_arg: entry.takesArgument ? 1 : 0, flag: nil,
        val: Int32(entry.short.asciiValue ?? 0))
    }
    table.append(option())
    defer { for entry in table { free(UnsafeMutablePointer(mutating: entry.name)) } }
    var commands: [String] = []
    // The `+` stops at the script: what follows it is not ours.
    while true {
      let current = Int(nb_next_argument())
      let code = getopt_long(argumentCount, arguments, "+:c:s:f:o:knqthV", &table, nil)
      if code == -1 { break }
      let argument = nb_option_argument().map { String(cString: $0) } ?? ""
      switch Character(UnicodeScalar(UInt8(truncatingIfNeeded: code))) {
      case "c": commands.append(argument)
      case "s":
        guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else {
          throw Wrong(message: "--set takes name=value, not '\(argument)'")
        }
        parameters.append((String(argument[..<equals]), String(argument[argument.index(after: equals)...])))
      case "f": format = argument
      case "o": output = argument
      case "k": keepsGoing = true
      case "n": isCheck = true
      case "q": isQuiet = true
      case "t": hasTimer = true
      case "C": colour = argument
      case "h": wantsHelp = true
      case "V": wantsVersion = true
      default:
        let word = current < Int(argumentCount) ? arguments[current].map { String(cString: $0) } ?? "" : ""
        throw Options.fault(in: word, needsValue: code == Int32(UInt8(ascii: ":")))
      }
    }
    let rest = (Int(nb_next_argument())..<Int(argumentCount)).compactMap { arguments[$0].map { String(cString: $0) } }
    if rest.first == "fmt" {
      work = try Options.formatting(Array(rest.dropFirst()), commands: commands, isCheck: isCheck)
      return
    }
    if rest.count > 1 { throw Wrong(message: "one script at a time: '\(rest[1])' is one too many") }
    if let script = rest.first, !commands.isEmpty {
      throw Wrong(message: "either -c or a script, not both: '\(script)'")
    }
    if let script = rest.first, script != "-" { work = .script(script) }
    if !commands.isEmpty { work = .statements(commands) }
  }

  /// What follows `fmt`: `--check` and files.
  private static func formatting(_ words: [String], commands: [String], isCheck: Bool) throws -> Work {
    var files: [String] = []
    var isCheck = isCheck
    var endsOptions = false
    for word in words {
      if endsOptions || word == "-" || !word.hasPrefix("-") {
        files.append(word)
      } else if word == "--" {
        endsOptions = true
      } else if word == "--check" {
        isCheck = true
      } else {
        throw Wrong(message: "fmt takes --check and files, not '\(word)'")
      }
    }
    if !commands.isEmpty { throw Wrong(message: "either -c or fmt, not both") }
    if files.isEmpty { throw Wrong(message: "fmt needs the files to format; - is standard input") }
    return .format(files, isCheck: isCheck)
  }

  /// What is wrong with the word in which getopt_long has just refused an option.
  private static func fault(in word: String, needsValue: Bool) -> Wrong {
    let letter = UInt8(truncatingIfNeeded: nb_failed_option())
    guard word.hasPrefix("--") else {
      let option = "-\(Character(UnicodeScalar(letter)))"
      return Wrong(message: needsValue ? "the option '\(option)' needs a value" : "there is no option '\(option)'")
    }
    if needsValue { return Wrong(message: "the option '\(word)' needs a value") }
    let name = String(word.dropFirst(2).prefix { $0 != "=" })
    let meant = long.filter { $0.name.hasPrefix(name) }.map { "--\($0.name)" }
    if word.contains("="), meant.count == 1 { return Wrong(message: "the option '\(meant[0])' takes no value") }
    if meant.count > 1 { return Wrong(message: "'\(word)' may be \(meant.joined(separator: " or "))") }
    return Wrong(message: "there is no option '\(word)'")
  }

  static let help = """
    Noticebook: an analysis notebook for notices and actions

    noticebook                     type statements (or read them from standard input)
    noticebook SCRIPT              run the statements of a file
    noticebook -c 'STATEMENTS'     run statements
    noticebook fmt [--check] FILE...
                                   bring scripts into the one layout (- is standard input);
                                   with --check only list those that would change, with exit status 1

      -c, --command STATEMENTS     may be given several times
      -s, --set NAME=VALUE         give the parameter $NAME a value
      -f, --format NAME            box csv tsv json ndjson markdown html line (boxes on a terminal, else csv)
      -o, --output FILE            write results to a file
      -k, --keep-going             go on after a statement that failed
      -n, --check                  run nothing, and tell of every statement that is wrong; `load` reads files that are
                                   there, for their columns
      -q, --quiet                  only results and errors, no notes
      -t, --timer                  say how long each statement took
          --color auto|always|never
      -h, --help
      -V, --version

    Results go to standard output, everything else to standard error.
    Exit status: 0 all went well, 1 a statement failed, 2 wrong options, 3 an assert did not hold, 130 interrupted.
    """
}
