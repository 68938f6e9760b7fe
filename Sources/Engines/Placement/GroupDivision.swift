import ColumnStore
import Language
import Planning

/// An aggregate divided into one that a database makes, of the rows that agree in all that is needed of them, and one that
/// is made here of those groups.
struct GroupDivision {
  private let rows: RowSteps
  private let writer: SQLWriter
  private let base: LogicalPlan
  private var parts: ExpressibleParts
  /// What the database adds up in each group, besides counting its rows.
  private var sums: [Aggregate] = []
  /// What is made here, behind the keys.
  private var outer: [Aggregate] = []
  private var keyCount = 0
  private let span = SourceSpan(start: 0, end: 0)

  /// The column of the count of a group's rows; the sums stand behind it.
  private static let firstCount = 1 << 41

  init(_ rows: RowSteps, on base: LogicalPlan, writer: SQLWriter) {
    self.rows = rows
    self.base = base
    self.writer = writer
    parts = ExpressibleParts(writer: writer, width: base.fields.count)
  }

  /// The steps of this process on what `sent` gives, the lowest one first; nil where an aggregate cannot be made of groups.
  mutating func divided(_ keys: [Projection], _ aggregates: [Aggregate]) -> [(LogicalPlan) -> LogicalPlan]? {
    let before = rows.before.map { parts.rewritten($0) }
    let lists = rows.unnest?.lists.map { (name: $0.field.name, list: parts.rewritten($0.expression)) } ?? []
    let after = rows.after.map { parts.rewritten($0) }
    let groups = keys.map { key in
      var key = key
      key.expression = parts.rewritten(key.expression.substituting(rows.columns))
      return key
    }
    keyCount = groups.count
    var results: [PlanExpression] = []
    for aggregate in aggregates {
      guard let result = result(of: aggregate) else { return nil }
      results.append(result)
    }
    guard !parts.parts.isEmpty else { return nil }
    var steps: [(LogicalPlan) -> LogicalPlan] = []
    if let condition = PlanExpression.conjunction(before.map(settled)) {
      steps.append { .filter($0, predicate: condition) }
    }
    if let unnest = rows.unnest {
      let items = lists.map { UnnestPlan.List(name: $0.name, expression: settled($0.list)) }
      steps.append {
        .unnest(UnnestPlan(input: $0, lists: items, ordinality: unnest.ordinality, keepsEmpty: unnest.keepsEmpty))
      }
    }
    if let condition = PlanExpression.conjunction(after.map(settled)) {
      steps.append { .filter($0, predicate: condition) }
    }
    let settledKeys = groups.map { key in
      var key = key
      key.expression = settled(key.expression)
      return key
    }
    let made = outer.map { $0.mapExpressions(settled) }
    steps.append { .aggregate($0, keys: settledKeys, aggregates: made) }
    let shown =
      keys.enumerated().map { Projection(passing: $0.element.field, at: $0.offset, span: span) }
      + zip(aggregates, results).map { Projection(name: $0.name, expression: $1) }
    steps.append { .project($0, shown) }
    return steps
  }

  /// What the database makes: the groups, how many rows each has, and the sums.
  var sent: LogicalPlan {
    let count = Aggregate(function: .countRows, arguments: [], name: "count", type: .integer, span: span)
    return .aggregate(base, keys: parts.projections(of: base.fields), aggregates: [count] + sums)
  }

  /// An expression with the columns that the rows have here: the parts, the count, the sums, the items.
  private func settled(_ expression: PlanExpression) -> PlanExpression {
    let width = parts.parts.count
    return expression.remapped { index in
      if index >= Self.firstCount { return width + index - Self.firstCount }
      if index >= RowSteps.firstItem { return width + 1 + sums.count + index - RowSteps.firstItem }
      return index
    }
  }

  // MARK: Aggregates

  /// What an aggregate is, of the aggregates that are made here; nil where it cannot be made of groups.
  private mutating func result(of aggregate: Aggregate) -> PlanExpression? {
    var whole = aggregate.mapExpressions { $0.substituting(rows.columns) }
    if !aggregate.isDistinct {
      switch aggregate.function {
      case .countRows: return count(whole, where: nil)
      case .count: return count(whole, where: whole.arguments.first.map(isKnown))
      case .countWhere: return count(whole, where: whole.arguments.first)
      case .sum: return sum(whole)
      case .average: return average(whole)
      case .first where whole.order.isEmpty, .last where whole.order.isEmpty, .anyValue:
        // Rows of a database are in no order: the smallest value is one of those that might come first.
        guard !writer.keepsOrder, aggregate.type.element == nil, aggregate.type != .count else { return nil }
        whole.function = .minimum
      default: break
      }
    }
    guard aggregate.isDistinct ? whole.function.isOfValues : whole.function.ignoresCopies else { return nil }
    return made(whole.mapExpressions { parts.rewritten($0) })
  }

