import ColumnStore
import Language

extension Binder {
  /// A call of a scalar or aggregate function.
  mutating func bind(_ call: FunctionCall, span: SourceSpan) throws -> PlanExpression {
    if let named = call.arguments.first(where: { $0.name != nil })?.name {
      throw Diagnostic("`\(call.name.text)` takes no arguments by name", at: named.span)
    }
    if let over = call.over { return try bindWindow(call, over: over, span: span) }
    let name = call.name.text.lowercased()
    if name == "columns" { return try bindColumns(call, span: span) }
    if let entry = FunctionRegistry.aggregate(named: name) { return try bind(entry, call, span: span) }
    if let entry = FunctionRegistry.window(named: name) {
      throw Diagnostic("`\(call.name.text)` needs a window", at: span, help: "it is used as \(entry.usage)")
    }
    if call.nullTreatment != nil {
      throw Diagnostic("`\(call.name.text)` takes each value as it is, NULL or not", at: span)
    }
    if let part = call.orderBy.first { throw Diagnostic("only aggregates take an order", at: part.span) }
    if let filter = call.filter { throw Diagnostic("only aggregates take a filter", at: filter.span) }
    if call.isDistinct || call.isStar {
      throw Diagnostic("only aggregates take `\(call.isStar ? "*" : "distinct")`", at: span)
    }
    if name == "unnest" { return try bind(unnest: call, span: span) }
    if name == "grouping" || name == "grouping_id" { return try bind(grouping: call, span: span) }
    let known = FunctionRegistry.scalar(named: name)
    var arguments: [PlanExpression] = []
    for (index, argument) in call.arguments.enumerated() {
      arguments.append(try word(argument.value, index, known?.signatures ?? []) ?? bind(argument.value))
    }
    if let reason = FunctionRegistry.refused[name] {
      throw Diagnostic("`\(name)` \(reason.why)", at: span, help: reason.help)
    }
    if ["list_aggregate", "array_aggregate", "list_aggr", "array_aggr"].contains(name) {
      return try listAggregate(arguments, name: name, span: span)
    }
    if name == "decode", arguments.count > 2 { return try decoded(arguments, span: span) }
    guard let entry = known else { throw Diagnostic.unknownFunction(call.name) }
    if name == "mod", arguments.count == 2 {
      return try arithmetic(.modulo, "mod", arguments[0], arguments[1], span: span)
    }
    if let shifted = try shifted(entry, arguments, name: name, span: span) { return shifted }
    arguments = partFirst(entry.function, arguments)
    // The parser gives `position(part IN text)` its arguments in that order; as a function it is strpos(text, part).
    if name == "position", arguments.count == 2 { arguments.swapAt(0, 1) }
    if FunctionRegistry.datePartFunctions.contains(name), arguments.count == 1 {
      arguments.insert(PlanExpression(.literal(.text(name)), type: .text, span: call.name.span), at: 0)
      let signatures = FunctionRegistry.scalar(named: "date_part")?.signatures ?? []
      return try self.call(.datePart, named: name, usage: entry.usage, signatures, arguments, span: span)
    }
    return try self.call(entry.function, named: name, usage: entry.usage, entry.signatures, arguments, span: span)
  }

  /// A bare word where a function takes one of a few: `normalize(x, NFD)`, `date_trunc(x, month)`. A column of that name
  /// goes before.
  private func word(_ argument: Language.Expression, _ index: Int, _ signatures: [Signature]) throws -> PlanExpression?
  {
    guard case .column(let name) = argument.kind, name.qualifiers.isEmpty, !name.name.isQuoted else { return nil }
    let isWord = signatures.contains { signature in
      // BigQuery has the part last.
      if signature.parameters.contains(.datePart) { return DatePart(named: name.name.text) != nil }
      guard index < signature.parameters.count, case .oneOf(let words) = signature.parameters[index] else {
        return false
      }
      return words.contains(name.name.text.lowercased())
    }
    guard isWord, try resolver.lookUp(name, in: fields) == nil else { return nil }
    return PlanExpression(.literal(.text(name.name.text)), type: .text, span: argument.span)
  }

