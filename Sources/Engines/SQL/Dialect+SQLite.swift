import ColumnStore
import Planning

extension Dialect {
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
    functions: Dictionary(
      [
        // What it has not, or has with another meaning.
        ScalarFunction.lower, .upper, .like, .floor, .ceiling, .daysBetween, .addDays, .dateTruncate, .datePart,
        .dateDifference, .concatWithSeparator, .repeated, .padLeft, .padRight, .splitPart, .integerDivide,
      ].map { ($0, Wording.none) }
    ) { first, _ in first }.merging([
      .contains: Wording { "(INSTR(\($0[0]), \($0[1])) > 0)" },
      .position: Wording { "INSTR(\($0[0]), \($0[1]))" },
      .startsWith: Wording { "(SUBSTR(\($0[0]), 1, LENGTH(\($0[1]))) = \($0[1]))" },
      .endsWith: Wording { "(SUBSTR(\($0[0]), LENGTH(\($0[0])) - LENGTH(\($0[1])) + 1) = \($0[1]))" },
      .right: Wording { call in call.number(1, from: 1).map { "SUBSTR(\(call[0]), -\($0))" } },
      .trim: trimmed("TRIM"), .trimStart: trimmed("LTRIM"), .trimEnd: trimmed("RTRIM"),
      .greatest: extreme("MAX"), .least: extreme("MIN"),
    ]) { _, written in written },
    aggregates: Dictionary(
      [
        AggregateFunction.every, .some, .standardDeviation, .variance, .standardDeviationPopulation,
        .variancePopulation, .bitAnd, .bitOr, .bitXor,
      ].map { ($0, AggregateWording.none) }
    ) { first, _ in first },
    frames: [.exclusion, .groups], chance: { _ in "(ABS(RANDOM() % 4294967296) / 4294967296.0)" },
    refusesSeveralValues: false,
    namesValues: false, hasInfinities: false, joinsFullyOnAnything: false, hasSetsWithDuplicates: false, fileView: nil,
    preparation: [],
    tableNames: "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name", tableNameColumn: 0)

  private static func trimmed(_ name: String) -> Wording {
    Wording { call in call.count == 1 ? "\(name)(\(call[0]), ' ')" : "\(name)(\(call[0]), \(call[1]))" }
  }

  /// Of two values, since one that is NULL makes the result NULL.
  private static func extreme(_ name: String) -> Wording {
    Wording { call in
      guard call.count == 2, call.all(.integer, .double) || call.all(.text) else { return nil }
      return "COALESCE(\(name)(\(call.list)), \(call.list))"
    }
  }
}
