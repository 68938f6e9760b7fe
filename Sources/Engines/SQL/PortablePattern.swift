/// A regular expression of RE2 that means the same to the databases' own matchers (Java's, and PostgreSQL's advanced ones),
/// when it is only asked whether it occurs in a text: letters, classes, groups, alternatives, repetitions, both ends.
struct PortablePattern {
  /// The pattern in the form that all of them read.
  let text: String

  /// More repetitions than these PostgreSQL does not count.
  private static let mostRepetitions = 255
  private static let classes: [Character: String] = ["d": "0-9", "w": "0-9A-Za-z_"]

  /// Nil for a pattern with anything else in it.
  ///
  /// - Parameter end: what stands for the end of the text; Java's `$` also stands before a last line end.
  init?(_ pattern: String, end: String) {
    var result = ""
    var rest = Substring(pattern)
    // Whether something that can be repeated, or ended by `|` or `)`, stands to the left.
    var isAtom = false
    var isPiece = false
    var depth = 0
    while let character = rest.popFirst() {
      var atom: String?
      switch character {
      case "^", "$":
        result += character == "^" ? "^" : end
        (isAtom, isPiece) = (false, true)
        continue
      case "(":
        if rest.hasPrefix("?:") { rest = rest.dropFirst(2) } else if rest.hasPrefix("?") { return nil }
        result += "(?:"
        depth += 1
        (isAtom, isPiece) = (false, false)
        continue
      case ")":
        guard depth > 0, isPiece else { return nil }
        depth -= 1
        atom = ")"
      case "|":
        guard isPiece else { return nil }
        result += "|"
        (isAtom, isPiece) = (false, false)
        continue
      case "*", "+", "?":
        guard isAtom else { return nil }
        result.append(character)
        // Another sign behind it would make it lazy or possessive.
        isAtom = false
        continue
      case "{":
        guard isAtom, let repetition = Self.repetition(&rest) else { return nil }
        result += repetition
        isAtom = false
        continue
      case "[": atom = Self.characterClass(&rest)
      // Any sign but a line end, which is what it is in RE2.
      case ".": atom = "[^\n]"
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        atom = Self.classes[escaped].map { "[\($0)]" } ?? (Self.isSign(escaped) ? "\\\(escaped)" : nil)
      case "]", "}": return nil
      default: atom = String(character)
      }
      guard let atom, !atom.utf8.contains(0) else { return nil }
      result += atom
      (isAtom, isPiece) = (true, true)
    }
    guard depth == 0, isPiece else { return nil }
    text = result
  }

  /// A sign of ASCII that is neither letter nor digit, and stands for itself behind a backslash.
  private static func isSign(_ character: Character) -> Bool {
    guard let code = character.asciiValue else { return false }
    return code > 0x20 && code < 0x7F && !character.isLetter && !character.isNumber
  }

  /// What follows `{`.
  private static func repetition(_ rest: inout Substring) -> String? {
    guard let close = rest.firstIndex(of: "}") else { return nil }
    let counts = rest[..<close].split(separator: ",", omittingEmptySubsequences: false)
    let numbers = counts.map { $0.allSatisfy { ("0"..."9").contains($0) } ? Int($0) : nil }
    guard (1...2).contains(counts.count), let least = numbers[0], least <= mostRepetitions else { return nil }
    if counts.count == 2, !counts[1].isEmpty {
      guard let most = numbers[1], (least...mostRepetitions).contains(most) else { return nil }
    }
    defer { rest = rest[rest.index(after: close)...] }
    return "{\(rest[..<close])}"
  }

  /// What follows `[`: letters, digits and other signs of ASCII, and ranges of letters and of digits.
  private static func characterClass(_ rest: inout Substring) -> String? {
    var result = "["
    if rest.first == "^" { result.append(rest.removeFirst()) }
    var isEmpty = true
    while let character = rest.popFirst() {
      switch character {
      case "]": return isEmpty ? nil : result + "]"
      case "[", "&", "^": return nil
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        if let letters = classes[escaped] {
          result += letters
        } else if isSign(escaped) {
          result += "\\\(escaped)"
        } else {
          return nil
        }
      case "-":
        // First or last it is a sign like any other.
        guard isEmpty || rest.first == "]" else { return nil }
        result += "\\-"
      default:
        guard let first = character.asciiValue, first >= 0x20 else { return nil }
        result.append(character)
        guard rest.first == "-", let last = rest.dropFirst().first, last != "]" else { break }
        let isRange = [("0"..."9"), ("a"..."z"), ("A"..."Z")].contains { (letters: ClosedRange<Character>) in
          letters.contains(character) && letters.contains(last) && character <= last
        }
        guard isRange else { return nil }
        result += "-\(last)"
        rest = rest.dropFirst(2)
      }
      isEmpty = false
    }
    return nil
  }
}
