import ColumnStore
import Planning

/// Writes values into the places of a template.
enum TemplateText {
  static let function = RowFunction(preparing: { constants, call in
    guard case .text(let text)?? = constants.first, let template = TextTemplate(text) else { return { _ in .null } }
    return { values in
      var result = ""
      for piece in template.pieces {
        switch piece {
        case .text(let plain): result += plain
        case .place(let place):
          let index = place.argument + 1
          result += written(index < values.count ? values[index] : .null, place)
        }
        guard result.utf8.count <= TextFunctions.lengthLimit else {
          throw ExecutionError.tooLong(function: "format", span: call.span)
        }
      }
      return .text(result)
    }
  })

  private static func written(_ value: Value, _ place: TextTemplate.Place) -> String {
    guard place.isNumber, !value.isNull else { return filled(text(value, place), place, isNumber: isNumber(value)) }
    var digits: String
    var isNegative = false
    if place.isWhole {
      let number: Int64 = [value].integer(0) ?? 0
      isNegative = number < 0
      switch place.letter {
      case "c": return filled(Unicode.Scalar(UInt32(clamping: number)).map { String($0) } ?? "", place, isNumber: false)
      case "x": digits = String(number.magnitude, radix: 16)
      case "X": digits = String(number.magnitude, radix: 16, uppercase: true)
      case "o": digits = String(number.magnitude, radix: 8)
      case "b": digits = String(number.magnitude, radix: 2)
      default: digits = String(number.magnitude)
      }
    } else {
      let number = double(value)
      isNegative = number.sign == .minus && !number.isNaN
      digits = formatted(number.magnitude, letter: place.letter, precision: place.precision ?? 6)
    }
    if place.isGrouped { digits = grouped(digits) }
    let sign = isNegative ? "-" : place.sign
    if place.isZeroPadded {
      digits = String(repeating: "0", count: max(0, place.width - sign.count - digits.count)) + digits
    }
    return filled(sign + digits, place, isNumber: true)
  }

  private static func text(_ value: Value, _ place: TextTemplate.Place) -> String {
    let text =
      switch place.letter {
      case "I": QuotedText.name(value.description)
      case "L": value.isNull ? "NULL" : QuotedText.literal(value.description)
      default: value.description
      }
    return place.precision.map { String(text.prefix($0)) } ?? text
  }

  private static func isNumber(_ value: Value) -> Bool { value.type?.isNumeric ?? false }

  private static func double(_ value: Value) -> Double {
    switch value {
    case .integer(let number): Double(number)
    case .double(let number): number
    default: Double(value.description) ?? .nan
    }
  }

  private static func filled(_ text: String, _ place: TextTemplate.Place, isNumber: Bool) -> String {
    let missing = place.width - text.count
    guard missing > 0 else { return text }
    func fill(_ count: Int) -> String { String(repeating: place.fill, count: count) }
    switch place.alignment ?? (isNumber ? .end : .start) {
    case .start: return text + fill(missing)
    case .middle: return fill(missing / 2) + text + fill(missing - missing / 2)
    case .end: return fill(missing) + text
    }
  }

  private static func grouped(_ digits: String) -> String {
    let whole = digits.prefix { $0.isNumber }
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result + digits.dropFirst(whole.count)
  }
}
