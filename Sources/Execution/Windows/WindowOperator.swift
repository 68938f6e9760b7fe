import ColumnStore
import Planning

/// Computes window functions: a column for each, in the order of the input's rows.
///
/// Functions that agree in partition and order share one sort, those that agree in the frame share its bounds. Partitions
/// are worked on in parallel.
struct WindowOperator {
  let functions: [WindowFunction]
  private let input: WindowInput

  init(functions: [WindowFunction], input: Table, context: ExecutionContext) {
    self.functions = functions
    self.input = WindowInput(input, context)
  }

  func run() throws -> [Column] {
    guard input.rowCount < Int(UInt32.max) else { throw ExecutionError.tooManyRows }
    var results: [Column?] = functions.map { _ in nil }
    for layout in Set(functions.map(\.layout)) {
      let members = functions.indices.filter { functions[$0].layout == layout }
      let needsPeers = members.contains { functions[$0].needsPeers }
      let rows = try WindowRows(layout, input, needsPeers: needsPeers)
      var frames: [RowFrame: ExcludedFrames] = [:]
      for index in members {
        try input.context.checkCancellation()
        results[index] = try column(functions[index], rows) {
          let frame = functions[index].frame
          if let known = frames[frame] { return known }
          let isAmongPeers = frame.exclusion == .group || frame.exclusion == .ties
          let made = ExcludedFrames(
            frames: try rows.frames(frame), exclusion: frame.exclusion, peers: isAmongPeers ? try rows.peers() : nil)
          frames[frame] = made
          return made
        }
      }
    }
    return results.enumerated().map { $0.element ?? .nulls(type: functions[$0.offset].type, count: input.rowCount) }
  }

  private func column(_ function: WindowFunction, _ rows: WindowRows, _ frames: () throws -> ExcludedFrames) throws
    -> Column
  {
    if let aggregate = function.aggregate {
      return try WindowAggregate(aggregate, function.frame, input).column(rows, frames)
    }
    guard case .window(let operation) = function.function else {
      return .nulls(type: function.type, count: input.rowCount)
    }
    let arguments = try function.arguments.map { try input.column($0) }
    let taken = function.ignoresNulls ? arguments.first?.validity : nil
    switch operation {
    case .rowNumber, .rank, .denseRank, .percentRank, .cumulativeDistribution: return try rows.rank(operation)
    case .tiles: return try rows.tiles(arguments[0], span: function.span)
    case .lag, .lead:
      return try rows.shifted(
        arguments[0], by: arguments.count > 1 ? arguments[1] : nil, direction: operation == .lag ? -1 : 1,
        otherwise: arguments.count > 2 ? arguments[2] : nil, taken: taken)
    case .firstValue: return try rows.picked(.first, of: arguments[0], in: try frames(), taken: taken)
    case .lastValue: return try rows.picked(.last, of: arguments[0], in: try frames(), taken: taken)
    case .nthValue:
      return try rows.picked(
        .nth(arguments[1], span: function.span), of: arguments[0], in: try frames(), taken: taken)
    }
  }
}

extension WindowFunction {
  /// Whether it needs to know which rows are peers.
  fileprivate var needsPeers: Bool {
    switch function {
    case .window(.rank), .window(.denseRank), .window(.percentRank), .window(.cumulativeDistribution): true
    case .window(.rowNumber), .window(.tiles), .window(.lag), .window(.lead): false
    default: frame.needsPeers
    }
  }
}
