import Synchronization

/// What is known of a column's values, over all rows and per segment: enough to skip segments and to choose how to group.
public struct ColumnStatistics: Sendable {
  /// The smallest and largest value and the missing ones of some rows.
  public struct Summary: Sendable, Equatable {
    /// Rows without a value.
    public var nullCount: Int
    /// The range of the values: integers, units of decimals, days, microseconds or codes as they are; nil without values or
    /// for data that has no such range (doubles, long decimals, intervals, counts with bounds, views,
    /// lists).
    public var range: ClosedRange<Int64>?

    /// A summary of known facts.
    public init(nullCount: Int, range: ClosedRange<Int64>?) {
      self.nullCount = nullCount
      self.range = range
    }

    /// The summary of both parts together.
    public func union(_ other: Summary) -> Summary {
      let joined: ClosedRange<Int64>?
      switch (range, other.range) {
      case (let left?, let right?):
        joined = min(left.lowerBound, right.lowerBound)...max(left.upperBound, right.upperBound)
      case (let left, let right): joined = left ?? right
      }
      return Summary(nullCount: nullCount + other.nullCount, range: joined)
    }
  }

  /// All rows together.
  public let total: Summary
  /// One summary per segment, in order.
  public let segments: [Summary]

  /// The statistics of a table's column, worked out by reading it once, on all threads.
  public init(of column: Column) {
    let count = Segment.count(rows: column.count)
    let found = Mutex(Array(repeating: Summary(nullCount: 0, range: nil), count: count))
    WorkerPool.shared.forEach(parts: count) { index in
      let part = column.slice(Segment.range(index, rows: column.count))
      let summary = Summary(nullCount: part.nullCount, range: part.valueRange)
      found.withLock { $0[index] = summary }
    }
    self.init(segments: found.withLock { $0 })
  }

  /// Statistics put together from those of the segments.
  public init(segments: [Summary]) {
    self.segments = segments
    total = segments.reduce(Summary(nullCount: 0, range: nil)) { $0.union($1) }
  }
}

extension Column {
  /// The smallest and largest of the values: integers, units of decimals, days, microseconds or codes; nil without any, or
  /// for other data.
  public var valueRange: ClosedRange<Int64>? {
    switch data {
    case .integer8(let values): rangeOfValues(values, validity)
    case .integer16(let values): rangeOfValues(values, validity)
    case .integer32(let values): rangeOfValues(values, validity)
    case .integer64(let values), .decimal64(let values): rangeOfValues(values, validity)
    case .date(let values): rangeOfValues(values, validity)
    case .time(let values), .timestamp(let values): rangeOfValues(values, validity)
    case .codes8(let values, _): rangeOfValues(values, validity)
    case .codes16(let values, _): rangeOfValues(values, validity)
    case .codes32(let values, _): rangeOfValues(values, validity)
    case .boolean, .double, .decimal128, .interval, .counts, .views, .lists: nil
    }
  }
}
