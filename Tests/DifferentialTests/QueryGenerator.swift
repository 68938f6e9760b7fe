import ColumnStore

/// A query in SQL, which both engines read, and in pipes where it has that form too.
struct GeneratedQuery {
  var sql: String
  var pipes: String?
  var columns: [DataType]
  /// Whether it can be run as it is written: not where a product of many tables is filtered at the end.
  var isCheapUnimproved = true
  /// Whether the order of the rows is given, whole.
  var isOrdered = false
}

/// Writes random queries on the tables `t0`, `t1`, `t2` of the columns `k`, `i`, `d`, `s`.
///
/// Left out, since the two differ on purpose:
/// - integers that leave 64 bits: an error with us, doubles in SQLite;
/// - comparing or joining texts with numbers, and casts of texts: SQLite turns one into the other by itself;
/// - conditions where a number stands and numbers where a condition stands: SQLite has no truth values;
/// - doubles as text, which are printed differently;
/// - `substr` with places below 1, which SQLite counts from the end;
/// - `intersect` beside `union` without brackets, which binds closer with us, and `except all`, `intersect all`, which
///   SQLite has not;
/// - queries in brackets that give more than one row as a value: an error with us, the first row in SQLite;
/// - columns that are neither grouped by nor aggregated;
/// - which rows come first where the order leaves it open, and the order of NULLs where it is not written;
/// - a right or full join beside another join: SQLite 3.40 loses rows there.
struct QueryGenerator {
  let choices: Choices
  let names = NameSource()

  static let schema = [
    GeneratedColumn(name: "k", type: .integer), GeneratedColumn(name: "i", type: .integer),
    GeneratedColumn(name: "d", type: .double), GeneratedColumn(name: "s", type: .text),
  ]

  func query() -> GeneratedQuery {
    switch choices.below(12) {
    case 9: return compound()
    case 10: return withCommonTable()
    case 11: return manyTables()
    default: return ordered(select(depth: 2))
    }
  }

  private func expressions(_ columns: [GeneratedColumn], subqueryDepth: Int = 2) -> ExpressionGenerator {
    ExpressionGenerator(
      choices: choices, columns: columns,
      subqueries: SubqueryGenerator(choices: choices, depth: subqueryDepth, names: names))
  }

  private func types(_ count: Int) -> [DataType] {
    (0..<count).map { _ in choices.pick([.integer, .double, .text, .integer, .boolean]) }
  }

  // MARK: From

  private func source(depth: Int) -> (text: String, columns: [GeneratedColumn]) {
    let alias = names.next("q")
    if depth > 0, choices.oneIn(4) {
      let inner = select(depth: depth - 1, isInner: true)
      let columns = inner.columns.enumerated().map {
        GeneratedColumn(name: "\(alias).c\($0.offset)", type: $0.element)
      }
      return ("(\(inner.sql)) as \(alias)", columns)
    }
    let columns = Self.schema.map { GeneratedColumn(name: "\(alias).\($0.name)", type: $0.type) }
    return ("t\(choices.below(3)) as \(alias)", columns)
  }

  private func from(depth: Int) -> (text: String, columns: [GeneratedColumn]) {
    if choices.oneIn(12) { return shared() }
    var (text, columns) = source(depth: depth)
    var kinds = ["join", "left join", "cross join", ",", "right join", "full join"]
    for _ in 0..<2 where choices.oneIn(3) {
      let (right, rightColumns) = source(depth: depth - 1)
      let all = columns + rightColumns
      let kind = choices.pick(kinds)
      switch kind {
      case "right join", "full join": kinds = []
      // What stands before a comma cannot be spoken of in a join behind it, except in SQLite.
      case ",": kinds = [",", "cross join"]
      default: kinds = ["join", "left join", "cross join"]
      }
      switch kind {
      case ",": text = "\(text), \(right)"
      case "cross join": text = "\(text) cross join \(right)"
      default: text = "\(text) \(kind) \(right) on \(joinCondition(columns, rightColumns))"
      }
      columns = all
      if kinds.isEmpty { break }
    }
    return (text, columns)
  }

