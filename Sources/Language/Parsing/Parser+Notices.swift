// The operators for notices and actions, and those that end a pipe.

extension Parser {
  /// The operator whose word, just taken, is `keyword`.
  mutating func noticeOperator(_ keyword: Keyword) throws(Diagnostic) -> PipeOperator.Kind {
    switch keyword {
    case .share: return .share(try share())
    case .timeline: return .timeline(try timeline())
    case .top: return .top(try top())
    case .latency: return .latency(try latency())
    case .check: return .check(try check())
    case .audit: return .audit(AuditOperator())
    case .reconcile: return .reconcile(try reconciliation())
    case .diff: return .diff(try difference())
    case .pseudonymise: return .pseudonymise(try pseudonyms())
    case .plot: return .plot(try plot())
    case .save: return try save()
    case .shell: return .shell(try string("the command as a string, such as `shell 'less -S'`"))
    case .format: return .format(try formatName())
    default: return try assertion()
    }
  }

  /// `items [of base] [by groups] [without nulls]`.
  private mutating func share() throws(Diagnostic) -> ShareOperator {
    let items = try namedExpressions("a column to count, such as `share action`")
    var base: NamedExpression?
    var groups: [NamedExpression] = []
    var isWithoutNulls = false
    while true {
      if base == nil, accept(.of) {
        base = try namedExpression()
      } else if groups.isEmpty, accept(.by) {
        groups = try namedExpressions("a column to group by")
      } else if !isWithoutNulls, accept(.without) {
        try expect(.nulls)
        isWithoutNulls = true
      } else {
        return ShareOperator(items: items, base: base, groups: groups, isWithoutNulls: isWithoutNulls)
      }
    }
  }

  /// `[items] by period [of time] [per groups]`, the clauses in any order.
  private mutating func timeline() throws(Diagnostic) -> TimelineOperator {
    let hasItems = !startsTimelineClause()
    let items = hasItems ? try namedExpressions("a column, or `by` and a period") : []
    var period: TimelineOperator.Period?
    var time: Expression?
    var groups: [NamedExpression] = []
    while true {
      if period == nil, accept(.by) {
        period = try timelinePeriod()
      } else if time == nil, accept(.of) {
        time = try expression()
      } else if groups.isEmpty, accept(.per) {
        groups = try namedExpressions("a column to group by")
      } else {
        break
      }
    }
    guard let period else {
      throw failure(expected: "`by` and a period", help: "a timeline needs a period: `timeline action by month`")
    }
    return TimelineOperator(items: items, period: period, time: time, groups: groups)
  }

  /// Whether a clause begins here rather than an item: `by month`, `of x`, `per y`, but not `of, x`.
  private mutating func startsTimelineClause() -> Bool {
    guard at(.by) || at(.of) || at(.per) else { return false }
    return peek(1).kind == .word && peek(1).keyword != .by || peek(1).kind == .quotedName
  }

  private mutating func timelinePeriod() throws(Diagnostic) -> TimelineOperator.Period {
    let names = TimelineOperator.Period.allCases.map(\.rawValue)
    let expected = oneOf(names)
    guard token.kind == .word else { throw failure(expected: expected) }
    let word = text(token)
    guard let period = TimelineOperator.Period(rawValue: word.lowercased()) else {
      throw failure(
        expected: expected,
        help: suggestion(for: word, in: names)
          ?? "`by` is followed by a period; each value of a column with its own timeline is `per \(word)`")
    }
    advance()
    return period
  }

  /// `a`, `b` or `c`, as something that is expected.
  func oneOf(_ names: [String]) -> String {
    "\(names.dropLast().map { "`\($0)`" }.joined(separator: ", ")) or `\(names.last ?? "")`"
  }

  /// `[n] items [by measure]`.
  private mutating func top() throws(Diagnostic) -> TopOperator {
    let count = try count("a whole number")
    let items = try namedExpressions("a column whose values are counted, such as `top 20 account_id`")
    let measure = accept(.by) ? try namedExpression() : nil
    return TopOperator(count: count, items: items, measure: measure)
  }

  /// `[in unit] from start to end [by groups] [until time]`, the clauses at the end in any order.
  private mutating func latency() throws(Diagnostic) -> LatencyOperator {
    let help = "a latency lies between two times: `latency from received_at to acted_at`"
    let unit = accept(.in) ? try latencyUnit() : nil
    guard accept(.from) else { throw failure(expected: "`from` and a time", help: help) }
    let start = try expression()
    guard accept(.to) else { throw failure(expected: "`to` and a time", help: help) }
    let end = try expression()
    var groups: [NamedExpression] = []
    var until: Expression?
    while true {
      if groups.isEmpty, accept(.by) {
        groups = try namedExpressions("a column to group by")
      } else if until == nil, accept(.until) {
        until = try expression()
      } else {
        return LatencyOperator(start: start, end: end, groups: groups, unit: unit, until: until)
      }
    }
  }

  private mutating func latencyUnit() throws(Diagnostic) -> LatencyOperator.Unit {
    let names = LatencyOperator.Unit.allCases.map(\.rawValue)
    let expected = oneOf(names)
    guard token.kind == .word else { throw failure(expected: expected) }
    let word = text(token)
    guard let unit = LatencyOperator.Unit(named: word) else {
      throw failure(expected: expected, help: suggestion(for: word, in: names))
    }
    advance()
    return unit
  }

  private mutating func save() throws(Diagnostic) -> PipeOperator.Kind {
    let path = try path("the path of a file, such as `save 'out.csv'`")
    return .save(path, options: at(.leftParenthesis) ? try optionList() : [])
  }

  private mutating func assertion() throws(Diagnostic) -> PipeOperator.Kind {
    let condition = try expression()
    return .assert(condition, message: accept(.comma) ? try expression() : nil)
  }

  /// `a, b as c`: a name needs `as` here, since other words may follow.
  mutating func namedExpressions(_ what: String) throws(Diagnostic) -> [NamedExpression] {
    if isAtEnd || at(.pipe) || token.keyword == .by && peek(1).kind == .word && peek(1).keyword != .by {
      throw failure(expected: what)
    }
    var result = [try namedExpression()]
    while accept(.comma) { result.append(try namedExpression()) }
    return result
  }

  private mutating func namedExpression() throws(Diagnostic) -> NamedExpression {
    let value = try expression()
    return NamedExpression(value, alias: try alias(implicit: false))
  }
}
