/// `name([distinct] a, b [order by ...]) [filter (where ...)] [over (...)]`.
public struct FunctionCall: Sendable, Hashable {
  /// One argument; `name => value` and `name := value` give it a name.
  public struct Argument: Sendable, Hashable {
    /// The name, if given.
    public let name: Identifier?
    /// The value.
    public let value: Expression

    /// An argument.
    public init(name: Identifier?, value: Expression) {
      self.name = name
      self.value = value
    }
  }
  /// The function's name.
  public let name: Identifier
  /// The arguments in order; empty for `count(*)`.
  public var arguments: [Argument] = []
  /// `count(*)`
  public var isStar = false
  /// `count(distinct x)`
  public var isDistinct = false
  /// `string_agg(x, ',' order by y)`, also `within group (order by y)`
  public var orderBy: [OrderItem] = []
  /// `filter (where ...)`
  public var filter: Expression?
  /// `ignore nulls`, `respect nulls`
  public var nullTreatment: NullTreatment?
  /// `over ...`
  public var over: WindowReference?

  /// A call without anything behind its arguments.
  public init(name: Identifier, arguments: [Argument] = []) {
    self.name = name
    self.arguments = arguments
  }
}

/// What a window function does with nulls.
public enum NullTreatment: String, Sendable, Hashable {
  case ignoreNulls = "ignore nulls"
  case respectNulls = "respect nulls"
}

/// `over w` or `over (...)`.
public indirect enum WindowReference: Sendable, Hashable {
  /// A window that a `window` clause names.
  case named(Identifier)
  /// A window given in place.
  case specification(WindowSpecification)
}

/// `([base] [partition by ...] [order by ...] [frame])`.
public struct WindowSpecification: Sendable, Hashable {
  /// The named window that this one builds on.
  public let base: Identifier?
  /// `partition by`
  public let partitionBy: [Expression]
  /// `order by`
  public let orderBy: [OrderItem]
  /// The frame, if given.
  public let frame: WindowFrame?
  /// Where it stands, brackets included.
  public let span: SourceSpan
}

/// `rows|range|groups between ... and ... [exclude ...]`.
public struct WindowFrame: Sendable, Hashable {
  /// What offsets count.
  public enum Unit: String, Sendable, Hashable {
    case rows
    case range
    case groups
  }
  /// One end of a frame.
  public enum Bound: Sendable, Hashable {
    case unboundedPreceding
    case preceding(Expression)
    case currentRow
    case following(Expression)
    case unboundedFollowing
  }
  /// Rows taken out of the frame.
  public enum Exclusion: String, Sendable, Hashable {
    case noOthers = "no others"
    case currentRow = "current row"
    case group
    case ties
  }
  /// What offsets count.
  public let unit: Unit
  /// The first row.
  public let start: Bound
  /// The last row; `currentRow` where only a start was written.
  public let end: Bound
  /// Rows taken out.
  public let exclusion: Exclusion
}

/// `window name as (...)`.
public struct NamedWindow: Sendable, Hashable {
  /// The name.
  public let name: Identifier
  /// The window.
  public let specification: WindowSpecification
}
