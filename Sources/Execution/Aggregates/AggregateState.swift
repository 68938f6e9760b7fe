import ColumnStore
import Planning

/// Some rows for an aggregate to take in.
struct AggregateInput {
  /// The group of each row.
  let groups: Buffer<UInt32>
  /// The number of rows.
  let count: Int
  /// The arguments' values.
  let arguments: [Column]
  /// The values of the order's keys, for a function whose result depends on the order.
  let order: [Column]
  /// The rows to take; nil for all.
  let mask: Bitmap?
  /// Where the first row stands in the whole input.
  let firstRow: Int
  /// How many of the rows fall into each group, where all are to be taken and somebody has counted them.
  var groupCounts: Buffer<UInt32>?
}

/// What an aggregate remembers of each group. Each worker has one of its own, merged into the first at the end.
///
/// The result does not depend on which worker took which rows.
protocol AggregateState: AnyObject {
  /// Makes room for groups below a number.
  func grow(_ groupCount: Int)
  /// Takes rows in; their groups are below the number last given to `grow`.
  func update(_ input: AggregateInput)
  /// Takes over what another state of the same kind knows; `map` gives for each of its groups the number here.
  func merge(_ other: any AggregateState, map: Buffer<UInt32>)
  /// One value per group.
  func finish() throws -> Column
}

extension AggregateInput {
  /// Calls `body(row, group)` for every row to take.
  @inline(__always)
  func forEach(_ body: (Int, Int) -> Void) {
    precondition(groups.count >= count)
    let numbers = groups.pointer
    if let mask {
      mask.forEachTrue { body($0, Int(numbers[$0])) }
    } else {
      for row in 0..<count { body(row, Int(numbers[row])) }
    }
  }
}

/// Makes the state of an aggregate.
enum AggregateStates {
  /// - Parameters:
  ///   - domain: what is known of the values of the first argument.
  ///   - groupCount: how many groups there are at most, if that is known.
  ///   - rowCount: how many rows there are at most.
  static func make(
    _ aggregate: Aggregate, domain: ColumnDomain = .unknown, groupCount: Int? = nil, rowCount: Int = 0
  ) -> any AggregateState {
    if aggregate.isDistinct, aggregate.function != .minimum, aggregate.function != .maximum {
      if aggregate.function == .count, let groupCount,
        let set = ValueSetState(domain, groupCount: groupCount, rowCount: rowCount)
      {
        return set
      }
      var plain = aggregate
      plain.isDistinct = false
      return DistinctState(of: aggregate, dictionary: domain.dictionary, feeding: make(plain))
    }
    let argument = aggregate.arguments.first
    switch aggregate.function {
    case .countRows, .count, .countWhere: return CountState(onlyTrue: aggregate.function == .countWhere)
    case .sum, .average:
      let isAverage = aggregate.function == .average
      if argument?.type == .count { return BoundedCountState(aggregate) }
      if argument?.type == .interval { return IntervalSumState(isAverage: isAverage, span: aggregate.span) }
      if case .decimal? = argument?.type {
        return DecimalSumState(
          isAverage: isAverage, type: aggregate.type, scale: argument?.type.scale ?? 0, aggregate.span)
      }
      return argument?.type == .integer
        ? IntegerSumState(isAverage: isAverage, span: aggregate.span) : DoubleSumState(isAverage: isAverage)
    case .minimum, .maximum:
      let isMaximum = aggregate.function == .maximum
      if aggregate.type == .count { return BoundedCountState(aggregate) }
      if aggregate.type == .text { return TextExtremeState(isMaximum: isMaximum) }
      return ValueInterner.isNeeded(for: aggregate.type)
        ? ValueExtremeState(type: aggregate.type, isMaximum: isMaximum)
        : ExtremeState(type: aggregate.type, isMaximum: isMaximum)
    case .median, .quantile, .quantileDiscrete:
      let quantiles = Quantile.quantiles(of: aggregate)
      return QuantileState(
        quantiles?.parts ?? [], isList: quantiles?.isList ?? false, argument: argument?.type ?? .double)
    case .standardDeviation: return MomentState(isSample: true, isDeviation: true)
    case .standardDeviationPopulation: return MomentState(isSample: false, isDeviation: true)
    case .variance: return MomentState(isSample: true, isDeviation: false)
    case .variancePopulation: return MomentState(isSample: false, isDeviation: false)
    case .every, .some: return TruthState(isEvery: aggregate.function == .every)
    case .common, .contradict: return BoundedCountState(aggregate)
    case .first, .last, .anyValue:
      return ChosenRowState(type: aggregate.type, order: aggregate.order, isLast: aggregate.function == .last)
    case .correlation, .covariancePopulation, .covarianceSample, .regressionCount, .regressionAverageX,
      .regressionAverageY, .regressionSXX, .regressionSYY, .regressionSXY, .regressionSlope, .regressionIntercept,
      .regressionR2, .weightedAverage, .standardError:
      return PairSumState(aggregate.function)
    case .geometricMean, .skewness, .kurtosis, .kurtosisPopulation, .medianDeviation, .product:
      return SortedNumberState(aggregate.function)
    case .list, .jsonList: return ListState(type: aggregate.type, order: aggregate.order)
    case .bitAnd, .bitOr, .bitXor: return BitState(aggregate.function)
    case .mode, .entropy, .histogram:
      return CountedValueState(aggregate.function, argument: argument?.type ?? aggregate.type)
    case .approximateCountDistinct: return DistinctSketchState()
    case .argMinimum, .argMaximum:
      // Planning writes them as the first row's value in an order.
      return ChosenRowState(type: aggregate.type, order: aggregate.order, isLast: false)
    case .concatenation:
      var separator = ","
      if aggregate.arguments.count > 1, case .text(let given)? = aggregate.arguments[1].literal { separator = given }
      return ConcatenationState(separator: separator, order: aggregate.order)
    }
  }

  /// The rows that an aggregate takes, of those that its filter leaves: all but those without an argument.
  static func mask(_ function: AggregateFunction, _ arguments: [Column], filter: Bitmap?) -> Bitmap? {
    if takesNulls(function) { return filter }
    return arguments.reduce(filter) { Bitmap.both($0, $1.validity) }
  }

  /// Whether NULL arguments are rows like others to the function.
  static func takesNulls(_ function: AggregateFunction) -> Bool {
    [.first, .last, .list, .jsonList].contains(function)
  }
}
