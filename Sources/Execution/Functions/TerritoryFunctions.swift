import ColumnStore
import Planning

/// Functions of countries and sets of them.
enum TerritoryFunctions {
  static let table: [ScalarFunction: RowFunction] = [
    .countryCode: RowFunction { values in code(values).map { .text($0) } ?? .null },
    .countryName: RowFunction { values in code(values).flatMap(Country.name).map { .text($0) } ?? .null },
    .members: RowFunction { values in
      guard let group = values.text(0).flatMap(CountryGroup.init(named:)) else { return .null }
      return .textList(group.members(on: day(values)))
    },
    .territory: RowFunction { values in .textList(territory(values[0], on: day(values)).words) },
    .territoryUnion: onTwo { .textList($0.union($1).words) },
    .territoryIntersection: onTwo { .textList($0.intersection($1).words) },
    .territoryDifference: onTwo { $0.subtracting($1).map { .textList($0.words) } ?? .null },
    .isSubset: onTwo { .boolean($0.isSubset(of: $1)) },
    .broaderThan: onTwo { .boolean(!$0.isSubset(of: $1)) },
    .scopeOf: RowFunction { values in territory(values[0]).scope.map { .text($0) } ?? .null },
  ]

  private static func code(_ values: [Value]) -> String? { values.text(0).flatMap(Country.code) }

  private static func day(_ values: [Value]) -> Int? {
    if values.count > 1, case .date(let day) = values[1] { return Int(day) }
    return nil
  }

  /// The territory of a list. NULL among its items says nothing.
  private static func territory(_ value: Value, on day: Int? = nil) -> Territory {
    guard case .list(let items, _) = value else { return Territory([]) }
    return Territory(items.compactMap { [$0].text(0) }, on: day)
  }

  private static func onTwo(_ body: @escaping @Sendable (Territory, Territory) -> Value) -> RowFunction {
    RowFunction { body(territory($0[0]), territory($0[1])) }
  }
}
