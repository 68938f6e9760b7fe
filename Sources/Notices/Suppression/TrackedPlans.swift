import ColumnStore
import Language
import Planning

/// Rows of loaded tables on their way to an aggregation, with what tells which records they are.
struct TrackedRows {
  /// The rows: first the columns that the query sees, then, one for each table that they are joined from, the number of
  /// the record.
  var plan: LogicalPlan
  /// How many columns the query sees.
  var width: Int
  /// For each of them the loaded column that it passes on; nil for one that is computed.
  var origins: [String?]
  /// Whether each row holds counts already, of people who are not told apart.
  var holdsCounts: Bool

  /// Where the numbers of records stand.
  var units: Range<Int> { width..<plan.fields.count }
}

/// Rows in which nothing is to be hidden any more.
struct ReleasedRows {
  /// The rows: first the columns that the query sees, then whether the row has hidden cells.
  var plan: LogicalPlan
  /// Which columns may have them.
  var masked: Set<Int> = []

  /// How many columns the query sees; where it stands whether the row has hidden cells.
  var width: Int { plan.fields.count - 1 }
}

/// Grouped rows in which it has not been decided yet what is to be hidden, with what is needed for that.
struct PendingCells {
  /// The rows: first the columns that the query sees, then those that `CellColumns` speaks of.
  var plan: LogicalPlan
  /// How many columns the query sees.
  var width: Int
  /// Which of them are computed from many records.
  var masked: Set<Int>
  /// What stands behind them.
  var cells: CellColumns
}

/// What is known of the cells of grouped rows, and in which columns, counted from the first of them.
struct CellColumns: Sendable {
  /// A way to count: the records of a group, or those for which something is the case.
  struct Kind: Sendable {
    /// What is counted: the cells of one measure add up. Empty for records themselves.
    var measure: String
    /// Whether the counts are told.
    var isTold: Bool
    /// For each table that the rows are joined from, the records of the cell as a list.
    var units: [Int]
    /// What each of the records counts, as a list; nil where it counts one.
    var weights: Int?
  }

  /// The ways to count.
  var kinds: [Kind] = []
  /// Results that are small where they are less than the threshold, whatever they are made of.
  var values: [Int] = []
  /// Groups of rows whose totals are told too, each by the columns of its keys.
  var totals: [[Int]] = []
  /// How many columns there are.
  var count = 0
}

extension LogicalPlan {
  /// Some of the columns, in a new order.
  func picking(_ columns: some Sequence<Int>) -> LogicalPlan {
    let fields = self.fields
    return .project(self, columns.map { Projection(passing: fields[$0], at: $0, span: .none) })
  }

  /// The plan with further columns behind its own.
  func adding(_ columns: [Projection]) -> LogicalPlan { .project(self, fields.passed(span: .none) + columns) }
}

extension SourceSpan {
  /// For expressions that nobody wrote.
  static let none = SourceSpan(start: 0, end: 0)
}

extension PlanExpression {
  /// A column of an input.
  static func column(_ index: Int, _ type: DataType) -> PlanExpression {
    PlanExpression(.column(index), type: type, span: .none)
  }

  /// True or false.
  static func truth(_ value: Bool) -> PlanExpression {
    PlanExpression(.literal(.boolean(value)), type: .boolean, span: .none)
  }

  /// Whether a flag is true, where it may be unknown.
  var isTrue: PlanExpression {
    PlanExpression(
      .conditional(branches: [.init(condition: self, result: .truth(true))], otherwise: .truth(false)),
      type: .boolean, span: .none)
  }

  /// The expression, or NULL where a flag is true.
  func hidden(where flag: PlanExpression) -> PlanExpression {
    PlanExpression(
      .conditional(
        branches: [.init(condition: flag, result: PlanExpression(.literal(.null), type: type, span: span))],
        otherwise: self),
      type: type, span: span)
  }

  /// Whether it reads one of some columns.
  func reads(_ columns: Set<Int>) -> Bool { !self.columns.isDisjoint(with: columns) }
}
