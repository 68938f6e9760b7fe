import Language

/// The operators of the domain in GoogleSQL's own grammar: `|> call share(action, by => country)` is
/// `|> share action by country`.
///
/// Values without a name are the items, in order; each clause is an argument of the clause's name. Several groups are a
/// list: `by => [country, platform]`.
enum CalledOperator {
  static let names = ["share", "timeline", "top", "latency"]

  /// The operator that a call means; nil where it means none.
  static func kind(of call: FunctionCall) throws -> PipeOperator.Kind? {
    let name = call.name.text.lowercased()
    guard names.contains(name) else { return nil }
    var arguments = try Arguments(call)
    let kind: PipeOperator.Kind
    switch name {
    case "share":
      kind = .share(
        ShareOperator(
          items: arguments.items, base: arguments.take("of").first, groups: arguments.take("by"),
          isWithoutNulls: try arguments.flag("without_nulls")))
    case "timeline":
      guard let period = arguments.take("by").first else {
        throw Diagnostic(
          "`timeline` needs a period", at: call.name.span, help: "for example: timeline(action, by => month)")
      }
      kind = .timeline(
        TimelineOperator(
          items: arguments.items, period: try self.period(period.expression),
          time: arguments.take("of").first?.expression,
          groups: arguments.take("per")))
    case "latency": kind = .latency(try latency(&arguments, call))
    default:
      kind = .top(
        TopOperator(
          count: try arguments.takeCount(), items: arguments.items, measure: arguments.take("by").first))
    }
    try arguments.checkAllTaken()
    return kind
  }

  private static func latency(_ arguments: inout Arguments, _ call: FunctionCall) throws -> LatencyOperator {
    guard arguments.items.count == 2 else {
      throw Diagnostic(
        "`latency` needs two times", at: call.name.span, help: "for example: latency(received_at, acted_at, in => days)"
      )
    }
    let unit = try arguments.take("in").first.map { item in
      guard let unit = word(item.expression).flatMap(LatencyOperator.Unit.init(named:)) else {
        throw Diagnostic(
          "this is no unit", at: item.expression.span,
          help: "units: \(LatencyOperator.Unit.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return unit
    }
    return LatencyOperator(
      start: arguments.items[0].expression, end: arguments.items[1].expression, groups: arguments.take("by"),
      unit: unit, until: arguments.take("until").first?.expression)
  }

  /// A word, written as such or as a text.
  private static func word(_ expression: Expression) -> String? {
    switch expression.kind {
    case .column(let name): name.text
    case .literal(.string(let text)): text
    default: nil
    }
  }

  private static func period(_ expression: Expression) throws -> TimelineOperator.Period {
    guard let word = word(expression), let period = TimelineOperator.Period(rawValue: word.lowercased()) else {
      throw Diagnostic(
        "this is no period", at: expression.span,
        help: "periods: \(TimelineOperator.Period.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return period
  }

  /// The arguments of a call, taken one after the other.
  private struct Arguments {
    private(set) var items: [NamedExpression] = []
    private var named: [(name: Identifier, value: Expression)] = []

    init(_ call: FunctionCall) throws {
      for argument in call.arguments {
        if let name = argument.name {
          named.append((name, argument.value))
        } else {
          items.append(NamedExpression(argument.value))
        }
      }
    }

    /// What a name was given; a list gives several.
    mutating func take(_ name: String) -> [NamedExpression] {
      guard let index = named.firstIndex(where: { $0.name.text.lowercased() == name }) else { return [] }
      let value = named.remove(at: index).value
      if case .list(let several) = value.kind { return several.map { NamedExpression($0) } }
      return [NamedExpression(value)]
    }

    mutating func flag(_ name: String) throws -> Bool {
      guard let value = take(name).first?.expression else { return false }
      guard case .literal(.boolean(let flag)) = value.kind else {
        throw Diagnostic("`\(name)` is true or false", at: value.span)
      }
      return flag
    }

    /// A number in front of the items.
    mutating func takeCount() throws -> Int64? {
      guard case .literal(.integer(let count))? = items.first?.expression.kind else { return nil }
      items.removeFirst()
      return count
    }

    func checkAllTaken() throws {
      guard let other = named.first else { return }
      throw Diagnostic("there is no argument `\(other.name.text)` here", at: other.name.span)
    }
  }
}
