import ColumnStore
import Planning

/// Which quantile, of values of which type.
///
/// Interpolated: type 7 of R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages" (1996): of n sorted values
/// the one at place 1 + (n - 1)q, between neighbours by proportion. Else: the smallest value whose rank is at least nq.
struct Quantile: Sendable {
  let part: Double
  let argument: DataType
  let interpolates: Bool

  var resultType: DataType {
    guard interpolates else { return argument }
    return argument == .date ? .timestamp : argument
  }

  /// The place of a value that is not interpolated among so many sorted ones.
  func rank(_ count: Int) -> Int {
    // The product is a hair above a whole number at times (0.1 * 30), which must not move the rank up.
    max(0, Int((part * Double(count) * (1 - 0x1p-50)).rounded(.up)) - 1)
  }

  /// The place of the lower neighbour among so many sorted values, and how far towards the upper one the quantile lies.
  func place(_ count: Int) -> (number: Int, fraction: Double) {
    let place = part * Double(count - 1)
    return (Int(place.rounded(.down)), place - place.rounded(.down))
  }

  /// The places among so many sorted values that it is made of.
  func ranks(_ count: Int) -> [Int] {
    if count == 0 { return [] }
    guard interpolates else { return [rank(count)] }
    let lower = place(count).number
    return lower + 1 < count ? [lower, lower + 1] : [lower]
  }

  /// The quantile of so many values: `key` gives the one at a place in their order, and `next` the one after the place that
  /// was last asked for.
  func value(_ count: Int, _ key: (Int) -> Int64, next: (Int) -> Int64) -> Value {
    if count == 0 { return .null }
    guard interpolates else { return single(key(rank(count))) }
    let (lower, fraction) = place(count)
    let low = key(lower)
    return fraction > 0 && lower + 1 < count ? blended(low, next(lower), fraction) : blended(low, low, 0)
  }

  /// The value that a key stands for.
  func single(_ key: Int64) -> Value {
    switch argument {
    case .boolean: .boolean(key == 1)
    case .integer: .integer(key)
    case .date: .date(Int32(truncatingIfNeeded: key))
    case .time: .time(key)
    case .timestamp: .timestamp(key)
    case .decimal(_, let scale): .decimal(Decimal(units: Int128(key), scale: scale))
    default: .double(Double(orderedBits: key))
    }
  }

  /// A value between two, given as keys.
  func blended(_ low: Int64, _ high: Int64, _ fraction: Double) -> Value {
    switch argument {
    case .date, .timestamp:
      let unit = argument == .date ? microsecondsPerDay : 1
      let distance = Double(high &- low) * Double(unit) * fraction
      return .timestamp(low &* unit &+ Int64(distance.rounded()))
    default:
      let first = Double(orderedBits: low)
      let second = Double(orderedBits: high)
      // Written so that the middle of two large values does not overflow, and equal values stay what they are.
      return .double(first == second ? first : first * (1 - fraction) + second * fraction)
    }
  }

  /// The quantiles that an aggregate gives for each group, and whether as a list; nil for one that gives none.
  static func quantiles(of aggregate: Aggregate) -> (parts: [Quantile], isList: Bool)? {
    let type = aggregate.arguments.first?.type ?? .double
    switch aggregate.function {
    case .median: return ([Quantile(part: 0.5, argument: type, interpolates: true)], false)
    case .quantile, .quantileDiscrete:
      let parts = aggregate.arguments[1].literal?.parts ?? []
      return (
        parts.map { Quantile(part: $0, argument: type, interpolates: aggregate.function == .quantile) },
        aggregate.arguments[1].type.element != nil
      )
    default: return nil
    }
  }

  /// One quantile per group, as `column` gives them, or with `isList` a list of all.
  static func column(_ quantiles: [Quantile], isList: Bool, groupCount: Int, _ column: (Quantile) -> Column) -> Column {
    let columns = quantiles.map(column)
    if !isList, let only = columns.first { return only }
    let type = quantiles.first?.resultType ?? .double
    return Column(
      type: .list(type),
      values: (0..<groupCount).map { group in
        let values = columns.map { $0.value(group) }
        return values.contains(.null) ? .null : .list(values, of: type)
      })
  }
}
