/// What the completion key does to the text: a pure function of the candidates, so that it can be tested without a
/// terminal.
struct CompletionEdit: Equatable {
  /// What is replaced, in UTF-8 offsets of the statement text; empty for a mere insertion.
  let range: Range<Int>
  /// What is put there.
  let replacement: String
  /// Whether nothing is left to choose.
  let isFinal: Bool

  /// The edit for `candidates` with `text` typed so far; nil when they agree on nothing beyond what is typed.
  ///
  /// A sole candidate is put in whole, with its suffix unless that stands behind the range already. Of several, the
  /// longest common beginning is put in, but what was typed is never made shorter.
  init?(candidates: [CompletionCandidate], text: String) {
    guard let first = candidates.first, let typed = CompletionEdit.part(first.range, of: text) else { return nil }
    let isSole = candidates.allSatisfy { $0.text == first.text && $0.range == first.range }
    if isSole {
      let rest = Substring(text.utf8.dropFirst(first.range.upperBound))
      let replacement = rest.hasPrefix(first.suffix) ? first.text : first.text + first.suffix
      guard replacement != typed else { return nil }
      self.init(range: first.range, replacement: replacement, isFinal: true)
      return
    }
    guard candidates.allSatisfy({ $0.range == first.range }) else { return nil }
    let common = candidates.dropFirst().reduce(first.text) { CompletionEdit.commonPrefix($0, $1.text) }
    // A quote alone would stand in the way of what is typed next.
    guard common.count >= typed.count, common != typed, common != "'" else { return nil }
    // A case that differs is corrected only together with progress or when all agree that it is wrong.
    guard common.lowercased().hasPrefix(typed.lowercased()) else { return nil }
    self.init(range: first.range, replacement: common, isFinal: false)
  }

  private init(range: Range<Int>, replacement: String, isFinal: Bool) {
    self.range = range
    self.replacement = replacement
    self.isFinal = isFinal
  }

  /// The candidates whose range is one of `text`, each once.
  static func usable(_ candidates: [CompletionCandidate], in text: String) -> [CompletionCandidate] {
    var seen: Set<String> = []
    return candidates.filter { candidate in
      part(candidate.range, of: text) != nil && seen.insert("\(candidate.range) \(candidate.text)").inserted
    }
  }

  /// The text in `range`; nil when that is not a range of whole characters of `text`.
  static func part(_ range: Range<Int>, of text: String) -> Substring? {
    let utf8 = text.utf8
    guard range.lowerBound >= 0, range.upperBound <= utf8.count else { return nil }
    let lower = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    let upper = utf8.index(lower, offsetBy: range.count)
    guard lower.samePosition(in: text.unicodeScalars) != nil, upper.samePosition(in: text.unicodeScalars) != nil else {
      return nil
    }
    return text[lower..<upper]
  }

  private static func commonPrefix(_ first: String, _ second: String) -> String {
    String(zip(first, second).prefix { $0 == $1 }.map(\.0))
  }
}
