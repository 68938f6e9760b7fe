/// Rounds a double by its shortest decimal digits.
enum DecimalRounding {
  /// Where numbers between two decimals go.
  enum Rule {
    /// To the nearer one; halves away from zero.
    case halvesAway
    /// To the nearer one; halves to the even digit.
    case halvesToEven
    /// Towards zero.
    case down
  }

  /// The double nearest to the rounded decimal; `places` is at least 1 and the number below 10^15.
  static func round(_ number: Double, places: Int, _ rule: Rule = .halvesAway) -> Double {
    if let plain = plainlyRounded(number, places, rule) { return plain }
    guard let (digits, point) = decimalDigits(number.magnitude) else { return number }
    let keep = point + places
    guard keep < digits.count else { return number }
    if keep < 0 { return 0 }
    var kept = Array(digits[..<keep])
    var shift = point
    let isHalf = digits[keep] == 5 && digits[(keep + 1)...].allSatisfy { $0 == 0 }
    let goesUp =
      switch rule {
      case .halvesAway: digits[keep] >= 5
      case .halvesToEven: isHalf ? keep > 0 && digits[keep - 1] % 2 == 1 : digits[keep] >= 5
      case .down: false
      }
    if goesUp {
      var position = keep - 1
      while position >= 0, kept[position] == 9 {
        kept[position] = 0
        position -= 1
      }
      if position >= 0 {
        kept[position] += 1
      } else {
        kept.insert(1, at: 0)
        shift += 1
      }
    }
    let text = kept.map(String.init).joined()
    let rounded = Double("0.\(text.isEmpty ? "0" : text)e\(shift)") ?? number
    return number < 0 ? -rounded : rounded
  }

  /// The same where the number is so far from a half, or when cutting from a decimal, that no digit decides anything; else
  /// nil.
  private static func plainlyRounded(_ number: Double, _ places: Int, _ rule: Rule) -> Double? {
    guard places < powersOfTen.count else { return nil }
    let scaled = number.magnitude * powersOfTen[places]
    guard scaled >= 1, scaled < 0x1p48 else { return nil }
    let whole = scaled.rounded(.down)
    let part = scaled - whole
    // The shortest form is less than one unit of the last place away from the number, and the product another half.
    let margin = 4 * scaled.ulp
    let rounded: Double
    switch rule {
    case .halvesAway, .halvesToEven:
      guard abs(part - 0.5) > margin else { return nil }
      rounded = part > 0.5 ? whole + 1 : whole
    case .down:
      guard part > margin, part < 1 - margin else { return nil }
      rounded = whole
    }
    // Both are exact, so the quotient is the double that is nearest to the decimal.
    let result = rounded / powersOfTen[places]
    return number < 0 ? -result : result
  }

  /// Those that doubles hold exactly.
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// The digits of the shortest decimal form, and where the point stands: `0.d1d2d3 * 10^point`.
  private static func decimalDigits(_ number: Double) -> (digits: [UInt8], point: Int)? {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    let text = Array(number.description.utf8)
    var index = 0
    while index < text.count {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "."): point = digits.count
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        index = text.count
      default: return nil
      }
      index += 1
    }
    return (digits, (point ?? digits.count) + exponent)
  }
}
