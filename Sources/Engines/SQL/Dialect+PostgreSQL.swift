import ColumnStore
import Planning

extension Dialect {
  /// PostgreSQL, from version 14 on.
  static let postgreSQL = Dialect(
    name: "PostgreSQL",
    dateText: { value in
      // Years before 1 are counted backwards there, and -1 is the year 0.
      let year = "EXTRACT(YEAR FROM \(value))"
      return "CASE WHEN \(year) > 0 THEN CAST(\(value) AS TEXT) ELSE CASE WHEN \(year) < -1 THEN '-' ELSE '' END || "
        + "LPAD(CAST(-1 - \(year) AS TEXT), 4, '0') || REPLACE(SUBSTR(CAST(\(value) AS TEXT), 5), ' BC', '') END"
    }, quote: "\"",
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
      .datePart: Wording.dateParts([
        .second: { "FLOOR(EXTRACT(SECOND FROM \($0)))" }, .dayOfWeek: { "EXTRACT(DOW FROM \($0))" },
        .isoDayOfWeek: { "EXTRACT(ISODOW FROM \($0))" }, .isoyear: { "EXTRACT(ISOYEAR FROM \($0))" },
      ]),
      .daysBetween: Wording { "CAST(\($0[0]) - \($0[1]) AS BIGINT)" },
      .addDays: Wording { "(\($0[0]) + CAST(\($0[1]) AS INTEGER))" },
      .lastDay: Wording {
        "CAST(DATE_TRUNC('MONTH', \($0[0])) + INTERVAL '1 month' - INTERVAL '1 day' AS DATE)"
      },
      .monthName: Wording { "TO_CHAR(\($0[0]), 'FMMonth')" }, .dayName: Wording { "TO_CHAR(\($0[0]), 'FMDay')" },
      .unixSeconds: Wording { "CAST(FLOOR(EXTRACT(EPOCH FROM \($0[0]))) AS BIGINT)" },
      .unixMilliseconds: Wording { "CAST(FLOOR(EXTRACT(EPOCH FROM \($0[0])) * 1000) AS BIGINT)" },
      .unixMicroseconds: Wording { "CAST(EXTRACT(EPOCH FROM \($0[0])) * 1000000 AS BIGINT)" },
      .contains: Wording { "(POSITION(\($0[1]) IN \($0[0])) > 0)" },
      .position: Wording { "CAST(POSITION(\($0[1]) IN \($0[0])) AS BIGINT)" },
      .regexMatches: Wording { call in
        guard call.count == 2, let pattern = call.text(1).flatMap({ PortablePattern($0, end: "$") }) else { return nil }
        return "(\(call[0]) ~ \(Dialect.standardText(pattern.text)))"
      },
      .startsWith: Wording { "STARTS_WITH(\($0[0]), \($0[1]))" },
    ],
    aggregates: [
      .correlation: AggregateWording { call, behind in "CORR(\(call.list))\(behind)" },
      .covariancePopulation: AggregateWording { call, behind in "COVAR_POP(\(call.list))\(behind)" },
      .covarianceSample: AggregateWording { call, behind in "COVAR_SAMP(\(call.list))\(behind)" },
      .regressionCount: AggregateWording { call, behind in "REGR_COUNT(\(call.list))\(behind)" },
      .median: AggregateWording { call, behind in quantile(call, "0.5", behind) },
      .quantile: AggregateWording { call, behind in
        call.type(1) == .double ? quantile(call, call[1], behind) : nil
      },
      .quantileDiscrete: AggregateWording { call, behind in
        guard call.type(1) == .double else { return nil }
        return "PERCENTILE_DISC(\(call[1])) WITHIN GROUP (ORDER BY \(call.ordered(0)))\(behind)"
      },
      // A sketch would be allowed; there is none.
      .approximateCountDistinct: AggregateWording { call, behind in "COUNT(DISTINCT \(call[0]))\(behind)" },
    ],
    concatenation: { "STRING_AGG(\($0), \($1) ORDER BY \($2))" },
    frames: [.exclusion, .groups], chance: { _ in "RANDOM()" }, refusesSeveralValues: true,
    hasInfinities: true, joinsFullyOnAnything: false, hasSetsWithDuplicates: true, fileView: nil,
    preparation: ["SET TIME ZONE 'UTC'", "SET DateStyle TO ISO"],
    hints: [
      Hint(
        signs: ["password authentication failed", "no password supplied", "no pg_hba.conf entry"],
        help: "the password is taken from PGPASSWORD or ~/.pgpass"),
      Hint(
        signs: ["certificate"],
        help: "'postgresql://host/db?sslmode=verify-full&sslrootcert=ca.pem' names the certificates that are trusted"),
    ],
    tableNames: """
      SELECT table_name FROM information_schema.tables
      WHERE table_schema = ANY (CURRENT_SCHEMAS(FALSE)) ORDER BY table_name
      """,
    tableNameColumn: 0)

  /// A quantile between two values; of dates and timestamps to the nearest microsecond.
  private static func quantile(_ call: WrittenCall, _ part: String, _ behind: String) -> String? {
    func quantile(_ value: String) -> String { "PERCENTILE_CONT(\(part)) WITHIN GROUP (ORDER BY \(value))\(behind)" }
    switch call.type(0) {
    case .integer, .double: return quantile(call[0])
    case .date, .timestamp:
      let epoch = "EXTRACT(EPOCH FROM CAST(\(call[0]) AS TIMESTAMP))"
      let microseconds = quantile("CAST(\(epoch) * 1000000 AS DOUBLE PRECISION)")
      return "(TIMESTAMP '1970-01-01' + FLOOR(\(microseconds) + 0.5) * INTERVAL '1 microsecond')"
    default: return nil
    }
  }
}