  private mutating func bind(grouping call: FunctionCall, span: SourceSpan) throws -> PlanExpression {
    guard allowsAggregates, !call.arguments.isEmpty else {
      throw Diagnostic(
        "`\(call.name.text)` asks which keys a group is made without, and cannot stand here", at: span,
        help: "for example: select a, b, grouping(a, b), count(*) from t group by rollup(a, b)")
    }
    asksForGrouping = true
    return PlanExpression(.grouping(try call.arguments.map { try bind($0.value) }), type: .integer, span: span)
  }

  /// A call whose arguments are brought to the types of the first signature that takes them.
  func call(
    _ function: ScalarFunction, named name: String, usage: String, _ signatures: [Signature],
    _ arguments: [PlanExpression], span: SourceSpan
  ) throws -> PlanExpression {
    guard let match = try match(signatures, arguments, span: span),
      // Only a list of lists can be flattened.
      function != .listFlatten || match.type.element != nil
    else { throw Diagnostic.wrongArguments(name, usage: usage, found: arguments.map(\.type), span: span) }
    return try rewritten(function, match.arguments, type: match.type, span: span)
      ?? PlanExpression(.call(function, match.arguments), type: match.type, span: span)
  }

  private mutating func bind(
    _ entry: FunctionEntry<AggregateFunction>, _ call: FunctionCall, span: SourceSpan
  ) throws -> PlanExpression {
    let isAllowed = allowsAggregates
    let outerWindows = windowScope
    allowsAggregates = false
    windowScope = .inside
    defer {
      allowsAggregates = isAllowed
      windowScope = outerWindows
    }
    let aggregate = try self.aggregate(entry, call, span: span)
    if let outer = resolver.outerAggregate(aggregate) { return outer }
    guard isAllowed else { throw Diagnostic.misplacedAggregate(call.name.text, span: span) }
    return column(of: aggregate)
  }

  /// The aggregate as a column behind those of the input; the same one is computed once.
  mutating func column(of aggregate: Aggregate) -> PlanExpression {
    let span = aggregate.span
    if let known = aggregates.firstIndex(where: { $0.computesSame(as: aggregate) }) {
      return PlanExpression(.column(fields.count + known), type: aggregate.type, span: span)
    }
    aggregates.append(aggregate)
    return PlanExpression(.column(fields.count + aggregates.count - 1), type: aggregate.type, span: span)
  }

  /// An aggregate with its arguments.
  mutating func aggregate(_ entry: FunctionEntry<AggregateFunction>, _ call: FunctionCall, span: SourceSpan) throws
    -> Aggregate
  {
    var arguments = try call.arguments.map { argument in
      let bound = try bind(argument.value)
      return call.isDistinct ? bound.equalityKeyed : bound
    }
    let filter = try call.filter.map { try bindBoolean($0, what: "what a filter asks") }
    var order = try call.orderBy.map { item -> SortKey in
      guard case .expression(let key) = item.key else {
        throw Diagnostic("an aggregate's order names columns", at: item.span)
      }
      return resolver.sortKey(try bind(key), item)
    }
    try moveOrderedArgument(of: entry, &arguments, &order)
    var aggregate: Aggregate
    if entry.function == .count, call.isStar || arguments.isEmpty {
      guard !call.isDistinct else {
        throw Diagnostic(
          "what is counted `distinct` must be named", at: span, help: "for example: count(distinct account_id)")
      }
      aggregate = Aggregate(
        function: .countRows, arguments: [], filter: filter, name: call.name.text, type: .integer, span: span)
    } else {
      guard !call.isStar, let match = try match(entry.signatures, arguments, span: span) else {
        throw Diagnostic.wrongArguments(call.name.text, usage: entry.usage, found: arguments.map(\.type), span: span)
      }
      aggregate = Aggregate(
        function: entry.function, arguments: match.arguments, isDistinct: call.isDistinct, filter: filter,
        order: order, name: call.name.text, type: match.type, span: span)
    }
    try check(aggregate)
    aggregate = chosenInOrder(aggregate)
    if call.nullTreatment == .ignoreNulls, let argument = aggregate.arguments.first {
      let isThere = PlanExpression(.call(.isNotNull, [argument]), type: .boolean, span: argument.span)
      aggregate.filter = PlanExpression.conjunction((aggregate.filter?.conjuncts ?? []) + [isThere])
    }
    return aggregate
  }

