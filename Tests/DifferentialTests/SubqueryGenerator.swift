import ColumnStore

/// Writes queries that stand inside of expressions, and that may use columns of the query around them.
struct SubqueryGenerator {
  let choices: Choices
  /// How many queries may still stand inside each other.
  let depth: Int
  /// Numbers the names, so that no inner one hides an outer one.
  let names: NameSource

  /// A query of one value: an aggregate without keys, or the first row of a total order.
  func scalar(_ type: DataType, _ outer: [GeneratedColumn]) -> String? {
    guard depth > 0 else { return nil }
    let (from, columns) = table()
    let expressions = inner(columns, outer)
    let filter = choices.oneIn(3) ? "" : " where \(expressions.condition(depth: 1))"
    let own = ExpressionGenerator(choices: choices, columns: columns)
    let value = own.expression(type, depth: 1)
    switch (type, choices.below(4)) {
    case (.integer, 0): return "(select count(*) from \(from)\(filter))"
    case (.integer, 1): return "(select count(distinct \(value)) from \(from)\(filter))"
    case (.integer, 2), (.double, 2): return "(select sum(\(value)) from \(from)\(filter))"
    case (_, 3):
      let order = choices.pick(["1 nulls last", "1 desc nulls last", "1 nulls first"])
      return "(select \(value) from \(from)\(filter) order by \(order) limit 1)"
    case (_, 0): return "(select min(\(value)) from \(from)\(filter))"
    default: return "(select max(\(value)) from \(from)\(filter))"
    }
  }

  /// `exists`, `in`, or a comparison with a value.
  func condition(_ outer: [GeneratedColumn]) -> String? {
    guard depth > 0 else { return nil }
    let (from, columns) = table()
    let expressions = inner(columns, outer)
    let filter = choices.oneIn(4) ? "" : " where \(expressions.condition(depth: 1))"
    let not = choices.oneIn(2) ? "not " : ""
    let type = choices.pick([DataType.integer, .text, .double])
    let value = ExpressionGenerator(choices: choices, columns: outer).expression(type, depth: 0)
    let own = ExpressionGenerator(choices: choices, columns: columns)
    switch choices.below(5) {
    case 0, 1: return "\(not)exists (select 1 from \(from)\(filter))"
    case 2: return "\(value) \(not)in (select \(own.expression(type, depth: 1)) from \(from)\(filter))"
    case 3:
      let key = choices.pick(columns).name
      return "\(value) \(not)in (select max(\(own.expression(type, depth: 0))) from \(from)\(filter) group by \(key))"
    default:
      let comparison = choices.pick(["=", "<>", "<", ">="])
      return scalar(type, outer).map { "\(value) \(comparison) \($0)" }
    }
  }

  private func table() -> (text: String, columns: [GeneratedColumn]) {
    let name = names.next("s")
    let columns = QueryGenerator.schema.map { GeneratedColumn(name: "\(name).\($0.name)", type: $0.type) }
    return ("t\(choices.below(3)) as \(name)", columns)
  }

  private func inner(_ columns: [GeneratedColumn], _ outer: [GeneratedColumn]) -> ExpressionGenerator {
    ExpressionGenerator(
      choices: choices, columns: columns + (choices.oneIn(3) ? [] : outer),
      subqueries: SubqueryGenerator(choices: choices, depth: depth - 1, names: names))
  }
}

/// Gives out names that nobody has.
final class NameSource {
  private var count = 0

  func next(_ letter: String) -> String {
    count += 1
    return "\(letter)\(count)"
  }
}
