/// Prints the tokens of one statement on lines of at most `width` columns where the layout allows it, after D. C. Oppen,
/// "Prettyprinting" (1980): a group whose text fits stays on its line, else its breaks become line ends.
///
/// Costs a pass over the tokens. Every token and comment comes out once, in order, but a comment at the end of a line
/// comes out behind a comma that follows it.
struct LayoutPrinter {
  static let width = 100

  private enum Step {
    case open(Layout.Style, isForced: Bool, isBracket: Bool)
    case close
    case indent(Int)
    /// A line end, or so many spaces.
    case lineEnd(Int)
    /// A text; a comma stays with what is before it.
    case text(String, isComma: Bool)
    case space
    /// A comment that ends its line.
    case endComment(String)
    /// A comment on lines of its own.
    case ownComment(String)
  }

  private var steps: [Step] = []
  /// The width of all steps before each one, on one line.
  private var widths: [Int] = []
  /// For each step that opens a group, the one that closes it; for each break, the next one of its group or its end.
  private var ends: [Int] = []
  /// For each step the next break at or after it.
  private var nextBreaks: [Int] = []

  // What has been printed.
  private var output = ""
  private var column = 0
  private var indentation: Int
  private var pending: [String] = []
  private var needsLineEnd = false
  /// Where the current line's first word stands, behind a `|>`.
  private var lineIndentation = 0

  /// - Parameter indentation: of the lines after the first.
  init(indentation: Int) { self.indentation = indentation }

  /// The text of a statement.
  mutating func print(_ layout: Layout, _ words: FormattedTokens) -> String {
    makeSteps(layout, words)
    measure()
    render()
    return output
  }

  // MARK: Steps

  private mutating func makeSteps(_ layout: Layout, _ words: FormattedTokens) {
    let count = layout.map.tokens.count
    var opening: [[Layout.Group]] = Array(repeating: [], count: count)
    var closing = Array(repeating: 0, count: count)
    var indenting = Array(repeating: 0, count: count)
    var outdenting = Array(repeating: 0, count: count)
    for group in layout.groups {
      opening[group.range.lowerBound].append(group)
      closing[group.range.upperBound] += 1
    }
    for indent in layout.indents {
      indenting[indent.range.lowerBound] += indent.columns
      outdenting[indent.range.upperBound] += indent.columns
    }
    for index in 0..<count {
      for comment in words.comments(before: index) where !comment.isOnOwnLine { append(comment, isFirst: index == 0) }
      if indenting[index] > 0 { steps.append(.indent(indenting[index])) }
      if index > 0 {
        let hasSpace = words.hasSpace(before: index)
        if let space = layout.breaks[index] {
          steps.append(.lineEnd(hasSpace ? space : 0))
        } else if hasSpace {
          steps.append(.space)
        }
      }
      for comment in words.comments(before: index) where comment.isOnOwnLine { steps.append(.ownComment(comment.text)) }
      for group in opening[index].sorted(by: { $0.range.upperBound > $1.range.upperBound }) {
        steps.append(.open(group.style, isForced: group.isForced, isBracket: group.isBracket))
      }
      steps.append(.text(words.text(index), isComma: layout.map.isComma(index)))
      for _ in 0..<closing[index] { steps.append(.close) }
      if outdenting[index] > 0 { steps.append(.indent(-outdenting[index])) }
    }
  }

  private mutating func append(_ comment: FormattedTokens.Comment, isFirst: Bool) {
    if comment.endsLine {
      steps.append(.endComment(comment.text))
    } else {
      if !isFirst { steps.append(.space) }
      steps.append(.text(comment.text, isComma: false))
    }
  }

