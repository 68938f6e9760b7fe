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
    /// What a shell completes by is printed.
    case completions(String)
    /// The page of the manual is printed.
    case manual
  }

  var work = Work.standardInput
  var parameters: [(name: String, value: String)] = []
  var format: String?
  var output: String?
  /// The database to be connected first.
  var engine = getenv("NOTICEBOOK_ENGINE").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  var keepsGoing = false
  /// Whether statements are planned and not run.
  var isCheck = false
  var isQuiet = false
  var hasTimer = false
  var colour = "auto"
  /// Whether the person's start-up file is run before the first prompt.
  var runsStartup = true
  var wantsHelp = false
  var wantsVersion = false

  /// Options that cannot be followed.
  struct Wrong: Error {
    let message: String
  }

  /// Reads the command line of the process. Throws `Wrong`.
  init() throws {
    let argumentCount = CommandLine.argc
    let arguments = CommandLine.unsafeArgv
    nb_silence_option_errors()
    var table = OptionEntry.all.map { entry in
      option(
        name: strdup(entry.name), has_arg: entry.argument.placeholder == nil ? 0 : 1, flag: nil,
        val: Int32(entry.letter.asciiValue ?? 0))
    }
    table.append(option())
    defer { for entry in table { free(UnsafeMutablePointer(mutating: entry.name)) } }
    var commands: [String] = []
    // The `+` stops at the script: what follows it is not ours. The `:` has missing arguments told apart.
    let letters = OptionEntry.all.filter(\.hasLetter).reduce("+:") {
      "\($0)\($1.letter)\($1.argument.placeholder == nil ? "" : ":")"
    }
    while true {
      let current = Int(nb_next_argument())
      let code = getopt_long(argumentCount, arguments, letters, &table, nil)
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
      case "e": engine = argument
      case "k": keepsGoing = true
      case "n": isCheck = true
      case "q": isQuiet = true
      case "t": hasTimer = true
      case "X": runsStartup = false
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
    if rest == ["manual"] {
      work = .manual
      return
    }
    if rest.first == "completions" {
      guard rest.count == 2, ShellCompletions.shells.contains(rest[1]) else {
        throw Wrong(message: "completions takes one of \(ShellCompletions.shells.joined(separator: ", "))")
      }
      work = .completions(rest[1])
      return
    }
    if rest.count > 1 {
      throw Wrong(
        message: rest[1].hasPrefix("-")
          ? "options stand before the script, and '\(rest[1])' behind it"
          : "one script at a time: '\(rest[1])' is one too many")
    }
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
    let meant = OptionEntry.all.filter { $0.name.hasPrefix(name) }.map { "--\($0.name)" }
    if word.contains("="), meant.count == 1 { return Wrong(message: "the option '\(meant[0])' takes no value") }
    if meant.count > 1 { return Wrong(message: "'\(word)' may be \(meant.joined(separator: " or "))") }
    return Wrong(message: "there is no option '\(word)'")
  }
}
