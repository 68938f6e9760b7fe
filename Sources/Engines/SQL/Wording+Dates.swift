import ColumnStore
import Planning

extension Wording {
  /// Functions on dates and times that are written alike where the dialect has EXTRACT, DATE_TRUNC and BIGINT.
  static let dates: [ScalarFunction: Wording] = [
    .datePart: Wording { call in
      guard let part = call.part, let name = plainParts[part] else { return nil }
      return datePart(name, of: call[1])
    },
    .dateTruncate: Wording { call in
      guard call.count == 2, let part = call.part, let name = periods[part] else { return nil }
      return truncated(call[1], call.type(1), to: name)
    },
    .dateDifference: Wording { call in
      guard let part = call.part else { return nil }
      let days = (1...2).compactMap { call.cast($0, to: .date) }
      guard days.count == 2 else { return nil }
      func difference(_ count: (String) -> String) -> String { "(\(count(days[1])) - \(count(days[0])))" }
      switch part {
      case .day:
        return call.dialect.functions[.daysBetween]?.write(call.onDays(days))
      case .week:
        let weeks = days.map { truncated($0, .date, to: "WEEK") }
        return call.dialect.functions[.daysBetween]?.write(call.onDays(weeks)).map { "CAST(\($0) / 7 AS BIGINT)" }
      case .month: return difference { "(\(datePart("YEAR", of: $0)) * 12 + \(datePart("MONTH", of: $0)))" }
      case .quarter: return difference { "(\(datePart("YEAR", of: $0)) * 4 + \(datePart("QUARTER", of: $0)))" }
      case .year: return difference { datePart("YEAR", of: $0) }
      default: return nil
      }
    },
  ]

  /// Parts of a date that every database counts alike, and what they are called.
  private static let plainParts: [DatePart: String] = [
    .year: "YEAR", .quarter: "QUARTER", .month: "MONTH", .week: "WEEK", .day: "DAY", .hour: "HOUR",
    .minute: "MINUTE", .dayOfYear: "DOY",
  ]

  /// Periods that begin on the same day everywhere; a week begins on Monday.
  private static let periods: [DatePart: String] = [
    .year: "YEAR", .quarter: "QUARTER", .month: "MONTH", .week: "WEEK", .day: "DAY", .hour: "HOUR",
    .minute: "MINUTE", .second: "SECOND",
  ]

  private static func datePart(_ name: String, of value: String) -> String {
    "CAST(EXTRACT(\(name) FROM \(value)) AS BIGINT)"
  }

  /// The beginning of a period: DATE_TRUNC gives a timestamp.
  private static func truncated(_ value: String, _ type: DataType, to period: String) -> String {
    let start = "DATE_TRUNC('\(period)', \(value))"
    return type == .date ? "CAST(\(start) AS DATE)" : start
  }

  /// `usual` parts and others that a dialect counts in its own way: each as SQL for the value.
  static func dateParts(_ others: [DatePart: @Sendable (String) -> String]) -> Wording {
    Wording { call in
      if let part = call.part, let other = others[part], [.date, .timestamp].contains(call.type(1)) {
        return "CAST(\(other(call[1])) AS BIGINT)"
      }
      return dates[.datePart]?.write(call)
    }
  }
}

extension WrittenCall {
  /// A difference from the first of two days to the second, as `daysBetween` takes its arguments.
  fileprivate func onDays(_ days: [String]) -> WrittenCall {
    WrittenCall(
      dialect: dialect, arguments: [days[1], days[0]],
      operands: [operands[2], operands[1]].map { PlanExpression($0.kind, type: .date, span: $0.span) })
  }
}
