import ColumnStore
import Language

/// Turns expressions as they were written into expressions on the columns of one input.
///
/// Where aggregates are allowed they are collected, and the expression refers to the nth of them as if it were the
/// column `fields.count + n`.
public struct Binder {
  let resolver: Resolver
  let fields: [Field]
  /// Names given in the same `select`: they may be used where no column has the name.
  var aliases: [String: Language.Expression] = [:]
  var allowsAggregates = false
  /// Whether `unnest` may stand for many rows.
  var allowsUnnest = false
  /// The lists that it stood for so far.
  var unnests: [PlanExpression] = []
  /// Whether `grouping(...)` was met.
  var asksForGrouping = false
  /// The aggregates met so far.
  var aggregates: [Aggregate] = []
  /// Whether window functions may stand here.
  var windowScope = WindowScope.rows
  /// The window functions met so far.
  var windows: [WindowFunction] = []
  /// Which of several columns `columns(...)` is; nil where it cannot stand.
  var expansion: ColumnExpansion?
  private var expanding: Set<String> = []

  init(_ resolver: Resolver, fields: [Field]) {
    self.resolver = resolver
    self.fields = fields
  }

  /// An expression with its names and types settled.
  mutating func bind(_ expression: Language.Expression) throws -> PlanExpression {
    let span = expression.span
    switch expression.kind {
    case .literal(let literal): return try bind(literal, span: span)
    case .column(let name): return try bind(column: name, span: span)
    case .parameter(let name): return try resolver.parameter(name, span: span)
    case .unary(let operation, let operand): return try bind(operation, operand, span: span)
    case .binary(let operation, let left, let right):
      return try bind(rows: operation, left, right, span: span) ?? bind(chain: expression)
    case .logical(let operation, let operands):
      let bound = try operands.map { try bindBoolean($0, what: "each side of `\(operation.rawValue)`") }
      return PlanExpression(operation == .and ? .and(bound) : .or(bound), type: .boolean, span: span)
    case .isTest(let operand, let test, let isNegated):
      return try bind(operand, is: test, isNegated: isNegated, span: span)
    case .like(let test): return try bind(test, span: span)
    case .between(let operand, let low, let high, let isNegated):
      let value = try bind(operand)
      let inside = PlanExpression(
        .and([
          try compare(.greaterOrEqual, value, try bind(low), span: span),
          try compare(.lessOrEqual, value, try bind(high), span: span),
        ]), type: .boolean, span: span)
      return isNegated ? negated(inside) : inside
    case .inList(let operand, let candidates, let isNegated):
      return try bind(operand, in: candidates, isNegated: isNegated, span: span)
    case .caseWhen(let expression): return try bind(expression, span: span)
    case .cast(let operand, let type, let isTry):
      return try cast(try bind(operand), to: type, lenient: isTry, span: span)
    case .call(let call): return try bind(call, span: span)
    case .extract(let part, let operand):
      return try call(
        .datePart, named: "extract", usage: "extract(part FROM date)",
        FunctionRegistry.scalar(named: "date_part")?.signatures ?? [],
        [PlanExpression(.literal(.text(part.text)), type: .text, span: part.span), try bind(operand)], span: span)
    case .list(let items): return try bind(list: items, span: span)
    case .interval(let amount, let unit): return try bind(interval: amount, unit: unit, span: span)
    case .tuple: throw Diagnostic("a row of several values cannot stand here", at: span)
    case .star: throw Diagnostic("`*` cannot stand here", at: span, help: "name the column")
    case .index(let list, let index): return try bind(list, at: index, span: span)
    case .slice(let list, let low, let high): return try bind(list, from: low, to: high, span: span)
    case .subquery(let query): return try bind(query, span: span)
    case .exists(let query): return try bind(exists: query, span: span)
    case .inQuery(let operand, let query, let isNegated):
      let result = try bind(operand, .equal, anyOf: query, span: span)
      return isNegated ? negated(result) : result
    case .quantified(let operand, let operation, let quantifier, let range):
      return try bind(operand, operation, quantifier, range, span: span)
    case .collate(let operand, let name): return try bind(operand, collatedBy: name, span: span)
    }
  }

  /// An expression that must be true or false.
  mutating func bindBoolean(_ expression: Language.Expression, what: String) throws -> PlanExpression {
    let bound = try bind(expression)
    guard let boolean = try Coercion.coerce(bound, to: .boolean) else {
      throw Diagnostic.wrongType(what, expected: "a condition", found: bound.type, span: bound.span)
    }
    return boolean
  }

