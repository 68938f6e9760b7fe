/// A value with an optional name: `x [as name]`.
public struct NamedExpression: Sendable, Hashable {
  /// The value.
  public let expression: Expression
  /// The name, if given.
  public let alias: Identifier?

  /// A value with a name or without.
  public init(_ expression: Expression, alias: Identifier? = nil) {
    self.expression = expression
    self.alias = alias
  }
}

/// `share items [of base] [by groups] [without nulls]`: how often each value occurs.
///
/// The clauses after the items come in any order, each at most once.
public struct ShareOperator: Sendable, Hashable {
  /// What is counted: without a base, the values of the columns; with a base, columns that already hold counts.
  public let items: [NamedExpression]
  /// `of specified`: the column that holds the whole
  public let base: NamedExpression?
  /// `by country, platform`: the share inside each group
  public let groups: [NamedExpression]
  /// `without nulls`: rows where an item is null are not counted
  public let isWithoutNulls: Bool

  /// Shares of items.
  public init(items: [NamedExpression], base: NamedExpression?, groups: [NamedExpression], isWithoutNulls: Bool) {
    self.items = items
    self.base = base
    self.groups = groups
    self.isWithoutNulls = isWithoutNulls
  }
}

/// `timeline [items] by period [of time] [per groups]`: counts per period, empty periods shown.
///
/// ```
/// timeline by month                          rows per month of the one time column
/// timeline action by month                   rows per month and action
/// timeline action by week of acted_at        the time column named
/// timeline action of acted_at by week        the same
/// timeline action by month per country       each country with its own timeline
/// ```
public struct TimelineOperator: Sendable, Hashable {
  /// The length of a period.
  public enum Period: String, Sendable, Hashable, CaseIterable {
    case hour
    case day
    case week
    case month
    case quarter
    case halfyear
    case year
  }
  /// What is counted apart; empty for all rows together.
  public let items: [NamedExpression]
  /// The length of a period.
  public let period: Period
  /// `of acted_at`: the column that holds the time; nil if it is to be found
  public let time: Expression?
  /// `per country`
  public let groups: [NamedExpression]

  /// Counts per period.
  public init(items: [NamedExpression], period: Period, time: Expression?, groups: [NamedExpression]) {
    self.items = items
    self.period = period
    self.time = time
    self.groups = groups
  }
}

/// `top [n] items [by measure] [without nulls]`: the most frequent values, with share and cumulated share.
public struct TopOperator: Sendable, Hashable {
  /// How many; nil for the usual number.
  public let count: Int64?
  /// The columns whose values are counted.
  public let items: [NamedExpression]
  /// `by sum(amount)`: what to rank by in place of the count
  public let measure: NamedExpression?

  /// The most frequent values of items.
  public init(count: Int64?, items: [NamedExpression], measure: NamedExpression?) {
    self.count = count
    self.items = items
    self.measure = measure
  }
}

/// `latency [in unit] from start to end [by groups] [until time]`: how long it takes from one time to another.
///
/// ```
/// latency from received_at to acted_at by authority       n, median, quartiles for each authority
/// latency in days from received_at to acted_at             in days, not hours
/// latency from received_at to acted_at until '2021-06-30'  as things stood then
/// ```
public struct LatencyOperator: Sendable, Hashable {
  /// What a latency is counted in. Months and years are none: they are not equally long.
  public enum Unit: String, Sendable, Hashable, CaseIterable {
    case seconds
    case minutes
    case hours
    case days
    case weeks

    /// The unit of a name, also in the singular and in any case.
    public init?(named name: String) {
      let name = name.lowercased()
      guard let unit = Unit(rawValue: name) ?? Unit(rawValue: name + "s") else { return nil }
      self = unit
    }
  }
  /// `from received_at`: when it began
  public let start: Expression
  /// `to acted_at`: when it ended; NULL where it has not
  public let end: Expression
  /// `by authority, platform`
  public let groups: [NamedExpression]
  /// `in days`; nil for the usual one
  public let unit: Unit?
  /// `until '2021-06-30'`: up to when things were looked at; nil for the latest time that there is
  public let until: Expression?

  /// The time between two times.
  public init(start: Expression, end: Expression, groups: [NamedExpression], unit: Unit?, until: Expression?) {
    self.start = start
    self.end = end
    self.groups = groups
    self.unit = unit
    self.until = until
  }
}
