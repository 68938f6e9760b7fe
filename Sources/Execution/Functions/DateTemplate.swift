import ColumnStore
import Planning

/// A format of PostgreSQL's `to_char`: `DD Mon YYYY`, `HH24:MI:SS`. What is no pattern stands for itself, as do texts in
/// double quotes; `FM` before a pattern leaves out padding, `th` and `TH` behind a number make it an ordinal.
struct DateTemplate {
  private enum Piece {
    case text(String)
    case pattern(String, isPlain: Bool, ordinal: String)
  }

  /// Longest first where one begins another.
  private static let patterns = [
    "IYYY", "YYYY", "IYY", "YYY", "IY", "YY", "MONTH", "Month", "month", "MON", "Mon", "mon", "IDDD", "DDD", "DAY",
    "Day",
    "day", "DY", "Dy", "dy", "DD", "ID", "IW", "HH24", "HH12", "HH", "MI", "MM", "SSSSS", "SSSS", "SS", "MS", "US",
    "A.M.",
    "P.M.", "a.m.", "p.m.", "AM", "PM", "am", "pm", "TZ", "tz", "OF", "CC", "WW", "Q", "W", "J", "D", "I", "Y",
  ]

  private var pieces: [Piece] = []

  init(_ format: String) {
    var rest = format[...]
    var plain = ""
    var isPlain = false
    while !rest.isEmpty {
      if rest.first == "\"" {
        let quoted = rest.dropFirst().prefix { $0 != "\"" }
        plain += quoted
        rest = rest.dropFirst(quoted.count + 2)
      } else if rest.hasPrefix("FM") {
        isPlain = true
        rest = rest.dropFirst(2)
      } else if let pattern = Self.patterns.first(where: {
        rest.hasPrefix($0) || Self.isNumeric($0) && rest.prefix($0.count).uppercased() == $0
      }) {
        rest = rest.dropFirst(pattern.count)
        var ordinal = ""
        if rest.hasPrefix("th") || rest.hasPrefix("TH") {
          ordinal = String(rest.prefix(2))
          rest = rest.dropFirst(2)
        }
        if !plain.isEmpty { pieces.append(.text(plain)) }
        plain = ""
        pieces.append(.pattern(pattern, isPlain: isPlain, ordinal: ordinal))
        isPlain = false
      } else {
        plain.append(rest.removeFirst())
      }
    }
    if !plain.isEmpty { pieces.append(.text(plain)) }
  }

  /// Patterns of numbers may be written in any case; those of names show the case that they want.
  private static func isNumeric(_ pattern: String) -> Bool {
    !["MONTH", "MON", "DAY", "DY", "AM", "PM", "A.M.", "P.M.", "TZ"].contains(pattern.uppercased())
  }

