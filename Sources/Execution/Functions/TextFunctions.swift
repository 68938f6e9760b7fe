import ColumnStore
import Formats
import Language
import Planning

/// Text functions on single values. Places and lengths count code points, as PostgreSQL does.
enum TextFunctions {
  /// The longest text that a function may make, in bytes.
  static let lengthLimit = 256 << 20

  static func call(_ function: ScalarFunction, _ values: [Value], _ span: SourceSpan) throws -> Value {
    if function == .concat { return .text(values.map(\.description).joined()) }
    if function == .concatWithSeparator {
      guard case .text(let separator)? = values.first else { return .null }
      return .text(values.dropFirst().filter { !$0.isNull }.map(\.description).joined(separator: separator))
    }
    if case .list(let items, _)? = values.first, function == .length { return .integer(Int64(items.count)) }
    guard case .text(let text)? = values.first else { return .null }
    switch function {
    case .lower: return .text(text.lowercased())
    case .upper: return .text(text.uppercased())
    case .capitalise: return .text(capitalised(text))
    case .length: return .integer(Int64(text.unicodeScalars.count))
    case .reverse: return .text(String(text.reversed()))
    case .trim: return .text(trimmed(text, values, start: true, end: true))
    case .trimStart: return .text(trimmed(text, values, start: true, end: false))
    case .trimEnd: return .text(trimmed(text, values, start: false, end: true))
    case .figure: return PublishedNumber(text).map { .double($0.figure) } ?? .null
    case .remark: return PublishedNumber(text)?.remark.map { .text($0) } ?? .null
    case .left, .right, .repeated:
      guard case .integer(let count) = values[1] else { return .null }
      return .text(try counted(function, text, count, span))
    case .substring:
      guard case .integer(let from) = values[1] else { return .null }
      guard values.count > 2 else { return .text(substring(text, from: max(from, 1), count: .max)) }
      guard case .integer(let count) = values[2] else { return .null }
      return .text(substring(text, from: from, count: max(0, count)))
    case .padLeft, .padRight:
      guard case .integer(let length) = values[1] else { return .null }
      var fill = " "
      if values.count > 2, case .text(let given) = values[2] { fill = given }
      guard length <= lengthLimit / 4 else {
        throw ExecutionError.tooLong(function: function == .padLeft ? "lpad" : "rpad", span: span)
      }
      return .text(padded(text, to: length, with: fill, atStart: function == .padLeft))
    default: break
    }
    guard values.count > 1, case .text(let other) = values[1] else { return .null }
    switch function {
    case .concatenate: return .text(text + other)
    case .contains: return .boolean(other.isEmpty || find(other, in: text) != nil)
    case .startsWith: return .boolean(text.utf8.starts(with: other.utf8))
    case .endsWith: return .boolean(text.utf8.reversed().starts(with: other.utf8.reversed()))
    case .position:
      if other.isEmpty { return .integer(1) }
      return .integer(find(other, in: text).map { Int64(text.unicodeScalars[..<$0].count) + 1 } ?? 0)
    case .like, .ilike:
      var escape: Unicode.Scalar?
      if values.count > 2, case .text(let given) = values[2] { escape = given.unicodeScalars.first }
      let ignoresCase = function == .ilike
      let pattern = LikePattern(other, escape: escape, ignoresCase: ignoresCase)
      return .boolean(pattern.matches(ignoresCase ? text.lowercased() : text))
    case .replace:
      guard case .text(let new) = values[2] else { return .null }
      return .text(try replaced(text, other, new, span))
    case .splitPart:
      guard case .integer(let number) = values[2] else { return .null }
      return .text(part(of: text, between: other, number))
    default: return .null
    }
  }

  private static func capitalised(_ text: String) -> String {
    var result = ""
    var isStart = true
    for character in text {
      result += isStart ? character.uppercased() : character.lowercased()
      isStart = !character.isLetter && !character.isNumber
    }
    return result
  }

