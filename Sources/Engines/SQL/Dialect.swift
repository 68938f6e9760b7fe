import ColumnStore
import Planning

/// How one kind of database is spoken to in SQL, so that it means what it means here.
struct Dialect: Sendable {
  /// What messages call it.
  let name: String
  /// An integer in a type in which a sum of many does not overflow on the way.
  var wide: @Sendable (String) -> String = { $0 }
  /// What stands round names.
  let quote: Character
  /// What a type is called in a cast; nil for one that the database has not.
  let typeName: @Sendable (DataType) -> String?
  /// A text as a literal.
  let textLiteral: @Sendable (String) -> String
  /// What makes a text compare by its code points, behind it; empty where texts do so anyway.
  let binaryOrder: String
  /// Whether two values are the same, NULL and NULL among them.
  let isSame: @Sendable (_ left: String, _ right: String) -> String
  /// Functions as they are written here, where it is not as in the standard; nil for what cannot be written.
  let functions: [ScalarFunction: @Sendable ([String], [DataType]) -> String?]
  /// Aggregates that are written otherwise than in the standard, or not at all.
  let aggregates: [AggregateFunction: @Sendable ([String]) -> String?]
  /// Whether the columns of VALUES can be given names; else they are column1, column2 ...
  var namesValues = true
  /// Whether doubles can be infinite, or no number.
  let hasInfinities: Bool
  /// Whether a full join takes any condition, or only equal values.
  let joinsFullyOnAnything: Bool
  /// Whether INTERSECT ALL and EXCEPT ALL are there.
  let hasSetsWithDuplicates: Bool
  /// The statement that makes a view of files that the database reads itself; nil where it reads none.
  let fileView: (@Sendable (_ name: String, _ path: String, _ options: [(name: String, value: String)]) -> String)?
  /// The statements that make a new connection behave; run once.
  let preparation: [String]
  /// How a session is marked where a driver goes on with another one unasked, which has forgotten views and settings.
  var mark: SessionMark?
  /// Where the password or token comes from, for who was not let in.
  var credentials: String?
  /// A query for the names of the tables, in one column.
  let tableNames: String
  /// The column of that query.
  let tableNameColumn: Int

  /// How a session is marked, and the mark is asked for.
  struct SessionMark: Sendable {
    let statement: @Sendable (_ mark: String) -> String
    let question: String
    /// The column of the answer.
    let column: Int
  }

  /// A name in quotes.
  func quoted(_ name: String) -> String { Dialect.quoted(name, quote) }

  private static func quoted(_ name: String, _ quote: Character) -> String {
    "\(quote)\(name.replacing(String(quote), with: "\(quote)\(quote)"))\(quote)"
  }

  /// Parts of a date that every database counts alike, as literals.
  private static let parts: Set<String> = ["'year'", "'quarter'", "'month'", "'day'", "'hour'", "'minute'"]
  /// Periods that begin on the same day everywhere; a week begins on Monday.
  private static let periods = parts.union(["'week'"])

  /// A part of a date, where the dialect has EXTRACT and BIGINT.
  private static let datePart: @Sendable ([String], [DataType]) -> String? = { arguments, _ in
    guard parts.contains(arguments[0]) else { return nil }
    return "CAST(EXTRACT(\(arguments[0].dropFirst().dropLast()) FROM \(arguments[1])) AS BIGINT)"
  }

  /// The start of a period, where the dialect has DATE_TRUNC, which gives a timestamp.
  private static let dateTruncate: @Sendable ([String], [DataType]) -> String? = { arguments, types in
    guard periods.contains(arguments[0]) else { return nil }
    let truncated = "DATE_TRUNC(\(arguments[0]), \(arguments[1]))"
    return types[1] == .date ? "CAST(\(truncated) AS DATE)" : truncated
  }

  /// A text where a backslash means something.
  private static let escapedText: @Sendable (String) -> String = {
    "'\($0.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
  }

  /// A text as standard SQL has it.
  static let standardText: @Sendable (String) -> String = { "'\($0.replacing("'", with: "''"))'" }
}

extension Dialect {
  /// PostgreSQL, from version 13 on.
  static let postgreSQL = Dialect(
    name: "PostgreSQL", quote: "\"",
    typeName: { type in
      switch type {
      case .boolean: "BOOLEAN"
      case .integer: "BIGINT"
      case .double: "DOUBLE PRECISION"
      case .decimal(let precision, let scale): "NUMERIC(\(precision),\(scale))"
      case .text: "TEXT"
      case .date: "DATE"
      case .time: "TIME"
      case .timestamp: "TIMESTAMP"
      default: nil
      }
    },
    textLiteral: Dialect.standardText, binaryOrder: " COLLATE \"C\"",
    isSame: { "(\($0) IS NOT DISTINCT FROM \($1))" },
    functions: [
      .datePart: Dialect.datePart, .dateTruncate: Dialect.dateTruncate,
      .daysBetween: { arguments, _ in "CAST(\(arguments[0]) - \(arguments[1]) AS BIGINT)" },
      .addDays: { arguments, _ in "(\(arguments[0]) + CAST(\(arguments[1]) AS INTEGER))" },
      .contains: { arguments, _ in "(POSITION(\(arguments[1]) IN \(arguments[0])) > 0)" },
      .startsWith: { arguments, _ in "STARTS_WITH(\(arguments[0]), \(arguments[1]))" },
    ],
    aggregates: [
      .median: { "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY \($0[0]))" },
      .quantile: { "PERCENTILE_CONT(\($0[1])) WITHIN GROUP (ORDER BY \($0[0]))" },
    ],
    hasInfinities: true, joinsFullyOnAnything: false, hasSetsWithDuplicates: true, fileView: nil,
    preparation: ["SET TIME ZONE 'UTC'"],
    credentials: "PostgreSQL's password is taken from PGPASSWORD or ~/.pgpass",
    tableNames: """
      SELECT table_name FROM information_schema.tables
      WHERE table_schema = ANY (CURRENT_SCHEMAS(FALSE)) ORDER BY table_name
      """,
    tableNameColumn: 0)

