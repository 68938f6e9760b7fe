import ColumnStore

/// The kinds of values that were met in a column.
struct ValueKinds: OptionSet, Sendable {
  var rawValue: UInt32

  static let boolean = ValueKinds(rawValue: 1 << 0)
  static let integer = ValueKinds(rawValue: 1 << 1)
  static let longInteger = ValueKinds(rawValue: 1 << 2)
  static let double = ValueKinds(rawValue: 1 << 3)
  static let special = ValueKinds(rawValue: 1 << 4)
  static let figureInteger = ValueKinds(rawValue: 1 << 5)
  static let figureDouble = ValueKinds(rawValue: 1 << 6)
  static let date = ValueKinds(rawValue: 1 << 7)
  static let timestamp = ValueKinds(rawValue: 1 << 8)
  static let text = ValueKinds(rawValue: 1 << 9)
  /// Some value is no number when the comma is the decimal separator.
  static let commaUnfit = ValueKinds(rawValue: 1 << 10)
  /// Some value is a number only when the comma is the decimal separator.
  static let commaNeeded = ValueKinds(rawValue: 1 << 11)
  /// Some value has decimals when the comma is the decimal separator.
  static let commaDouble = ValueKinds(rawValue: 1 << 12)

  static let comma: ValueKinds = [.commaUnfit, .commaNeeded, .commaDouble]
  static let wholeNumbers: ValueKinds = [.integer, .longInteger, .figureInteger]
  static let figures: ValueKinds = [.figureInteger, .figureDouble]
  static let numbers: ValueKinds = [
    .integer, .longInteger, .double, .special, .figureInteger, .figureDouble,
  ]
}

/// What is known of all values of a column, or of some.
struct ColumnSummary: Sendable {
  var kinds: ValueKinds = []
  /// The range of the whole numbers.
  var low = Int64.max
  var high = Int64.min
  /// Whether a quoted empty field was met, which is a text of no length.
  var hasQuotedEmpty = false

  mutating func merge(_ other: ColumnSummary) {
    kinds.formUnion(other.kinds)
    low = min(low, other.low)
    high = max(high, other.high)
    if other.hasQuotedEmpty { hasQuotedEmpty = true }
  }

  mutating func include(_ number: Int64) {
    low = min(low, number)
    high = max(high, number)
  }
}

/// What a column's values are read as.
enum ColumnReading: Sendable, Equatable {
  /// Nothing but NULL so far.
  case nothing
  case boolean
  case integer
  case double
  /// Published whole numbers.
  case wholeFigures(decimal: UInt8)
  /// Published numbers with decimals or per cent.
  case figures(decimal: UInt8)
  case date
  case timestamp
  case text
  /// Values of a prescribed type that is never found out.
  case value(DataType)

  var type: DataType {
    switch self {
    case .nothing, .text: .text
    case .boolean: .boolean
    case .integer, .wholeFigures: .integer
    case .double, .figures: .double
    case .date: .date
    case .timestamp: .timestamp
    case .value(let type): type
    }
  }
}

extension ColumnSummary {
  static let point = UInt8(ascii: ".")
  static let comma = UInt8(ascii: ",")

  /// The narrowest reading that loses no value.
  ///
  /// Booleans, dates and timestamps must be alone. Numbers may be mixed, but 16 digits and more do not go with doubles,
  /// and `NaN` is a number only beside a double. A decimal comma is taken when every value can be read with it and some
  /// value cannot without.
  func reading(decimal: UInt8?) -> ColumnReading {
    let plain = kinds.subtracting(.comma)
    if plain.isEmpty { return hasQuotedEmpty ? .text : .nothing }
    if let decimal, decimal == ColumnSummary.comma { return commaReading ?? nonNumberReading(plain) }
    if plain.isSubset(of: .numbers) {
      if let reading = numberReading(plain) { return reading }
      return .text
    }
    if decimal == nil, kinds.contains(.commaNeeded), let reading = commaReading { return reading }
    return nonNumberReading(plain)
  }

  private func numberReading(_ plain: ValueKinds) -> ColumnReading? {
    let isWhole = plain.isSubset(of: .wholeNumbers)
    if plain.contains(.special), !plain.contains(.double), !plain.contains(.figureDouble) { return nil }
    if !isWhole, plain.contains(.longInteger) { return nil }
    if plain.isDisjoint(with: .figures) { return isWhole ? .integer : .double }
    if plain.contains(.special) { return nil }
    return isWhole ? .wholeFigures(decimal: ColumnSummary.point) : .figures(decimal: ColumnSummary.point)
  }

  private var commaReading: ColumnReading? {
    if kinds.contains(.commaUnfit) { return nil }
    return kinds.contains(.commaDouble)
      ? .figures(decimal: ColumnSummary.comma) : .wholeFigures(decimal: ColumnSummary.comma)
  }

  private func nonNumberReading(_ plain: ValueKinds) -> ColumnReading {
    switch plain {
    case .boolean: .boolean
    case .date: .date
    case .timestamp: .timestamp
    default: .text
    }
  }
}
