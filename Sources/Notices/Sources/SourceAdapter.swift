import ColumnStore

/// How a published table becomes one that this notebook understands: a small file of declarations, in JSON.
///
/// It says by which columns the table is recognised, what they are called and hold, what its words for actions mean, and
/// how its rows are seen as notices and actions, in expressions of the notebook's own language. `help adapters` explains
/// the form; `Adapters/*.json` are the ones that come with the notebook.
public struct SourceAdapter: Sendable {
  /// A column.
  public struct Column: Sendable {
    /// The name that the loaded table gives it.
    public var name: String
    /// How the published files spell it, besides `name`; case and spaces at the ends do not count.
    public var spellings: [String] = []
    /// The type of its values; nil where they shall tell.
    public var type: DataType?
    /// How one field holds several values: nil for one value, `json` for an array of JSON, else what stands between them.
    public var list: String?
    /// Whether its times are known to the day only, however they are written.
    public var isDaily = false
    /// What it holds.
    public var note = ""
  }

  /// A day from which on columns mean something else than before.
  public struct Change: Sendable {
    /// The first day of the new meaning, as days since 1970.
    public var day: Int32
    /// The columns.
    public var columns: [String]
    /// What changed.
    public var what: String
  }

  /// What is said of files with some columns and without others, such as an earlier schema.
  public struct Edition: Sendable {
    /// What it is called.
    public var name: String
    /// Columns that it has.
    public var with: [String] = []
    /// Columns that it has not.
    public var without: [String] = []
  }

  /// What a word of a source means.
  public enum Meaning: Sendable, Equatable {
    /// A word of the vocabulary.
    case action(String)
    /// The first whose condition holds; a case without one always does.
    case cases([Case])
    /// None: the source's word stays as it is, for the reason given.
    case kept(reason: String)

    /// One of several meanings.
    public struct Case: Sendable, Equatable {
      /// An expression over the columns; nil for always.
      public var condition: String?
      /// A word of the vocabulary.
      public var action: String
    }
  }

  /// The words of a column.
  public struct ColumnVocabulary: Sendable {
    /// The column.
    public var column: String
    /// The meaning of each word.
    public var words: [String: Meaning]
  }

  /// How rows are seen as notices or actions.
  public struct Model: Sendable {
    /// Pipe operators that choose rows; empty for all.
    public var rows = ""
    /// Columns of the canonical table as expressions over the source's.
    public var columns: [String: String]
  }

  /// Something that rows must fulfil.
  public struct Check: Sendable {
    /// What it is about.
    public var name: String
    /// A condition over the columns; NULL counts as fulfilled.
    public var condition: String
  }

  /// The name by which it is asked for.
  public var name: String
  /// What the source is called.
  public var title: String
  /// Who publishes it.
  public var publisher = ""
  /// Where.
  public var url = ""
  /// The columns that a table must have to be taken for this one.
  public var recognise: [String]
  /// All columns.
  public var columns: [Column]
  /// The column that says whose a row is, by which errata find the rows of a platform.
  public var platformColumn: String?
  /// The column that says of when a row is, a date or timestamp, by which errata and changes find the rows of a period.
  public var timeColumn: String?
  /// When columns changed their meaning.
  public var changes: [Change] = []
  /// What stands for no value; nil for the usual.
  public var nulls: [String]?
  /// What can be said of some files only.
  public var editions: [Edition] = []
  /// Pipe operators that make the table of the published rows; empty where they are the table.
  public var rows = ""
  /// Words that tell of actions.
  public var vocabulary: [ColumnVocabulary] = []
  /// The rows as notices.
  public var notices: Model?
  /// The rows as actions.
  public var actions: Model?
  /// What rows must fulfil.
  public var checks: [Check] = []
  /// What the source does not record, and what must not be read into it; a sentence each.
  public var limits: [String] = []
  /// The file's text.
  public internal(set) var text = ""
}

extension SourceAdapter {
  /// The canonical names of a table's columns, by their published ones in lower case.
  func canonicalNames(_ published: [String]) -> [String: String] {
    var result: [String: String] = [:]
    for name in published {
      let key = name.lowercased()
      if let column = columns.first(where: { $0.isSpelled(key) }) { result[key] = column.name }
    }
    return result
  }

  /// The columns needed for recognition that a table does not have.
  public func missingColumns(_ published: [String]) -> [String] {
    let known = Set(canonicalNames(published).values)
    return recognise.filter { !known.contains($0) }
  }

  /// The names of the editions that a table with these columns, by their canonical names, belongs to.
  public func editions(having columns: Set<String>) -> [String] {
    editions.filter { $0.with.allSatisfy(columns.contains) && !$0.without.contains(where: columns.contains) }
      .map(\.name)
  }

  /// New names by the published ones in lower case, and types by the new ones, for a table with these published columns.
  public func reading(_ published: [String]) -> (names: [String: String], types: [String: DataType]) {
    let names = canonicalNames(published)
    let present = Set(names.values)
    var types: [String: DataType] = [:]
    for column in columns where present.contains(column.name) { types[column.name] = column.type }
    return (names, types)
  }
}

extension SourceAdapter.Column {
  fileprivate func isSpelled(_ key: String) -> Bool {
    name.lowercased() == key || spellings.contains { $0.lowercased() == key }
  }
}
