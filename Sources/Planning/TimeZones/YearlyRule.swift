import ColumnStore

/// When clocks change every year, in the form of POSIX: `EST5EDT,M3.2.0,M11.1.0`, with the extensions of RFC 8536.
struct YearlyRule: Sendable {
  /// A day of the year and a time on it.
  private struct Change {
    enum Day {
      /// The day 1 ... 365, of years without a 29 February.
      case julian(Int)
      /// The day 0 ... 365.
      case ordinal(Int)
      /// The nth weekday of a month, 5 being the last.
      case weekday(month: Int, week: Int, weekday: Int)
    }

    var day: Day
    /// Seconds from midnight; it may lie outside the day.
    var time = 7200

    /// Seconds since 1970 on clocks that show local time.
    func local(year: Int) -> Int64 {
      let start = CivilDate(year: year, month: 1, day: 1)?.days ?? 0
      let days: Int
      switch day {
      case .julian(let number):
        let isLeap = CivilDate(year: year, month: 2, day: 29) != nil
        days = start + number - 1 + (isLeap && number > 59 ? 1 : 0)
      case .ordinal(let number): days = start + number
      case .weekday(let month, let week, let weekday):
        let first = CivilDate(year: year, month: month, day: 1)?.days ?? start
        let next =
          (month == 12
            ? CivilDate(year: year, month: 12, day: 31).map { $0.days + 1 }
            : CivilDate(year: year, month: month + 1, day: 1)?.days) ?? first
        // 1970-01-01 was a Thursday.
        let firstWeekday = ((first + 4) % 7 + 7) % 7
        var day = first + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
        while day >= next { day -= 7 }
        days = day
      }
      return Int64(days) * 86_400 + Int64(time)
    }
  }

  private var standard: Int
  private var summer: Int?
  private var start: Change?
  private var end: Change?

  /// Reads a rule; nil for an empty text or one that cannot be read.
  init?(_ text: String) {
    var rest = text[...]
    guard Self.skipName(&rest), let offset = Self.time(&rest) else { return nil }
    standard = -offset
    guard !rest.isEmpty else { return }
    guard Self.skipName(&rest) else { return nil }
    summer = standard + 3600
    if let first = rest.first, first != "," {
      guard let offset = Self.time(&rest) else { return nil }
      summer = -offset
    }
    guard let start = Self.change(&rest), let end = Self.change(&rest), rest.isEmpty else { return nil }
    self.start = start
    self.end = end
  }

  /// Seconds east of UTC at an instant.
  func offset(at instant: Int64) -> Int {
    guard let summer, let start, let end else { return standard }
    let year = CivilDate(days: Int(floorDivide(instant + Int64(standard), 86_400))).year
    let begin = start.local(year: year) - Int64(standard)
    let finish = end.local(year: year) - Int64(summer)
    let isSummer = begin < finish ? instant >= begin && instant < finish : !(instant >= finish && instant < begin)
    return isSummer ? summer : standard
  }

  private static func skipName(_ rest: inout Substring) -> Bool {
    if rest.first == "<" {
      guard let end = rest.firstIndex(of: ">") else { return false }
      rest = rest[end...].dropFirst()
      return true
    }
    let name = rest.prefix { $0.isLetter }
    rest = rest.dropFirst(name.count)
    return name.count >= 3
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  private static func time(_ rest: inout Substring) -> Int? {
    var sign = 1
    if let first = rest.first, first == "+" || first == "-" {
      sign = first == "-" ? -1 : 1
      rest.removeFirst()
    }
    var total = 0
    for unit in [3600, 60, 1] {
      if unit < 3600 {
        guard rest.first == ":" else { break }
        rest.removeFirst()
      }
      guard let number = number(&rest), number <= 167 else { return nil }
      total += number * unit
    }
    return sign * total
  }

  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { ("0"..."9").contains($0) }
    rest = rest.dropFirst(digits.count)
    return digits.count <= 4 ? Int(digits) : nil
  }

  /// `,M3.2.0/2`, `,J60`, `,59`.
  private static func change(_ rest: inout Substring) -> Change? {
    guard rest.first == "," else { return nil }
    rest.removeFirst()
    var change: Change
    switch rest.first {
    case "M":
      rest.removeFirst()
      var parts: [Int] = []
      for index in 0..<3 {
        if index > 0 {
          guard rest.first == "." else { return nil }
          rest.removeFirst()
        }
        guard let part = number(&rest) else { return nil }
        parts.append(part)
      }
      guard (1...12).contains(parts[0]), (1...5).contains(parts[1]), (0...6).contains(parts[2]) else { return nil }
      change = Change(day: .weekday(month: parts[0], week: parts[1], weekday: parts[2]))
    case "J":
      rest.removeFirst()
      guard let day = number(&rest), (1...365).contains(day) else { return nil }
      change = Change(day: .julian(day))
    default:
      guard let day = number(&rest), day <= 365 else { return nil }
      change = Change(day: .ordinal(day))
    }
    if rest.first == "/" {
      rest.removeFirst()
      guard let time = time(&rest) else { return nil }
      change.time = time
    }
    return change
  }
}
