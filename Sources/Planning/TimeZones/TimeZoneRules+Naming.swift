import Language

extension TimeZoneRules {
  /// The zone of a name such as `Asia/Kolkata`, or of a fixed distance from UTC such as `+05:30`; nil where there is none.
  public static func named(_ name: String) -> TimeZoneRules? {
    if name.first == "+" || name.first == "-" {
      return fixedOffset(name).map { TimeZoneRules(name: name, offset: $0) }
    }
    return TimeZoneDatabase.rules(name)
  }

  /// `+hh`, `+hhmm`, `+hh:mm` in seconds.
  private static func fixedOffset(_ text: String) -> Int? {
    let digits = text.dropFirst().filter { $0 != ":" }
    guard digits.count == 2 || digits.count == 4, digits.allSatisfy({ ("0"..."9").contains($0) }),
      let hours = Int(digits.prefix(2)), let minutes = Int(digits.count == 4 ? digits.suffix(2) : "0"), hours < 16,
      minutes < 60
    else { return nil }
    return (hours * 3600 + minutes * 60) * (text.first == "-" ? -1 : 1)
  }
}

extension Diagnostic {
  /// A time zone that there is none of. The same text is used while planning and while running.
  public static func unknownTimeZone(_ name: String, span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "there is no time zone `\(name)`", at: span,
      help: suggestion(for: name, among: TimeZoneDatabase.names)
        ?? "zones are named as in 'Asia/Kolkata', 'Europe/Vienna', 'UTC', '+05:30'")
  }
}
