import ColumnStore
import Engines
import Formats
import Language

/// What `set` changes.
struct Settings {
  /// How results are printed; nil for boxes on a terminal and CSV elsewhere.
  var format: (any TableFormat)?
  /// The most rows that a box shows; 0 for all.
  var rows = 40
  /// The width of boxes in cells; 0 for the window's.
  var width = 0
  /// Whether boxes on a terminal have bars beside shares and counts.
  var hasBars = true
  /// What `_` and `last` show a result with.
  var pager = PagerChoice.usual
  /// What stands before a statement that is typed.
  var prompt = PromptTemplate.usual
  /// Which colours there are on a terminal.
  var theme = ThemeChoice.auto
  /// Whether the window's title says what is looked at.
  var hasTitle = true
  /// What stands for NULL in boxes.
  var nullText = "NULL"
  /// Whether each statement tells how long it took.
  var timer = false
  /// Whether NULL counts as smaller than every value where an order does not say it.
  var nullsAreSmallest = false
  /// Whether `/` on two integers gives an integer.
  var dividesIntegers = false
  /// Groups of fewer records are hidden; nil for none.
  var suppressBelow: Int?
  /// Tables each row of which holds counts, in lower case.
  var countTables: Set<String> = []
  /// Whether plans are improved before they are run. The rows are the same either way.
  var isOptimising = true

  /// Whether results tell of the known faults of published data that touch them.
  var showsErrata = true

  /// What a result is shown with, a window at a time.
  enum PagerChoice: Equatable {
    /// The command that the environment names.
    case usual
    /// Nothing: all of it is printed.
    case off
    /// A command of the shell.
    case command(String)
  }

  /// Whether charts are pictures where the terminal shows them.
  var showsPictures = true

  /// Where the values come from that were set: a script and line, an option, `typed`.
  var origins: [String: String] = [:]

  /// One setting as data: what it is called, what it does, how it is read and changed.
  struct Entry: Sendable {
    let name: String
    let values: String
    let summary: String
    let read: @Sendable (Settings) -> String
    /// The values where they are a few words.
    var words: [String] {
      let words = values.replacing(" or ", with: ", ").split(separator: ", ").map(String.init)
      return words.contains { $0.contains(" ") } ? [] : words
    }
    /// Changes it; false for a value that it does not take.
    let change: @Sendable (inout Settings, String) -> Bool
  }