  /// What a type cannot say: arguments that must be constants, or in a range.
  private func check(_ aggregate: Aggregate) throws {
    switch aggregate.function {
    case .quantile, .quantileDiscrete:
      let parts = aggregate.arguments[1].literal?.parts ?? []
      guard !parts.isEmpty, parts.allSatisfy({ (0...1).contains($0) }) else {
        throw Diagnostic(
          "the second argument of `\(aggregate.name)` is a constant from 0 to 1", at: aggregate.arguments[1].span)
      }
    case .concatenation where aggregate.arguments.count > 1:
      guard case .text? = aggregate.arguments[1].literal else {
        throw Diagnostic("the separator of `\(aggregate.name)` is a constant text", at: aggregate.arguments[1].span)
      }
    case .sum where aggregate.isDistinct && aggregate.type == .count:
      throw Diagnostic(
        "counts with the same bounds need not be the same number, so `distinct` says nothing of their sum",
        at: aggregate.span)
    default: break
    }
    if aggregate.function == .quantileDiscrete, aggregate.arguments[0].type == .count {
      throw Diagnostic.wrongArguments(
        aggregate.name, usage: "\(aggregate.name)(x, part)", found: aggregate.arguments.map(\.type),
        span: aggregate.span)
    }
    if aggregate.isDistinct, let key = aggregate.order.first(where: { $0.expression != aggregate.arguments[0] }) {
      throw Diagnostic(
        "an aggregate of `distinct` values can only be ordered by these values", at: key.expression.span)
    }
  }

  /// The first signature that takes the arguments: as they are if one does, else with conversions.
  func match(_ signatures: [Signature], _ arguments: [PlanExpression], span: SourceSpan) throws
    -> (arguments: [PlanExpression], type: DataType)?
  {
    let candidates = signatures.filter { $0.takes(arguments.count) }
    let exact = candidates.first { signature in
      arguments.enumerated().allSatisfy { index, argument in
        switch signature.parameter(index) {
        // A NULL that nobody gave a type has that of texts.
        case .type(let type): argument.type == type && (argument.literal != .null || type != .text)
        case .datePart, .pattern, .patternFlags, .oneOf, .template, .jsonPath, .timeZone: argument.type == .text
        case .anyList: argument.type.element != nil
        case .patternGroup: argument.type == .integer
        case .decimal: TypeFamily(argument.type) == .decimal
        case .same, .any, .item: true
        }
      }
    }
    for signature in [exact].compactMap({ $0 }) + candidates {
      if let match = try convert(arguments, to: signature, span: span) { return match }
    }
    return nil
  }

