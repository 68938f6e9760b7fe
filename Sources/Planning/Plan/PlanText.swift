import ColumnStore

/// A plan as people read it: a tree, the last step on top, each operator with what it does.
public enum PlanText {
  /// One line per operator, indented below the one that it feeds.
  public static func lines(_ plan: LogicalPlan) -> [String] {
    PlanReport(plan).lines.map { indented($0.text, depth: $0.depth) }
  }

  /// What an operator does, at its place in the tree.
  public static func indented(_ text: String, depth: Int) -> String {
    (depth == 0 ? "" : String(repeating: "   ", count: depth - 1) + "└─ ") + text
  }

  /// What an operator does, in a line.
  public static func describe(_ plan: LogicalPlan) -> String {
    switch plan {
    case .scan(let scan):
      if scan.table.descriptions.isEmpty, scan.name.isEmpty { return "one row" }
      if scan.name.isEmpty, scan.table.rowCount == 0 { return "no rows" }
      return "scan \(scan.name) [\(list(scan.fields.map(\.name)))], \(scan.table.rowCount) rows"
    case .filter(let input, let predicate):
      return "filter \(text(predicate, input.fields))" + (input.hasDictionaries(predicate) ? ", once per text" : "")
    case .project(let input, let projections):
      return "project \(list(projections.map { named($0, input.fields) }))"
    case .aggregate(let input, let keys, let aggregates):
      let what = list(aggregates.map { text($0, input.fields) })
      return "aggregate \(what.isEmpty ? "nothing" : what)"
        + (keys.isEmpty ? "" : " by \(list(keys.map { named($0, input.fields) }))")
    case .sample(_, let sample):
      let amount =
        switch sample.amount {
        case .percent(let part): "\(Value.double(part).description) percent"
        case .rows(let count): "\(count) rows"
        }
      let seed = "seed \(sample.seed)" + (sample.isSeedGiven ? "" : ", the usual one")
      return "sample \(amount), \(sample.method.rawValue), \(seed)"
    case .window(let input, let functions):
      return "window \(list(functions.map { text($0, input.fields) }))"
    case .sort(let input, let keys, let limit):
      return "sort \(list(keys.map { text($0, input.fields) }))" + (limit.map { ", first \($0)" } ?? "")
    case .limit(_, let count, let offset):
      return "limit \(count.map(String.init) ?? "all")" + (offset > 0 ? " offset \(offset)" : "")
    case .distinct: return "distinct"
    case .join(let join):
      let equal = join.equalities.map {
        let sign = $0.nullsMatch ? "is not distinct from" : "="
        return "\(text($0.left, join.left.fields)) \(sign) \(text($0.right, join.right.fields))"
      }
      let rest = join.condition.map { [text($0, join.left.fields + join.right.fields)] } ?? []
      let near = join.nearest.map {
        ["nearest \(text($0.left, join.left.fields)) \($0.comparison.rawValue) \(text($0.right, join.right.fields))"]
      }
      let condition = (equal + rest + (near ?? [])).joined(separator: " and ")
      return "\(join.kind.rawValue) join" + (condition.isEmpty ? "" : " on \(condition)")
    case .unionAll: return "union all"
    case .setOperation(let operation, _, _, let keepsDuplicates):
      return "\(operation.rawValue)\(keepsDuplicates ? " all" : "")"
    case .transform(_, let transform): return "\(transform.name), computed here"
    case .unnest(let unnest):
      return
        "\(unnest.keepsEmpty ? "left " : "")unnest \(list(unnest.lists.map { text($0.expression, unnest.input.fields) }))"
    case .apply(let apply):
      let values = apply.parameters.map { "\(text($0.value, apply.left.fields)) as $\($0.number)" }
      let condition = apply.condition.map { " on \(text($0, apply.left.fields + apply.right.fields))" } ?? ""
      return "\(apply.kind.rawValue) apply" + (values.isEmpty ? "" : " of \(list(values))") + condition
    case .shared(let shared): return "shared \(shared.number)"
    case .recursive(let recursive):
      return "recursive \(recursive.number)" + (recursive.keepsDuplicates ? "" : ", every different row once")
    case .round(let round): return "rows of the round before in \(round.number)"
    }
  }

  private static func named(_ projection: Projection, _ fields: [Field]) -> String {
    let value = text(projection.expression, fields)
    return value == projection.field.name || projection.field.name.isEmpty
      ? value : "\(value) as \(projection.field.name)"
  }

  private static func text(_ key: SortKey, _ fields: [Field]) -> String {
    let isUsual = key.nullsFirst == key.isDescending
    return text(key.expression, fields) + (key.isDescending ? " desc" : "")
      + (isUsual ? "" : key.nullsFirst ? " nulls first" : " nulls last")
  }

