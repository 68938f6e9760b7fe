extension BoundedCount {
  /// What words before or behind a number make of it.
  private enum Meaning {
    case exactly, atLeast, moreThan, atMost, fewerThan, around

    /// The count; nil for what no count of things can be.
    func count(_ number: Int64) -> BoundedCount? {
      switch self {
      case .exactly: BoundedCount(number)
      case .atLeast: BoundedCount(lower: number, upper: nil)
      case .moreThan: number == .max ? nil : BoundedCount(lower: number + 1, upper: nil)
      case .atMost: BoundedCount(lower: 0, upper: number)
      case .fewerThan: number < 1 ? nil : BoundedCount(lower: 0, upper: number - 1)
      case .around: .around(number)
      }
    }
  }

  /// What may stand before a number. Where one beginning is the beginning of another, the longer one comes first.
  private static let prefixes: [(Meaning, [String])] = [
    (
      .atLeast,
      ["at least", "no fewer than", "no less than", "not fewer than", "not less than", "upwards of", ">=", "≥"]
    ),
    (.atMost, ["at most", "up to", "no more than", "not more than", "<=", "≤"]),
    (.moreThan, ["more than", "over", "above", "in excess of", ">"]),
    (.fewerThan, ["fewer than", "less than", "under", "below", "nearly", "almost", "<"]),
    (
      .around,
      [
        "around", "about", "approximately", "approx.", "approx", "roughly", "circa", "ca.", "some", "an estimated", "~",
        "≈",
      ]
    ),
    (.exactly, ["exactly"]),
  ]

  /// What may stand behind a number. A star is a footnote's, and leaves the number what it is.
  private static let suffixes: [(Meaning, [String])] = [
    (.atLeast, ["+", "or more", "or over", "and more", "and over"]), (.atMost, ["or fewer", "or less"]),
    (.around, ["~"]), (.exactly, ["*"]),
  ]

  /// Reads a count as it is published, whatever the case of its words; nil for anything else.
  ///
  /// A number is written in digits, grouped by commas or not. `12` and `1*` are exact; `500+`, `at least 500`, `>=500` are
  /// 500 or more, `over 500`, `more than 500`, `>500` 501 or more; `up to 5`, `at most 5`, `<=5` are 0 to 5, `<5`,
  /// `fewer than 5`, `nearly 5` 0 to 4; `0-499`, `0 to 499`, `between 0 and 499` give both bounds; `around 250`, `~250`
  /// and `250~` give none.
  public init?(_ text: some StringProtocol) {
    let text = TextParsing.trimmed(text.lowercased()[...])
    guard let count = BoundedCount.withWords(text) ?? BoundedCount.range(text) else { return nil }
    self = count
  }

  private static func withWords(_ text: Substring) -> BoundedCount? {
    if let number = number(text) { return BoundedCount(number) }
    for (meaning, words) in prefixes {
      for word in words where text.hasPrefix(word) {
        if let number = number(TextParsing.trimmed(text.dropFirst(word.count))), number >= 0 {
          return meaning.count(number)
        }
      }
    }
    for (meaning, words) in suffixes {
      for word in words where text.hasSuffix(word) {
        guard let number = number(TextParsing.trimmed(text.dropLast(word.count))) else { continue }
        // A difference may be below nothing.
        return number >= 0 || word == "+" ? meaning.count(number) : nil
      }
    }
    return nil
  }

  private static func range(_ text: Substring) -> BoundedCount? {
    for (opening, middle) in [("between ", " and "), ("from ", " to "), ("", " to "), ("", "-"), ("", "–")] {
      guard text.hasPrefix(opening) else { continue }
      let rest = text.dropFirst(opening.count)
      // The sign of a lower bound is not the middle.
      guard let place = rest.dropFirst().firstRange(of: middle) else { continue }
      let isOpen = opening.isEmpty && middle == " to "
      guard let lower = bound(rest[..<place.lowerBound], isOpen), let upper = bound(rest[place.upperBound...], isOpen),
        isOpen || lower ?? 0 >= 0 && upper ?? 0 >= 0
      else { return nil }
      return BoundedCount(lower: lower, upper: upper)
    }
    return nil
  }

  /// A number, or none where one may stand open; the outer optional is nil for anything else.
  private static func bound(_ text: Substring, _ mayBeOpen: Bool) -> Int64?? {
    let text = TextParsing.trimmed(text)
    if mayBeOpen, text == "?" { return .some(nil) }
    return number(text).map { .some($0) }
  }

  /// Digits with an optional sign, grouped by commas in threes or not at all.
  private static func number(_ text: Substring) -> Int64? {
    let digits = text.drop { $0 == "-" }
    let groups = digits.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard text.utf8.count - digits.utf8.count <= 1, !digits.isEmpty,
      groups.allSatisfy({ $0.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } })
    else { return nil }
    if groups.count > 1 {
      guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
    }
    return Int64(text.filter { $0 != "," })
  }
}
