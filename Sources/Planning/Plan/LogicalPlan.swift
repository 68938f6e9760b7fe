import ColumnStore
import Language

/// What a query asks for, as a tree of operators on rows; every spelling of a query comes down to these few.
///
/// Expressions name the columns of their operator's input by position. A plan says nothing of how it is run.
public indirect enum LogicalPlan: Sendable {
  /// The rows of a stored table.
  case scan(Scan)
  /// The rows for which a predicate is true.
  case filter(LogicalPlan, predicate: PlanExpression)
  /// One row for each, computed from it.
  case project(LogicalPlan, [Projection])
  /// One row per group; without keys one row in all.
  case aggregate(LogicalPlan, keys: [Projection], aggregates: [Aggregate])
  /// Every row in its place, with one more column for each function.
  case window(LogicalPlan, [WindowFunction])
  /// The rows in order; equal rows stay in the order they came in. With a limit only the first rows are wanted.
  case sort(LogicalPlan, keys: [SortKey], limit: Int?)
  /// Some rows by chance, in their order.
  case sample(LogicalPlan, SamplePlan)
  /// Some rows from the front, after leaving out the first.
  case limit(LogicalPlan, count: Int?, offset: Int)
  /// Every different row once, in the order of first appearance.
  case distinct(LogicalPlan)
  /// Pairs of rows.
  case join(JoinPlan)
  /// Rows of several inputs with the same number of columns, one input after the other.
  case unionAll([LogicalPlan])
  /// Rows of the first input that are (or are not) in the second, counted or once each.
  case setOperation(RowSetOperation, LogicalPlan, LogicalPlan, keepsDuplicates: Bool)
  /// A computation on the whole of a small table that this process does itself: intervals, curves, tests.
  case transform(LogicalPlan, any TableTransform)
  /// Each row once for every item of its lists.
  case unnest(UnnestPlan)
  /// Each row of an input with what another plan gives for that row.
  case apply(ApplyPlan)
  /// A plan that stands in several places of a query, and is run once.
  case shared(SharedPlan)
  /// Rows that are made of the rows before them, again and again until no new ones come.
  case recursive(RecursivePlan)
  /// Inside the step of a recursive plan: the rows of the round before.
  case round(RoundPlan)
}

/// A stored table and the columns of it that are read.
public struct Scan: Sendable {
  /// What the query calls it.
  public var name: String
  /// The table.
  public var table: Table
  /// The fields that come out, in order.
  public var fields: [Field]
  /// For each field, which of the table's columns it is.
  public var sources: [Source]
  /// The catalog's key of a file that is queried in place; nil for a stored table.
  public var file: String?

  /// Where a field of a scan comes from.
  public enum Source: Hashable, Sendable {
    /// The table's column at an index.
    case column(Int)
    /// The hidden column `_file`.
    case file
    /// The hidden column `_line`.
    case line
    /// The number of the row, counted from a number.
    case row(from: Int)
  }

  /// A scan of a table.
  public init(name: String, table: Table, fields: [Field], sources: [Source], file: String? = nil) {
    self.name = name
    self.table = table
    self.fields = fields
    self.sources = sources
    self.file = file
  }
}

/// An expression and what its result is called.
public struct Projection: Sendable {
  /// The result's field.
  public var field: Field
  /// How it is computed.
  public var expression: PlanExpression

  /// A named expression; the field takes the expression's type.
  public init(
    name: String, expression: PlanExpression, qualifier: String? = nil, display: ColumnDisplay = .plain,
    isHidden: Bool = false, note: String = ""
  ) {
    field = Field(
      name: name, qualifier: qualifier, type: expression.type, display: display, isHidden: isHidden, note: note)
    self.expression = expression
  }

  /// A field passed on from the input.
  public init(passing field: Field, at index: Int, span: SourceSpan) {
    self.field = field
    expression = PlanExpression(.column(index), type: field.type, span: span)
  }
}

extension [Field] {
  /// All fields passed on from an input that begins with them, each in its place.
  public func passed(span: SourceSpan) -> [Projection] {
    enumerated().map { Projection(passing: $0.element, at: $0.offset, span: span) }
  }
}

/// An aggregate function over the rows of a group.
public struct Aggregate: Sendable, Hashable {
  /// The function.
  public var function: AggregateFunction
  /// Its arguments.
  public var arguments: [PlanExpression]
  /// Whether equal argument values count once.
  public var isDistinct: Bool
  /// Only rows for which this is true are taken.
  public var filter: PlanExpression?
  /// The order in which an order-sensitive function takes the rows; empty for the order of the input.
  public var order: [SortKey]
  /// What the result is called.
  public var name: String
  /// The type of the result.
  public var type: DataType
  /// Where it stands in the source.
  public var span: SourceSpan

  /// An aggregate.
  public init(
    function: AggregateFunction, arguments: [PlanExpression], isDistinct: Bool = false, filter: PlanExpression? = nil,
    order: [SortKey] = [], name: String, type: DataType, span: SourceSpan
  ) {
    self.function = function
    self.arguments = arguments
    self.isDistinct = isDistinct
    self.filter = filter
    self.order = order
    self.name = name
    self.type = type
    self.span = span
  }

  /// Every expression that it reads.
  public var expressions: [PlanExpression] { arguments + (filter.map { [$0] } ?? []) + order.map(\.expression) }

  /// Whether both compute the same, whatever the result is called.
  public func computesSame(as other: Aggregate) -> Bool {
    function == other.function && arguments == other.arguments && isDistinct == other.isDistinct
      && filter == other.filter && order == other.order
  }
}

/// One key of an order.
public struct SortKey: Sendable, Hashable {
  /// What is compared.
  public var expression: PlanExpression
  /// Whether larger values come first.
  public var isDescending: Bool
  /// Whether rows without a value come first.
  public var nullsFirst: Bool