  /// Two tables joined by columns of the same names.
  private func shared() -> (text: String, columns: [GeneratedColumn]) {
    let (left, right) = (names.next("q"), names.next("q"))
    let (first, second) = (choices.below(3), choices.below(3))
    let kind = choices.pick(["join", "left join", "full join", "right join"])
    if choices.oneIn(4) { return ("t\(first) as \(left) natural \(kind) t\(second) as \(right)", Self.schema) }
    let keys = choices.pick([["k"], ["i"], ["s"], ["k", "s"]])
    let others = [left, right].flatMap { side in
      Self.schema.filter { !keys.contains($0.name) }.map { GeneratedColumn(name: "\(side).\($0.name)", type: $0.type) }
    }
    return (
      "t\(first) as \(left) \(kind) t\(second) as \(right) using (\(keys.joined(separator: ", ")))",
      Self.schema.filter { keys.contains($0.name) } + others
    )
  }

  private func joinCondition(_ left: [GeneratedColumn], _ right: [GeneratedColumn]) -> String {
    var conditions: [String] = []
    if !choices.oneIn(6) {
      for _ in 0...choices.below(2) {
        let first = choices.pick(left)
        let fitting = right.filter { $0.type == first.type }
        if !fitting.isEmpty { conditions.append("\(first.name) = \(choices.pick(fitting).name)") }
      }
    }
    if conditions.isEmpty || choices.oneIn(3) {
      // SQLite 3.40 takes a condition alone that is a column of an inner query for one on all rows.
      let values = (left + right).filter { $0.type != .boolean }
      conditions.append(expressions(values, subqueryDepth: 0).condition(depth: 1))
    }
    return conditions.joined(separator: " and ")
  }

  /// Two to eight tables with a comma between them, tied together by equalities in `where`.
  private func manyTables() -> GeneratedQuery {
    let count = 2 + choices.below(7)
    let aliases = (0..<count).map { _ in names.next("q") }
    let tables = aliases.map { "t\(choices.below(3)) as \($0)" }
    var conditions = (1..<count).map { index in
      let column = choices.pick(["k", "i"])
      return "\(aliases[choices.below(index)]).\(choices.pick(["k", "i"])) = \(aliases[index]).\(column)"
    }
    conditions += aliases.filter { _ in choices.oneIn(4) }.map { "\($0).i = \(choices.below(4))" }
    let columns = aliases.flatMap { alias in
      Self.schema.map { GeneratedColumn(name: "\(alias).\($0.name)", type: $0.type) }
    }
    if choices.oneIn(3) { conditions.append(expressions(columns, subqueryDepth: 1).condition(depth: 1)) }
    let text = tables.joined(separator: ", ")
    let filter = choices.shuffled(conditions).joined(separator: " and ")
    var query: GeneratedQuery
    if choices.oneIn(2) {
      query = grouped(text, columns, filter, allowsAverages: true)
    } else {
      let picked = (0..<3).map { _ in choices.pick(columns) }
      let items = picked.enumerated().map { "\($0.element.name) as c\($0.offset)" }.joined(separator: ", ")
      query = GeneratedQuery(sql: "select \(items) from \(text) where \(filter)", columns: picked.map(\.type))
    }
    query.isCheapUnimproved = count < 5
    return query
  }

  // MARK: Select

  /// An inner query has no averages, whose last digit may differ, and no queries in its expressions: SQLite 3.40 groups by
  /// such a column wrongly where an outer join fills it up with NULL.
  private func select(depth: Int, isInner: Bool = false) -> GeneratedQuery {
    let (from, columns) = from(depth: depth)
    let subqueryDepth = isInner ? 0 : 2
    let filter = choices.oneIn(2) ? expressions(columns, subqueryDepth: subqueryDepth).condition(depth: 2) : nil
    switch choices.below(6) {
    case 3, 4, 5: return grouped(from, columns, filter, allowsAverages: !isInner)
    default: return plain(from, columns, filter, subqueryDepth: subqueryDepth)
    }
  }

