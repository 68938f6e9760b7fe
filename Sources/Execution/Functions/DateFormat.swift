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
    var characters = format.makeIterator()
    while let character = characters.next() {
      guard character == "%" else {
        result.append(character)
        continue
      }
      switch characters.next() {
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
      case "F": result += CivilDate.text(date)
      case "T": result += "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
      case "%": result += "%"
      case let other?: result += "%\(other)"
      case nil: result += "%"
      }
    }
    return result
  }

  /// The instant that a text gives in a format; nil where it does not fit.
  static func parse(_ text: String, _ format: String) -> Int64? {
    var rest = Substring(text)
    var (year, month, day) = (1970, 1, 1)
    var (hour, minute, second, fraction) = (0, 0, 0, 0)
    var isAfternoon: Bool?
    var characters = format.makeIterator()
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
      let value: Int?
      switch characters.next() {
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
    guard rest.isEmpty, let date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60, second < 60
    else { return nil }
    return Int64(date.days) * microsecondsPerDay + Int64((hour * 60 + minute) * 60 + second) * 1_000_000
      + Int64(fraction)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension CivilDate {
  /// `YYYY-MM-DD`.
  fileprivate static func text(_ date: CivilDate) -> String {
    var bytes: [UInt8] = []
    date.append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