  /// A sort key.
  public init(expression: PlanExpression, isDescending: Bool, nullsFirst: Bool) {
    self.expression = expression
    self.isDescending = isDescending
    self.nullsFirst = nullsFirst
  }
}

/// What a set operation keeps of the first input.
public enum RowSetOperation: String, Sendable {
  /// Rows that are in the second.
  case intersect
  /// Rows that are not in the second.
  case except
}

/// A computation from a whole table to a whole table, done in this process whatever engine made the table, so that the
/// digits are the same everywhere.
public protocol TableTransform: Sendable {
  /// What `explain` calls it.
  var name: String { get }
  /// The fields that come out.
  var fields: [Field] { get }
  /// What it makes of rows of which some cells are hidden; nil where it cannot do without them.
  var hiddenCellRule: HiddenCellRule? { get }
  /// The result; cost in time and memory is proportional to the table.
  func apply(to table: Table) throws -> Table
}

extension TableTransform {
  /// Most computations need all values.
  public var hiddenCellRule: HiddenCellRule? { nil }
}

/// How a transform goes about cells that are hidden, which come as NULL.
public struct HiddenCellRule: Sendable {
  /// How many columns stand in front of those that are computed.
  public var keyCount: Int
  /// How many rows come out, one after the other, for each that goes in; rows behind all of these are made of none.
  public var rowsPerRow: Int
  /// The first so many columns make groups whose totals can be worked out from what is computed, so that it has to be
  /// computed before anything is hidden; nil where each row is computed by itself.
  public var totalKeyCount: Int?
  /// Whether what is summed are counts themselves.
  public var sumsCounts: Bool

  /// A rule for a transform that computes each row by itself, unless more is said.
  public init(keyCount: Int, rowsPerRow: Int = 1, totalKeyCount: Int? = nil, sumsCounts: Bool = false) {
    self.keyCount = keyCount
    self.rowsPerRow = rowsPerRow
    self.totalKeyCount = totalKeyCount
    self.sumsCounts = sumsCounts
  }
}

extension LogicalPlan {
  /// The fields of the rows that come out.
  public var fields: [Field] {
    switch self {
    case .scan(let scan): scan.fields
    case .filter(let input, _), .sort(let input, _, _), .limit(let input, _, _), .distinct(let input),
      .sample(let input, _):
      input.fields
    case .project(_, let projections): projections.map(\.field)
    case .aggregate(_, let keys, let aggregates):
      keys.map(\.field) + aggregates.map { Field(name: $0.name, type: $0.type) }
    case .window(let input, let functions): input.fields + functions.map(\.field)
    case .join(let join): join.fields
    case .unionAll(let inputs): inputs.first?.fields ?? []
    case .setOperation(_, let left, _, _): left.fields
    case .transform(_, let transform): transform.fields
    case .unnest(let unnest): unnest.fields
    case .apply(let apply): apply.fields
    case .shared(let shared): shared.fields
    case .recursive(let recursive): recursive.fields
    case .round(let round): round.fields
    }
  }

  /// The plans directly below.
  public var inputs: [LogicalPlan] {
    switch self {
    case .scan, .round: []
    case .filter(let input, _), .project(let input, _), .aggregate(let input, _, _), .sort(let input, _, _),
      .window(let input, _), .sample(let input, _), .limit(let input, _, _), .distinct(let input),
      .transform(let input, _):
      [input]
    case .join(let join): [join.left, join.right]
    case .unionAll(let inputs): inputs
    case .setOperation(_, let left, let right, _): [left, right]
    case .unnest(let unnest): [unnest.input]
    case .apply(let apply): [apply.left, apply.right]
    case .shared(let shared): [shared.plan]
    case .recursive(let recursive): [recursive.seed, recursive.step]
    }
  }

  /// The same operator on other inputs, given in the order of `inputs`.
  public func mapInputs(_ transform: (LogicalPlan) throws -> LogicalPlan) rethrows -> LogicalPlan {
    switch self {
    case .scan, .round: self
    case .filter(let input, let predicate): .filter(try transform(input), predicate: predicate)
    case .project(let input, let projections): .project(try transform(input), projections)
    case .aggregate(let input, let keys, let aggregates):
      .aggregate(try transform(input), keys: keys, aggregates: aggregates)
    case .window(let input, let functions): .window(try transform(input), functions)
    case .sample(let input, let sample): .sample(try transform(input), sample)
    case .sort(let input, let keys, let limit): .sort(try transform(input), keys: keys, limit: limit)
    case .limit(let input, let count, let offset): .limit(try transform(input), count: count, offset: offset)
    case .distinct(let input): .distinct(try transform(input))
    case .join(var join):
      try {
        join.left = try transform(join.left)
        join.right = try transform(join.right)
        return .join(join)
      }()
    case .unionAll(let inputs): .unionAll(try inputs.map(transform))
    case .setOperation(let operation, let left, let right, let keepsDuplicates):
      .setOperation(operation, try transform(left), try transform(right), keepsDuplicates: keepsDuplicates)
    case .transform(let input, let table): .transform(try transform(input), table)
    case .unnest(let unnest): .unnest(unnest.mapped(on: try transform(unnest.input)) { $0 })
    case .apply(var apply):
      try {
        apply.left = try transform(apply.left)
        apply.right = try transform(apply.right)
        return .apply(apply)
      }()
    case .shared(let shared): .shared(SharedPlan(try transform(shared.plan), number: shared.number))
    case .recursive(var recursive):
      try {
        recursive.seed = try transform(recursive.seed)
        recursive.step = try transform(recursive.step)
        return .recursive(recursive)
      }()
    }
  }
}