  // MARK: Names and constants

  private func bind(_ literal: Literal, span: SourceSpan) throws -> PlanExpression {
    func constant(_ value: Value, _ type: DataType) -> PlanExpression {
      PlanExpression(.literal(value), type: type, span: span)
    }
    func read(_ text: String, as type: DataType) throws -> PlanExpression {
      guard let value = TextParsing.value(text[...], as: type) else {
        throw Diagnostic.unreadableLiteral(text, as: type, span: span)
      }
      return constant(value, type)
    }
    switch literal {
    case .null: return constant(.null, .text)
    case .boolean(let flag): return constant(.boolean(flag), .boolean)
    case .integer(let number): return constant(.integer(number), .integer)
    case .decimal(let text, let value):
      return PlanExpression(.literal(.double(value)), type: .double, span: span, written: text)
    case .double(let value): return constant(.double(value), .double)
    case .string(let text): return constant(.text(text), .text)
    case .typed(.date, let text): return try read(text, as: .date)
    case .typed(.timestamp, let text): return try read(text, as: .timestamp)
    case .typed(.time, let text): return try read(text, as: .time)
    }
  }

  private mutating func bind(column name: QualifiedName, span: SourceSpan) throws -> PlanExpression {
    if let index = try resolver.lookUp(name, in: fields) {
      return PlanExpression(.column(index), type: fields[index].type, span: span)
    }
    if let outer = try resolver.outerColumn(name, span: span) { return outer }
    let key = name.name.text.lowercased()
    guard name.qualifiers.isEmpty, let aliased = aliases[key], expanding.insert(key).inserted else {
      throw Diagnostic.unknownColumn(name, in: fields, around: resolver.scopes.reversed().flatMap(\.fields))
    }
    defer { expanding.remove(key) }
    return try bind(aliased)
  }

  // MARK: Operators

  private mutating func bind(_ operation: UnaryOperator, _ operand: Language.Expression, span: SourceSpan) throws
    -> PlanExpression
  {
    switch operation {
    case .not: return negated(try bindBoolean(operand, what: "what `not` turns round"), span: span)
    case .plus, .minus:
      var value = try bind(operand)
      if value.type == .text, let number = try Coercion.coerce(value, to: .double) { value = number }
      guard value.type.isNumeric || value.type == .interval || value.type == .count else {
        throw Diagnostic.wrongType(
          "what `\(operation.rawValue)` stands before", expected: "a number", found: value.type, span: span)
      }
      if operation == .plus { return value }
      switch value.literal {
      case .integer(let number)? where number != .min:
        return PlanExpression(.literal(.integer(-number)), type: .integer, span: span)
      case .double(let number)?:
        let written = value.written.map { $0.hasPrefix("-") ? String($0.dropFirst()) : "-" + $0 }
        return PlanExpression(.literal(.double(-number)), type: .double, span: span, written: written)
      default: return PlanExpression(.call(.negate, [value]), type: value.type, span: span)
      }
    case .bitNot: return try bits(.bitNot, "~", [try bind(operand)], span: span)
    }
  }

  /// `a + b - c`: operators whose left sides are operators again, from the innermost on. Not by recursion, since chains may
  /// be long.
  private mutating func bind(chain expression: Language.Expression) throws -> PlanExpression {
    var links: [(operation: BinaryOperator, right: Language.Expression, span: SourceSpan)] = []
    var first = expression
    while case .binary(let operation, let left, let right) = first.kind {
      links.append((operation, right, first.span))
      first = left
    }
    var result = try bind(first)
    for link in links.reversed() {
      result = try apply(link.operation, result, try bind(link.right), span: link.span)
    }
    return result
  }

