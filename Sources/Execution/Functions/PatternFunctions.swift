import ColumnStore
import Planning

/// Regular expressions on single texts. Places count code points from 1, as PostgreSQL does.
enum PatternFunctions {
  static let table: [ScalarFunction: RowFunction] = [
    .regexMatches: matching(flags: 2) { regex, values in .boolean(regex.matches(values.text(0) ?? "")) },
    .regexFullMatch: matching(flags: 2) { regex, values in .boolean(regex.matches(values.text(0) ?? "", whole: true)) },
    .regexExtract: matching(flags: 3) { regex, values in
      nth(1, match: regex, values.text(0) ?? "", group: values.integer(2) ?? 0)
    },
    .regexSubstring: matching(flags: 4) { regex, values in
      nth(
        values.integer(3) ?? 1, match: regex, values.text(0) ?? "", from: values.integer(2),
        group: values.integer(5) ?? 0)
    },
    .regexExtractAll: matching(flags: 3) { regex, values in
      let text = values.text(0) ?? ""
      guard let group = index(of: values.integer(2) ?? 0, in: regex) else { return .null }
      var found: [String] = []
      regex.forEachMatch(in: text) { match in
        found.append(match[group].map { slice(text, $0) } ?? "")
        return true
      }
      return .textList(found)
    },
    .regexGroups: matching(flags: 2) { regex, values in
      let text = values.text(0) ?? ""
      var groups: Value = .null
      regex.forEachMatch(in: text) { match in
        let spans = match.count > 1 ? match[1...] : match[...]
        groups = .list(spans.map { $0.map { .text(slice(text, $0)) } ?? .null }, of: .text)
        return false
      }
      return groups
    },
    .regexReplace: RowFunction(preparing: { constants, call in
      let regex = try prepared(constants, flags: max(3, constants.count - 1), call)
      return { values in .text(try replaced(values, try regex(values), call)) }
    }),
    .regexCount: matching(flags: 3) { regex, values in
      let text = values.text(0) ?? ""
      guard let start = byte(values.integer(2), in: text) else { return .integer(0) }
      var count: Int64 = 0
      regex.forEachMatch(in: text, from: start) { _ in
        count += 1
        return true
      }
      return .integer(count)
    },
    .regexPosition: matching(flags: 5) { regex, values in
      let text = values.text(0) ?? ""
      let range = nthRange(
        values.integer(3) ?? 1, match: regex, text, from: values.integer(2), group: values.integer(6) ?? 0)
      guard let range else { return .integer(0) }
      let end = values.integer(4) == 1 ? range.upperBound : range.lowerBound
      return .integer(Int64(text.unicodeScalars[..<text.utf8.index(text.startIndex, offsetBy: end)].count) + 1)
    },
    .regexSplit: matching(flags: 2) { regex, values in
      let text = values.text(0) ?? ""
      var parts: [String] = []
      var position = 0
      regex.forEachMatch(in: text) { match in
        guard let whole = match[0] else { return true }
        // An empty match parts nothing at the ends of the text.
        if whole.isEmpty, whole.lowerBound == 0 || whole.lowerBound == text.utf8.count { return true }
        parts.append(slice(text, position..<whole.lowerBound))
        position = whole.upperBound
        return true
      }
      parts.append(slice(text, position..<text.utf8.count))
      return .textList(parts)
    },
    .regexEscape: RowFunction { values in .text(RegularExpression.escaped(values.text(0) ?? "")) },
  ]

  /// The compiled pattern; an error with the place of the call where it is none.
  static func regex(_ pattern: String, _ flags: String, _ call: PlanExpression) throws -> RegularExpression {
    do {
      return try RegularExpression.compiled(pattern, flags: flags)
    } catch {
      throw ExecutionError.invalidPattern(error, span: call.span)
    }
  }

  /// A function of a text and a pattern, which is the second argument; its flags are the argument at an index.
  private static func matching(
    flags index: Int, _ body: @escaping @Sendable (RegularExpression, [Value]) -> Value
  ) -> RowFunction {
    RowFunction(preparing: { constants, call in
      let regex = try prepared(constants, flags: index, call)
      return { values in body(try regex(values), values) }
    })
  }