  private func convert(_ arguments: [PlanExpression], to signature: Signature, span: SourceSpan) throws
    -> (arguments: [PlanExpression], type: DataType)?
  {
    var converted = arguments
    for (index, argument) in arguments.enumerated() {
      switch signature.parameter(index) {
      case .type(let type):
        guard let coerced = try? Coercion.coerce(argument, to: type) else { return nil }
        converted[index] = coerced
      case .datePart:
        guard case .text(let name)? = argument.literal else {
          throw Diagnostic("the part is a constant text, such as 'month'", at: argument.span)
        }
        guard let part = DatePart(named: name) else {
          throw Diagnostic(
            "'\(name)' is no part of a date", at: argument.span,
            help: Diagnostic.suggestion(for: name, among: DatePart.allCases.map(\.rawValue))
              ?? "parts: year, quarter, month, week, day, hour, minute, second")
        }
        if index + 1 < arguments.count, !part.exists(in: arguments[index + 1].type) {
          throw Diagnostic("\(article(arguments[index + 1].type)) has no `\(name)`", at: argument.span)
        }
        converted[index] = PlanExpression(.literal(.text(part.rawValue)), type: .text, span: argument.span)
      case .pattern, .patternFlags, .patternGroup:
        let type: DataType = signature.parameter(index) == .patternGroup ? .integer : .text
        guard let coerced = try? Coercion.coerce(argument, to: type) else { return nil }
        converted[index] = coerced
      case .oneOf(let words):
        guard case .text(let word)? = argument.literal, words.contains(word.lowercased()) else {
          throw Diagnostic(
            "the argument is one of \(words.map { "'\($0)'" }.joined(separator: ", "))", at: argument.span)
        }
        converted[index] = PlanExpression(.literal(.text(word.lowercased())), type: .text, span: argument.span)
      case .template:
        guard case .text(let template)? = argument.literal else {
          throw Diagnostic("the template is a constant text, such as '%s of %d'", at: argument.span)
        }
        try TextTemplate.check(template, arguments: Array(arguments[(index + 1)...]), span: argument.span)
      case .decimal: guard TypeFamily(argument.type) == .decimal else { return nil }
      case .timeZone:
        guard let zone = try? Coercion.coerce(argument, to: .text) else { return nil }
        if case .text(let name)? = zone.literal, TimeZoneRules.named(name) == nil {
          throw Diagnostic.unknownTimeZone(name, span: argument.span)
        }
        converted[index] = zone
      case .anyList:
        if argument.type.element == nil {
          guard let list = try? Coercion.coerce(argument, to: .textList) else { return nil }
          converted[index] = list
        }
      case .jsonPath:
        guard let path = try? Coercion.coerce(argument, to: .text) else { return nil }
        if case .text(let text)? = path.literal, JSONPath(text) == nil {
          throw Diagnostic.invalidPath(text, argument.span)
        }
        converted[index] = path
      case .same, .any, .item: break
      }
    }
    guard let element = try convertLists(&converted, to: signature, span: span) else { return nil }
    try checkPattern(converted, signature)
    let sameIndices = arguments.indices.filter { signature.parameter($0) == .same }
    let unified = try unify(sameIndices.map { converted[$0] }, span: span)
    for (index, expression) in zip(sameIndices, unified) { converted[index] = expression }
    switch signature.result {
    case .type(let type): return (converted, type)
    case .same: return (converted, unified.first?.type ?? .text)
    case .argument(let index): return (converted, converted[index].type)
    case .item: return (converted, element)
    case .listOfSame: return (converted, .list(unified.first?.type ?? .text))
    case .listOf(let index): return (converted, .list(converted[index].type))
    case .decimalSum: return (converted, .decimal(precision: Decimal.precisionLimit, scale: converted[0].type.scale))
    case .roundedDecimal: return (converted, rounded(converted))
    }
  }

  /// The type of a decimal rounded to a constant number of digits behind the point. Rounding up may take one digit more.
  private func rounded(_ arguments: [PlanExpression]) -> DataType {
    let digits = Conversions.digits(arguments[0].type)
    var places = 0
    if arguments.count > 1 {
      places = digits.places
      if case .integer(let given)? = arguments[1].literal { places = Int(max(0, min(given, Int64(digits.places)))) }
    }
    return .decimal(precision: min(digits.whole + places + 1, Decimal.precisionLimit), scale: places)
  }
}

extension Value {
  /// The parts that a quantile is asked for: a number, or those of a list. Empty for anything else.
  public var parts: [Double] {
    switch self {
    case .double(let part): [part]
    case .list(let items, _):
      items.contains(.null) ? [] : items.flatMap(\.parts)
    default: []
    }
  }
}
