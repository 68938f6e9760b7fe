import ColumnStore
import Planning

/// An aggregate over the frame of every row.
///
/// Counts, sums, means, extremes and the like have ways of their own that take the same short time for every frame. Every
/// other aggregate is computed by the state that groups use: once for a partition where all rows see all of it, step by
/// step where frames only grow, else for each frame anew.
struct WindowAggregate {
  private(set) var aggregate: Aggregate
  let frame: RowFrame
  let input: WindowInput

  init(_ aggregate: Aggregate, _ frame: RowFrame, _ input: WindowInput) {
    self.aggregate = aggregate
    self.frame = frame
    self.input = input
  }

  func column(_ rows: WindowRows, _ frames: () throws -> ExcludedFrames) throws -> Column {
    let (arguments, filter) = try input.arguments(aggregate)
    var taken = AggregateStates.mask(aggregate.function, arguments, filter: filter)
    let isExtreme = aggregate.function == .minimum || aggregate.function == .maximum
    if aggregate.isDistinct, !isExtreme, let argument = arguments.first, frame.exclusion == .noOthers {
      let (numbers, count) = try input.groups([aggregate.arguments[0]], [argument])
      if frame.isRunning {
        var plain = self
        plain.aggregate.isDistinct = false
        taken = try rows.firstOccurrences(numbers, count, taken: taken)
        return try plain.column(arguments, taken: taken, rows, frames)
      }
      if let sums = try distinctSums(argument, numbers, count, taken: taken, rows, frames) { return sums }
    }
    return try column(arguments, taken: taken, rows, frames)
  }

  private func column(
    _ arguments: [Column], taken: Bitmap?, _ rows: WindowRows, _ frames: () throws -> ExcludedFrames
  ) throws -> Column {
    if let special = try special(arguments, taken: taken, rows, frames) { return special }
    let states = FrameStates(
      aggregate: aggregate, arguments: arguments, order: try aggregate.order.map { try input.column($0.expression) },
      taken: taken, rows: rows, context: input.context)
    if frame.isWhole { return try states.perPartition() }
    return frame.isRunning ? try states.growing(try frames()) : try states.perFrame(try frames())
  }

  /// Counts of different values, and sums and means of different integers; nil for other functions.
  private func distinctSums(
    _ argument: Column, _ numbers: Buffer<UInt32>, _ numberCount: Int, taken: Bitmap?, _ rows: WindowRows,
    _ frames: () throws -> ExcludedFrames
  ) throws -> Column? {
    let isSum = aggregate.function == .sum || aggregate.function == .average
    guard aggregate.function == .count || isSum && argument.type == .integer else { return nil }
    let (counts, sums) = try rows.distinctTotals(
      numbers, numberCount, summing: isSum ? argument.widened() : nil, in: try frames().frames, taken: taken)
    guard isSum else { return Column(type: .integer, data: .integer64(counts)) }
    return Column(
      type: aggregate.type,
      values: try counts.indices.map { row in
        if counts[row] == 0 { return .null }
        if aggregate.function == .average { return .double(Double(sums[row]) / Double(counts[row])) }
        guard let sum = Int64(exactly: sums[row]) else {
          throw ExecutionError.overflow(
            operation: "the sum", operands: "\(counts[row]) values", span: aggregate.span)
        }
        return .integer(sum)
      })
  }

  /// The column by a way of its own, where the function has one.
  private func special(
    _ arguments: [Column], taken: Bitmap?, _ rows: WindowRows, _ frames: () throws -> ExcludedFrames
  ) throws -> Column? {
    let isExtreme = aggregate.function == .minimum || aggregate.function == .maximum
    guard isExtreme || !aggregate.isDistinct else { return nil }
    switch (aggregate.function, arguments.first) {
    case (.countRows, _), (.count, _): return try rows.counts(in: try frames(), taken: taken)
    case (.countWhere, let argument?):
      guard case .boolean(let bits) = argument.data else { return nil }
      return try rows.counts(in: try frames(), taken: Bitmap.both(bits, taken))
    case (.every, let argument?), (.some, let argument?):
      return try rows.truths(argument, isEvery: aggregate.function == .every, in: try frames(), taken: taken)
    case (.sum, let argument?), (.average, let argument?):
      let isAverage = aggregate.function == .average
      switch argument.type {
      case .integer:
        return try rows.integerSums(
          argument, isAverage: isAverage, in: try frames(), taken: taken, span: aggregate.span)
      case .double: return try rows.doubleSums(argument, isAverage: isAverage, in: try frames(), taken: taken)
      default: return nil
      }
    case (.minimum, let argument?), (.maximum, let argument?):
      // The smallest of counts with bounds is none of them.
      if argument.type == .count { return nil }
      return try rows.extremes(
        argument, isMaximum: aggregate.function == .maximum, in: try frames(), taken: taken)
    case (.standardDeviation, let argument?), (.standardDeviationPopulation, let argument?),
      (.variance, let argument?), (.variancePopulation, let argument?):
      let function = aggregate.function
      return try rows.spreads(
        argument, isSample: function == .standardDeviation || function == .variance,
        isDeviation: function == .standardDeviation || function == .standardDeviationPopulation, in: try frames(),
        taken: taken)
    case (.median, let argument?), (.quantile, let argument?), (.quantileDiscrete, let argument?):
      guard frame.exclusion == .noOthers, !frame.isWhole,
        let quantile = (AggregateStates.make(aggregate) as? QuantileState)?.only
      else { return nil }
      return try rows.quantiles(argument, quantile, in: try frames().frames, taken: taken)
    case (.first, let argument?), (.last, let argument?), (.anyValue, let argument?):
      guard aggregate.order.isEmpty else { return nil }
      return try rows.picked(
        aggregate.function == .last ? .last : .first, of: argument, in: try frames(), taken: taken)
    default: return nil
    }
  }
}
