/// Where the lines of one statement may be broken, and how far they are then indented. Made by a walk over the tree,
/// which says what belongs together; the tokens themselves stay as they are.
struct Layout {
  /// How the breaks of a group go together.
  enum Style {
    /// All of them are line ends, or none.
    case together
    /// Each is a line end only where the line would grow too long.
    case flowing
  }

  /// Tokens that stand on one line if they fit.
  struct Group {
    var range: ClosedRange<Int>
    var style: Style
    /// Whether its breaks are line ends even if it fits.
    var isForced = false
    /// Whether its lines are indented from the line on which it begins, and not from what it is part of.
    var isBracket = false
  }

  /// Tokens whose lines are indented further.
  struct Indent {
    var range: ClosedRange<Int>
    var columns: Int
  }

  let map: TokenMap
  private(set) var groups: [Group] = []
  private(set) var indents: [Indent] = []
  /// The tokens before which a line may end, with the space that stands there if it does not.
  private(set) var breaks: [Int: Int] = [:]

  init(_ map: TokenMap) { self.map = map }

  mutating func group(_ range: ClosedRange<Int>, _ style: Style = .together, isForced: Bool = false) {
    groups.append(Group(range: range, style: style, isForced: isForced))
  }

  mutating func indent(_ lower: Int, _ upper: Int, by columns: Int = 2) {
    guard lower <= upper else { return }
    indents.append(Indent(range: lower...upper, columns: columns))
  }

  mutating func mayBreak(before index: Int, space: Int = 1) {
    guard index > 0, index < map.tokens.count else { return }
    breaks[index] = space
  }

  /// A clause of `range`, whose first `headCount` tokens are its words. In a vertical one several items stand below its
  /// words, each on its line, if they do not fit behind them.
  mutating func clause(_ range: ClosedRange<Int>, headCount: Int = 1, isVertical: Bool = false) {
    let content = range.lowerBound + headCount
    guard content <= range.upperBound else { return }
    let commas = map.commas(in: content...range.upperBound)
    let isList = isVertical && !commas.isEmpty
    group(range, isVertical ? .together : .flowing)
    indent(isList ? content : range.lowerBound + 1, range.upperBound)
    if isList { mayBreak(before: content) }
    for comma in commas { mayBreak(before: comma + 1) }
  }

  /// Every pair of brackets, which hold their content on lines of its own if it does not fit between them.
  mutating func brackets() {
    for index in map.tokens.indices {
      guard let closing = map.closing(of: index), closing > index + 1 else { continue }
      let commas = map.commas(in: index + 1...closing - 1)
      let style = isListOfWords(index, commas, closing) ? Style.flowing : .together
      groups.append(Group(range: index...closing, style: style, isBracket: true))
      indent(index + 1, closing - 1)
      mayBreak(before: index + 1, space: 0)
      mayBreak(before: closing, space: 0)
      for comma in commas { mayBreak(before: comma + 1) }
    }
  }

  /// Whether what stands in brackets is a list of short items of one token, or of two for a number with its sign.
  private func isListOfWords(_ opening: Int, _ commas: [Int], _ closing: Int) -> Bool {
    guard commas.count > 1 else { return false }
    var start = opening
    for end in commas + [closing] {
      let isShort = end - start == 2 || (end - start == 3 && map.tokens[start + 1].kind == .symbol(.minus))
      let last = map.tokens[end - 1].span
      guard isShort, last.end - last.start <= 24 else { return false }
      start = end
    }
    return true
  }
}
