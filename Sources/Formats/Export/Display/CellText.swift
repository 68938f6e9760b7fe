import ColumnStore

/// The texts that readers see in one column: hints applied, not yet escaped or fitted.
struct CellText {
  let isRightAligned: Bool
  /// Whether digits are grouped by commas.
  private(set) var groupsDigits = false

  private let column: Column
  private let nullText: String
  private let hiddenRows: Bitmap?
  private let texts: [String]?
  private let percentDecimals: Int?
  private let percentRounding: FloatingPointRoundingRule?
  private let decimals: Int?

  init(_ column: Column, name: String, presentation: Presentation) {
    self.column = column
    nullText = presentation.nullText
    let hidden = presentation.hiddenRows[name]
    hiddenRows = hidden?.count == column.count ? hidden : nil
    let given = presentation.displayTexts[name]
    texts = given?.count == column.count ? given : nil
    percentDecimals = column.type.isNumeric ? presentation.percentDecimals[name].map { min(max($0, 0), 15) } : nil
    percentRounding = presentation.percentRounding[name]
    decimals = column.type == .double ? presentation.decimals[name].map { min(max($0, 0), 15) } : nil
    switch presentation.alignments[name] {
    case .left?: isRightAligned = false
    case .right?: isRightAligned = true
    case nil:
      isRightAligned =
        column.type.isNumeric || [.date, .time, .timestamp, .interval, .count].contains(column.type)
    }
  }

  /// Groups digits from now on where that helps in some rows, and the column's name does not say that its numbers are names.
  mutating func groupDigits(of name: String, in rows: [Range<Int>]) {
    groupsDigits =
      (column.type.isNumeric || column.type == .count) && !namesThings(name) && rows.joined().contains(where: isLong)
  }

  func isNull(_ row: Int) -> Bool { column.isNull(row) }

  /// The text of a row as a terminal shows it: harmless, and in quotes where it reads as a missing value does.
  func visible(_ row: Int) -> String {
    let text = visibleText(text(row))
    return text == nullText && !text.isEmpty && column.type == .text && !isNull(row) ? "'\(text)'" : text
  }

  /// The text of a row.
  func text(_ row: Int) -> String {
    if let texts { return texts[row] }
    switch column.value(row) {
    case .null: return hiddenRows?[row] == true ? Presentation.hiddenText : nullText
    case .integer(let number):
      if let percentDecimals { return percentText(Double(number), percentDecimals, percentRounding) }
      return groupsDigits ? groupedDigits(String(number)) : String(number)
    case .double(let number):
      if let percentDecimals { return percentText(number, percentDecimals, percentRounding) }
      let text = decimals.map { fixedText(number, $0) } ?? Value.double(number).description
      return groupsDigits ? groupedDigits(text) : text
    case .decimal(let number):
      if let percentDecimals { return percentText(number.double, percentDecimals, percentRounding) }
      return groupsDigits ? groupedDigits(number.description) : number.description
    case .count(let count): return groupsDigits ? groupedBounds(count) : count.description
    case let value: return value.description
    }
  }

  /// A round number as the column's numbers are shown.
  func scaleText(_ number: Double) -> String {
    let shown = percentDecimals == nil ? number : number * 100
    let text = Value.double(shown).description
    return groupedDigits(text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + (percentDecimals == nil ? "" : "%")
  }

  /// Whether the column's numbers lie at a point and so are aligned at it.
  var isAlignedAtPoint: Bool {
    (column.type == .double || column.type.scale > 0) && texts == nil && isRightAligned
  }

  /// Whether a row's number has four digits or more before the point and is not one that could be a year, so that
  /// grouping its column's digits helps.
  func isLong(_ row: Int) -> Bool {
    guard texts == nil, percentDecimals == nil else { return false }
    switch column.value(row) {
    case .integer(let number): return number.magnitude >= 1000 && !(1900...2100).contains(number)
    case .double(let number): return number.magnitude >= 1000 && number.magnitude < 1e15
    case .decimal(let number):
      let whole = (number.units / Decimal.powersOfTen[number.scale]).magnitude
      return whole >= 1000 && (number.scale > 0 || !(1900...2100).contains(whole))
    case .count(let count):
      return [count.lower, count.upper, count.approximate].contains { bound in
        bound.map { $0.magnitude >= 1000 && !(1900...2100).contains($0) } ?? false
      }
    default: return false
    }
  }
}

/// A ratio as a percentage, rounded to the nearest or by a rule.
private func percentText(_ ratio: Double, _ decimals: Int, _ rule: FloatingPointRoundingRule?) -> String {
  guard let rule else { return fixedText(ratio * 100, decimals) + "%" }
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  // What is whole but for its last bits stays as it is.
  let slack = rule == .up ? -1e-9 : 1e-9
  return fixedText((ratio * 100 * scale + slack).rounded(rule) / scale, decimals) + "%"
}

/// A count with commas in its numbers.
private func groupedBounds(_ count: BoundedCount) -> String {
  var text = ""
  var digits = ""
  for character in count.description + " " {
    if character.isNumber {
      digits.append(character)
    } else {
      text += groupedDigits(digits)
      text.append(character)
      digits = ""
    }
  }
  return String(text.dropLast())
}

/// A double with a fixed number of decimals, rounded to the nearest; beyond 10^15 its shortest text.
func fixedText(_ number: Double, _ decimals: Int) -> String {
  guard number.isFinite, number.magnitude < 1e15 else { return Value.double(number).description }
  var bytes: [UInt8] = []
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (number * scale).rounded(.toNearestOrAwayFromZero)
  guard scaled.magnitude < 9e15 else { return Value.double(number).description }
  let units = Int64(scaled)
  if units < 0 { bytes.append(UInt8(ascii: "-")) }
  let magnitude = String(units.magnitude)
  let padded = String(repeating: "0", count: max(0, decimals + 1 - magnitude.utf8.count)) + magnitude
  let digits = Array(padded.utf8)
  bytes.append(contentsOf: digits.dropLast(decimals))
  if decimals > 0 {
    bytes.append(UInt8(ascii: "."))
    bytes.append(contentsOf: digits.suffix(decimals))
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// A decimal text with commas between groups of three digits before the point; texts with an exponent stay as they are.
public func groupedDigits(_ text: String) -> String {
  let bytes = Array(text.utf8)
  let start = bytes.first == UInt8(ascii: "-") ? 1 : 0
  let point = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.count
  let isDigit: (UInt8) -> Bool = { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  guard point > start, bytes[start..<point].allSatisfy(isDigit), bytes[point...].dropFirst().allSatisfy(isDigit) else {
    return text
  }
  var result = Array(bytes[..<start])
  for index in start..<point {
    if index > start, (point - index) % 3 == 0 { result.append(UInt8(ascii: ",")) }
    result.append(bytes[index])
  }
  result.append(contentsOf: bytes[point...])
  return String(decoding: result, as: UTF8.self)
}

/// Whether a column's name says that its numbers name things (ids, years, codes), so that their digits are not grouped.
func namesThings(_ name: String) -> Bool {
  let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
  let markers: Set<Substring> = [
    "id", "ids", "uid", "pid", "key", "year", "years", "yr", "code", "zip", "phone", "port", "hash", "line", "_line",
    "version", "userid", "accountid", "tweetid", "noticeid", "actionid", "statusid", "uuid", "serial",
  ]
  return words.contains { markers.contains($0) } || name.hasSuffix("Id") || name.hasSuffix("ID")
}
