import ColumnStore
import Language

/// A function over the rows around each row.
public struct WindowFunction: Sendable, Hashable {
  /// What it computes.
  public enum Function: Sendable, Hashable {
    /// A function that only exists over a window.
    case window(WindowOperation)
    /// An aggregate of the frame's rows.
    case aggregate(AggregateFunction)
  }

  /// What it computes.
  public var function: Function
  /// Its arguments.
  public var arguments: [PlanExpression]
  /// Whether equal argument values of an aggregate count once.
  public var isDistinct: Bool
  /// An aggregate takes only the rows for which this is true.
  public var filter: PlanExpression?
  /// The order in which an aggregate takes the frame's rows; empty for the window's.
  public var order: [SortKey]
  /// Whether rows whose first argument is NULL are passed over.
  public var ignoresNulls: Bool
  /// The order that it sees the rows in.
  public var layout: WindowLayout
  /// The rows that it sees.
  public var frame: RowFrame
  /// What the result is called.
  public var name: String
  /// The type of the result.
  public var type: DataType
  /// Where it stands in the source.
  public var span: SourceSpan

  /// A window function.
  public init(
    function: Function, arguments: [PlanExpression], isDistinct: Bool = false, filter: PlanExpression? = nil,
    order: [SortKey] = [], ignoresNulls: Bool = false, layout: WindowLayout, frame: RowFrame = .usual, name: String,
    type: DataType, span: SourceSpan
  ) {
    self.function = function
    self.arguments = arguments
    self.isDistinct = isDistinct
    self.filter = filter
    self.order = order
    self.ignoresNulls = ignoresNulls
    self.layout = layout
    self.frame = frame
    self.name = name
    self.type = type
    self.span = span
  }

  /// An aggregate over a window.
  public init(_ aggregate: Aggregate, layout: WindowLayout, frame: RowFrame) {
    self.init(
      function: .aggregate(aggregate.function), arguments: aggregate.arguments, isDistinct: aggregate.isDistinct,
      filter: aggregate.filter, order: aggregate.order, layout: layout, frame: frame, name: aggregate.name,
      type: aggregate.type, span: aggregate.span)
  }

  /// The aggregate without its window, where it is one.
  public var aggregate: Aggregate? {
    guard case .aggregate(let function) = function else { return nil }
    return Aggregate(
      function: function, arguments: arguments, isDistinct: isDistinct, filter: filter, order: order, name: name,
      type: type, span: span)
  }

  /// The column of the result.
  public var field: Field { Field(name: name, type: type) }

  /// Every expression that it reads.
  public var expressions: [PlanExpression] {
    arguments + (filter.map { [$0] } ?? []) + order.map(\.expression) + layout.partition
      + layout.order.map(\.expression)
  }

  /// The same function with every expression replaced.
  public func mapExpressions(_ transform: (PlanExpression) throws -> PlanExpression) rethrows -> WindowFunction {
    var copy = self
    copy.arguments = try arguments.map(transform)
    copy.filter = try filter.map(transform)
    copy.order = try order.map { try $0.mapExpression(transform) }
    copy.layout.partition = try layout.partition.map(transform)
    copy.layout.order = try layout.order.map { try $0.mapExpression(transform) }
    return copy
  }

  /// Whether both compute the same, whatever the result is called.
  public func computesSame(as other: WindowFunction) -> Bool {
    var copy = other
    copy.name = name
    copy.span = span
    return copy == self
  }
}

/// Which rows belong together, and in what order.
public struct WindowLayout: Sendable, Hashable {
  /// Rows that agree in these values are one partition; NULL agrees with NULL.
  public var partition: [PlanExpression]
  /// The order within a partition. Rows that agree in all keys are peers; without keys all are.
  public var order: [SortKey]

  /// A layout.
  public init(partition: [PlanExpression] = [], order: [SortKey] = []) {
    self.partition = partition
    self.order = order
  }
}

/// The rows of its partition that a window function sees from a row.
public struct RowFrame: Sendable, Hashable {
  /// What offsets count.
  public enum Unit: String, Sendable, Hashable {
    /// Rows.
    case rows
    /// The difference to the row's key.
    case range
    /// Groups of peers.
    case groups
  }

  /// How far an end is from the row.
  public enum Offset: Sendable, Hashable {
    /// Rows or groups of peers, from 0 on.
    case count(Int64)
    /// A difference of doubles, from 0 on.
    case number(Double)
    /// A difference of integers or decimals, in the digits of the key; days between dates. From 0 on.
    case exact(Decimal)
    /// A length of time, no part of it below 0.
    case time(Interval)
  }

  /// An end of the frame.
  public enum Bound: Sendable, Hashable {
    case unboundedPreceding
    case preceding(Offset)
    case currentRow
    case following(Offset)
    case unboundedFollowing
  }

  /// Rows taken out of the frame.
  public enum Exclusion: String, Sendable, Hashable {
    case noOthers = "no others"
    case currentRow = "current row"
    /// The row and its peers.
    case group
    /// The row's peers, not itself.
    case ties
  }

  /// What offsets count, and what the current row means: itself for rows, its peers for the others.
  public var unit: Unit
  /// The first row.
  public var start: Bound
  /// The last row.
  public var end: Bound
  /// Rows taken out.
  public var exclusion: Exclusion

  /// A frame.
  public init(unit: Unit, start: Bound, end: Bound, exclusion: Exclusion = .noOthers) {
    self.unit = unit
    self.start = start
    self.end = end
    self.exclusion = exclusion
  }

  /// The frame of a window that does not say: everything up to the row and its peers.
  public static let usual = RowFrame(unit: .range, start: .unboundedPreceding, end: .currentRow)
}