  private static func trimmed(_ text: String, _ values: [Value], start: Bool, end: Bool) -> String {
    var characters: Set<Unicode.Scalar> = [" "]
    if values.count > 1, case .text(let given) = values[1] { characters = Set(given.unicodeScalars) }
    var scalars = text.unicodeScalars[...]
    if start { scalars = scalars.drop { characters.contains($0) } }
    while end, let last = scalars.last, characters.contains(last) { scalars.removeLast() }
    return String(scalars)
  }

  private static func counted(_ function: ScalarFunction, _ text: String, _ count: Int64, _ span: SourceSpan) throws
    -> String
  {
    if function == .repeated {
      guard count > 0, !text.isEmpty else { return "" }
      let (bytes, overflow) = Int64(text.utf8.count).multipliedReportingOverflow(by: count)
      guard !overflow, bytes <= lengthLimit else { throw ExecutionError.tooLong(function: "repeat", span: span) }
      return String(repeating: text, count: Int(count))
    }
    let scalars = text.unicodeScalars
    let length = scalars.count
    // A negative count says how many are left out at the other end.
    let taken = count >= 0 ? Int(min(count, Int64(length))) : max(0, length - Int(min(count.magnitude, UInt64(length))))
    return String(function == .left ? scalars.prefix(taken) : scalars.suffix(taken))
  }

  /// SQL's substring: the places `from ..< from + count` that exist, the first being 1.
  private static func substring(_ text: String, from: Int64, count: Int64) -> String {
    let scalars = text.unicodeScalars
    let (sum, overflow) = from.addingReportingOverflow(count)
    let end = overflow ? Int64.max : sum
    let first = max(from, 1)
    guard end > first, first <= Int64(scalars.count) else { return "" }
    return String(scalars.dropFirst(Int(first - 1)).prefix(Int(min(end - first, Int64(scalars.count)))))
  }

  private static func padded(_ text: String, to length: Int64, with fill: String, atStart: Bool) -> String {
    let scalars = Array(text.unicodeScalars)
    guard length > 0 else { return "" }
    if scalars.count >= length || fill.isEmpty { return string(scalars.prefix(Int(length))) }
    let pattern = Array(fill.unicodeScalars)
    let missing = Int(length) - scalars.count
    let padding = (0..<missing).map { pattern[$0 % pattern.count] }
    return atStart ? string(padding[...]) + text : text + string(padding[...])
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Where a part first begins, by bytes.
  private static func find(_ part: String, in text: String, from: String.Index? = nil) -> String.Index? {
    let bytes = Array(part.utf8)
    let view = text.utf8
    var index = from ?? view.startIndex
    var left = view.distance(from: index, to: view.endIndex)
    while left >= bytes.count {
      if view[index...].starts(with: bytes) { return index }
      index = view.index(after: index)
      left -= 1
    }
    return nil
  }

  private static func replaced(_ text: String, _ old: String, _ new: String, _ span: SourceSpan) throws -> String {
    guard !old.isEmpty else { return text }
    var result = ""
    var position = text.startIndex
    while let found = find(old, in: text, from: position) {
      result += text[position..<found]
      result += new
      guard result.utf8.count <= lengthLimit else { throw ExecutionError.tooLong(function: "replace", span: span) }
      position = text.utf8.index(found, offsetBy: old.utf8.count)
    }
    return result + text[position...]
  }

  private static func part(of text: String, between separator: String, _ number: Int64) -> String {
    guard !separator.isEmpty else { return number == 1 || number == -1 ? text : "" }
    let parts = parts(of: text, between: separator)
    let (back, overflow) = Int64(parts.count).addingReportingOverflow(number)
    let index = number > 0 ? number - 1 : overflow ? -1 : back
    guard number != 0, index >= 0, index < parts.count else { return "" }
    return parts[Int(index)]
  }

  /// The parts of a text between separators, which are not empty.
  static func parts(of text: String, between separator: String) -> [String] {
    var parts: [String] = []
    var position = text.startIndex
    while let found = find(separator, in: text, from: position) {
      parts.append(String(text[position..<found]))
      position = text.utf8.index(found, offsetBy: separator.utf8.count)
    }
    parts.append(String(text[position...]))
    return parts
  }
}
