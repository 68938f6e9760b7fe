import ColumnStore

/// Three tables and a query, as the decisions that they are made from.
struct DifferentialCase {
  var tables: [Int]
  var query: [Int]

  /// A few rows of few different values, some of them NULL; texts with a dictionary or without.
  static func tables(_ choices: Choices) -> [Table] {
    (0..<3).map { _ in
      let rowCount = choices.oneIn(8) ? 0 : choices.below(12)
      let columns = QueryGenerator.schema.map { column in
        let values = (0..<rowCount).map { _ -> Value in
          if choices.oneIn(6) { return .null }
          switch column.type {
          case .integer: return .integer(choices.pick([1, 0, 2, 3, -1, -2, 4]))
          case .double: return .double(choices.pick([0.5, 0, 1, -0.25, 1.25, -0.75, 2]))
          default: return .text(choices.pick(ExpressionGenerator.texts))
          }
        }
        let plain = Column(type: column.type, values: values)
        return (column.name, column.type == .text && choices.oneIn(2) ? encoded(plain) : plain)
      }
      return Table(columns)
    }
  }

  /// The same texts with a dictionary.
  private static func encoded(_ column: Column) -> Column {
    let dictionary = TextDictionary(ExpressionGenerator.texts)
    let codes = (0..<column.count).map { row -> UInt8 in
      guard case .text(let text) = column.value(row), let code = ExpressionGenerator.texts.firstIndex(of: text)
      else { return 0 }
      return UInt8(code)
    }
    return Column(type: .text, data: .codes8(Buffer(codes), dictionary), validity: column.validity)
  }

  /// The smallest case found that the engines still do not agree on.
  func smallest(on engines: BothEngines) throws -> DifferentialCase {
    var result = self
    func differs(_ tables: [Int], _ query: [Int]) -> Bool {
      do {
        try engines.define(DifferentialCase.tables(Choices(replaying: tables)))
        return try engines.difference(in: QueryGenerator(choices: Choices(replaying: query)).query()) != nil
      } catch {
        // SQLite does not take it: not a case.
        return false
      }
    }
    for _ in 0..<2 {
      result.query = Choices.smallest(result.query, attempts: 1_500) { differs(result.tables, $0) }
      result.tables = Choices.smallest(result.tables, attempts: 1_500) { differs($0, result.query) }
    }
    return result
  }

  /// The case as entries of a query file, with the rows that SQLite gives, and what went wrong.
  func description(on engines: BothEngines) throws -> String {
    let tables = DifferentialCase.tables(Choices(replaying: tables))
    try engines.define(tables)
    let query = QueryGenerator(choices: Choices(replaying: query)).query()
    let difference = try engines.difference(in: query)
    let text = difference?.text ?? query.sql
    let used = tables.enumerated().filter { text.contains("t\($0.offset) ") }
    let definitions = used.map { "statement ok\nlet t\($0.offset) := \(DifferentialCase.definition($0.element))\n\n" }
    let rows = try engines.sqlite.rows(query.sql).map { row in
      zip(row, query.columns).map { cell($0, $1) }.joined(separator: "\t")
    }
    return definitions.joined()
      + "query \(String(query.columns.map(letter)))\(query.isOrdered ? "" : " rowsort")\n\(text)"
      + "\n----\n\(rows.map { "\($0)\n" }.joined())\n\(difference?.complaint ?? "no difference any more")"
  }

  /// A query that gives the rows of a table.
  private static func definition(_ table: Table) -> String {
    let names = table.descriptions.map(\.name).joined(separator: ", ")
    let rows = (0..<max(1, table.rowCount)).map { row -> String in
      let cells = table.descriptions.indices.map { column -> String in
        let value = row < table.rowCount ? table.columns[column].value(row) : .null
        switch value {
        case .null: return row == 0 ? "cast(null as \(table.descriptions[column].type.name))" : "null"
        case .text(let text): return "'\(text)'"
        case .double(let number): return "\(number)"
        default: return value.description
        }
      }
      return "(\(cells.joined(separator: ", ")))"
    }
    return
      "select * from (values \(rows.joined(separator: ", "))) as v(\(names))\(table.rowCount == 0 ? " where false" : "")"
  }

  private func letter(_ type: DataType) -> Character {
    switch type {
    case .integer: "I"
    case .double: "R"
    case .boolean: "B"
    default: "T"
    }
  }

  private func cell(_ value: Value, _ type: DataType) -> String {
    switch value {
    case .null: "NULL"
    case .text(""): "(empty)"
    case .integer(let flag) where type == .boolean: flag == 0 ? "false" : "true"
    default: value.description
    }
  }
}
