import ColumnStore
import Language
import Planning
import Synchronization

/// A table that lies in a database: its columns are known here, and its rows stay there.
///
/// A plan that asks for columns of it is run there as far as it can be. Only where a step of this process needs the rows
/// themselves, all of them are fetched, once and together, so that the columns belong to the same rows.
final class RemoteTable: ColumnSource {
  let server: Server
  /// What the database calls it, in quotes where needed.
  let sqlName: String
  let fields: [ColumnDescription]
  let rowCount: Int
  /// What each column is there: its name, or what is made of it.
  private let sources: [String]
  private let state = Mutex<(table: Table?, problem: (any Error)?)>((nil, nil))

  /// - Parameter sources: what each column is there; nil for its name.
  init(
    server: Server, sqlName: String, fields: [ColumnDescription], rowCount: Int, sources: [String]? = nil
  ) {
    self.server = server
    self.sources = sources ?? fields.map { server.dialect.quoted($0.name) }
    self.sqlName = sqlName
    self.fields = fields
    self.rowCount = rowCount
  }

  /// The same, of which nothing has been fetched and nothing has gone wrong.
  func renewed() -> RemoteTable {
    RemoteTable(server: server, sqlName: sqlName, fields: fields, rowCount: rowCount, sources: sources)
  }

  var fetched: [Column] { state.withLock { $0.table.map { Array($0.columns) } ?? [] } }
  var problem: (any Error)? { state.withLock { $0.problem } }
  /// Every row would have to be sent.
  var isCheap: Bool { false }

  func column(_ index: Int) -> Column {
    state.withLock { state in
      if state.table == nil, state.problem == nil {
        do {
          let table = try server.rows(
            of: selection(of: Array(fields.indices)), fields: fields.map { Field(name: $0.name, type: $0.type) },
            isCancelled: server.isInterrupted)
          guard table.rowCount == rowCount else {
            throw Diagnostic(
              "\(sqlName) has changed on \(server.name): it had \(rowCount) rows and has \(table.rowCount)", at: nil,
              help: "connect again")
          }
          state.table = table
        } catch {
          state.problem = error
        }
      }
      return state.table?.columns[index] ?? .nulls(type: fields[index].type, count: rowCount)
    }
  }

  /// A query for some of its columns, in the types that they have here.
  func selection(of columns: [Int]) -> String {
    let writer = SQLWriter(dialect: server.dialect)
    let values = columns.map { index in
      // A narrower number or another kind of text would be reckoned with otherwise.
      (try? writer.cast(sources[index], to: fields[index].type)) ?? sources[index]
    }
    return "SELECT \(writer.list(values)) FROM \(sqlName)"
  }
}