  /// Gives the pattern of a row, which is compiled once where it is the same for all.
  private static func prepared(_ constants: [Value?], flags index: Int, _ call: PlanExpression) throws
    -> ([Value]) throws -> RegularExpression
  {
    let flags = index < constants.count ? constants[index] : .text("")
    if case .text(let pattern)? = constants[1], let flags {
      let regex = try regex(pattern, [flags].text(0) ?? "", call)
      return { _ in regex }
    }
    return { try regex($0.text(1) ?? "", $0.text(index) ?? "", call) }
  }

  /// The index of a group in a match; nil for one that the pattern does not have.
  private static func index(of group: Int64, in regex: RegularExpression) -> Int? {
    (0...Int64(regex.groupCount)).contains(group) ? Int(group) : nil
  }

  private static func nth(
    _ number: Int64, match regex: RegularExpression, _ text: String, from: Int64? = nil, group: Int64
  ) -> Value {
    nthRange(number, match: regex, text, from: from, group: group).map { .text(slice(text, $0)) } ?? .null
  }

  private static func nthRange(
    _ number: Int64, match regex: RegularExpression, _ text: String, from: Int64?, group: Int64
  ) -> Range<Int>? {
    guard let group = index(of: group, in: regex), let start = byte(from, in: text), number > 0 else { return nil }
    var result: Range<Int>?
    var count: Int64 = 0
    regex.forEachMatch(in: text, from: start) { match in
      count += 1
      if count == number { result = match[group] }
      return count < number
    }
    return result
  }

  /// The byte at which the nth code point begins; nil behind the text.
  private static func byte(_ place: Int64?, in text: String) -> Int? {
    guard let place, place > 1 else { return 0 }
    let scalars = text.unicodeScalars
    guard let steps = Int(exactly: place - 1),
      let index = scalars.index(scalars.startIndex, offsetBy: steps, limitedBy: scalars.endIndex)
    else { return nil }
    return text.utf8.distance(from: text.startIndex, to: index)
  }

  private static func slice(_ text: String, _ range: Range<Int>) -> String {
    let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
    return String(text[start..<text.utf8.index(start, offsetBy: range.count)])
  }

  /// The first match replaced, the nth, or with the flag `g` or n = 0 all of them.
  private static func replaced(_ values: [Value], _ regex: RegularExpression, _ call: PlanExpression) throws -> String {
    let text = values.text(0) ?? ""
    let pieces = Replacement(values.text(2) ?? "")
    let isPlaced = values.integer(3) != nil
    let flags = values.text(max(3, values.count - 1)) ?? ""
    let number = isPlaced ? values.integer(4) ?? 1 : 1
    let replacesAll = isPlaced && values.integer(4) != nil ? number == 0 : flags.contains("g")
    guard let start = byte(values.integer(3), in: text), number >= 0 else { return text }
    var result = ""
    var position = 0
    var count: Int64 = 0
    try regex.forEachMatch(in: text, from: start) { match in
      guard let whole = match[0] else { return true }
      count += 1
      guard replacesAll || count == number else { return true }
      result += slice(text, position..<whole.lowerBound)
      for piece in pieces.pieces {
        switch piece {
        case .text(let plain): result += plain
        case .group(let group):
          if group < match.count, let range = match[group] { result += slice(text, range) }
        }
      }
      guard result.utf8.count <= TextFunctions.lengthLimit else {
        throw ExecutionError.tooLong(function: "regexp_replace", span: call.span)
      }
      position = whole.upperBound
      return replacesAll
    }
    return result + slice(text, position..<text.utf8.count)
  }
}

/// What matches are replaced by: `\1` to `\9` stand for groups, `\0` and `\&` for the whole match, `\\` for itself.
private struct Replacement {
  enum Piece {
    case text(String)
    case group(Int)
  }

  var pieces: [Piece] = []

  init(_ written: String) {
    var plain = ""
    var characters = written.unicodeScalars.makeIterator()
    while let character = characters.next() {
      guard character == "\\" else {
        plain.unicodeScalars.append(character)
        continue
      }
      let next = characters.next()
      let group: Int? =
        switch next {
        case "&"?: 0
        case ("0"..."9")?: next.map { Int($0.value) - 48 }
        default: nil
        }
      if let group {
        pieces += [.text(plain), .group(group)]
        plain = ""
      } else {
        if next != "\\" { plain += "\\" }
        if let next { plain.unicodeScalars.append(next) }
      }
    }
    pieces.append(.text(plain))
  }
}
