/// One thing that an audit looks for. Another one is another file in `Checks` and a line in `AuditMeasure.checks`.
protocol AuditCheck: Sendable {
  /// What it is called in the results.
  var name: String { get }
  /// How bad it is.
  var severity: AuditSeverity { get }
  /// What `help audit` says of it: one sentence.
  var summary: String { get }
  /// What to look for in a table, in the language; nothing where the table has no such columns.
  func questions(about table: AuditedTable) throws -> [AuditQuestion]
}

/// How bad a finding is.
enum AuditSeverity: String, Sendable {
  /// The data contradicts itself: figures made of it are wrong.
  case error
  /// Something is likely to be wrong.
  case warning
  /// Something to know of.
  case note
}

/// A question to the rows of a table, whose answer is a finding or none.
struct AuditQuestion: Sendable {
  /// How it is asked.
  enum Form: Sendable {
    /// Rows that meet a condition, among those that meet another one; the example is a text made of the first of them. All
    /// such questions are answered in one pass.
    case rows(failing: String, of: String, example: String?)
    /// A query on `input` that gives one row: `count`, `looked` (of how many), `example` (a text).
    case query(String)
  }

  /// The columns that it is about, or what else is shown as that.
  let column: String
  let form: Form
  /// What must hold of `count` and `looked` for the answer to be a finding.
  let threshold: String

  /// A question about rows.
  ///
  /// - Parameter example: nil where one row says nothing.
  init(
    _ columns: [AuditedTable.Column], failing: String, of looked: String, example: String?,
    threshold: String = "count > 0"
  ) {
    column = columns.map(\.name).joined(separator: ", ")
    form = .rows(failing: failing, of: looked, example: example)
    self.threshold = threshold
  }

  /// A question about the values of a column that are not NULL, each an example of itself.
  init(_ column: AuditedTable.Column, failing: String) {
    self.init([column], failing: failing, of: "\(column.sql) is not null", example: "\(column.sql)::text")
  }

  /// A question about all rows together.
  init(_ columns: [AuditedTable.Column], query: String, threshold: String = "count > 0") {
    self.init(named: columns.map(\.name).joined(separator: ", "), query: query, threshold: threshold)
  }

  /// A question about all rows together, which may also be asked of `published`: the rows under their own names.
  init(named column: String, query: String, threshold: String = "count > 0") {
    self.column = column
    form = .query(query)
    self.threshold = threshold
  }
}
