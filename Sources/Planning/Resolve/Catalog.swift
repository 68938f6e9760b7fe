import ColumnStore
import Language

/// What names in a query stand for; the notebook's session is one.
public protocol Catalog: AnyObject {
  /// The table or view of a name, whatever its case; nil where there is none.
  func entry(named name: String) throws -> CatalogEntry?

  /// A file that is queried in place. Columns that the query does not mention may be left unread: their values are then
  /// undefined, and `Scan.file` tells the caller, after planning, which columns are needed after all.
  func file(_ path: PathText, options: [Option]) throws -> FileTable

  /// The value of `$name`; nil where it was not given.
  func parameter(named name: String) -> Value?

  /// The table that `use` named, if one was.
  var tableInUse: String? { get }

  /// The rows of a plan that planning depends on: the values that a pivot makes columns of. Throws a `Diagnostic` at
  /// `span` where no query can be run.
  func rows(of plan: LogicalPlan, for span: SourceSpan) throws -> Table

  /// All names of tables and views, for suggestions.
  var entryNames: [String] { get }

  /// All names of parameters, for suggestions.
  var parameterNames: [String] { get }

  /// Where a path leads from the folder that paths begin at.
  func location(of path: String) -> String

  /// Whether an order that does not say where NULLs go takes them for smaller than every value, as SQLite does; else for
  /// larger, as PostgreSQL does.
  var nullsAreSmallest: Bool { get }

  /// Whether `/` on two integers gives an integer, as `//` does; else it gives a double.
  var dividesIntegers: Bool { get }
}

extension Catalog {
  /// A path is taken as it is written unless a catalog says otherwise.
  public func location(of path: String) -> String { path }

  /// NULLs are largest unless a catalog says otherwise.
  public var nullsAreSmallest: Bool { false }

  /// A quotient is a double unless a catalog says otherwise.
  public var dividesIntegers: Bool { false }
}

/// What a name stands for.
public enum CatalogEntry: Sendable {
  /// Stored rows.
  case table(Table)
  /// A query that is put in wherever the name stands, and the text that it was written in.
  case view(Query, source: SourceText)
}

/// A file that is queried in place.
public struct FileTable: Sendable {
  /// What identifies the file to the catalog; nil for a file whose columns are fetched when they are needed, as those of a
  /// snapshot are.
  public var key: String?
  /// The name that qualifies its columns.
  public var name: String
  /// Its rows.
  public var table: Table

  /// A file's table.
  public init(key: String?, name: String, table: Table) {
    self.key = key
    self.name = name
    self.table = table
  }
}

/// Lowers the operators of the domain (`share`, `timeline`, `top` ...) to general ones.
public protocol DomainOperators: Sendable {
  /// The operators that `call` knows by name.
  var callableNames: [String] { get }
  /// The plan of an operator on an input; nil if it is none of the domain's.
  func lower(_ operation: PipeOperator, on input: LogicalPlan, with resolver: Resolver) throws -> LogicalPlan?
}
