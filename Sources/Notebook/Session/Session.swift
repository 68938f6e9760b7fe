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
  var entries: [String: Entry] = [:]
  var parameters: [String: Parameter] = [:]
  var currentTable: String?
  /// The last results, newest first: `_`, `_2` ...
  var results: [Table] = []
  var output: Output
  /// The statement being run and the text that it stands in.
  var source = SourceText(text: "")
  var files: [String: InPlaceFile] = [:]
  /// Scripts being run, to notice one that runs itself.
  var openScripts: [String] = []
  var cells: [Cell] = []
  /// Set by `quit`.
  public internal(set) var wantsToQuit = false

  /// How many results can be spoken of by name.
  static let keptResults = 5

  /// A table or view and what it is called.
  struct Entry {
    let name: String
    let value: CatalogEntry
    /// The rows that could not be read, and those with remarks, belong to a loaded table and go with it.
    var isPartOf: String?
  }

  /// A value that `let` or `--set` gave a name to.
  struct Parameter {
    let name: String
    let value: Value
  }

  /// A statement that was run, and what it printed, for `save session`.
  struct Cell {
    let statement: String
    let result: String
  }

  /// A session that writes results to standard output.
  public init(host: NotebookHost = NotebookHost()) {
    self.host = host
    output = Output(sink: FileSink.standardOutput())
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
    return true
  }

  /// Tells how long each statement takes, or not.
  public func setTimer(_ isOn: Bool) { settings.timer = isOn }

  /// Brings what was written to where it belongs. To be called once, at the end.
  public func finish() throws { try output.close() }

  /// Writes out what has been collected for standard output.
  public func flush() throws { try output.flush() }

  func note(_ text: String) { host.message(text, .note) }

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

  func remember(_ table: Table) {
    results.insert(table, at: 0)
    if results.count > Session.keptResults { results.removeLast() }
  }
}
