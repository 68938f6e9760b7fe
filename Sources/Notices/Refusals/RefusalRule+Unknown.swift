import ColumnStore
import Language
import Planning

extension RefusalRule {
  /// A share of what is known, where most is not.
  static let mostlyUnknown = RefusalRule(
    name: "mostly unknown",
    refused: "share ... without nulls of a column that is NULL in more than half of the rows",
    allowed: "the same without `without nulls`, which shows how much is unknown"
  ) { context in
    guard case .share(let share) = context.operation.kind, share.isWithoutNulls, share.base == nil else { return nil }
    let items = try share.items.map { try context.resolver.bind($0.expression, on: context.input) }
    let known = items.map {
      Aggregate(function: .count, arguments: [$0], name: "known", type: .integer, span: $0.span)
    }
    let rows = Aggregate(
      function: .countRows, arguments: [], name: "rows", type: .integer, span: context.operation.span)
    let counts = try context.totals([rows] + known)
    guard case .integer(let all) = counts[0], all > 0 else { return nil }
    for ((item, named), count) in zip(zip(items, share.items), counts.dropFirst()) {
      guard case .integer(let known) = count, all - known > all / 2 else { continue }
      let name = named.alias?.text ?? Resolver.name(of: named.expression)
      return Refusal(
        reason: "`\(name)` is NULL in more than half of the rows, which `without nulls` would hide",
        instead: "leave out `without nulls`, so that the unknown is seen", span: item.span)
    }
    return nil
  }
}
