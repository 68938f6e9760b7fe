import ColumnStore
import Planning

extension SQLWriter {
  /// Groups and what is made of each.
  func sql(_ keys: [Projection], _ aggregates: [Aggregate], _ input: String) throws -> String {
    let (rows, aggregates) = try rankingFirst(keys, aggregates, input)
    let values = try keys.map { try expression($0.expression) } + aggregates.map { try aggregate($0) }
    // Keys by their place; a constant among them would be taken for a place.
    let places = keys.indices.filter { !keys[$0].expression.columns.isEmpty }.map { "\($0 + 1)" }
    // Without rows there are no groups, of constants neither.
    let groups =
      keys.isEmpty ? "" : places.isEmpty ? " HAVING COUNT(*) > 0" : " GROUP BY \(places.joined(separator: ", "))"
    return "SELECT \(list(values)) FROM (\(rows)) AS t\(groups)"
  }

  /// `first` and `last` in an order, as the largest value of the one row that a number makes the first of its group; the
  /// rows with those numbers as further columns.
  private func rankingFirst(_ keys: [Projection], _ aggregates: [Aggregate], _ input: String) throws -> (
    rows: String, aggregates: [WrittenAggregate]
  ) {
    var numbers: [String] = []
    let written = try aggregates.map { aggregate -> WrittenAggregate in
      guard [.first, .last].contains(aggregate.function), !aggregate.isDistinct, !aggregate.order.isEmpty else {
        return WrittenAggregate(aggregate: aggregate)
      }
      var order = aggregate.order
      if aggregate.function == .last {
        for index in order.indices {
          order[index].isDescending.toggle()
          order[index].nullsFirst.toggle()
        }
      }
      // What equal rows have is told by nothing else.
      for value in aggregate.arguments.prefix(1) where !order.contains(where: { $0.expression == value }) {
        order.append(SortKey(expression: value, isDescending: false, nullsFirst: false))
      }
      let filter = try aggregate.filter.map { "CASE WHEN \(try expression($0)) THEN 0 ELSE 1 END, " } ?? ""
      let partition = try partitionText(keys.map(\.expression).filter { !$0.columns.isEmpty })
      let sorted = try order.map(sortKey).joined(separator: ", ")
      numbers.append("ROW_NUMBER() OVER (\(partition)ORDER BY \(filter)\(sorted)) AS f\(numbers.count)")
      var picked = aggregate
      (picked.function, picked.order) = (.maximum, [])
      return WrittenAggregate(aggregate: picked, condition: "t.f\(numbers.count - 1) = 1")
    }
    if numbers.isEmpty { return (input, written) }
    return ("SELECT t.*, \(numbers.joined(separator: ", ")) FROM (\(input)) AS t", written)
  }

  private func aggregate(_ written: WrittenAggregate) throws -> String {
    let aggregate = written.aggregate
    let conditions = try [written.condition, aggregate.filter.map { try expression($0) }].compactMap { $0 }
    let filter = conditions.isEmpty ? "" : " FILTER (WHERE \(conditions.joined(separator: " AND ")))"
    return try self.aggregate(aggregate, try aggregate.arguments.map { try expression($0) }, behind: filter)
  }

  /// An aggregate of arguments that are written already; `behind` stands behind each function of the database: which rows
  /// it takes, or the window that it looks through.
  func aggregate(_ aggregate: Aggregate, _ arguments: [String], behind: String) throws -> String {
    let call = WrittenCall(dialect: dialect, arguments: arguments, operands: aggregate.arguments)
    func written(_ name: String, _ argument: String) -> String {
      "\(name)(\(aggregate.isDistinct ? "DISTINCT " : "")\(argument))\(behind)"
    }
    let name = "`\(FunctionRegistry.name(of: aggregate.function))`"
    if aggregate.function == .concatenation { return try concatenated(aggregate, call, behind: behind) }
    guard aggregate.order.isEmpty else { throw Inexpressible(what: "\(name) in an order") }
    let type = aggregate.arguments.first?.type
    if let special = dialect.aggregates[aggregate.function] {
      guard !aggregate.isDistinct, let words = special.write(call, behind) else { throw Inexpressible(what: name) }
      return words
    }
    switch aggregate.function {
    case .countRows: return written("COUNT", "*")
    case .count: return written("COUNT", call[0])
    case .countWhere where !aggregate.isDistinct: return written("COUNT", "CASE WHEN \(call[0]) THEN 1 END")
    case .sum where type == .integer: return try cast(written("SUM", dialect.wide(call[0])), to: .integer)
    case .sum where type?.isDecimal == true: return try cast(written("SUM", call[0]), to: aggregate.type)
    case .sum where type == .double: return written("SUM", call[0])
    case .average where type == .integer:
      // The sum is exact, so that one division gives the same double everywhere.
      let sum = try cast(written("SUM", dialect.wide(call[0])), to: .double)
      return "(\(sum) / NULLIF(\(written("COUNT", call[0])), 0))"
    case .average where type == .double: return written("AVG", call[0])
    // The rows of a database are in no order, so that each may be the first.
    case .first where !keepsOrder, .last where !keepsOrder: return try extreme("MIN", call, written)
    case .minimum, .anyValue: return try extreme("MIN", call, written)
    case .maximum: return try extreme("MAX", call, written)
    case .every: return written("BOOL_AND", call[0])
    case .some: return written("BOOL_OR", call[0])
    case .standardDeviation: return written("STDDEV_SAMP", try cast(call[0], to: .double))
    case .standardDeviationPopulation: return written("STDDEV_POP", try cast(call[0], to: .double))
    case .variance: return written("VAR_SAMP", try cast(call[0], to: .double))
    case .variancePopulation: return written("VAR_POP", try cast(call[0], to: .double))
    case .bitAnd: return written("BIT_AND", call[0])
    case .bitOr: return written("BIT_OR", call[0])
    case .bitXor where !aggregate.isDistinct: return written("BIT_XOR", call[0])
    default: throw Inexpressible(what: name)
    }
  }

  private func extreme(_ name: String, _ call: WrittenCall, _ written: (String, String) -> String) throws -> String {
    if call.type(0) != .boolean { return written(name, call.ordered(0)) }
    // True is larger than false.
    let function: AggregateFunction = name == "MIN" ? .every : .some
    if dialect.aggregates[function] != nil { throw Inexpressible(what: "truth values") }
    return written(function == .every ? "BOOL_AND" : "BOOL_OR", call[0])
  }

  private func concatenated(_ aggregate: Aggregate, _ call: WrittenCall, behind: String) throws -> String {
    guard let concatenation = dialect.concatenation, !aggregate.isDistinct,
      call.count == 1 || call.operands[1].literal != nil
    else { throw Inexpressible(what: "`string_agg`") }
    if aggregate.order.isEmpty, keepsOrder { throw Inexpressible(what: "`string_agg` without an order") }
    // What equal rows have is told by nothing else.
    let text = SortKey(expression: aggregate.arguments[0], isDescending: false, nullsFirst: false)
    let order = try (aggregate.order + [text]).map(sortKey).joined(separator: ", ")
    return concatenation(call[0], call.count == 1 ? dialect.textLiteral(",") : call[1], order) + behind
  }
}

/// An aggregate, and a condition on its rows that is SQL already.
private struct WrittenAggregate {
  var aggregate: Aggregate
  var condition: String?
}
