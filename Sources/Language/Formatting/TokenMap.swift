/// The tokens of one statement, to be found by the places at which parts of its tree stand.
struct TokenMap {
  /// The tokens, without the `end` token.
  let tokens: [Token]
  /// For each bracket the place of its counterpart, for other tokens their own; nil for a bracket that has none.
  private let counterparts: [Int?]

  init(_ tokens: [Token]) {
    self.tokens = tokens
    var counterparts = Array(tokens.indices).map { Optional($0) }
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      guard case .symbol(let symbol) = token.kind, symbol.opens || symbol.closes else { continue }
      counterparts[index] = nil
      if symbol.opens {
        open.append(index)
      } else if let opening = open.popLast() {
        counterparts[opening] = index
        counterparts[index] = opening
      }
    }
    self.counterparts = counterparts
  }

  /// The first token at or after a byte offset; the number of tokens if there is none.
  func first(from offset: Int) -> Int {
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = low + (high - low) / 2
      if tokens[middle].span.start < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The tokens of a part of the tree, with brackets of which the part holds only one end; nil for an empty part.
  func range(of span: SourceSpan) -> ClosedRange<Int>? {
    var start = first(from: span.start)
    var end = first(from: span.end) - 1
    guard start <= end, end < tokens.count else { return nil }
    var index = start
    while index <= end {
      if isOpening(index) {
        guard let closing = counterparts[index] else { return nil }
        end = max(end, closing)
        index = closing
      } else if isClosing(index) {
        guard let opening = counterparts[index] else { return nil }
        start = min(start, opening)
      }
      index += 1
    }
    return start...end
  }

  func isOpening(_ index: Int) -> Bool {
    if case .symbol(let symbol) = tokens[index].kind { return symbol.opens }
    return false
  }

  func isClosing(_ index: Int) -> Bool {
    if case .symbol(let symbol) = tokens[index].kind { return symbol.closes }
    return false
  }

  /// The bracket that closes the one at `index`; nil if that is no bracket that opens and is closed.
  func closing(of index: Int) -> Int? { isOpening(index) ? counterparts[index] : nil }

  func isComma(_ index: Int) -> Bool { tokens[index].kind == .symbol(.comma) }

  /// The token before `index`, opening brackets passed over: the word that a clause begins with, where `index` is the
  /// first token of what follows it.
  func word(before index: Int) -> Int? {
    var index = index - 1
    while index >= 0, isOpening(index) { index -= 1 }
    return index >= 0 ? index : nil
  }

  /// The nearest token before `index` that is the word; looked for only a few tokens back, brackets passed over.
  func nearest(_ keyword: Keyword, before index: Int) -> Int? {
    var index = index - 1
    var steps = 0
    while index >= 0, steps < 8 {
      if tokens[index].keyword == keyword { return index }
      if !isOpening(index) { steps += 1 }
      index -= 1
    }
    return nil
  }

  /// The first token after `index` that closes no bracket.
  func afterClosings(_ index: Int) -> Int {
    var index = index + 1
    while index < tokens.count, isClosing(index) { index += 1 }
    return index
  }

  /// The places of the commas in a range that stand in no bracket of it.
  func commas(in range: ClosedRange<Int>) -> [Int] {
    var result: [Int] = []
    var index = range.lowerBound
    while index <= range.upperBound {
      if isComma(index) { result.append(index) }
      index = (closing(of: index) ?? index) + 1
    }
    return result
  }
}
