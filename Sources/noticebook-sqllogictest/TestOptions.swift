import Glibc
import SQLLogicTest

/// What the command line asks for.
struct TestOptions {
  var files: [String] = []
  var jobs = 1
  /// A file ends after so many failures.
  var maxFailures = Int.max
  /// So many failures of a file are shown in full.
  var shownFailures = 10
  var style = ValueStyle.original
  var settings: [String: String] = [:]
  var isOptimising = true
  /// Seconds that a statement may take.
  var timeout: Double?
  /// The address of a database to be connected; nil for none.
  var engine: String?
  var wantsHelp = false

  /// What `skipif` may call the database: `elsewhere`, and how its address begins.
  var foreignNames: [String] { engine.map { ["elsewhere", String($0.prefix { $0 != ":" })] } ?? [] }

  /// An option that cannot be followed.
  struct Wrong: Error {
    let message: String
  }

  /// Reads the words behind the program's name.
  init(_ words: [String]) throws(Wrong) {
    var words = words[...]
    func number(_ text: String, _ option: String) throws(Wrong) -> Int {
      guard let number = Int(text), number >= 1 else {
        throw Wrong(message: "\(option) takes a number from 1 on, not '\(text)'")
      }
      return number
    }
    while let word = words.popFirst() {
      guard word.hasPrefix("-"), word != "-" else {
        files.append(word)
        continue
      }
      if word == "--" {
        files += words
        break
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let isLong = word.hasPrefix("--")
      let name = isLong ? String(parts[0]) : String(word.prefix(2))
      var attached =
        isLong ? (parts.count > 1 ? String(parts[1]) : nil) : word.count > 2 ? String(word.dropFirst(2)) : nil
      func value() throws(Wrong) -> String {
        defer { attached = nil }
        guard let value = attached ?? words.popFirst() else { throw Wrong(message: "\(name) needs a value") }
        return value
      }
      switch name {
      case "-j", "--jobs": jobs = try number(try value(), name)
      case "-k", "--keep-going": maxFailures = .max
      case "--max-failures": maxFailures = try number(try value(), name)
      case "--show": shownFailures = try number(try value(), name)
      case "--values":
        let text = try value()
        guard let style = ValueStyle(rawValue: text) else {
          throw Wrong(message: "--values takes original or exact, not '\(text)'")
        }
        self.style = style
      case "--division", "--nulls":
        let (setting, text) = (String(name.dropFirst(2)), try value())
        guard TestSettings.take(setting, text) else {
          let values = TestSettings.all.first { $0.name == setting }.map { "\($0.original) or \($0.other)" } ?? ""
          throw Wrong(message: "\(name) takes \(values), not '\(text)'")
        }
        settings[setting] = text
      case "--no-optimiser": isOptimising = false
      case "--engine": engine = try value()
      case "--timeout": timeout = Double(try number(try value(), name))
      case "-h", "--help": wantsHelp = true
      default: throw Wrong(message: "there is no option '\(name)'")
      }
      if attached != nil { throw Wrong(message: "\(name) takes no value") }
    }
    if files.isEmpty, !wantsHelp { throw Wrong(message: "which files?") }
  }

  /// The options for a process of its own that runs one file.
  func words(for file: String) -> [String] {
    var words = ["--show=\(shownFailures)", "--values=\(style.rawValue)"]
    if maxFailures < .max { words.append("--max-failures=\(maxFailures)") }
    words += settings.sorted { $0.key < $1.key }.map { "--\($0.key)=\($0.value)" }
    if !isOptimising { words.append("--no-optimiser") }
    if let timeout { words.append("--timeout=\(Int(timeout))") }
    if let engine { words.append("--engine=\(engine)") }
    return words + ["--", file]
  }

  static let help = """
    Runs test files in the form of sqllogictest, as SQLite's and DuckDB's projects have them, each in a session of its own.

    noticebook-sqllogictest FILE...

      -j, --jobs N              run N files at a time, each in a process of its own
      -k, --keep-going          run every file to its end however much of it fails, which is usual
          --max-failures N      end a file after N failures
          --show N              show the first N failures of each file in full (10)
          --values original     values as sqllogictest writes them for SQLite (usual)
          --values exact        whole values, as the notebook's own files have them
          --division integer    `/` of integers gives an integer, as in SQLite (usual with original values)
          --division double     `/` of integers gives a double (usual with exact values)
          --nulls smallest      an order that does not say it has NULLs before all values, as in SQLite (usual with original
                                values)
          --nulls largest       it has them behind all values (usual with exact values)
          --no-optimiser        run plans as they are, without improving them
          --engine ADDRESS      connect a database; with NOTICEBOOK_SEND_TABLES=all in the environment tables are sent there,
                                and all is run there that can be
          --timeout SECONDS     stop a statement that takes longer; it has failed then
      -h, --help

    Entries are parted by blank lines; lines with # are comments:

      statement ok | statement error [REGEX]      then the statement
      query TYPES [nosort|rowsort|valuesort] [LABEL]
                                                  then the query, a line ----, and what must come: a value a line, a row
                                                  a line with tabs, or `N values hashing to MD5`
      skipif ENGINE, onlyif ENGINE                before an entry; this engine is called noticebook, with --engine elsewhere
                                                  too, and as its address begins: sqlite, postgresql, spark
      hash-threshold N                            is for programs that write files
      halt                                        ends the file
      control values original|exact               how values are written from here on, as with --values
      control division integer|double             as with --division
      control nulls smallest|largest              as with --nulls

    With original values the letters of TYPES say how a value is written, whatever it is: I as an integer (cut, true is 1),
    R with three decimals, T as text with @ for every byte that is no printable ASCII; NULL, and (empty) for the empty text.
    With exact values the letters must be those of the columns: I integer, R double, T text, B boolean, D date, S timestamp,
    L list; doubles may differ in the last two of their sixteen digits. The regular expression of an error is looked for in
    `message | at: the words that it points at | help: what to do`.

    Exit status: 0 all passed, 1 something failed, 2 wrong options or a file that cannot be read.
    """
}
