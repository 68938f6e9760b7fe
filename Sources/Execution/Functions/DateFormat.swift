import ColumnStore

/// Dates as text and back, in the formats of C's `strftime`, with English names.
enum DateFormat {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  /// An instant in a format; a specifier that is not known stays as it stands.
  static func format(_ instant: Int64, _ format: String) -> String {
    let days = floorDivide(instant, microsecondsPerDay)
    let inDay = instant &- days &* microsecondsPerDay
    let date = CivilDate(days: Int(days))
    let seconds = Int(inDay / 1_000_000)
    var result = ""
    var characters = expanded(format).makeIterator()
    while let character = characters.next() {
      guard character == "%" else {
        result.append(character)
        continue
      }
      var specifier = characters.next()
      let isPlain = specifier == "-"
      if isPlain { specifier = characters.next() }
      func padded(_ number: Int, _ width: Int) -> String { Self.padded(number, isPlain ? 1 : width) }
      let weekday = date.isoWeekday % 7
      switch specifier {
      case "k": result += (isPlain || seconds >= 36_000 ? "" : " ") + "\(seconds / 3600)"
      case "l":
        let hour = (seconds / 3600 + 11) % 12 + 1
        result += (isPlain || hour > 9 ? "" : " ") + "\(hour)"
      case "n": result += "\n"
      case "t": result += "\t"
      case "s": result += "\(floorDivide(instant, 1_000_000))"
      case "U": result += padded((date.dayOfYear + 6 - weekday) / 7, 2)
      case "W": result += padded((date.dayOfYear + 6 - (weekday + 6) % 7) / 7, 2)
      case "w": result += "\(weekday)"
      case "g": result += padded(abs(date.isoWeek.year) % 100, 2)
      case "C": result += padded(floorDivide(date.year, 100), 2)
      case "L": result += padded(Int(inDay % 1_000_000 / 1000), 3)
      case "Z": result += "UTC"
      case "z": result += "+0000"
      case "Y": result += padded(date.year, 4)
      case "y": result += padded(date.year % 100, 2)
      case "m": result += padded(date.month, 2)
      case "d": result += padded(date.day, 2)
      case "e": result += date.day < 10 ? " \(date.day)" : "\(date.day)"
      case "H": result += padded(seconds / 3600, 2)
      case "I": result += padded((seconds / 3600 + 11) % 12 + 1, 2)
      case "p": result += seconds < 43_200 ? "AM" : "PM"
      case "M": result += padded(seconds / 60 % 60, 2)
      case "S": result += padded(seconds % 60, 2)
      case "f": result += padded(Int(inDay % 1_000_000), 6)
      case "B": result += months[date.month - 1]
      case "b": result += months[date.month - 1].prefix(3)
      case "A": result += weekdays[date.isoWeekday - 1]
      case "a": result += weekdays[date.isoWeekday - 1].prefix(3)
      case "j": result += padded(date.dayOfYear, 3)
      case "V": result += padded(date.isoWeek.week, 2)
      case "G": result += padded(date.isoWeek.year, 4)
      case "u": result += "\(date.isoWeekday)"
      case "%": result += "%"
      case let other?: result += "%\(other)"
      case nil: result += "%"
      }
    }
    return result
  }

  /// Specifiers that stand for several others.
  private static let compositions: [Character: String] = [
    "F": "%Y-%m-%d", "T": "%H:%M:%S", "R": "%H:%M", "D": "%m/%d/%y", "x": "%Y-%m-%d", "X": "%H:%M:%S", "h": "%b",
    "c": "%Y-%m-%d %H:%M:%S", "r": "%I:%M:%S %p",
  ]

  /// Whether a format gives the same text for all instants of a day.
  static func isOfDays(_ format: String) -> Bool {
    var characters = expanded(format).makeIterator()
    while let character = characters.next() {
      guard character == "%" else { continue }
      var specifier = characters.next()
      if specifier == "-" { specifier = characters.next() }
      if let specifier, "HIklMSfLsp".contains(specifier) { return false }
    }
    return true
  }

  private static func expanded(_ format: String) -> String {
    var result = ""
    var characters = format.makeIterator()
    while let character = characters.next() {
      guard character == "%", let specifier = characters.next() else {
        result.append(character)
        continue
      }
      result += compositions[specifier] ?? "%\(specifier)"
    }
    return result
  }

