import ColumnStore
import Language
import Planning

/// Something has no words in a dialect, or would not mean the same.
struct Inexpressible: Error {
  let what: String
}

/// Writes operators of a plan as SQL: each one a query whose columns are called c0, c1 ... by their position.
struct SQLWriter {
  let dialect: Dialect

  /// An operator on inputs that are written already. Throws `Inexpressible`.
  func sql(_ plan: LogicalPlan, on inputs: [String]) throws -> String {
    switch plan {
    case .filter(_, let predicate): return "SELECT * FROM (\(inputs[0])) AS t WHERE \(try expression(predicate))"
    case .project(_, let projections):
      return "SELECT \(try list(projections.map { try expression($0.expression) })) FROM (\(inputs[0])) AS t"
    case .aggregate(_, let keys, let aggregates):
      let values = try keys.map { try expression($0.expression) } + aggregates.map { try aggregate($0) }
      // Keys by their place: a constant among them would be taken for a place.
      if keys.contains(where: { $0.expression.columns.isEmpty }) { throw Inexpressible(what: "a constant group") }
      let groups = keys.isEmpty ? "" : " GROUP BY \(keys.indices.map { "\($0 + 1)" }.joined(separator: ", "))"
      return "SELECT \(list(values)) FROM (\(inputs[0])) AS t\(groups)"
    case .sort(_, let keys, let limit?):
      return
        "SELECT * FROM (\(inputs[0])) AS t ORDER BY \(try keys.map(sortKey).joined(separator: ", ")) LIMIT \(limit)"
    case .limit(_, let count?, let offset):
      return "SELECT * FROM (\(inputs[0])) AS t LIMIT \(count)" + (offset > 0 ? " OFFSET \(offset)" : "")
    case .distinct: return "SELECT DISTINCT * FROM (\(inputs[0])) AS t"
    case .unionAll: return inputs.map { "SELECT * FROM (\($0)) AS t" }.joined(separator: " UNION ALL ")
    case .setOperation(let operation, _, _, let keepsDuplicates):
      if keepsDuplicates, !dialect.hasSetsWithDuplicates { throw Inexpressible(what: "\(operation.rawValue) all") }
      let word = operation.rawValue.uppercased() + (keepsDuplicates ? " ALL" : "")
      return "SELECT * FROM (\(inputs[0])) AS l \(word) SELECT * FROM (\(inputs[1])) AS r"
    case .join(let join): return try sql(join, inputs[0], inputs[1])
    default: throw Inexpressible(what: "this step")
    }
  }

  /// Values as the columns c0, c1 ...
  func list(_ values: [String]) -> String {
    // A query without columns still has rows.
    if values.isEmpty { return "1 AS c0" }
    return values.enumerated().map { "\($0.element) AS c\($0.offset)" }.joined(separator: ", ")
  }

  private func sql(_ join: JoinPlan, _ left: String, _ right: String) throws -> String {
    let width = join.left.fields.count
    func column(_ index: Int) -> String { index < width ? "l.c\(index)" : "r.c\(index - width)" }
    if join.kind == .full, !dialect.joinsFullyOnAnything,
      join.condition != nil || join.equalities.isEmpty || join.equalities.contains(where: \.nullsMatch)
    {
      throw Inexpressible(what: "a full join on something other than equal values")
    }
    var conditions = try join.equalities.map { equality in
      let sides = (
        try expression(equality.left) { "l.c\($0)" }, try expression(equality.right) { "r.c\($0)" }
      )
      return equality.nullsMatch ? dialect.isSame(sides.0, sides.1) : "(\(sides.0) = \(sides.1))"
    }
    if let condition = join.condition { conditions.append(try expression(condition, column)) }
    let condition = conditions.isEmpty ? "(1 = 1)" : conditions.joined(separator: " AND ")
    switch join.kind {
    case .inner, .left, .right, .full:
      let all = (0..<width).map(column) + join.right.fields.indices.map { "r.c\($0)" }
      return
        "SELECT \(list(all)) FROM (\(left)) AS l \(join.kind.rawValue.uppercased()) JOIN (\(right)) AS r ON \(condition)"
    case .semi, .anti:
      let word = join.kind == .semi ? "EXISTS" : "NOT EXISTS"
      return "SELECT * FROM (\(left)) AS l WHERE \(word) (SELECT 1 FROM (\(right)) AS r WHERE \(condition))"
    case .single, .nearest, .nearestLeft, .mark: throw Inexpressible(what: "a \(join.kind.rawValue) join")
    }
  }

  private func sortKey(_ key: SortKey) throws -> String {
    let order = key.expression.type == .text ? dialect.binaryOrder : ""
    return "\(try expression(key.expression))\(order) \(key.isDescending ? "DESC" : "ASC")"
      + " NULLS \(key.nullsFirst ? "FIRST" : "LAST")"
  }

  // MARK: Aggregates

  private func aggregate(_ aggregate: Aggregate) throws -> String {
    let arguments = try aggregate.arguments.map { try expression($0) }
    guard aggregate.order.isEmpty else { throw Inexpressible(what: "an aggregate in an order") }
    let filter = try aggregate.filter.map { " FILTER (WHERE \(try expression($0)))" } ?? ""
    func call(_ name: String, _ argument: String) -> String {
      "\(name)(\(aggregate.isDistinct ? "DISTINCT " : "")\(argument))\(filter)"
    }
    let type = aggregate.arguments.first?.type
    if let special = dialect.aggregates[aggregate.function] {
      let isNumber = type == .integer || type == .double
      guard !aggregate.isDistinct, isNumber || type == .boolean, let written = special(arguments) else {
        throw Inexpressible(what: "`\(aggregate.function.rawValue)`")
      }
      return written + filter
    }
    switch aggregate.function {
    case .countRows: return call("COUNT", "*")
    case .count: return call("COUNT", arguments[0])
    case .sum where type == .integer: return try cast(call("SUM", dialect.wide(arguments[0])), to: .integer)
    case .sum where type?.isDecimal == true: return try cast(call("SUM", arguments[0]), to: aggregate.type)
    case .sum where type == .double: return call("SUM", arguments[0])
    case .average where type == .integer:
      // The sum is exact, so that one division gives the same double everywhere.
      let sum = try cast(call("SUM", dialect.wide(arguments[0])), to: .double)
      return "(\(sum) / NULLIF(\(call("COUNT", arguments[0])), 0))"
    case .average where type == .double: return call("AVG", arguments[0])
    case .minimum where type != .boolean, .maximum where type != .boolean, .anyValue where type != .boolean:
      let name = aggregate.function == .maximum ? "MAX" : "MIN"
      return call(name, arguments[0] + (type == .text ? dialect.binaryOrder : ""))
    case .every: return call("BOOL_AND", arguments[0])
    case .some: return call("BOOL_OR", arguments[0])
    case .standardDeviation: return call("STDDEV_SAMP", try cast(arguments[0], to: .double))
    case .standardDeviationPopulation: return call("STDDEV_POP", try cast(arguments[0], to: .double))
    case .variance: return call("VAR_SAMP", try cast(arguments[0], to: .double))
    case .variancePopulation: return call("VAR_POP", try cast(arguments[0], to: .double))
    default: throw Inexpressible(what: "`\(aggregate.function.rawValue)`")
    }
  }

  /// A value converted to a type of the database.
  func cast(_ value: String, to type: DataType) throws -> String {
    guard let name = dialect.typeName(type) else { throw Inexpressible(what: "the type \(type.name)") }
    return "CAST(\(value) AS \(name))"
  }
}

extension DataType {
  fileprivate var isDecimal: Bool { if case .decimal = self { true } else { false } }
}
