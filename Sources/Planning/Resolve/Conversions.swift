import ColumnStore

/// How values of one type become values of another.
enum Conversion {
  /// By themselves, and every value has its equal: `implicit` in the table below.
  case implicit
  /// By `cast` only; every value converts.
  case safe
  /// By `cast` only; some values do not convert, which is an error, or NULL with `try_cast`.
  case checked
}

/// The kinds of types that conversions tell apart.
enum TypeFamily: Hashable {
  case boolean, integer, decimal, double, text, date, time, timestamp, interval, count, list

  init(_ type: DataType) {
    switch type {
    case .boolean: self = .boolean
    case .integer: self = .integer
    case .decimal: self = .decimal
    case .double: self = .double
    case .text: self = .text
    case .date: self = .date
    case .time: self = .time
    case .timestamp: self = .timestamp
    case .interval: self = .interval
    case .count: self = .count
    case .list: self = .list
    }
  }
}

/// Which conversions there are, in one table; everything that is not in it does not exist.
enum Conversions {
  /// | from | to by itself | to by `cast` |
  /// |---|---|---|
  /// | boolean | | integer, decimal, double, text |
  /// | integer | decimal of 19 digits before the point, double, count | boolean, other decimals, text |
  /// | decimal | decimal with no fewer digits on either side of the point, double | boolean, integer, other decimals, text |
  /// | double | | boolean, integer, decimal, text |
  /// | date | timestamp: midnight UTC | text |
  /// | time | interval | text |
  /// | timestamp | | date, time, text |
  /// | interval | | time, text |
  /// | count | | integer, text |
  /// | list | list, if its items do | list, text |
  /// | text | | everything |
  private static let table: [TypeFamily: [TypeFamily: Conversion]] = [
    .boolean: [.integer: .safe, .decimal: .checked, .double: .safe, .text: .safe],
    .integer: [.decimal: .implicit, .double: .implicit, .count: .implicit, .boolean: .safe, .text: .safe],
    .decimal: [.decimal: .implicit, .double: .implicit, .boolean: .safe, .integer: .checked, .text: .safe],
    .double: [.boolean: .safe, .integer: .checked, .decimal: .checked, .text: .safe],
    .date: [.timestamp: .implicit, .text: .safe],
    .time: [.interval: .implicit, .text: .safe],
    .timestamp: [.date: .safe, .time: .safe, .text: .safe],
    .interval: [.time: .safe, .text: .safe],
    .count: [.integer: .checked, .text: .safe],
    .list: [.list: .implicit, .text: .safe],
    .text: [
      .boolean: .checked, .integer: .checked, .decimal: .checked, .double: .checked, .date: .checked, .time: .checked,
      .timestamp: .checked, .interval: .checked, .count: .checked, .list: .checked,
    ],
  ]

  /// How one type becomes another; nil where it cannot. A type is itself.
  static func conversion(from: DataType, to: DataType) -> Conversion? {
    if from == to { return .implicit }
    guard let conversion = table[TypeFamily(from)]?[TypeFamily(to)] else { return nil }
    switch (from, to) {
    case (.list(let items), .list(let newItems)): return self.conversion(from: items, to: newItems)
    case (_, .decimal(let precision, let scale)) where conversion == .implicit:
      let (digits, places) = self.digits(from)
      return precision - scale >= digits && scale >= places ? .implicit : .checked
    default: return conversion
    }
  }

  /// How many digits the numbers of a type have before the point, and behind it.
  static func digits(_ type: DataType) -> (whole: Int, places: Int) {
    if case .decimal(let precision, let scale) = type { return (precision - scale, scale) }
    return (19, 0)
  }

  /// The decimal that holds the numbers of both types, which are decimals or integers. Beyond 38 digits those before the
  /// point are left out: a value that needs them does not convert.
  static func commonDecimal(_ left: DataType, _ right: DataType) -> DataType {
    let (first, second) = (digits(left), digits(right))
    let scale = max(first.places, second.places)
    return .decimal(
      precision: min(max(first.whole, second.whole) + scale, Decimal.precisionLimit), scale: scale)
  }
}
