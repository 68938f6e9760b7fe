import ColumnStore
import Formats
import Language
import Planning

/// A table whose rows are to be found again: under a name that nobody can type, with the number of each row in a column
/// that is only seen by who names it. All other names mean what they mean in the session.
final class NumberedCatalog: Catalog {
  /// The table's name and its column of row numbers.
  static let tableName = "\(Resolver.hiddenMark)changed"
  static let numberName = "\(Resolver.hiddenMark)row"

  private let session: Session
  private let table: Table

  init(_ session: Session, _ table: Table) {
    self.session = session
    let numbers = Column(
      type: .integer, data: .integer64(Buffer((0..<table.rowCount).map { Int64($0) })))
    self.table = Table(
      descriptions: table.descriptions + [ColumnDescription(name: Self.numberName, type: .integer)],
      columns: table.columns + [numbers], rowCount: table.rowCount, origin: table.origin)
  }

  func entry(named name: String) throws -> CatalogEntry? {
    name == Self.tableName ? .table(table) : try session.entry(named: name)
  }

  func file(_ path: PathText, options: [Option]) throws -> FileTable { try session.file(path, options: options) }
  func parameter(named name: String) -> Value? { session.parameter(named: name) }
  func rows(of plan: LogicalPlan, for span: SourceSpan) throws -> Table { try session.rows(of: plan, for: span) }
  var tableInUse: String? { session.tableInUse }
  var entryNames: [String] { session.entryNames }
  var parameterNames: [String] { session.parameterNames }
  var nullsAreSmallest: Bool { session.nullsAreSmallest }
  var dividesIntegers: Bool { session.dividesIntegers }

  /// The table in a `from`, under the name that the statement calls it.
  static func reference(as name: Identifier, span: SourceSpan) -> TableReference {
    TableReference(
      .name(QualifiedName(Identifier(tableName, span: span))), alias: TableAlias(name: name, columns: []), span: span)
  }

  /// The row's number as a column of a `select`.
  static func number(span: SourceSpan) -> SelectItem {
    let name = QualifiedName(Identifier(numberName, span: span))
    return .expression(Expression(.column(name), span: span), alias: Identifier("row", span: span))
  }
}