  /// An instant in the format.
  func format(_ instant: Int64) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let plain): plain
      case .pattern(let pattern, let isPlain, let ordinal): Self.text(pattern, isPlain, ordinal, instant)
      }
    }.joined()
  }

  private static func text(_ pattern: String, _ isPlain: Bool, _ ordinal: String, _ instant: Int64) -> String {
    func part(_ part: DatePart) -> Int { Int(DateArithmetic.part(part, of: instant)) }
    func name(_ names: [String], _ index: Int, short: Bool) -> String {
      let full = names[index]
      let name = short ? String(full.prefix(3)) : full
      let cased =
        pattern == pattern.uppercased() ? name.uppercased() : pattern == pattern.lowercased() ? name.lowercased() : name
      // PostgreSQL fills full names up to the longest.
      return short || isPlain ? cased : cased + String(repeating: " ", count: max(0, 9 - cased.count))
    }
    let hour = part(.hour)
    let (number, width): (Int, Int)
    switch pattern {
    case "MONTH", "Month", "month": return name(DateFormat.months, part(.month) - 1, short: false)
    case "MON", "Mon", "mon": return name(DateFormat.months, part(.month) - 1, short: true)
    case "DAY", "Day", "day": return name(DateFormat.weekdays, part(.isoDayOfWeek) - 1, short: false)
    case "DY", "Dy", "dy": return name(DateFormat.weekdays, part(.isoDayOfWeek) - 1, short: true)
    case "AM", "PM": return hour < 12 ? "AM" : "PM"
    case "am", "pm": return hour < 12 ? "am" : "pm"
    case "A.M.", "P.M.": return hour < 12 ? "A.M." : "P.M."
    case "a.m.", "p.m.": return hour < 12 ? "a.m." : "p.m."
    case "TZ": return "UTC"
    case "tz": return "utc"
    case "OF": return "+00"
    case "YYYY": (number, width) = (part(.year), 4)
    case "YYY": (number, width) = (abs(part(.year)) % 1000, 3)
    case "YY": (number, width) = (abs(part(.year)) % 100, 2)
    case "Y": (number, width) = (abs(part(.year)) % 10, 1)
    case "IYYY": (number, width) = (part(.isoyear), 4)
    case "IYY": (number, width) = (abs(part(.isoyear)) % 1000, 3)
    case "IY": (number, width) = (abs(part(.isoyear)) % 100, 2)
    case "I": (number, width) = (abs(part(.isoyear)) % 10, 1)
    case "MM": (number, width) = (part(.month), 2)
    case "DDD": (number, width) = (part(.dayOfYear), 3)
    case "IDDD": (number, width) = ((part(.week) - 1) * 7 + part(.isoDayOfWeek), 3)
    case "DD": (number, width) = (part(.day), 2)
    case "D": (number, width) = (part(.dayOfWeek) + 1, 1)
    case "ID": (number, width) = (part(.isoDayOfWeek), 1)
    case "IW": (number, width) = (part(.week), 2)
    case "WW": (number, width) = ((part(.dayOfYear) - 1) / 7 + 1, 2)
    case "W": (number, width) = ((part(.day) - 1) / 7 + 1, 1)
    case "Q": (number, width) = (part(.quarter), 1)
    case "CC": (number, width) = (part(.century), 2)
    // The day number of astronomers, which counts from 4714 BC.
    case "J": (number, width) = (Int(floorDivide(instant, microsecondsPerDay)) + 2_440_588, 1)
    case "HH24": (number, width) = (hour, 2)
    case "HH12", "HH": (number, width) = ((hour + 11) % 12 + 1, 2)
    case "MI": (number, width) = (part(.minute), 2)
    case "SS": (number, width) = (part(.second), 2)
    case "SSSS", "SSSSS": (number, width) = ((hour * 60 + part(.minute)) * 60 + part(.second), 1)
    case "MS": (number, width) = (part(.millisecond) % 1000, 3)
    default: (number, width) = (part(.microsecond) % 1_000_000, 6)
    }
    let digits = String(number.magnitude)
    let padded = isPlain ? digits : String(repeating: "0", count: max(0, width - digits.count)) + digits
    return (number < 0 ? "-" : "") + padded + suffix(number, ordinal)
  }

  private static func suffix(_ number: Int, _ ordinal: String) -> String {
    if ordinal.isEmpty { return "" }
    let ending =
      switch (number % 100 / 10, number % 10) {
      case (1, _): "th"
      case (_, 1): "st"
      case (_, 2): "nd"
      case (_, 3): "rd"
      default: "th"
      }
    return ordinal == "TH" ? ending.uppercased() : ending
  }

  /// The instant that a text gives in the format; nil where it does not fit.
  func parse(_ text: String) -> Int64? {
    let specifiers = [
      "YYYY": "%Y", "YY": "%y", "MM": "%m", "DD": "%d", "DDD": "%j", "HH24": "%H", "HH12": "%I", "HH": "%I", "MI": "%M",
      "SS": "%S", "MS": "%f", "US": "%f", "MON": "%b", "MONTH": "%B", "DY": "%a", "DAY": "%A", "AM": "%p", "PM": "%p",
    ]
    var format = ""
    for piece in pieces {
      switch piece {
      case .text(let plain):
        format += plain.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
      case .pattern(let pattern, _, _):
        guard let specifier = specifiers[pattern.uppercased()] else { return nil }
        format += specifier
      }
    }
    return DateFormat.parse(text, format)
  }
}