  /// Widths, ends of groups and breaks; groups with a comment that ends a line are forced.
  private mutating func measure() {
    widths = [0]
    ends = Array(repeating: 0, count: steps.count)
    var open: [(step: Int, lastBreak: Int?)] = []
    var isForced = Array(repeating: false, count: steps.count)
    for (index, step) in steps.enumerated() {
      var width = 0
      switch step {
      case .open(_, let forced, _):
        open.append((index, nil))
        isForced[index] = forced
      case .close:
        guard let group = open.popLast() else { break }
        ends[group.step] = index
        if let last = group.lastBreak { ends[last] = index }
        if isForced[group.step], let outer = open.last { isForced[outer.step] = true }
      case .lineEnd(let space):
        width = space
        guard let group = open.last else { break }
        if let last = group.lastBreak { ends[last] = index }
        open[open.count - 1].lastBreak = index
      case .text(let text, _): width = text.prefix { !$0.isNewline }.count
      case .space: width = 1
      case .endComment, .ownComment:
        if let group = open.last { isForced[group.step] = true }
      case .indent: break
      }
      widths.append((widths.last ?? 0) + width)
    }
    for (index, step) in steps.enumerated() {
      if case .open(let style, _, let isBracket) = step, isForced[index] {
        steps[index] = .open(style, isForced: true, isBracket: isBracket)
      }
    }
    nextBreaks = Array(repeating: steps.count, count: steps.count + 1)
    for index in steps.indices.reversed() {
      if case .lineEnd = steps[index] { nextBreaks[index] = index } else { nextBreaks[index] = nextBreaks[index + 1] }
    }
  }

  /// Whether the steps from `start` to `end`, and what cannot be parted from them, fit on the line.
  private func fits(from start: Int, to end: Int) -> Bool {
    let last = nextBreaks[min(end, steps.count)]
    return column + widths[last] - widths[start] <= Self.width
  }

  // MARK: Text

  private enum Mode {
    case flat
    case broken
    case flowing
  }

  private mutating func render() {
    var modes: [(mode: Mode, shift: Int)] = []
    for (index, step) in steps.enumerated() {
      switch step {
      case .open(let style, let isForced, let isBracket):
        if needsLineEnd { endLine() }
        if !isForced, modes.last?.mode == .flat || fits(from: index, to: ends[index]) {
          modes.append((.flat, 0))
        } else {
          let shift = isBracket && column > 0 ? lineIndentation - indentation : 0
          modes.append((style == .flowing ? .flowing : .broken, shift))
          indentation += shift
        }
      case .close: if let group = modes.popLast() { indentation -= group.shift }
      case .indent(let columns): indentation += columns
      case .space: if column > 0, !needsLineEnd { write(" ") }
      case .lineEnd(let space):
        let isLineEnd: Bool
        switch modes.last?.mode {
        case .broken?: isLineEnd = true
        case .flowing?: isLineEnd = !fits(from: index, to: ends[index])
        case .flat?, nil: isLineEnd = false
        }
        if isLineEnd || needsLineEnd { endLine() } else if column > 0 { write(String(repeating: " ", count: space)) }
      case .text(let text, let isComma):
        if needsLineEnd, !isComma || pending.isEmpty { endLine() }
        if column == 0 { beginLine(with: text) }
        write(text)
      case .endComment(let text):
        pending.append(text)
        needsLineEnd = true
      case .ownComment(let text):
        if column > 0 { endLine() }
        if !output.isEmpty { write(String(repeating: " ", count: indentation)) }
        write(text)
        needsLineEnd = true
      }
    }
    flushPending()
  }

  private mutating func beginLine(with text: String) {
    let isFirst = output.isEmpty
    lineIndentation = (isFirst ? 0 : indentation) + (text == "|>" ? 3 : 0)
    if !isFirst { write(String(repeating: " ", count: indentation)) }
  }

  private mutating func write(_ text: String) {
    output += text
    if let lineEnd = text.lastIndex(where: \.isNewline) {
      column = text.distance(from: lineEnd, to: text.endIndex) - 1
    } else {
      column += text.count
    }
  }

  private mutating func flushPending() {
    for comment in pending { output += " " + comment }
    pending = []
  }

  private mutating func endLine() {
    while output.last == " " { output.removeLast() }
    flushPending()
    needsLineEnd = false
    output += "\n"
    column = 0
  }
}
