/// One statement of a session or script.
public struct Statement: Sendable, Hashable {
  /// What it does.
  public let kind: Kind
  /// Where it stands, without the `;`.
  public let span: SourceSpan

  /// The kinds of statements.
  public indirect enum Kind: Sendable, Hashable {
    /// A query whose rows are shown.
    case query(Query)
    /// `load ...`
    case load(LoadStatement)
    /// `tables`
    case tables
    /// `columns [t]`; nil for the table in use
    case columns(QualifiedName?)
    /// `sources`: the sources that the notebook knows
    case sources
    /// `vocabulary [t]`: the words for actions, or those of a table; nil for all
    case vocabulary(QualifiedName?)
    /// `errata [t]`: known faults of published data, or those that touch a table; nil for all
    case errata(QualifiedName?)
    /// `load errata 'file'`: errata of one's own
    case loadErrata(PathText)
    /// `describe [t]`, also `summarize t`; nil for the table in use
    case describe(QualifiedName?)
    /// `sample [t] [n]`; nil for the table in use and for the usual number
    case sample(QualifiedName?, count: Int64?)
    /// `drop [table|view|index] [if exists] a, b`; without the word, tables and views
    case drop([Identifier], DropTarget?, ifExists: Bool)
    /// `create table ...`
    case createTable(CreateTableStatement)
    /// `create view ...`
    case createView(CreateViewStatement)
    /// `create index ...`
    case createIndex(CreateIndexStatement)
    /// `create key 'file'`
    case createKey(PathText)
    /// `reindex [name]`
    case reindex(QualifiedName?)
    /// `insert into ...`
    case insert(InsertStatement)
    /// `update ...`
    case update(UpdateStatement)
    /// `delete from ...`
    case delete(DeleteStatement)
    /// `truncate [table] a, b`
    case truncate([Identifier])
    /// `begin`, `commit`, `rollback`
    case transaction(TransactionStep)
    /// `use t`
    case use(QualifiedName)
    /// `let ...`
    case define(LetStatement)
    /// `run file [with (a = 1)]`
    case run(PathText, arguments: [RunArgument])
    /// `set option [=] values`
    case set(Identifier, values: [OptionValue])
    /// `settings`
    case settings
    /// `help [topic]`: the words after it joined by single spaces
    case help(topic: String)
    /// `history [n]`
    case history(count: Int64?)
    /// `explain [analyze] query`
    case explain(Query, isAnalyze: Bool)
    /// `edit`: the statement before in the person's editor
    case edit
    /// `connect 'address' [as name]`
    case connect(PathText, as: Identifier?)
    /// `disconnect name`
    case disconnect(Identifier)
    /// `drivers`: what databases can be connected
    case drivers
    /// `undo`: take back what the last input changed
    case undo
    /// `redo`: do what `undo` took back
    case redo
    /// `watch 5s statement`: show it again and again, with so many seconds between
    case watch(seconds: Double, Statement)
    /// `cd [folder]`; nil for the home folder
    case changeFolder(PathText?)
    /// `ls [folder]`; nil for the working folder
    case listFolder(PathText?)
    /// `pwd`: the working folder
    case workingFolder
    /// `tour [step]`; nil for the next one
    case tour(step: Int64?)
    /// `quit`, `exit`
    case quit
    /// `timer on`, `timer off`; nil to switch
    case timer(Bool?)
    /// `format name`
    case format(Identifier)
    /// `output file`; nil for `output off`
    case output(PathText?)
    /// `print 'Suspended versus withheld'`: a line of text between results; several values stand side by side
    case print([Expression])
    /// `last`: show the last result whole
    case last
    /// `save session file.md`
    case saveSession(PathText)
    /// `save snapshot file.nbs [of a, b]`; all tables where none is named
    case saveSnapshot(PathText, of: [QualifiedName])
  }
}

extension Statement {
  /// The name, if the statement is nothing but one unquoted name and so asks for a table of that name. Where there is no
  /// such table it may be a misspelt command: see `GrammarCatalog.nearestStatements(to:)`.
  public var bareName: Identifier? {
    guard case .query(let query) = kind, query.operators.isEmpty, case .from(let table) = query.body,
      case .name(let name) = table.kind, name.qualifiers.isEmpty, !name.name.isQuoted, name.span == span
    else { return nil }
    return name.name
  }
}

/// `load paths [as name] [(options)]`.
public struct LoadStatement: Sendable, Hashable {
  /// Files, folders, globs, archives; at least one.
  public let paths: [PathText]
  /// `as name`
  public let name: Identifier?
  /// The options.
  public let options: [Option]
}

/// `let name = ...`, `let name := ...`.
public struct LetStatement: Sendable, Hashable {
  /// What a name stands for.
  public enum Value: Sendable, Hashable {
    /// A query: a view, or with `:=` its rows.
    case query(Query)
    /// A value. A bare name here (`let a = b`) may also mean a table: look for a table of that name first.
    case expression(Expression)
  }
  /// The name.
  public let name: Identifier
  /// What it stands for.
  public let value: Value
  /// `:=`: the rows are stored now
  public let isStored: Bool
}

/// `name = value` in `run file with (...)`.
public struct RunArgument: Sendable, Hashable {
  /// The parameter's name.
  public let name: Identifier
  /// Its value.
  public let value: Expression
}