  private func plain(
    _ from: String, _ columns: [GeneratedColumn], _ filter: String?, subqueryDepth: Int = 2
  ) -> GeneratedQuery {
    var types = types(1 + choices.below(3))
    let items = types.indices.map { index in
      if Feature.isEnabled(.windows), choices.oneIn(4) {
        let (text, type) = WindowGenerator(choices: choices, columns: columns).function()
        types[index] = type
        return "\(text) as c\(index)"
      }
      return "\(expressions(columns, subqueryDepth: subqueryDepth).expression(types[index], depth: 2)) as c\(index)"
    }.joined(separator: ", ")
    let quantifier = choices.pick(["", "", "distinct ", "all "])
    return GeneratedQuery(
      sql: "select \(quantifier)\(items) from \(from)\(filter.map { " where \($0)" } ?? "")",
      pipes: quantifier == "all "
        ? nil : "from \(from)\(filter.map { " |> where \($0)" } ?? "") |> select \(quantifier)\(items)", columns: types)
  }

  /// Aggregates, by keys or of all rows; items and `having` are expressions over both.
  private func grouped(
    _ from: String, _ columns: [GeneratedColumn], _ filter: String?, allowsAverages: Bool
  ) -> GeneratedQuery {
    let keys = types(choices.below(3)).map { key($0, columns) }
    let aggregates = (0...choices.below(2)).map { _ in aggregate(columns, allowsAverages: allowsAverages) }
    let outputs = keys + aggregates
    let isPlain = choices.oneIn(2)
    let over = ExpressionGenerator(choices: choices, columns: outputs)
    let items =
      isPlain
      ? outputs : types(1 + choices.below(2)).map { GeneratedColumn(name: over.expression($0, depth: 1), type: $0) }
    // SQLite takes `having` only where something is aggregated.
    let having = choices.oneIn(4) && (isPlain || !keys.isEmpty) ? over.condition(depth: 1) : nil
    let grouping = keys.isEmpty ? "" : " group by \(keys.map(\.name).joined(separator: ", "))"
    let select = items.enumerated().map { "\($0.element.name) as c\($0.offset)" }.joined(separator: ", ")
    let isDistinct = choices.oneIn(8)
    var query = GeneratedQuery(
      sql:
        "select \(isDistinct ? "distinct " : "")\(select) from \(from)\(filter.map { " where \($0)" } ?? "")\(grouping)"
        + (having.map { " having \($0)" } ?? ""),
      columns: items.map(\.type))
    if isPlain, !isDistinct, having == nil {
      let keyItems = keys.enumerated().map { "\($0.element.name) as c\($0.offset)" }.joined(separator: ", ")
      let aggregateItems = aggregates.enumerated().map { "\($0.element.name) as c\(keys.count + $0.offset)" }
        .joined(separator: ", ")
      query.pipes =
        "from \(from)\(filter.map { " |> where \($0)" } ?? "") |> aggregate \(aggregateItems)"
        + (keys.isEmpty ? "" : " group by \(keyItems)")
    }
    return query
  }

  /// What is grouped by; never a constant, since a number would be the number of a column.
  private func key(_ type: DataType, _ columns: [GeneratedColumn]) -> GeneratedColumn {
    if choices.oneIn(3) {
      let text = ExpressionGenerator(choices: choices, columns: columns).expression(type, depth: 1)
      if columns.contains(where: { text.contains($0.name) }) { return GeneratedColumn(name: "(\(text))", type: type) }
    }
    return choices.pick(columns)
  }

  private func aggregate(_ columns: [GeneratedColumn], allowsAverages: Bool) -> GeneratedColumn {
    let own = ExpressionGenerator(choices: choices, columns: columns)
    let kind = choices.below(6)
    let filter = choices.oneIn(5) ? " filter (where \(own.condition(depth: 1)))" : ""
    let quantifier = choices.pick(["", "", "distinct ", "all "])
    let type = choices.pick([DataType.integer, .double, .text])
    let argument = own.expression(type, depth: choices.below(2))
    switch kind {
    case 0: return GeneratedColumn(name: "count(*)\(filter)", type: .integer)
    case 1: return GeneratedColumn(name: "min(\(argument))\(filter)", type: type)
    case 2: return GeneratedColumn(name: "max(\(quantifier)\(argument))\(filter)", type: type)
    case 3 where type != .text: return GeneratedColumn(name: "sum(\(quantifier)\(argument))\(filter)", type: type)
    case 4 where type != .text && allowsAverages:
      return GeneratedColumn(name: "avg(\(quantifier)\(argument))\(filter)", type: .double)
    default: return GeneratedColumn(name: "count(\(quantifier)\(argument))\(filter)", type: .integer)
    }
  }