  /// Spark SQL, from version 4 on, whose ANSI mode makes overflow an error.
  static let spark = Dialect(
    name: "Spark", wide: { "CAST(\($0) AS DECIMAL(38,0))" }, quote: "`",
    typeName: { type in
      switch type {
      case .boolean: "BOOLEAN"
      case .integer: "BIGINT"
      case .double: "DOUBLE"
      case .decimal(let precision, let scale): "DECIMAL(\(precision),\(scale))"
      case .text: "STRING"
      case .date: "DATE"
      case .timestamp: "TIMESTAMP"
      default: nil
      }
    },
    textLiteral: Dialect.escapedText, binaryOrder: "",
    isSame: { "(\($0) <=> \($1))" },
    functions: [
      .datePart: Dialect.datePart, .dateTruncate: Dialect.dateTruncate,
      .daysBetween: { arguments, _ in "CAST(DATEDIFF(\(arguments[0]), \(arguments[1])) AS BIGINT)" },
      .addDays: { arguments, _ in "DATE_ADD(\(arguments[0]), CAST(\(arguments[1]) AS INT))" },
      .contains: { arguments, _ in "CONTAINS(\(arguments[0]), \(arguments[1]))" },
      .startsWith: { arguments, _ in "STARTSWITH(\(arguments[0]), \(arguments[1]))" },
    ],
    aggregates: [
      .median: { "PERCENTILE(\($0[0]), 0.5)" },
      .quantile: { "PERCENTILE(\($0[0]), \($0[1]))" },
    ],
    hasInfinities: true, joinsFullyOnAnything: true, hasSetsWithDuplicates: true,
    fileView: { name, path, options in
      // Quotes are doubled and texts may have line ends, as CSV has it (RFC 4180).
      let all =
        [
          ("path", path), ("header", "true"), ("inferSchema", "true"), ("escape", "\""), ("multiLine", "true"),
        ].filter { usual in
          !options.contains { $0.name == usual.0 }
        } + options.map { ($0.name, $0.value) }
      let written = all.map { "\($0.0) \(Dialect.escapedText($0.1))" }.joined(separator: ", ")
      return "CREATE OR REPLACE TEMPORARY VIEW \(Dialect.quoted(name, "`")) USING csv OPTIONS (\(written))"
    },
    preparation: ["SET spark.sql.session.timeZone = UTC", "SET spark.sql.ansi.enabled = true"],
    mark: SessionMark(
      statement: { "SET spark.noticebook.session = \($0)" }, question: "SET spark.noticebook.session", column: 1),
    credentials: "the token is taken from NOTICEBOOK_TOKEN: it may be missing, wrong, or have expired",
    tableNames: "SHOW TABLES", tableNameColumn: 1)

  /// SQLite, from version 3.35 on, which knows no dates and truth values and compares only letters of ASCII without case.
  static let sqlite = Dialect(
    name: "SQLite", quote: "\"",
    typeName: { type in
      switch type {
      case .integer: "INTEGER"
      case .double: "REAL"
      case .text: "TEXT"
      default: nil
      }
    },
    textLiteral: Dialect.standardText, binaryOrder: "",
    isSame: { "(\($0) IS \($1))" },
    functions: [
      .lower: { _, _ in nil }, .upper: { _, _ in nil }, .like: { _, _ in nil }, .floor: { _, _ in nil },
      .ceiling: { _, _ in nil }, .daysBetween: { _, _ in nil }, .addDays: { _, _ in nil },
      .dateTruncate: { _, _ in nil },
      .datePart: { _, _ in nil },
      .greatest: { _, _ in nil }, .least: { _, _ in nil },
      .contains: { arguments, _ in "(INSTR(\(arguments[0]), \(arguments[1])) > 0)" },
    ],
    aggregates: [
      .every: { _ in nil }, .some: { _ in nil }, .standardDeviation: { _ in nil }, .variance: { _ in nil },
      .standardDeviationPopulation: { _ in nil }, .variancePopulation: { _ in nil },
    ],
    namesValues: false, hasInfinities: false, joinsFullyOnAnything: false, hasSetsWithDuplicates: false, fileView: nil,
    preparation: [],
    tableNames: "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name", tableNameColumn: 0)
}