  private func apply(
    _ operation: BinaryOperator, _ left: PlanExpression, _ right: PlanExpression, span: SourceSpan
  ) throws -> PlanExpression {
    switch operation {
    case .equal: return try compare(.equal, left, right, span: span)
    case .notEqual: return try compare(.notEqual, left, right, span: span)
    case .less: return try compare(.less, left, right, span: span)
    case .lessOrEqual: return try compare(.lessOrEqual, left, right, span: span)
    case .greater: return try compare(.greater, left, right, span: span)
    case .greaterOrEqual: return try compare(.greaterOrEqual, left, right, span: span)
    case .isDistinctFrom: return try compare(.isDistinctFrom, left, right, span: span)
    case .isNotDistinctFrom: return try compare(.isNotDistinctFrom, left, right, span: span)
    case .add: return try arithmetic(.add, "+", left, right, span: span)
    case .subtract: return try arithmetic(.subtract, "-", left, right, span: span)
    case .multiply: return try arithmetic(.multiply, "*", left, right, span: span)
    case .modulo: return try arithmetic(.modulo, "%", left, right, span: span)
    case .integerDivide: return try arithmetic(.integerDivide, "//", left, right, span: span)
    case .divide:
      let isWhole = [left, right].allSatisfy { $0.type == .integer || $0.literal == .null }
      let function: ScalarFunction = isWhole && resolver.catalog.dividesIntegers ? .integerDivide : .divide
      return try arithmetic(function, "/", left, right, span: span)
    case .power:
      return PlanExpression(
        .call(.power, [try number(left, .double, "^"), try number(right, .double, "^")]), type: .double, span: span)
    case .concatenate: return try concatenation(left, right, span: span)
    case .matches, .matchesIgnoringCase:
      return try regexTest(
        left, right, ignoresCase: operation == .matchesIgnoringCase, symbol: operation.rawValue, span: span)
    case .notMatches, .notMatchesIgnoringCase:
      return negated(
        try regexTest(
          left, right, ignoresCase: operation == .notMatchesIgnoringCase, symbol: operation.rawValue, span: span))
    case .bitAnd: return try bits(.bitAnd, "&", [left, right], span: span)
    case .bitOr: return try bits(.bitOr, "|", [left, right], span: span)
    case .shiftLeft: return try bits(.shiftLeft, "<<", [left, right], span: span)
    case .shiftRight: return try bits(.shiftRight, ">>", [left, right], span: span)
    case .arrow, .longArrow: return try jsonMember(operation, left, right, span: span)
    }
  }

