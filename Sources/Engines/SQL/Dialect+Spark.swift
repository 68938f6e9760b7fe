import ColumnStore
import Planning

extension Dialect {
  /// Spark SQL, from version 4 on, whose ANSI mode makes overflow an error.
  static let spark = Dialect(
    name: "Spark", wide: { "CAST(\($0) AS DECIMAL(38,0))" },
    dateText: { "CAST(\($0) AS STRING)" }, quote: "`",
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
      .datePart: Wording.dateParts([
        .second: { "FLOOR(EXTRACT(SECOND FROM \($0)))" }, .dayOfWeek: { "(EXTRACT(DAYOFWEEK FROM \($0)) - 1)" },
        .isoDayOfWeek: { "EXTRACT(DAYOFWEEK_ISO FROM \($0))" }, .isoyear: { "EXTRACT(YEAROFWEEK FROM \($0))" },
      ]),
      .daysBetween: Wording { "CAST(DATEDIFF(\($0[0]), \($0[1])) AS BIGINT)" },
      .addDays: Wording { "DATE_ADD(\($0[0]), CAST(\($0[1]) AS INT))" },
      .lastDay: Wording { "LAST_DAY(CAST(\($0[0]) AS DATE))" },
      .monthName: Wording { "DATE_FORMAT(\($0[0]), 'MMMM')" }, .dayName: Wording { "DATE_FORMAT(\($0[0]), 'EEEE')" },
      .unixSeconds: Wording { "UNIX_SECONDS(\($0[0]))" }, .unixMilliseconds: Wording { "UNIX_MILLIS(\($0[0]))" },
      .unixMicroseconds: Wording { "UNIX_MICROS(\($0[0]))" },
      .contains: Wording { "CONTAINS(\($0[0]), \($0[1]))" },
      .position: Wording { "CAST(INSTR(\($0[0]), \($0[1])) AS BIGINT)" },
      .regexMatches: Wording { call in
        guard call.count == 2, let pattern = call.text(1).flatMap({ PortablePattern($0, end: "\\z") }) else {
          return nil
        }
        return "(\(call[0]) RLIKE \(Dialect.escapedText(pattern.text)))"
      },
      .startsWith: Wording { "STARTSWITH(\($0[0]), \($0[1]))" },
      .endsWith: Wording { "ENDSWITH(\($0[0]), \($0[1]))" },
      .integerDivide: Wording { $0.all(.integer) ? "(\($0[0]) DIV NULLIF(\($0[1]), 0))" : nil },
    ],
    aggregates: [
      .median: AggregateWording { call, behind in quantile(call, "0.5", behind) },
      .quantile: AggregateWording { call, behind in
        call.type(1) == .double ? quantile(call, call[1], behind) : nil
      },
      .quantileDiscrete: AggregateWording { call, behind in
        // It gives a double, which holds every day and not every integer.
        guard call.type(1) == .double, [.date, .double].contains(call.type(0)) else { return nil }
        func quantile(_ value: String) -> String {
          "PERCENTILE_DISC(\(call[1])) WITHIN GROUP (ORDER BY \(value))\(behind)"
        }
        if call.type(0) == .double { return quantile(call[0]) }
        return "DATE_FROM_UNIX_DATE(CAST(\(quantile("UNIX_DATE(\(call[0]))")) AS INT))"
      },
      .approximateCountDistinct: AggregateWording { call, behind in
        "APPROX_COUNT_DISTINCT(\(call[0]), 0.016)\(behind)"
      },
    ],
    concatenation: { "LISTAGG(\($0), \($1)) WITHIN GROUP (ORDER BY \($2))" },
    passesOverNulls: true, chance: { "RAND(\($0))" }, refusesSeveralValues: true,
    hasInfinities: true, joinsFullyOnAnything: true, hasSetsWithDuplicates: true,
    fileView: { name, path, options in
      // Quotes are doubled and texts may have line ends, as CSV has it (RFC 4180). What the texts are is found out here.
      let all =
        [
          ("path", path), ("header", "true"), ("inferSchema", "false"), ("escape", "\""), ("multiLine", "true"),
        ].filter { usual in
          !options.contains { $0.name == usual.0 }
        } + options.map { ($0.name, $0.value) }
      let written = all.map { "\($0.0) \(Dialect.escapedText($0.1))" }.joined(separator: ", ")
      return "CREATE OR REPLACE TEMPORARY VIEW \(Dialect.quoted(name, "`")) USING csv OPTIONS (\(written))"
    },
    preparation: ["SET spark.sql.session.timeZone = UTC", "SET spark.sql.ansi.enabled = true"],
    mark: SessionMark(
      statement: { "SET spark.noticebook.session = \($0)" }, question: "SET spark.noticebook.session", column: 1),
    hints: [
      Hint(
        signs: ["unauthenticated", "unauthorized", "authentication token", "access token", "token expired"],
        help: "the token is taken from NOTICEBOOK_TOKEN: it may be missing, wrong, or have expired"),
      Hint(
        signs: ["x509", "certificate"],
        help: "SSL_CERT_FILE names a file with the certificates that are trusted, such as SSL_CERT_FILE=ca.pem"),
      Hint(
        signs: ["look like a tls handshake"],
        help: "the server is not encrypted, which a token asks for; 'spark://host:port/;use_ssl=false' goes without"),
      Hint(
        signs: ["server preface: eof"],
        help: "where the server is encrypted: 'spark://host:port/;use_ssl=true', or a token in NOTICEBOOK_TOKEN"),
    ],
    tableNames: "SHOW TABLES", tableNameColumn: 1)

  /// A quantile between two values; of dates and timestamps to the nearest microsecond.
  private static func quantile(_ call: WrittenCall, _ part: String, _ behind: String) -> String? {
    switch call.type(0) {
    case .integer, .double: return "PERCENTILE(\(call[0]), \(part))\(behind)"
    case .date, .timestamp:
      let microseconds = "PERCENTILE(UNIX_MICROS(CAST(\(call[0]) AS TIMESTAMP)), \(part))\(behind)"
      return "TIMESTAMP_MICROS(CAST(FLOOR(\(microseconds) + 0.5) AS BIGINT))"
    default: return nil
    }
  }
}