  // MARK: Around a query

  /// An order by all columns, so that it leaves nothing open, and at times a limit; or nothing.
  private func ordered(_ query: GeneratedQuery) -> GeneratedQuery {
    guard choices.oneIn(3) else { return query }
    let keys = choices.shuffled(Array(query.columns.indices)).map { index in
      "\(choices.oneIn(3) ? "c\(index)" : "\(index + 1)")\(choices.pick(["", " asc", " desc"])) "
        + "nulls \(choices.pick(["last", "first"]))"
    }.joined(separator: ", ")
    var limit = ""
    if choices.oneIn(2) {
      limit = "limit \(choices.below(6))"
      if choices.oneIn(2) { limit += " offset \(choices.below(4))" }
    }
    var result = query
    result.sql += " order by \(keys) \(limit)"
    result.pipes = query.pipes.map { "\($0) |> order by \(keys)\(limit.isEmpty ? "" : " |> \(limit)")" }
    result.isOrdered = true
    return result
  }

  /// Two to four queries on top of each other.
  private func compound() -> GeneratedQuery {
    let types = types(1 + choices.below(2))
    var text = side(types)
    if choices.oneIn(4) {
      text += " intersect \(side(types))"
    } else {
      for _ in 0...choices.below(3) { text += " \(choices.pick(["union all", "union", "except"])) \(side(types))" }
    }
    return ordered(GeneratedQuery(sql: text, columns: types))
  }

  private func side(_ types: [DataType]) -> String {
    let (from, columns) = from(depth: 1)
    let filter = choices.oneIn(2) ? " where \(expressions(columns).condition(depth: 1))" : ""
    let items = types.enumerated().map { index, type in
      "\(expressions(columns, subqueryDepth: 1).expression(type, depth: 1)) as c\(index)"
    }
    return "select \(items.joined(separator: ", ")) from \(from)\(filter)"
  }

  /// Tables that only the query knows, one of them at times made of itself.
  private func withCommonTable() -> GeneratedQuery {
    let name = names.next("w")
    let columns: [GeneratedColumn]
    let definition: String
    if Feature.isEnabled(.recursion), choices.oneIn(3) {
      let operation = choices.pick(["union all", "union"])
      let step = choices.pick(["n + 1, m * 2", "n + 1, m - n", "n + 2, n"])
      definition =
        "recursive \(name)(n, m) as (select \(choices.below(3)), k from t\(choices.below(3)) \(operation) "
        + "select \(step) from \(name) where n < \(choices.below(6)))"
      columns = [GeneratedColumn(name: "n", type: .integer), GeneratedColumn(name: "m", type: .integer)]
    } else {
      let inner = select(depth: 1, isInner: true)
      let isNamed = choices.oneIn(2)
      columns = inner.columns.enumerated().map {
        GeneratedColumn(name: isNamed ? "x\($0.offset)" : "c\($0.offset)", type: $0.element)
      }
      let list = isNamed ? "(\(columns.map(\.name).joined(separator: ", ")))" : ""
      definition = "\(name)\(list) as (\(inner.sql))"
    }
    let (left, right) = (names.next("q"), names.next("q"))
    var text = "\(name) as \(left)"
    var all = columns.map { GeneratedColumn(name: "\(left).\($0.name)", type: $0.type) }
    if choices.oneIn(2) {
      let others = columns.map { GeneratedColumn(name: "\(right).\($0.name)", type: $0.type) }
      text += " \(choices.pick(["join", "left join"])) \(name) as \(right) on \(joinCondition(all, others))"
      all += others
    }
    let filter = choices.oneIn(2) ? expressions(all, subqueryDepth: 1).condition(depth: 1) : nil
    var query =
      choices.oneIn(2) ? grouped(text, all, filter, allowsAverages: true) : plain(text, all, filter)
    query.sql = "with \(definition) \(query.sql)"
    query.pipes = nil
    return ordered(query)
  }
}
