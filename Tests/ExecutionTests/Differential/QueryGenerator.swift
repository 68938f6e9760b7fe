import ColumnStore

/// A query in SQL, which both engines read, and in pipes where it has that form too.
struct GeneratedQuery {
  var sql: String
  var pipes: String?
  var columns: [DataType]
  var isOrdered: Bool
}

/// Writes random queries on the tables `t0`, `t1`, `t2` of the columns `k`, `i`, `d`, `s`.
struct QueryGenerator {
  var generator: FixedGenerator
  private var aliasCount = 0

  static let schema = [
    GeneratedColumn(name: "k", type: .integer), GeneratedColumn(name: "i", type: .integer),
    GeneratedColumn(name: "d", type: .double), GeneratedColumn(name: "s", type: .text),
  ]

  init(generator: FixedGenerator) { self.generator = generator }

  mutating func query() -> GeneratedQuery {
    aliasCount = 0
    return generator.oneIn(6) ? setOperation() : select(depth: 2)
  }

  /// Lets the expressions draw on the same random numbers.
  private mutating func write<Result>(
    on columns: [GeneratedColumn], _ body: (inout ExpressionGenerator) -> Result
  ) -> Result {
    var expressions = ExpressionGenerator(generator: generator, columns: columns)
    defer { generator = expressions.generator }
    return body(&expressions)
  }

  private mutating func types(_ count: Int) -> [DataType] {
    (0..<count).map { _ in generator.pick([.integer, .double, .text]) }
  }

  // MARK: From

  private mutating func source(depth: Int) -> (text: String, columns: [GeneratedColumn]) {
    aliasCount += 1
    let alias = "q\(aliasCount)"
    if depth > 0, generator.oneIn(4) {
      let inner = select(depth: depth - 1)
      let columns = inner.columns.enumerated().map {
        GeneratedColumn(name: "\(alias).c\($0.offset)", type: $0.element)
      }
      return ("(\(inner.sql)) as \(alias)", columns)
    }
    let columns = Self.schema.map { GeneratedColumn(name: "\(alias).\($0.name)", type: $0.type) }
    return ("t\(generator.below(3)) as \(alias)", columns)
  }

  private mutating func from(depth: Int) -> (text: String, columns: [GeneratedColumn]) {
    var (text, columns) = source(depth: depth)
    var kinds = ["join", "join", "left join", "left join", "right join", "full join", "cross join"]
    for _ in 0..<2 where generator.oneIn(3) {
      let (right, rightColumns) = source(depth: depth - 1)
      let all = columns + rightColumns
      let kind = generator.pick(kinds)
      // SQLite 3.40 loses rows where a right or full join stands beside another join.
      kinds = ["right join", "full join"].contains(kind) ? [] : ["join", "left join", "cross join"]
      if kind == "cross join" {
        text = "\(text) cross join \(right)"
      } else {
        let condition = joinCondition(columns, rightColumns)
        text = "\(text) \(kind) \(right) on \(condition)"
      }
      columns = all
      if kinds.isEmpty { break }
    }
    return (text, columns)
  }

  private mutating func joinCondition(_ left: [GeneratedColumn], _ right: [GeneratedColumn]) -> String {
    var conditions: [String] = []
    if !generator.oneIn(6) {
      for _ in 0...generator.below(2) {
        let first = generator.pick(left)
        guard let second = right.filter({ $0.type == first.type }).randomElement(using: &generator) else { continue }
        conditions.append("\(first.name) = \(second.name)")
      }
    }
    if conditions.isEmpty || generator.oneIn(3) {
      conditions.append(write(on: left + right) { $0.condition(depth: 1) })
    }
    return conditions.joined(separator: " and ")
  }

  // MARK: Select

  private mutating func select(depth: Int) -> GeneratedQuery {
    let (from, columns) = from(depth: depth)
    let filter = generator.oneIn(2) ? write(on: columns) { $0.condition(depth: 2) } : nil
    return generator.oneIn(2)
      ? grouped(from, columns, filter) : plain(from, columns, filter)
  }

  private mutating func plain(_ from: String, _ columns: [GeneratedColumn], _ filter: String?) -> GeneratedQuery {
    var types = types(1 + generator.below(3))
    let items = types.indices.map { index in
      if generator.oneIn(4) {
        var windows = WindowGenerator(generator: generator, columns: columns)
        let (text, type) = windows.function()
        generator = windows.generator
        types[index] = type
        return "\(text) as c\(index)"
      }
      return "\(write(on: columns) { $0.expression(types[index], depth: 2) }) as c\(index)"
    }.joined(separator: ", ")
    let isDistinct = generator.oneIn(4)
    let sqlFilter = filter.map { " where \($0)" } ?? ""
    let pipeFilter = filter.map { " |> where \($0)" } ?? ""
    let (sqlOrder, pipeOrder) = order(types)
    return GeneratedQuery(
      sql: "select \(isDistinct ? "distinct " : "")\(items) from \(from)\(sqlFilter)\(sqlOrder)",
      pipes: "from \(from)\(pipeFilter) |> select \(isDistinct ? "distinct " : "")\(items)\(pipeOrder)",
      columns: types, isOrdered: !sqlOrder.isEmpty)
  }