  /// All settings, in the order in which they are listed.
  static let all: [Entry] = [
    Entry(
      name: "bars", values: "on or off",
      summary: "whether boxes on a terminal have bars beside shares, with their intervals, where there is room",
      read: { $0.hasBars ? "on" : "off" },
      change: { settings, value in
        guard let flag = TextParsing.boolean(value[...]) else { return false }
        settings.hasBars = flag
        return true
      }),
    Entry(
      name: "division", values: "double or integer",
      summary: "what / gives of two integers; integer leaves out the rest, as SQLite does, and // always does",
      read: { $0.dividesIntegers ? "integer" : "double" },
      change: { settings, value in
        guard ["double", "integer"].contains(value.lowercased()) else { return false }
        settings.dividesIntegers = value.lowercased() == "integer"
        return true
      }),
    Entry(
      name: "engine_timeout", values: "seconds, or off",
      summary:
        "how long an engine is waited for; a connection \(Int(Server.connectionTimeout)) s unless this says otherwise",
      read: { _ in
        Server.timeout.map { $0 == $0.rounded() ? String(Int($0)) : String($0) } ?? "off"
      },
      change: { _, value in
        let seconds = Double(value)
        guard value.lowercased() == "off" || seconds.map({ $0 > 0 && $0 <= 1_000_000 }) == true else { return false }
        Server.timeout = seconds
        return true
      }),
    Entry(
      name: "errata", values: "on, or off for the next statement",
      summary: "whether results tell of the known faults of published data that touch them",
      read: { $0.showsErrata ? "on" : "off" },
      change: { settings, value in
        guard let flag = TextParsing.boolean(value[...]) else { return false }
        settings.showsErrata = flag
        return true
      }),
    Entry(
      name: "format", values: "auto, \(TableFormats.names.joined(separator: ", "))", summary: "how results are printed",
      read: { $0.format?.name ?? "auto" },
      change: { settings, value in
        settings.format = TableFormats.named(value)
        return settings.format != nil || value.lowercased() == "auto"
      }),
    Entry(
      name: "memory",
      values: "a size such as 512MB or 8 GiB, or a share of what there is such as 80%, and at least 16MB",
      summary: "the most memory that is taken; beyond it, work goes on in temporary files",
      read: { _ in ByteSize(MemoryBudget.shared.limit).description },
      change: { _, value in
        guard let limit = MemoryBudget.limit(value) else { return false }
        MemoryBudget.shared.limit = limit
        return true
      }),
    Entry(
      name: "null", values: "a text", summary: "what stands for NULL in boxes", read: { $0.nullText },
      change: { settings, value in
        settings.nullText = value
        return true
      }),
    Entry(
      name: "nulls", values: "largest or smallest",
      summary: "what NULLs count as where an order does not say it; smallest as SQLite does",
      read: { $0.nullsAreSmallest ? "smallest" : "largest" },
      change: { settings, value in
        guard ["largest", "smallest"].contains(value.lowercased()) else { return false }
        settings.nullsAreSmallest = value.lowercased() == "smallest"
        return true
      }),
    Entry(
      name: "optimiser", values: "on or off", summary: "whether plans are improved before they are run",
      read: { $0.isOptimising ? "on" : "off" },
      change: { settings, value in
        guard let flag = TextParsing.boolean(value[...]) else { return false }
        settings.isOptimising = flag
        return true
      }),
    Entry(
      name: "pager", values: "default, off, or a command such as 'less -R'",
      summary: "what _ and last show a whole result with; by default NOTICEBOOK_PAGER, PAGER or less",
      read: { settings in
        switch settings.pager {
        case .usual: "default"
        case .off: "off"
        case .command(let command): command
        }
      },
      change: { settings, value in
        switch value.lowercased() {
        case "default": settings.pager = .usual
        case "off", "": settings.pager = .off
        default: settings.pager = .command(value)
        }
        return true
      }),
    Entry(
      name: "prompt", values: PromptTemplate.form, summary: "what stands before a statement that is typed",
      read: { $0.prompt.text },
      change: { settings, value in
        if value.lowercased() == "default" {
          settings.prompt = Settings().prompt
          return true
        }
        guard let template = PromptTemplate(value) else { return false }
        settings.prompt = template
        return true
      }),
    Entry(
      name: "pictures", values: "on or off",
      summary: "whether charts are pictures on a terminal that says that it shows them",
      read: { $0.showsPictures ? "on" : "off" },
      change: { settings, value in
        guard let flag = TextParsing.boolean(value[...]) else { return false }
        settings.showsPictures = flag
        return true
      }),
    Entry(
      name: "rows", values: "a number, or 0 for all", summary: "the most rows that a box shows",
      read: { String($0.rows) },
      change: { settings, value in
        guard let rows = Int(value), rows >= 0 else { return false }
        settings.rows = rows
        return true
      }),
    Entry(
      name: "suppress_below", values: "a number from 2 on, or off",
      summary: "numbers made of fewer records are hidden, and what they could be worked out from; see help suppression",
      read: { $0.suppressBelow.map(String.init) ?? "off" },
      change: { settings, value in
        let isOff = value.lowercased() == "off"
        let number = Int(value)
        guard isOff || number.map({ (2...1_000_000).contains($0) }) == true else { return false }
        settings.suppressBelow = isOff ? nil : number
        return true
      }),
    Entry(
      name: "suppress_counts_in", values: "names of tables with commas between them, or none",
      summary: "tables whose rows hold counts already, so that sums below suppress_below are what is hidden",
      read: { $0.countTables.isEmpty ? "none" : $0.countTables.sorted().joined(separator: ", ") },
      change: { settings, value in
        let names = value.lowercased().split(separator: ",").map { $0.drop { $0 == " " } }
        settings.countTables =
          value.lowercased() == "none"
          ? []
          : Set(
            names.map { name in
              String(
                name.prefix(name.lastIndex { $0 != " " }.map { name.distance(from: name.startIndex, to: $0) + 1 } ?? 0))
            })
        return true
      }),
    Entry(
      name: "temporary_folder", values: "a folder that exists, is on a disk and can be written to, or none",
      summary: "where temporary files are made, which have no names and are gone when they are done with",
      read: { _ in MemoryBudget.shared.temporaryFolder ?? "none" },
      change: { _, value in
        let isNone = value.lowercased() == "none"
        guard isNone || TemporaryFolder.isUsable(value) else { return false }
        MemoryBudget.shared.temporaryFolder = isNone ? nil : value
        return true
      }),
    Entry(
      name: "theme", values: "auto, light, dark or none",
      summary: "which colours there are on a terminal; auto asks it whether its ground is light or dark",
      read: { $0.theme.rawValue },
      change: { settings, value in
        guard let theme = ThemeChoice(rawValue: value.lowercased()) else { return false }
        settings.theme = theme
        return true
      }),
    Entry(
      name: "threads", values: "a number from 1 on", summary: "over how many threads work is spread",
      read: { _ in String(WorkerPool.shared.threadCount) },
      change: { _, value in
        guard let threads = Int(value), (1...1024).contains(threads) else { return false }
        WorkerPool.shared.threadCount = threads
        return true
      }),
    Entry(
      name: "timer", values: "on or off", summary: "whether each statement tells how long it took",
      read: { $0.timer ? "on" : "off" },
      change: { settings, value in
        guard let flag = TextParsing.boolean(value[...]) else { return false }
        settings.timer = flag
        return true
      }),
    Entry(
      name: "title", values: "on or off", summary: "whether the window's title names the table in use, or the folder",
      read: { $0.hasTitle ? "on" : "off" },
      change: { settings, value in
        guard let flag = TextParsing.boolean(value[...]) else { return false }
        settings.hasTitle = flag
        return true
      }),
    Entry(
      name: "width", values: "a number, or 0 for the window's", summary: "how wide boxes may be",
      read: { String($0.width) },
      change: { settings, value in
        guard let width = Int(value), width == 0 || width >= 20 else { return false }
        settings.width = width
        return true
      }),
  ]

  /// Changes a setting. Throws a `Diagnostic` for a name or value that does not exist.
  ///
  /// - Parameter origin: where this is said.
  mutating func set(_ name: Identifier, to value: String?, from origin: String) throws {
    guard let entry = Settings.all.first(where: { $0.name == name.text.lowercased() }) else {
      throw Diagnostic(
        "there is no setting `\(name.text)`", at: name.span,
        help: suggestion(for: name.text, in: Settings.all.map(\.name)) ?? "`settings` lists them all")
    }
    guard let value, entry.change(&self, value) else {
      throw Diagnostic("`\(entry.name)` takes \(entry.values)", at: name.span)
    }
    origins[entry.name] = origin
  }
}
