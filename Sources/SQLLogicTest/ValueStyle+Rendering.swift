import ColumnStore
import Glibc

extension ValueStyle {
  /// Whether the letter may stand for a column.
  func knows(_ letter: Character) -> Bool { self == .exact || "TIR".contains(letter) }

  /// The text of a value that is compared.
  func text(of value: Value, as letter: Character) -> String {
    if value.isNull { return "NULL" }
    switch (self, letter) {
    case (.exact, _): return value == .text("") ? "(empty)" : value.description
    case (.original, "I"): return String(OriginalValue.integer(value))
    case (.original, "R"): return OriginalValue.threeDecimals(OriginalValue.double(value))
    case (.original, _): return OriginalValue.printable(OriginalValue.text(value))
    }
  }
}

/// What SQLite makes of a value that is asked for as an integer, a double or a text, since that is what the test program
/// of the original does.
enum OriginalValue {
  static func integer(_ value: Value) -> Int64 {
    switch value {
    case .integer(let number): number
    case .boolean(let flag): flag ? 1 : 0
    case .double(let number): clamped(number)
    default: Int64(leadingNumber(value.description, withFraction: false)) ?? 0
    }
  }

  static func double(_ value: Value) -> Double {
    switch value {
    case .integer(let number): Double(number)
    case .boolean(let flag): flag ? 1 : 0
    case .double(let number): number
    default: Double(leadingNumber(value.description, withFraction: true)) ?? 0
    }
  }

  static func text(_ value: Value) -> String {
    switch value {
    case .boolean(let flag): flag ? "1" : "0"
    case .double(let number) where number == number.rounded() && number.magnitude < 1e15: formatted("%.1f", number)
    case .double(let number): formatted("%.15g", number)
    default: value.description
    }
  }

  /// Every byte that is no printable ASCII becomes `@`, and the empty text says so.
  static func printable(_ text: String) -> String {
    if text.isEmpty { return "(empty)" }
    if text.utf8.allSatisfy({ (32...126).contains($0) }) { return text }
    return String(decoding: text.utf8.map { (32...126).contains($0) ? $0 : UInt8(ascii: "@") }, as: UTF8.self)
  }

  /// Three decimals. SQLite rounds what lies exactly between two of them away from zero, C to the even one; the former
  /// are the odd multiples of 1/16.
  static func threeDecimals(_ number: Double) -> String {
    let sixteenths = number * 16
    let isBetween = sixteenths == sixteenths.rounded() && sixteenths.magnitude < 1e15 && Int64(sixteenths) & 1 == 1
    let moved = isBetween ? (number < 0 ? number.nextDown : number.nextUp) : number
    return formatted("%.3f", moved == 0 ? 0 : moved)
  }

  private static func formatted(_ format: String, _ number: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    let count = withVaList([number]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(decoding: buffer[..<min(Int(count), buffer.count - 1)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func clamped(_ number: Double) -> Int64 {
    if let exact = Int64(exactly: number.rounded(.towardZero)) { return exact }
    return number > 0 ? .max : .min
  }

  /// The number that a text begins with, as it is written there.
  private static func leadingNumber(_ text: String, withFraction: Bool) -> String {
    var rest = text.drop { $0.isWhitespace }
    var number = ""
    if let sign = rest.first, "+-".contains(sign) {
      if sign == "-" { number = "-" }
      rest.removeFirst()
    }
    func takeDigits() {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      number += digits
      rest = rest.dropFirst(digits.count)
    }
    takeDigits()
    guard withFraction else { return number }
    if rest.first == "." {
      rest.removeFirst()
      number += number.last?.isNumber == true ? "." : "0."
      let before = number.count
      takeDigits()
      if number.count == before { number += "0" }
    }
    let exponent = rest.prefixMatch(of: /[eE]([+-]?[0-9]{1,3})/)
    if let exponent { number += "e\(exponent.1)" }
    return number
  }
}