  private mutating func grouped(_ from: String, _ columns: [GeneratedColumn], _ filter: String?) -> GeneratedQuery {
    let keyTypes = types(generator.below(3))
    let keys = keyTypes.map { key($0, columns) }
    let realKeyTypes = zip(keys, keyTypes).map { key, type in
      columns.first { $0.name == key }?.type ?? type
    }
    let aggregates = (0...generator.below(2)).map { _ in aggregate(columns) }
    let keyItems = keys.enumerated().map { "\($0.element) as c\($0.offset)" }
    let aggregateItems = aggregates.enumerated().map { "\($0.element.text) as c\(keys.count + $0.offset)" }
    let grouping = keys.isEmpty ? "" : " group by \(keys.joined(separator: ", "))"
    var having = ""
    var pipeHaving = ""
    if !keys.isEmpty, generator.oneIn(4) {
      let index = generator.below(aggregates.count)
      let bound = write(on: []) { $0.literal(aggregates[index].type) }
      having = " having \(aggregates[index].text) <= \(bound)"
      pipeHaving = " |> where c\(keys.count + index) <= \(bound)"
    }
    let types = realKeyTypes + aggregates.map(\.type)
    let (sqlOrder, pipeOrder) = order(types)
    let sqlFilter = filter.map { " where \($0)" } ?? ""
    let pipeFilter = filter.map { " |> where \($0)" } ?? ""
    let pipeGrouping = keys.isEmpty ? "" : " group by \(keyItems.joined(separator: ", "))"
    return GeneratedQuery(
      sql: "select \((keyItems + aggregateItems).joined(separator: ", ")) from \(from)\(sqlFilter)\(grouping)\(having)"
        + sqlOrder,
      pipes: "from \(from)\(pipeFilter) |> aggregate \(aggregateItems.joined(separator: ", "))\(pipeGrouping)"
        + pipeHaving + pipeOrder,
      columns: types, isOrdered: !sqlOrder.isEmpty)
  }

  /// What is grouped by; never a constant, since a number would be the number of a column.
  private mutating func key(_ type: DataType, _ columns: [GeneratedColumn]) -> String {
    let depth = generator.below(2)
    let text = write(on: columns) { $0.expression(type, depth: depth) }
    return text.contains("q") ? text : generator.pick(columns).name
  }

  private mutating func aggregate(_ columns: [GeneratedColumn]) -> (text: String, type: DataType) {
    let filter =
      generator.oneIn(4) ? " filter (where \(write(on: columns) { $0.condition(depth: 1) }))" : ""
    let distinct = generator.oneIn(4) ? "distinct " : ""
    let type = generator.pick([DataType.integer, .double, .text])
    let argument = write(on: columns) { $0.expression(type, depth: 1) }
    switch generator.below(6) {
    case 0: return ("count(*)\(filter)", .integer)
    case 1: return ("count(\(distinct)\(argument))\(filter)", .integer)
    case 2: return ("min(\(argument))\(filter)", type)
    case 3: return ("max(\(argument))\(filter)", type)
    case 4 where type != .text: return ("sum(\(distinct)\(argument))\(filter)", type)
    case 5 where type != .text: return ("avg(\(distinct)\(argument))\(filter)", .double)
    default: return ("count(\(argument))\(filter)", .integer)
    }
  }

  /// An order by all columns, so that it leaves nothing open, and at times a limit; or nothing.
  private mutating func order(_ types: [DataType]) -> (sql: String, pipes: String) {
    guard generator.oneIn(3) else { return ("", "") }
    let keys = types.indices.shuffled(using: &generator).map { index in
      "\(index + 1)\(generator.pick(["", " asc", " desc"])) nulls \(generator.pick(["first", "last"]))"
    }.joined(separator: ", ")
    var limit = ""
    if generator.oneIn(2) {
      limit = "limit \(generator.below(6))"
      if generator.oneIn(2) { limit += " offset \(generator.below(4))" }
    }
    return (" order by \(keys) \(limit)", " |> order by \(keys)\(limit.isEmpty ? "" : " |> \(limit)")")
  }

  private mutating func setOperation() -> GeneratedQuery {
    let types = types(1 + generator.below(2))
    let operation = generator.pick(["union", "union all", "intersect", "except"])
    let (order, _) = order(types)
    let first = side(types)
    return GeneratedQuery(
      sql: "\(first) \(operation) \(side(types))\(order)", pipes: nil, columns: types, isOrdered: !order.isEmpty)
  }

  private mutating func side(_ types: [DataType]) -> String {
    let (from, columns) = from(depth: 1)
    let filter = generator.oneIn(2) ? write(on: columns) { " where " + $0.condition(depth: 1) } : ""
    let items = types.enumerated().map { index, type in
      "\(write(on: columns) { $0.expression(type, depth: 1) }) as c\(index)"
    }
    return "select \(items.joined(separator: ", ")) from \(from)\(filter)"
  }
}
