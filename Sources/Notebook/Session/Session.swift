import ColumnStore
import Engines
import Formats
import Language
import Notices
import Planning

/// A notebook in use: its tables, views, parameters, settings and results. Statements come in, results go out.
///
/// For one thread: a session is not `Sendable`; what it runs is spread over all processors by the engine.
public final class Session {
  var host: NotebookHost
  var settings = Settings()
  var engine: any Engine = LocalEngine()
  /// The databases that are connected, in the order in which their tables are looked for.
  var servers: [ConnectedServer] = []
  /// The tables and views. Rows that wait to be put into a table are put there first.
  var entries: [String: Entry] {
    get {
      putWaitingRows()
      return storedEntries
    }
    _modify {
      putWaitingRows()
      yield &storedEntries
    }
  }
  /// The same, with rows that wait.
  var storedEntries: [String: Entry] = [:]
  /// The tables for which rows wait.
  var tablesInWait: Set<String> = []
  /// What is known while statements are only planned; nil while they are run.
  var checking: Checking?
  /// What the session held when `begin` was said; nil outside a transaction.
  var transaction: TransactionStart?
  /// What was told while `suppress_below` was on.
  let releaseLog = ReleaseLog()
  var parameters: [String: Parameter] = [:]
  var currentTable: String?
  /// Known faults of published data that a person has added to those that come with the notebook.
  var ownErrata: [Erratum] = []
  /// The last results, newest first: `_`, `_2` ...
  var results: [Table] = []
  var output: Output
  /// The text that the statement being run stands in, and where it stands there.
  var source = SourceText(text: "")
  var statementSpan = SourceSpan(start: 0, end: 0)
  /// What the statement being run reads in place, by path and options.
  var files: [String: InPlaceFile] = [:]
  /// The tables that the statement being run speaks of and whose columns are fetched when they are asked for.
  var lazyTables: [Table] = []
  /// What snapshots that the statement being run queries in place were published as.
  var sourcesInPlace = TableSources()
  /// Scripts being run, to notice one that runs itself.
  var openScripts: [String] = []
  /// How many statements are being run inside each other: more than one inside `run`.
  var depth = 0
  /// What the outermost statement has printed so far, as Markdown.
  var printed = ""
  var cells: [Cell] = []
  /// How every `check` went that was run.
  var checkResults: [CheckResult] = []
  /// Set while `evaluate` runs: results go there and are not printed.
  var evaluation: Evaluation?
  /// The folder that paths begin at; nil for the process's own.
  var folder: String?
  /// Where `cd -` goes.
  var previousFolder: String?
  /// What the input being run has changed so far.
  var changes: [String] = []
  var undoHistory = UndoHistory()
  /// The last fault that was told, for `help why`.
  var lastFault: Fault?
  /// The step of the tour that was last shown.
  var tourStep = 0
  /// Set by `quit`.
  public internal(set) var wantsToQuit = false

  /// How many results can be spoken of by name.
  static let keptResults = 5

  /// A table or view and what it is called.
  struct Entry {
    let name: String
    var value: CatalogEntry
    /// The rows that could not be read, and those with remarks, belong to a loaded table and go with it.
    var isPartOf: String?
    /// What a loaded table was published as, where a source adapter knows it.
    var source: SourceAdapter?
    /// What the rows of a table must be.
    var rules = TableRules()
    /// Rows that `insert` has added, and that nobody has asked for yet.
    var waitingRows: [[Value]] = []
  }

  /// A value that `let` or `--set` gave a name to.
  struct Parameter {
    let name: String
    let value: Value
  }

  /// A statement that was run, and what it printed as Markdown, for `save session`.
  struct Cell {
    let statement: String
    let result: String
  }

  /// A session that writes results to `results`, until `output` names a file.
  public init(host: NotebookHost = NotebookHost(), results: FileSink = .standardOutput()) {
    self.host = host
    output = Output(sink: results)
  }

  /// Gives a parameter a value, as `--set name=value` does.
  public func setParameter(_ name: String, to text: String) {
    parameters[name.lowercased()] = Parameter(name: name, value: .text(text))
  }

  /// Sends results to a file in place of standard output; it is there when `finish` has been called.
  public func setOutput(path: String) throws { try redirect(to: path) }

  /// Prints results in a format; false for a name that is none.
  public func setFormat(_ name: String) -> Bool {
    guard name.lowercased() == "auto" || TableFormats.named(name) != nil else { return false }
    settings.format = TableFormats.named(name)
    settings.origins["format"] = "--format"
    return true
  }

  /// Tells how long each statement takes, or not.
  public func setTimer(_ isOn: Bool) {
    settings.timer = isOn
    settings.origins["timer"] = "--timer"
  }

  /// Brings what was written to where it belongs. To be called once, at the end, if all went well.
  public func finish() throws { try output.close() }

  /// Gives up the file that results go to, so that no half of it is there; standard output gets what was written to it.
  /// To be called once, at the end, if something failed.
  public func abandon() throws {
    if let path = output.discard() { host.message("\(path) was not written", .warning) }
    try output.flush()
  }

  /// Writes out what has been collected for standard output.
  public func flush() throws { try output.flush() }

  func note(_ text: String) { if !isChecking { host.message(text, .note) } }

  /// The tables and views in the order of their names.
  var sortedEntries: [Entry] { entries.values.sorted { $0.name.lowercased() < $1.name.lowercased() } }

  func store(_ name: String, _ value: CatalogEntry, partOf: String? = nil) {
    remove(name)
    entries[name.lowercased()] = Entry(name: name, value: value, isPartOf: partOf)
  }

  /// Forgets a table and what belongs to it.
  func remove(_ name: String) {
    let key = name.lowercased()
    entries[key] = nil
    entries = entries.filter { $0.value.isPartOf != key }
    if currentTable?.lowercased() == key { currentTable = nil }
  }

  /// Makes a table the last result, unless it is that already.
  func remember(_ table: Table) {
    if results.first?.identity == table.identity { return }
    results.insert(table, at: 0)
    if results.count > Session.keptResults { results.removeLast() }
  }
}
