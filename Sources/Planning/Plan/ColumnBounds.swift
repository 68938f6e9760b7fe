import ColumnStore

/// What the values of a column or expression can be, over some rows.
public struct ColumnBounds: Sendable {
  /// Bounds that no value leaves: whole numbers, days or microseconds; nil where none are known.
  public var range: ClosedRange<Int64>?
  /// Whether a row may have no value.
  public var mayBeNull: Bool
  /// Whether a row may have a value.
  public var mayBeValue: Bool

  /// Bounds of known facts.
  public init(range: ClosedRange<Int64>?, mayBeNull: Bool, mayBeValue: Bool) {
    self.range = range
    self.mayBeNull = mayBeNull
    self.mayBeValue = mayBeValue
  }

  /// What a summary of rows says of a column of a type; a range only for types whose values are in order of their numbers.
  public init(_ summary: ColumnStatistics.Summary, rowCount: Int, type: DataType) {
    self.init(
      range: ColumnBounds.hasRange(type) ? summary.range : nil, mayBeNull: summary.nullCount > 0,
      mayBeValue: summary.nullCount < rowCount)
  }

  /// Nothing is known.
  public static let unknown = ColumnBounds(range: nil, mayBeNull: true, mayBeValue: true)
  /// NULL in every row.
  public static let null = ColumnBounds(range: nil, mayBeNull: true, mayBeValue: false)

  /// Whether the values of a type are numbers whose order is that of the values.
  public static func hasRange(_ type: DataType) -> Bool { [.integer, .date, .timestamp].contains(type) }
}

extension PlanExpression {
  /// What its values can be, given what those of the columns can be.
  public func bounds(_ columns: (Int) -> ColumnBounds) -> ColumnBounds {
    switch kind {
    case .column(let index): return columns(index)
    case .literal(.null): return .null
    case .literal: return ColumnBounds(range: range { _ in nil }, mayBeNull: false, mayBeValue: true)
    case .cast(let operand, _): return operand.bounds(columns).mayBeValue ? .unknown : .null
    case .call(let function, let arguments) where function.isStrict:
      var result = ColumnBounds.unknown
      for argument in arguments where !argument.bounds(columns).mayBeValue { result = .null }
      if result.mayBeValue { result.range = range { columns($0).range } }
      return result
    default: return .unknown
    }
  }
}