  /// How many rows there are for which a condition is true as well as the aggregate's own.
  private mutating func count(_ aggregate: Aggregate, where condition: PlanExpression?) -> PlanExpression {
    var counted = aggregate
    counted.filter = PlanExpression.conjunction([aggregate.filter, condition].compactMap { $0 })
    let sum = sum(of: column(0, .integer), counted)
    let zero = PlanExpression(.literal(.integer(0)), type: .integer, span: span)
    return PlanExpression(.call(.coalesce, [sum, zero]), type: .integer, span: aggregate.span)
  }

  private func isKnown(_ value: PlanExpression) -> PlanExpression {
    PlanExpression(.call(.isNotNull, [value]), type: .boolean, span: span)
  }

  private mutating func sum(_ aggregate: Aggregate) -> PlanExpression? {
    let value = aggregate.arguments[0]
    if canBeSent(value, aggregate) { return sum(of: sent(.sum, value, aggregate.type), aggregate) }
    guard value.type == .integer else { return nil }
    return PlanExpression(
      .cast(sum(ofCopied: value, aggregate), lenient: false), type: .integer, span: aggregate.span)
  }

  private mutating func average(_ aggregate: Aggregate) -> PlanExpression? {
    let value = aggregate.arguments[0]
    let sides: [PlanExpression]
    if canBeSent(value, aggregate), value.type == .integer || value.type == .double {
      sides = [
        sum(of: sent(.sum, value, value.type), aggregate), sum(of: sent(.count, value, .integer), aggregate),
      ]
    } else if value.type == .integer {
      sides = [sum(ofCopied: value, aggregate), count(aggregate, where: isKnown(value))]
    } else {
      return nil
    }
    return PlanExpression(.call(.divide, sides.map { cast($0, .double) }), type: .double, span: aggregate.span)
  }

  /// Whether the database can add up a value. What could fail is not computed of rows that a condition leaves out here.
  private func canBeSent(_ value: PlanExpression, _ aggregate: Aggregate) -> Bool {
    value.columns.allSatisfy { $0 < base.fields.count } && (try? writer.expression(value)) != nil
      && (!value.mayFail || (rows.before + rows.after).isEmpty && aggregate.filter == nil)
  }

  /// Has the database make something of each group; the column that it comes in.
  private mutating func sent(_ function: AggregateFunction, _ value: PlanExpression, _ type: DataType) -> PlanExpression
  {
    sums.append(Aggregate(function: function, arguments: [value], name: "sum", type: type, span: span))
    return column(sums.count, type)
  }

  /// The count of a group, or what stands so far behind it.
  private func column(_ place: Int, _ type: DataType) -> PlanExpression {
    PlanExpression(.column(Self.firstCount + place), type: type, span: span)
  }

  /// The sum of a whole number, which is known here only, over all rows of the groups: in a type with room for every product.
  private mutating func sum(ofCopied value: PlanExpression, _ aggregate: Aggregate) -> PlanExpression {
    let factors = [parts.rewritten(value), column(0, .integer)].map { cast($0, .decimal(precision: 19, scale: 0)) }
    let product = PlanExpression(
      .call(.multiply, factors), type: .decimal(precision: Decimal.precisionLimit, scale: 0), span: value.span)
    return sum(of: product, aggregate)
  }

  /// The sum of a value over all groups.
  private mutating func sum(of value: PlanExpression, _ aggregate: Aggregate) -> PlanExpression {
    made(
      Aggregate(
        function: .sum, arguments: [value], filter: aggregate.filter.map { parts.rewritten($0) }, name: aggregate.name,
        type: value.type, span: aggregate.span))
  }

  /// Makes an aggregate here; the column that it comes in.
  private mutating func made(_ aggregate: Aggregate) -> PlanExpression {
    outer.append(aggregate)
    return PlanExpression(.column(keyCount + outer.count - 1), type: aggregate.type, span: aggregate.span)
  }

  private func cast(_ value: PlanExpression, _ type: DataType) -> PlanExpression {
    value.type == type ? value : PlanExpression(.cast(value, lenient: false), type: type, span: value.span)
  }
}

extension AggregateFunction {
  /// Whether it is made of the values, whatever order they come in.
  fileprivate var isOfValues: Bool {
    switch self {
    case .count, .sum, .average, .median, .quantile, .quantileDiscrete: true
    default: ignoresCopies
    }
  }

  /// Whether further copies of a row change nothing.
  fileprivate var ignoresCopies: Bool {
    switch self {
    case .minimum, .maximum, .every, .some, .bitAnd, .bitOr, .approximateCountDistinct, .first, .last: true
    default: false
    }
  }
}
