import ColumnStore
import Planning

/// An aggregate over the frame of every row.
///
/// Counts, sums, means, extremes and the like have ways of their own that take the same short time for every frame. Every
/// other aggregate is computed by the state that groups use: once for a partition where all rows see all of it, step by
/// step where frames only grow, else for each frame anew.
struct WindowAggregate {
  let aggregate: Aggregate
  let frame: RowFrame
  let input: WindowInput

  init(_ aggregate: Aggregate, _ frame: RowFrame, _ input: WindowInput) {
    self.aggregate = aggregate
    self.frame = frame
    self.input = input
  }

  func column(_ rows: WindowRows, _ frames: () throws -> ExcludedFrames) throws -> Column {
    let (arguments, filter) = try input.arguments(aggregate)
    let taken = AggregateStates.mask(aggregate.function, arguments, filter: filter)
    if let special = try special(arguments, taken: taken, rows, frames) { return special }
    let states = FrameStates(
      aggregate: aggregate, arguments: arguments, order: try aggregate.order.map { try input.column($0.expression) },
      taken: taken, rows: rows, context: input.context)
    if frame.isWhole { return try states.perPartition() }
    if aggregate.isDistinct { return try states.perFrame(try frames()) }
    return frame.isRunning ? try states.growing(try frames()) : try states.perFrame(try frames())
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
      return try rows.extremes(
        argument, isMaximum: aggregate.function == .maximum, in: try frames(), taken: taken)
    case (.standardDeviation, let argument?), (.standardDeviationPopulation, let argument?),
      (.variance, let argument?), (.variancePopulation, let argument?):
      let function = aggregate.function
      return try rows.spreads(
        argument, isSample: function == .standardDeviation || function == .variance,
        isDeviation: function == .standardDeviation || function == .standardDeviationPopulation, in: try frames(),
        taken: taken)
    case (.first, let argument?), (.last, let argument?), (.anyValue, let argument?):
      guard aggregate.order.isEmpty else { return nil }
      return try rows.picked(
        aggregate.function == .last ? .last : .first, of: argument, in: try frames(), taken: taken)
    default: return nil
    }
  }
}
