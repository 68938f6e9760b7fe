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
  /// Whether rows may be given in another order than that of the input, and the state be worked on by another thread than
  /// those of other aggregates.
  var isIndependent: Bool { get }
  /// Whether the rows of a group may be dealt out to several, which are merged into one at the end, at no more cost than a
  /// few bytes. Then no row waits for what the one before it does to the same place.
  var isDivisible: Bool { get }
  /// Takes how many rows each group has, where the state was made not to count them itself; before `finish`. What that then
  /// gives for a group without rows is anything.
  func take(rowCounts: Buffer<Int64>)
  /// One value per group.
  func finish() throws -> Column
}

extension AggregateState {
  var isIndependent: Bool { false }
  var isDivisible: Bool { false }

  /// Of no use.
  func take(rowCounts: Buffer<Int64>) {}
}

/// Makes the state of an aggregate.
enum AggregateStates {
  /// - Parameters:
  ///   - domain: what is known of the values of the first argument.
  ///   - groupCount: how many groups there are at most, if that is known.
  ///   - rowCount: how many rows there are at most.
  ///   - countsAreGiven: whether the state may leave it to somebody else to count the rows of each group.
  static func make(
    _ aggregate: Aggregate, domain: ColumnDomain = .unknown, groupCount: Int? = nil, rowCount: Int = 0,
    countsAreGiven: Bool = false
  ) -> any AggregateState {
    // What a filter leaves out nobody else knows.
    let areGiven = countsAreGiven && aggregate.filter == nil
    if aggregate.isDistinct, aggregate.function != .minimum, aggregate.function != .maximum {
      if aggregate.function == .count, let set = SmallValueSetState(domain) { return set }
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
    case .countRows, .count: return CountState(areGiven: areGiven)
    case .countWhere: return CountState(onlyTrue: true)
    case .sum, .average:
      let isAverage = aggregate.function == .average
      if argument?.type == .count { return BoundedCountState(aggregate) }
      if argument?.type == .interval { return IntervalSumState(isAverage: isAverage, span: aggregate.span) }
      if case .decimal? = argument?.type {
        return DecimalSumState(
          isAverage: isAverage, type: aggregate.type, scale: argument?.type.scale ?? 0, aggregate.span)
      }
      return argument?.type == .integer
        ? IntegerSumState(isAverage: isAverage, countsAreGiven: areGiven, span: aggregate.span)
        : DoubleSumState(isAverage: isAverage, countsAreGiven: areGiven)
    case .minimum, .maximum:
      let isMaximum = aggregate.function == .maximum
      if aggregate.type == .count { return BoundedCountState(aggregate) }
      if aggregate.type == .text { return TextExtremeState(isMaximum: isMaximum) }
      return ValueInterner.isNeeded(for: aggregate.type)
        ? ValueExtremeState(type: aggregate.type, isMaximum: isMaximum)
        : ExtremeState(type: aggregate.type, isMaximum: isMaximum, countsAreGiven: areGiven)
    case .median, .quantile, .quantileDiscrete:
      let quantiles = Quantile.quantiles(of: aggregate)
      return QuantileState(
        quantiles?.parts ?? [], isList: quantiles?.isList ?? false, argument: argument?.type ?? .double)
    case .standardDeviation, .standardDeviationPopulation, .variance, .variancePopulation:
      return MomentState(
        isSample: [.standardDeviation, .variance].contains(aggregate.function),
        isDeviation: [.standardDeviation, .standardDeviationPopulation].contains(aggregate.function),
        countsAreGiven: areGiven)
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