  /// The instant that a text gives in a format; nil where it does not fit.
  static func parse(_ text: String, _ format: String) -> Int64? {
    var rest = Substring(text)
    var (year, month, day) = (1970, 1, 1)
    var (hour, minute, second, fraction) = (0, 0, 0, 0)
    var isAfternoon: Bool?
    var (dayOfYear, offset): (Int?, Int) = (nil, 0)
    var epoch: Int?
    var characters = expanded(format).makeIterator()
    while let character = characters.next() {
      guard character == "%" else {
        guard rest.first == character else { return nil }
        rest.removeFirst()
        continue
      }
      func number(_ digits: Int) -> Int? {
        let taken = rest.prefix(digits).prefix { $0.isASCII && $0.isNumber }
        guard !taken.isEmpty, let value = Int(taken) else { return nil }
        rest = rest.dropFirst(taken.count)
        return value
      }
      func name(_ names: [String]) -> Int? {
        for (index, candidate) in names.enumerated() {
          for form in [candidate[...], candidate.prefix(3)] where rest.lowercased().hasPrefix(form.lowercased()) {
            rest = rest.dropFirst(form.count)
            return index
          }
        }
        return nil
      }
      func offsetFromUTC() -> Int? {
        if rest.first == "Z" || rest.first == "z" {
          rest.removeFirst()
          return 0
        }
        guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
        rest.removeFirst()
        guard let hours = number(2), hours < 24 else { return nil }
        if rest.first == ":" { rest.removeFirst() }
        let minutes = number(2) ?? 0
        return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
      }
      func signedNumber() -> Int? {
        let isNegative = rest.first == "-"
        if isNegative { rest.removeFirst() }
        return number(15).map { isNegative ? -$0 : $0 }
      }
      let value: Int?
      var specifier = characters.next()
      if specifier == "-" { specifier = characters.next() }
      switch specifier {
      case "j":
        value = number(3)
        dayOfYear = value
      case "z":
        value = offsetFromUTC()
        offset = value ?? 0
      case "Z":
        value = ["UTC", "GMT", "Z"].first { rest.uppercased().hasPrefix($0) }.map { rest = rest.dropFirst($0.count) }
          .map { 0 }
      case "s":
        value = signedNumber()
        epoch = value
      case "n", "t":
        rest = rest.drop { $0.isWhitespace }
        value = 0
      case "k", "l":
        if rest.first == " " { rest.removeFirst() }
        value = number(2)
        hour = value ?? 0
      case "Y":
        value = number(4)
        year = value ?? 0
      case "y":
        value = number(2)
        year = (value ?? 0) < 69 ? 2000 + (value ?? 0) : 1900 + (value ?? 0)
      case "m":
        value = number(2)
        month = value ?? 0
      case "d":
        value = number(2)
        day = value ?? 0
      case "e":
        if rest.first == " " { rest.removeFirst() }
        value = number(2)
        day = value ?? 0
      case "H", "I":
        value = number(2)
        hour = value ?? 0
      case "M":
        value = number(2)
        minute = value ?? 0
      case "S":
        value = number(2)
        second = value ?? 0
      case "f":
        let digits = rest.prefix(6).prefix { $0.isASCII && $0.isNumber }
        value = Int((digits + String(repeating: "0", count: 6)).prefix(6))
        fraction = value ?? 0
        rest = rest.dropFirst(digits.count)
      case "B", "b":
        value = name(months)
        month = (value ?? 0) + 1
      case "A", "a": value = name(weekdays)
      case "p":
        value = name(["AM", "PM"])
        isAfternoon = value == 1
      case "%": value = rest.first == "%" ? rest.removeFirst().hexDigitValue ?? 0 : nil
      default: value = nil
      }
      guard value != nil else { return nil }
    }
    if let isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard rest.isEmpty, var date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60, second < 60
    else { return nil }
    if let epoch {
      let instant = Int64(epoch) * 1_000_000
      return CivilDate.representableDays.contains(Int(floorDivide(instant, microsecondsPerDay))) ? instant : nil
    }
    if let dayOfYear {
      guard let first = CivilDate(year: year, month: 1, day: 1), dayOfYear > 0 else { return nil }
      date = CivilDate(days: first.days + dayOfYear - 1)
      guard date.year == year else { return nil }
    }
    return Int64(date.days) * microsecondsPerDay + Int64((hour * 60 + minute) * 60 + second) * 1_000_000
      + Int64(fraction) - Int64(offset) * 60_000_000
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
