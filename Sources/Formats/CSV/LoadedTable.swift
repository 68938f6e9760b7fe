import ColumnStore

/// What a load gives: the table, what could not be read, what was published with a remark, and the report.
public struct LoadedTable: Sendable {
  /// The rows.
  public var table: Table
  /// What could not be read: `file`, `line`, `column`, `text`, `reason`; nil when everything was read.
  public var rejects: Table?
  /// Published numbers that carried a remark or mark: `file`, `line`, `column`, `text`, `figure`; nil without any.
  public var remarks: Table?
  /// What was found out and counted.
  public var report: LoadReport

  /// A loaded table.
  public init(table: Table, rejects: Table? = nil, remarks: Table? = nil, report: LoadReport) {
    self.table = table
    self.rejects = rejects
    self.remarks = remarks
    self.report = report
  }
}
