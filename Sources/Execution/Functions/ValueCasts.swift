import ColumnStore
import Planning

extension RowFunctions {
  /// A value as another type; nil where it cannot be converted. NULL stays NULL.
  static func cast(_ value: Value, to type: DataType) -> Value? {
    switch (value, type) {
    case (.null, _): .null
    case (_, .text): .text(value.description)
    case (.text(let text), _): TextParsing.value(text[...], as: type)
    case (.integer(let number), .double): .double(Double(number))
    case (.integer(let number), .count): .count(BoundedCount(number))
    case (.count(let count), .integer): count.exact.map { .integer($0) }
    case (.integer(let number), .boolean): .boolean(number != 0)
    case (.integer(let number), .decimal): decimal(Decimal(units: Int128(number), scale: 0), as: type)
    case (.boolean(let flag), .integer): .integer(flag ? 1 : 0)
    case (.boolean(let flag), .double): .double(flag ? 1 : 0)
    case (.boolean(let flag), .decimal): decimal(Decimal(units: flag ? 1 : 0, scale: 0), as: type)
    // Halves go to the even neighbour, as PostgreSQL has it.
    case (.double(let number), .integer): Int64(exactly: number.rounded(.toNearestOrEven)).map { .integer($0) }
    case (.double(let number), .boolean): .boolean(number != 0)
    // By the shortest digits that read back as the double, not by its binary fraction.
    case (.double(let number), .decimal(let precision, let scale)):
      Decimal(number.description[...], precision: precision, scale: scale).map { .decimal($0) }
    // Halves of decimals go away from zero, as PostgreSQL has it.
    case (.decimal(let number), .integer):
      number.rescaled(precision: Decimal.precisionLimit, scale: 0).flatMap { Int64(exactly: $0.units) }
        .map { .integer($0) }
    case (.decimal(let number), .double): .double(number.double)
    case (.decimal(let number), .boolean): .boolean(number.units != 0)
    case (.decimal(let number), .decimal): decimal(number, as: type)
    case (.date(let days), .timestamp): .timestamp(Int64(days) &* microsecondsPerDay)
    case (.timestamp(let instant), .date):
      .date(Int32(truncatingIfNeeded: floorDivide(instant, microsecondsPerDay)))
    case (.timestamp(let instant), .time):
      .time(instant &- floorDivide(instant, microsecondsPerDay) &* microsecondsPerDay)
    case (.time(let time), .interval): .interval(Interval(microseconds: time))
    case (.interval(let interval), .time):
      .time(interval.microseconds - floorDivide(interval.microseconds, microsecondsPerDay) * microsecondsPerDay)
    case (.list(let items, _), .list(let element)): list(items, of: element)
    default: value.type == type ? value : nil
    }
  }

  private static func decimal(_ number: Decimal, as type: DataType) -> Value? {
    guard case .decimal(let precision, let scale) = type else { return nil }
    return number.rescaled(precision: precision, scale: scale).map { .decimal($0) }
  }

  private static func list(_ items: [Value], of element: DataType) -> Value? {
    var converted: [Value] = []
    for item in items {
      guard let value = cast(item, to: element) else { return nil }
      converted.append(value)
    }
    return .list(converted, of: element)
  }
}
