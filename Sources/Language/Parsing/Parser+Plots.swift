extension Parser {
  /// `kind [values] [by x [, series]]` and the other clauses of `plot`, in any order.
  mutating func plot() throws(Diagnostic) -> PlotOperator {
    let kind = try plotKind()
    let hasValues = !isAtEnd && !at(.pipe) && !at(.rightParenthesis) && !at(.semicolon) && !startsPlotClause()
    let values = hasValues ? try namedExpressions("a column to draw, or `by` and a column") : []
    var groups: [NamedExpression] = []
    var title: String?
    var isLogarithmic = false
    var size: (width: Int?, height: Int?)
    var path: PathText?
    while true {
      if groups.isEmpty, accept(.by) {
        groups = try namedExpressions("a column to draw by")
      } else if title == nil, accept(.title) {
        title = try string("the title as a string, such as `title 'Accounts withheld'`")
      } else if !isLogarithmic, accept(.log) {
        isLogarithmic = true
      } else if size.width == nil, accept(.width) {
        size.width = try plotLength("a whole number, in cells or, for a picture, in pixels")
      } else if size.height == nil, accept(.height) {
        size.height = try plotLength("a whole number, in lines or, for a picture, in pixels")
      } else if path == nil, accept(.save) {
        path = try self.path("the path of a file, such as `save 'chart.svg'`")
      } else {
        return PlotOperator(
          kind: kind, values: values, groups: groups, title: title, isLogarithmic: isLogarithmic, width: size.width,
          height: size.height, path: path)
      }
    }
  }

  /// Whether a clause begins here rather than a value: `title 'x'`, but not `title by country`.
  private mutating func startsPlotClause() -> Bool {
    let next = peek(1)
    switch token.keyword {
    case .by: return next.kind == .word && next.keyword != .by || next.kind == .quotedName
    case .title: return next.kind == .string
    case .width, .height: return next.kind == .number
    case .save: return next.kind == .string || next.kind == .path
    case .log:
      switch next.kind {
      case .end, .word, .symbol(.pipe), .symbol(.rightParenthesis), .symbol(.semicolon): return true
      default: return false
      }
    default: return false
    }
  }

  private mutating func plotKind() throws(Diagnostic) -> PlotOperator.Kind {
    let names = PlotOperator.Kind.allCases.map(\.rawValue)
    let expected = oneOf(names)
    let help = "a chart has a kind: `plot bar`; `help plot` explains them"
    guard token.kind == .word else { throw failure(expected: expected, help: help) }
    let word = text(token).lowercased()
    guard let kind = PlotOperator.Kind(rawValue: word) else {
      throw failure(expected: expected, help: Self.otherPlotKinds[word] ?? suggestion(for: word, in: names) ?? help)
    }
    advance()
    return kind
  }

  /// How kinds of charts are called elsewhere.
  private static let otherPlotKinds: [String: String] = [
    "area": "did you mean `stacked`?",
    "barh": "did you mean `bar`?",
    "boxplot": "did you mean `box`?",
    "column": "did you mean `bar`?",
    "columns": "did you mean `bar`?",
    "histogram": "did you mean `hist`?",
    "km": "did you mean `survival`?",
    "pie": "lengths are compared more exactly than angles: `plot bar`",
    "scatter": "did you mean `line`?",
  ]

  private mutating func plotLength(_ what: String) throws(Diagnostic) -> Int {
    let span = token.span
    guard let length = try count(what) else { throw failure(expected: what) }
    guard (1...20_000).contains(length) else {
      throw Diagnostic("a chart cannot be \(length) wide or high", at: span, help: "it can be 1 to 20000")
    }
    return Int(length)
  }
}
