extension Parser {
  /// The arguments of a function after its name, and `filter` and `over` after them.
  mutating func functionCall(_ name: Identifier) throws(Diagnostic) -> Expression {
    let call = try callWithModifiers(name)
    return Expression(.call(call), span: span(from: name.span.start))
  }

  private mutating func callWithModifiers(_ name: Identifier) throws(Diagnostic) -> FunctionCall {
    var call = try plainCall(name)
    while true {
      if looksAt(.within, .group) {
        advance(by: 2)
        let opening = token
        try expect(.leftParenthesis)
        call.orderBy = try orderBy()
        try close(opening)
      } else if at(.filter), peek(1).kind == .symbol(.leftParenthesis) {
        advance()
        let opening = token
        advance()
        try expect(.where)
        call.filter = try expression()
        try close(opening)
      } else if let treatment = nullTreatment() {
        call.nullTreatment = treatment
      } else if at(.over), startsWindow(peek(1)) {
        advance()
        call.over = at(.leftParenthesis) ? .specification(try window()) : .named(try identifier("a window"))
      } else {
        return call
      }
    }
  }

  private func startsWindow(_ token: Token) -> Bool {
    switch token.kind {
    case .symbol(.leftParenthesis), .quotedName: return true
    case .word: return !(token.keyword?.isReserved ?? false)
    default: return false
    }
  }

  private mutating func nullTreatment() -> NullTreatment? {
    if looksAt(.ignore, .nulls) {
      advance(by: 2)
      return .ignoreNulls
    }
    if looksAt(.respect, .nulls) {
      advance(by: 2)
      return .respectNulls
    }
    return nil
  }

  /// `(arguments)` after a function's name, without what may follow the bracket.
  mutating func plainCall(_ name: Identifier) throws(Diagnostic) -> FunctionCall {
    var call = FunctionCall(name: name)
    let opening = token
    try expect(.leftParenthesis)
    if accept(.rightParenthesis) { return call }
    if at(.star), peek(1).kind == .symbol(.rightParenthesis) {
      advance(by: 2)
      call.isStar = true
      return call
    }
    if accept(.distinct) { call.isDistinct = true } else if startsOperandAfterAll() { advance() }
    call.arguments = try arguments()
    if at(.order) { call.orderBy = try orderBy() }
    if let treatment = nullTreatment() { call.nullTreatment = treatment }
    guard at(.rightParenthesis) || isAtEnd else { throw failure(expected: "`,` or `)`") }
    try close(opening)
    return call
  }

  /// `count(all x)`, `select all x`: the `all` says nothing. It is the name of a column only where no operand follows.
  func startsOperandAfterAll() -> Bool {
    guard token.keyword == .all else { return false }
    switch peek(1).kind {
    case .word:
      guard let keyword = peek(1).keyword else { return true }
      return !keyword.endsItem || [.case, .not, .null, .true, .false].contains(keyword)
    case .quotedName, .string, .number, .parameter: return true
    case .symbol(let symbol): return [.leftParenthesis, .star, .minus, .plus].contains(symbol)
    default: return false
    }
  }

  private mutating func arguments() throws(Diagnostic) -> [FunctionCall.Argument] {
    var result: [FunctionCall.Argument] = []
    repeat {
      var name: Identifier?
      if peek(1).kind == .symbol(.fatArrow) || peek(1).kind == .symbol(.assign), isAtName(allowReserved: true) {
        name = takeIdentifier()
        advance()
      }
      if at(.star) {
        let star = try star(qualifier: nil)
        result.append(.init(name: name, value: Expression(.star(star), span: star.span)))
      } else if isAtQueryStart() {
        let start = token.span.start
        let query = try query()
        result.append(.init(name: name, value: Expression(.subquery(query), span: span(from: start))))
      } else {
        result.append(.init(name: name, value: try expression()))
      }
    } while accept(.comma)
    return result
  }

  // MARK: Windows

  /// `([base] [partition by ...] [order by ...] [frame])`.
  mutating func window() throws(Diagnostic) -> WindowSpecification {
    let opening = token
    try expect(.leftParenthesis)
    var base: Identifier?
    if isAtName(), !startsFrame(), token.keyword != .partition { base = takeIdentifier() }
    var partition: [Expression] = []
    if accept(.partition) {
      try expect(.by)
      partition = try expressions()
    }
    let order = at(.order) ? try orderBy() : []
    let frame = startsFrame() ? try windowFrame() : nil
    if !at(.rightParenthesis), !isAtEnd {
      let help = base.flatMap { suggestion(for: $0.text, in: ["partition", "order", "rows", "range", "groups"]) }
      throw failure(expected: "`partition by`, `order by`, a frame or `)`", help: help)
    }
    try close(opening)
    return WindowSpecification(
      base: base, partitionBy: partition, orderBy: order, frame: frame, span: span(from: opening.span.start))
  }

  private func startsFrame() -> Bool { [.rows, .range, .groups].contains(token.keyword) }

  private mutating func windowFrame() throws(Diagnostic) -> WindowFrame {
    let unit: WindowFrame.Unit
    switch token.keyword {
    case .rows: unit = .rows
    case .range: unit = .range
    default: unit = .groups
    }
    advance()
    let start: WindowFrame.Bound
    var end = WindowFrame.Bound.currentRow
    if accept(.between) {
      start = try frameBound()
      try expect(.and)
      end = try frameBound()
    } else {
      start = try frameBound()
    }
    return WindowFrame(unit: unit, start: start, end: end, exclusion: try frameExclusion())
  }

  private mutating func frameBound() throws(Diagnostic) -> WindowFrame.Bound {
    if accept(.unbounded) {
      if accept(.preceding) { return .unboundedPreceding }
      try expect(.following)
      return .unboundedFollowing
    }
    if accept(.current, .row) { return .currentRow }
    let offset = try beside { parser throws(Diagnostic) in try parser.binary(.other) }
    if accept(.preceding) { return .preceding(offset) }
    if accept(.following) { return .following(offset) }
    throw failure(expected: "`preceding` or `following`")
  }

  private mutating func frameExclusion() throws(Diagnostic) -> WindowFrame.Exclusion {
    guard accept(.exclude) else { return .noOthers }
    if accept(.no, .others) { return .noOthers }
    if accept(.current, .row) { return .currentRow }
    if accept(.group) { return .group }
    if accept(.ties) { return .ties }
    throw failure(expected: "`current row`, `group`, `ties` or `no others`")
  }
}
