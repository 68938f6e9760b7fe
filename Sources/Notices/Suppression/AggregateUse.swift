import ColumnStore
import Language
import Planning

/// What an aggregate tells of which records.
struct AggregateUse {
  /// A way to count records: which they are, and what their counts add up with.
  struct Kind: Hashable {
    /// What is measured; empty for records themselves.
    var measure: String
    /// Which records of a group; nil for all.
    var condition: PlanExpression?
    /// What each of them counts; nil where it counts one.
    var weight: PlanExpression?
  }

  /// The records that the result is made of, in each way in which that adds up; empty where it tells of none.
  var kinds: [Kind] = []
  /// Whether a result below the threshold is a small count, whatever it is made of.
  var isValueSmall = false

  /// How an aggregate of tracked rows uses them.
  ///
  /// - Throws: `Diagnostic` for one that gives values of single records.
  init(_ aggregate: Aggregate, of rows: TrackedRows) throws {
    let arguments = aggregate.arguments
    func condition(_ others: [PlanExpression]) -> PlanExpression? {
      PlanExpression.conjunction((aggregate.filter.map { [$0] } ?? []) + others)
    }
    let known = arguments.prefix(1).map { $0.calling(.isNotNull) }
    let measured = arguments.map { rows.text(of: $0) }.joined(separator: ", ")
    if rows.holdsCounts {
      switch aggregate.function {
      case .countRows, .count, .countWhere: return
      case .sum where !aggregate.isDistinct && (aggregate.type == .integer || aggregate.type == .count):
        isValueSmall = true
        kinds = AggregateUse.weights(of: arguments[0]).map { name, weight in
          Kind(measure: "\(name) of \(measured)", condition: condition(known), weight: weight)
        }
        return
      default:
        throw Diagnostic(
          "of columns that hold counts only sums are shown while `suppress_below` is on", at: aggregate.span,
          help: "sum(x), share ... of ..., or `set suppress_below off`")
      }
    }
    switch aggregate.function {
    case .countRows: kinds = [Kind(measure: "", condition: condition([]))]
    case .countWhere: kinds = [Kind(measure: "", condition: condition(arguments))]
    case .count where !aggregate.isDistinct: kinds = [Kind(measure: "", condition: condition(known))]
    case .count, .approximateCountDistinct:
      isValueSmall = true
      kinds = [Kind(measure: "different \(measured)", condition: condition(known))]
    case .sum, .average, .standardDeviation, .standardDeviationPopulation, .variance, .variancePopulation,
      .standardError, .weightedAverage, .skewness, .kurtosis, .kurtosisPopulation:
      // A zero adds nothing: sum(case when ... then 1 else 0 end) counts the ones.
      let isSomething = arguments.prefix(1).filter(\.type.isNumeric).map { argument in
        let number = PlanExpression(.cast(argument, lenient: false), type: .double, span: argument.span)
        let zero = PlanExpression(.literal(.double(0)), type: .double, span: argument.span)
        return PlanExpression(.call(.notEqual, [number, zero]), type: .boolean, span: argument.span)
      }
      kinds = [Kind(measure: "amount of \(measured)", condition: condition(known + isSomething))]
    case .first, .last, .anyValue, .concatenation, .list, .jsonList, .histogram, .argMinimum, .argMaximum:
      throw AggregateUse.givesSingleValues(aggregate)
    default:
      if aggregate.type.element != nil || aggregate.type == .text && aggregate.function != .mode {
        throw AggregateUse.givesSingleValues(aggregate)
      }
      kinds = [Kind(measure: "values of \(measured)", condition: condition(known))]
    }
  }

  /// What a column of counts adds up to, for each of its ends where it has bounds.
  private static func weights(of counts: PlanExpression) -> [(name: String, weight: PlanExpression)] {
    guard counts.type == .count else { return [("sum", counts)] }
    func number(_ function: ScalarFunction) -> PlanExpression {
      PlanExpression(.call(function, [counts]), type: .integer, span: counts.span)
    }
    let most = [ScalarFunction.upper, .approximateCount].reversed().reduce(number(.lower)) { otherwise, function in
      PlanExpression(
        .conditional(
          branches: [.init(condition: number(function).calling(.isNotNull), result: number(function))],
          otherwise: otherwise),
        type: .integer, span: counts.span)
    }
    return [("least", number(.lower)), ("most", most)]
  }

  private static func givesSingleValues(_ aggregate: Aggregate) -> Diagnostic {
    Diagnostic(
      "`\(aggregate.name)` gives values of single records, which are not shown while `suppress_below` is on",
      at: aggregate.span, help: "count, sum, avg and median are; or `set suppress_below off`")
  }
}

extension PlanExpression {
  /// A function of it that is true or false.
  fileprivate func calling(_ function: ScalarFunction) -> PlanExpression {
    PlanExpression(.call(function, [self]), type: .boolean, span: span)
  }
}

extension TrackedRows {
  /// An expression as its loaded columns are called, whatever they have been renamed to since.
  fileprivate func text(of expression: PlanExpression) -> String {
    var fields = plan.fields
    for (index, origin) in origins.enumerated() { fields[index].name = origin ?? fields[index].name }
    return PlanText.text(expression, fields)
  }
}
