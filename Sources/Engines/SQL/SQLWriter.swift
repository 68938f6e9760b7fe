import ColumnStore
import Language
import Planning

/// Something has no words in a dialect, or would not mean the same.
struct Inexpressible: Error {
  /// What it is, as a part of a sentence.
  let what: String
}

/// Writes operators of a plan as SQL: each one a query whose columns are called c0, c1 ... by their position.
struct SQLWriter {
  let dialect: Dialect
  /// Whether rows are in an order that their table gave them, as those of this process are: a function of the first row of
  /// several then has no words. The rows of a table of a database come in any order.
  var keepsOrder = false

  /// An operator on inputs that are written already. Throws `Inexpressible`.
  func sql(_ plan: LogicalPlan, on inputs: [String]) throws -> String {
    switch plan {
    case .filter(_, let predicate): return "SELECT * FROM (\(inputs[0])) AS t WHERE \(try expression(predicate))"
    case .project(_, let projections):
      return "SELECT \(try list(projections.map { try expression($0.expression) })) FROM (\(inputs[0])) AS t"
    case .aggregate(_, let keys, let aggregates): return try sql(keys, aggregates, inputs[0])
    case .window(let input, let functions): return try sql(functions, width: input.fields.count, inputs[0])
    case .sort(_, let keys, let limit?):
      return
        "SELECT * FROM (\(inputs[0])) AS t ORDER BY \(try keys.map(sortKey).joined(separator: ", ")) LIMIT \(limit)"
    case .limit(_, let count?, let offset):
      return "SELECT * FROM (\(inputs[0])) AS t LIMIT \(count)" + (offset > 0 ? " OFFSET \(offset)" : "")
    case .distinct: return "SELECT DISTINCT * FROM (\(inputs[0])) AS t"
    case .sample(_, let sample): return try sql(sample, inputs[0])
    case .unionAll: return inputs.map { "SELECT * FROM (\($0)) AS t" }.joined(separator: " UNION ALL ")
    case .setOperation(let operation, _, _, let keepsDuplicates):
      if keepsDuplicates, !dialect.hasSetsWithDuplicates { throw Inexpressible(what: "\(operation.rawValue) all") }
      let word = operation.rawValue.uppercased() + (keepsDuplicates ? " ALL" : "")
      return "SELECT * FROM (\(inputs[0])) AS l \(word) SELECT * FROM (\(inputs[1])) AS r"
    case .join(let join): return try sql(join, inputs[0], inputs[1])
    case .unnest: throw Inexpressible(what: "a row for each item of a list")
    case .scan, .sort, .limit, .transform, .shared, .recursive, .round, .apply: throw Inexpressible(what: "this step")
    }
  }

  /// Values as the columns c0, c1 ...
  func list(_ values: [String]) -> String {
    // A query without columns still has rows.
    if values.isEmpty { return "1 AS c0" }
    return values.enumerated().map { "\($0.element) AS c\($0.offset)" }.joined(separator: ", ")
  }

  /// Rows by chance: others than here, where the choice depends on their places.
  private func sql(_ sample: SamplePlan, _ input: String) throws -> String {
    if keepsOrder { throw Inexpressible(what: "a sample of rows that have their places") }
    let chance = dialect.chance(sample.seed)
    switch sample.amount {
    case .percent(let percent): return "SELECT * FROM (\(input)) AS t WHERE \(chance) < \(percent / 100)"
    case .rows(let count): return "SELECT * FROM (\(input)) AS t ORDER BY \(chance) LIMIT \(count)"
    }
  }
}

extension DataType {
  var isDecimal: Bool { if case .decimal = self { true } else { false } }
}
