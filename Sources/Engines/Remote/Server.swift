import ColumnStore
import Execution
import Formats
import Language
import Planning

/// A database that is connected: where queries are sent.
public final class Server: Sendable {
  /// What statements and messages call it.
  public let name: String
  let dialect: Dialect
  private let connection: ADBCConnection

  /// The most rows that are pulled for one step of this process.
  public static let rowLimit = 20_000_000

  init(name: String, dialect: Dialect, connection: ADBCConnection) throws {
    self.name = name
    self.dialect = dialect
    self.connection = connection
    for statement in dialect.preparation { _ = try run(statement) { false } }
  }

  /// The name of its kind, such as `PostgreSQL`.
  public var kind: String { dialect.name }

  /// The names of its tables and views.
  public func tableNames(isCancelled: @escaping @Sendable () -> Bool) throws -> [String] {
    let rows = try run(dialect.tableNames, isCancelled)
    return (0..<rows.rowCount).map { rows.columns[dialect.tableNameColumn].value($0).description }
  }

  /// Whether it reads files itself.
  public var readsFiles: Bool { dialect.fileView != nil }

  /// Makes a view of files that the database reads: none of their rows passes through this process.
  ///
  /// - Parameter options: options of the database's own reader.
  public func makeView(
    _ name: String, of path: String, options: [(name: String, value: String)],
    isCancelled: @escaping @Sendable () -> Bool
  ) throws {
    guard let statement = dialect.fileView?(name, path, options) else {
      throw Diagnostic("\(self.name) (\(kind)) reads no files", at: nil)
    }
    _ = try run(statement, isCancelled)
  }

  /// A table of the database, with its columns and the number of its rows.
  public func table(_ name: String, isCancelled: @escaping @Sendable () -> Bool) throws -> Table {
    let sqlName = dialect.quoted(name)
    let shape = try run("SELECT * FROM \(sqlName) LIMIT 1", isCancelled)
    let counted = try run("SELECT COUNT(*) AS n FROM \(sqlName)", isCancelled)
    guard case .integer(let rowCount) = counted.columns[0].value(0) else {
      throw Diagnostic("\(self.name) does not say how many rows \(name) has", at: nil)
    }
    let source = RemoteTable(
      server: self, sqlName: sqlName, fields: shape.descriptions, rowCount: Int(rowCount))
    return Table(
      descriptions: shape.descriptions, columns: TableColumns(count: shape.descriptions.count, from: source),
      rowCount: Int(rowCount), note: "on \(self.name)")
  }

  /// The rows of a query, in the types of the fields.
  func rows(of sql: String, fields: [Field], isCancelled: @escaping @Sendable () -> Bool) throws -> Table {
    let rows = try run(sql, isCancelled)
    if fields.isEmpty { return Table(descriptions: [], columns: [], rowCount: rows.rowCount) }
    guard rows.columns.count == fields.count else {
      throw Diagnostic("\(name) gave \(rows.columns.count) columns for \(fields.count)", at: nil)
    }
    if zip(rows.descriptions, fields).allSatisfy({ $0.type == $1.type }) {
      return Table(descriptions: fields.map(\.description), columns: Array(rows.columns), rowCount: rows.rowCount)
    }
    // The database may have wider or narrower types for the same values.
    let span = SourceSpan(start: 0, end: 0)
    let converted = LogicalPlan.project(
      .rows(of: rows),
      fields.enumerated().map { index, field in
        let column = PlanExpression(.column(index), type: rows.descriptions[index].type, span: span)
        return Projection(
          name: field.name,
          expression: column.type == field.type
            ? column : PlanExpression(.cast(column, lenient: false), type: field.type, span: span),
          qualifier: field.qualifier, display: field.display, isHidden: field.isHidden, note: field.note)
      })
    return try Executor(context: ExecutionContext(isCancelled: isCancelled)).run(converted)
  }

  private func run(_ sql: String, _ isCancelled: @escaping @Sendable () -> Bool) throws -> Table {
    do {
      return try connection.rows(of: sql, rowLimit: Server.rowLimit, isCancelled: isCancelled)
    } catch let fault as ADBCFault {
      throw Diagnostic("\(name): \(fault.message)", at: nil)
    } catch let fault as StreamFault {
      throw Diagnostic("\(name): \(fault.message)", at: nil)
    } catch is TooManyRows {
      throw Diagnostic(
        "this would bring more than \(groupedDigits(String(Server.rowLimit))) rows from \(name)", at: nil,
        help: "group or filter them there; `explain` shows which steps are run there")
    }
  }
}