  func compare(_ function: ScalarFunction, _ left: PlanExpression, _ right: PlanExpression, span: SourceSpan) throws
    -> PlanExpression
  {
    guard let type = Coercion.commonType(left, right), let first = try Coercion.coerce(left, to: type),
      let second = try Coercion.coerce(right, to: type)
    else { throw Diagnostic.noCommonType(left.type, right.type, span: span) }
    if type == .text, let collation = try collation(left, right, span: span) {
      let isOrder = [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(function)
      let key = isOrder ? collation.orderKey : collation.equalityKey
      return PlanExpression(.call(function, [first.keyed(key), second.keyed(key)]), type: .boolean, span: span)
    }
    if type == .count, let known = counts(function, first, second, span: span) { return known }
    return PlanExpression(.call(function, [first, second]), type: .boolean, span: span)
  }

  func negated(_ expression: PlanExpression, span: SourceSpan? = nil) -> PlanExpression {
    PlanExpression(.call(.not, [expression]), type: .boolean, span: span ?? expression.span)
  }

  private mutating func bind(_ operand: Language.Expression, is test: IsTest, isNegated: Bool, span: SourceSpan) throws
    -> PlanExpression
  {
    switch test {
    case .null, .unknown:
      let value = try bind(operand)
      return PlanExpression(.call(isNegated ? .isNotNull : .isNull, [value]), type: .boolean, span: span)
    case .true, .false:
      let value = try bindBoolean(operand, what: "what `is \(test.rawValue)` asks about")
      let constant = PlanExpression(.literal(.boolean(test == .true)), type: .boolean, span: span)
      return PlanExpression(
        .call(isNegated ? .isDistinctFrom : .isNotDistinctFrom, [value, constant]), type: .boolean, span: span)
    }
  }

  private mutating func bind(_ test: LikeTest, span: SourceSpan) throws -> PlanExpression {
    let value = try asText(try bind(test.value))
    let pattern = try asText(try bind(test.pattern))
    let key = try collation(value, pattern, span: span)?.equalityKey
    var arguments = [value.keyed(key), pattern.keyed(key)]
    if let escape = test.escape { arguments.append(try asText(try bind(escape))) }
    let result = PlanExpression(.call(test.ignoresCase ? .ilike : .like, arguments), type: .boolean, span: span)
    return test.isNegated ? negated(result) : result
  }

  private mutating func bind(
    _ operand: Language.Expression, in candidates: [Language.Expression], isNegated: Bool, span: SourceSpan
  ) throws -> PlanExpression {
    if let rows = try bind(rowIn: operand, candidates, span: span) { return isNegated ? negated(rows) : rows }
    let value = try bind(operand)
    let bound = try candidates.map { try bind($0) }
    var constants: [Value] = []
    var comparisons: [PlanExpression] = []
    for candidate in bound {
      let comparison = try compare(.equal, value, candidate, span: candidate.span)
      if case .call(.equal, let sides) = comparison.kind, sides[0] == value, let constant = sides[1].literal {
        constants.append(constant)
      } else {
        comparisons.append(comparison)
      }
    }
    if !constants.isEmpty {
      comparisons.append(PlanExpression(.memberOf(value, constants), type: .boolean, span: span))
    }
    let result = comparisons.count == 1 ? comparisons[0] : PlanExpression(.or(comparisons), type: .boolean, span: span)
    return isNegated ? negated(result) : result
  }

  private mutating func bind(_ expression: CaseExpression, span: SourceSpan) throws -> PlanExpression {
    let operand = try expression.operand.map { try bind($0) }
    var conditions: [PlanExpression] = []
    var results: [PlanExpression] = []
    for branch in expression.branches {
      if let operand {
        conditions.append(try compare(.equal, operand, try bind(branch.condition), span: branch.condition.span))
      } else {
        conditions.append(try bindBoolean(branch.condition, what: "what follows `when`"))
      }
      results.append(try bind(branch.result))
    }
    results.append(
      try expression.otherwise.map { try bind($0) } ?? PlanExpression(.literal(.null), type: .text, span: span))
    let unified = try unify(results, span: span)
    let branches = zip(conditions, unified).map { PlanExpression.Branch(condition: $0, result: $1) }
    let otherwise = unified[unified.count - 1]
    return PlanExpression(.conditional(branches: branches, otherwise: otherwise), type: otherwise.type, span: span)
  }

  /// The expressions brought to one type.
  func unify(_ expressions: [PlanExpression], span: SourceSpan) throws -> [PlanExpression] {
    guard var common = expressions.first else { return [] }
    // Twice, since a number that was met before the first decimal may need more digits than it has.
    for expression in expressions.dropFirst() + expressions {
      guard let type = Coercion.commonType(common, expression) else {
        throw Diagnostic.noCommonType(common.type, expression.type, span: expression.span)
      }
      // A stand-in that is no constant, so that a text written out no longer bends to the next one's type.
      if common.literal == .null || common.type != type || expression.literal == nil {
        common = PlanExpression(expression.literal == nil ? expression.kind : common.kind, type: type, span: span)
      }
    }
    return try expressions.map { expression in
      guard let coerced = try Coercion.coerce(expression, to: common.type) else {
        throw Diagnostic.noCommonType(expression.type, common.type, span: expression.span)
      }
      return coerced
    }
  }

  func cast(_ operand: PlanExpression, to name: TypeName, lenient: Bool, span: SourceSpan) throws -> PlanExpression {
    try cast(operand, to: try type(name), lenient: lenient, span: span)
  }

  func cast(_ operand: PlanExpression, to type: DataType, lenient: Bool, span: SourceSpan) throws -> PlanExpression {
    if operand.literal == .null { return PlanExpression(.literal(.null), type: type, span: span) }
    guard Casts.exists(from: operand.type, to: type) else {
      throw Diagnostic("\(article(operand.type)) cannot be converted to \(article(type))", at: span)
    }
    if operand.type == type { return operand }
    if let written = operand.written, TypeFamily(type) == .decimal {
      // By the digits as they are written, of which a double may lose some.
      let text = PlanExpression(.literal(.text(written)), type: .text, span: operand.span)
      return PlanExpression(.cast(text, lenient: lenient), type: type, span: span)
    }
    return PlanExpression(.cast(operand, lenient: lenient), type: type, span: span)
  }

  /// The type of a name.
  func type(_ name: TypeName) throws -> DataType {
    if let type = DataType(name: name.name, parameters: name.parameters, listDepth: name.listDepth) { return type }
    if DataType(name: name.name, parameters: [], listDepth: 0) != nil {
      throw Diagnostic(
        "there is no such kind of `\(name.name)`", at: name.span,
        help: "a decimal has 1 to 38 digits, and not more behind the point than in all: decimal(10,2)")
    }
    throw Diagnostic(
      "there is no type `\(name.name)`", at: name.span,
      help: Diagnostic.suggestion(for: name.name, among: DataType.names)
        ?? "types: \(DataType.names.joined(separator: ", "))")
  }

  func asText(_ expression: PlanExpression) throws -> PlanExpression {
    if let text = try Coercion.coerce(expression, to: .text) { return text }
    return PlanExpression(.cast(expression, lenient: false), type: .text, span: expression.span)
  }
}