  private static func text(_ function: WindowFunction, _ fields: [Field]) -> String {
    let call =
      function.aggregate.map { text($0, fields) }
      ?? "\(function.name)(\(list(function.arguments.map { text($0, fields) })))"
    let partition = function.layout.partition.map { text($0, fields) }
    let order = function.layout.order.map { text($0, fields) }
    let window = [
      partition.isEmpty ? "" : "partition by \(list(partition))", order.isEmpty ? "" : "order by \(list(order))",
      text(function.frame),
    ].filter { !$0.isEmpty }
    return "\(call)\(function.ignoresNulls ? " ignore nulls" : "") over (\(window.joined(separator: " ")))"
  }

  /// A frame as it is written; nothing for those that need not be.
  private static func text(_ frame: RowFrame) -> String {
    let isWhole = frame.start == .unboundedPreceding && frame.end == .unboundedFollowing
    if frame.exclusion == .noOthers, isWhole || frame == .usual { return "" }
    let exclusion = frame.exclusion == .noOthers ? "" : " exclude \(frame.exclusion.rawValue)"
    return "\(frame.unit.rawValue) between \(text(frame.start)) and \(text(frame.end))\(exclusion)"
  }

  private static func text(_ bound: RowFrame.Bound) -> String {
    switch bound {
    case .unboundedPreceding: "unbounded preceding"
    case .preceding(let offset): "\(text(offset)) preceding"
    case .currentRow: "current row"
    case .following(let offset): "\(text(offset)) following"
    case .unboundedFollowing: "unbounded following"
    }
  }

  private static func text(_ offset: RowFrame.Offset) -> String {
    switch offset {
    case .count(let count): return String(count)
    case .number(let number): return Value.double(number).description
    case .exact(let number): return number.description
    case .time(let interval): return "interval '\(interval.description)'"
    }
  }

  private static func text(_ aggregate: Aggregate, _ fields: [Field]) -> String {
    let arguments =
      aggregate.function == .countRows ? "*" : list(aggregate.arguments.map { text($0, fields) })
    let filter = aggregate.filter.map { " filter (where \(text($0, fields)))" } ?? ""
    return "\(aggregate.name)(\(aggregate.isDistinct ? "distinct " : "")\(arguments))\(filter)"
  }

  /// An expression on columns of these names.
  public static func text(_ expression: PlanExpression, _ fields: [Field]) -> String {
    switch expression.kind {
    case .column(let index): return index < fields.count ? fields[index].name : "column \(index + 1)"
    case .outer(let number): return "$\(number)"
    case .literal(.text(let value)): return "'\(value)'"
    case .literal(.null): return "NULL"
    case .literal(let value): return value.description
    case .call(let function, let arguments):
      let parts = arguments.map { text($0, fields) }
      if let symbol = symbols[function], parts.count == 2 { return "\(parts[0]) \(symbol) \(parts[1])" }
      switch function {
      case .isNull: return "\(parts[0]) is null"
      case .isNotNull: return "\(parts[0]) is not null"
      case .not: return "not (\(parts[0]))"
      default:
        let name = FunctionRegistry.name(of: function)
        return "\(name)(\(list(parts)))"
      }
    case .and(let operands): return operands.map { "(\(text($0, fields)))" }.joined(separator: " and ")
    case .or(let operands): return operands.map { "(\(text($0, fields)))" }.joined(separator: " or ")
    case .subquery: return "(query)"
    case .grouping(let keys): return "grouping(\(list(keys.map { text($0, fields) })))"
    case .conditional: return "case"
    case .memberOf(let operand, let values):
      return "\(text(operand, fields)) in (\(list(values.map(\.description))))"
    case .cast(let operand, let lenient):
      return "\(lenient ? "try_cast" : "cast")(\(text(operand, fields)) as \(expression.type.name))"
    }
  }

  private static func list(_ parts: [String]) -> String {
    parts.count <= 12
      ? parts.joined(separator: ", ") : parts.prefix(12).joined(separator: ", ") + ", ... (\(parts.count) in all)"
  }

  private static let symbols: [ScalarFunction: String] = [
    .add: "+", .subtract: "-", .multiply: "*", .divide: "/", .integerDivide: "//", .modulo: "%", .equal: "=",
    .notEqual: "<>", .less: "<", .lessOrEqual: "<=", .greater: ">", .greaterOrEqual: ">=", .like: "like",
    .ilike: "ilike", .concatenate: "||", .isDistinctFrom: "is distinct from",
    .isNotDistinctFrom: "is not distinct from", .countEqual: "=", .countLess: "<",
  ]
}

extension LogicalPlan {
  /// Whether each condition reads one column with a dictionary, so that it is computed for the different texts only.
  fileprivate func hasDictionaries(_ predicate: PlanExpression) -> Bool {
    predicate.conjuncts.allSatisfy { conjunct in
      let columns = conjunct.columns
      guard columns.count == 1, let column = columns.first else { return false }
      return ColumnFacts.hasDictionary(column, in: self)
    }
  }
}
