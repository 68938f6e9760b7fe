import ColumnStore
import Planning

extension SQLWriter {
  /// The rows with a further column for each function over a window.
  func sql(_ functions: [WindowFunction], width: Int, _ input: String) throws -> String {
    let passed = (0..<width).map { "t.c\($0)" }
    return "SELECT \(list(passed + (try functions.map(window)))) FROM (\(input)) AS t"
  }

  /// `PARTITION BY ... `, empty for one partition.
  func partitionText(_ keys: [PlanExpression]) throws -> String {
    keys.isEmpty ? "" : "PARTITION BY \(try keys.map { try expression($0) }.joined(separator: ", ")) "
  }

  private func window(_ function: WindowFunction) throws -> String {
    let arguments = try function.arguments.map { try expression($0) }
    switch function.function {
    case .window(let operation): return try window(operation, function, arguments)
    case .aggregate(let aggregate):
      guard !function.isDistinct, function.order.isEmpty, !aggregate.seesPlaces else {
        throw Inexpressible(what: "`\(FunctionRegistry.name(of: aggregate))` of this kind over a window")
      }
      guard var whole = function.aggregate else { throw Inexpressible(what: "a window") }
      var words = arguments
      if let filter = function.filter {
        // Spark has no FILTER in windows.
        let condition = try expression(filter)
        if aggregate == .countRows {
          whole.function = .count
          whole.arguments = [filter]
          words = ["CASE WHEN \(condition) THEN 1 END"]
        } else {
          words[0] = "CASE WHEN \(condition) THEN \(words[0]) END"
        }
        whole.filter = nil
      }
      return try self.aggregate(whole, words, behind: " OVER (\(try layout(function))\(try frame(function.frame)))")
    }
  }

  private func window(_ operation: WindowOperation, _ function: WindowFunction, _ arguments: [String]) throws -> String
  {
    if keepsOrder, function.layout.order.isEmpty, operation != .rank, operation != .denseRank {
      throw Inexpressible(what: "a window without an order")
    }
    guard let name = SQLWriter.windowNames[operation] else { throw Inexpressible(what: "a window") }
    let call = WrittenCall(dialect: dialect, arguments: arguments, operands: function.arguments)
    var words = call.arguments
    var behind = ""
    switch operation {
    case .rowNumber, .rank, .denseRank, .percentRank, .cumulativeDistribution: break
    case .tiles:
      guard let count = call.number(0, from: 1) else { throw Inexpressible(what: "`ntile` of a count that varies") }
      words = ["\(count)"]
    case .lag, .lead:
      if call.count > 1 {
        guard let distance = call.number(1) else { throw Inexpressible(what: "`\(name)` by a distance that varies") }
        words[1] = "\(distance)"
      }
    case .nthValue:
      guard let number = call.number(1, from: 1) else { throw Inexpressible(what: "`nth_value` of a row that varies") }
      words[1] = "\(number)"
      behind = try frame(function.frame)
    case .firstValue, .lastValue: behind = try frame(function.frame)
    }
    var nulls = ""
    if function.ignoresNulls {
      guard dialect.passesOverNulls else { throw Inexpressible(what: "`ignore nulls`") }
      nulls = " IGNORE NULLS"
    }
    let written = "\(name)(\(words.joined(separator: ", ")))\(nulls) OVER (\(try layout(function))\(behind))"
    return function.type == .integer ? try cast(written, to: .integer) : written
  }

  private static let windowNames: [WindowOperation: String] = [
    .rowNumber: "ROW_NUMBER", .rank: "RANK", .denseRank: "DENSE_RANK", .percentRank: "PERCENT_RANK",
    .cumulativeDistribution: "CUME_DIST", .tiles: "NTILE", .lag: "LAG", .lead: "LEAD", .firstValue: "FIRST_VALUE",
    .lastValue: "LAST_VALUE", .nthValue: "NTH_VALUE",
  ]

  /// The partition and the order. Without an order all rows are peers, which a constant says as well, where one is needed.
  private func layout(_ function: WindowFunction) throws -> String {
    let keys = try function.layout.order.map(sortKey)
    return try partitionText(function.layout.partition) + "ORDER BY "
      + (keys.isEmpty ? "1" : keys.joined(separator: ", "))
  }

  private func frame(_ frame: RowFrame) throws -> String {
    if frame == .usual { return "" }
    let bounds = [frame.start, frame.end]
    let hasDistance = bounds.contains {
      if case .preceding = $0 { true } else if case .following = $0 { true } else { false }
    }
    var unit = frame.unit
    switch unit {
    case .rows: break
    case .range where hasDistance: throw Inexpressible(what: "a range of distances")
    case .groups where hasDistance:
      guard dialect.frames.contains(.groups) else { throw Inexpressible(what: "a frame of groups") }
    // Without distances both go up to the peers.
    case .groups, .range: unit = .range
    }
    if frame.exclusion != .noOthers, !dialect.frames.contains(.exclusion) { throw Inexpressible(what: "`exclude`") }
    let words = try bounds.map(SQLWriter.words)
    let exclusion = frame.exclusion == .noOthers ? "" : " EXCLUDE \(frame.exclusion.rawValue.uppercased())"
    return " \(unit.rawValue.uppercased()) BETWEEN \(words[0]) AND \(words[1])\(exclusion)"
  }

  private static func words(_ bound: RowFrame.Bound) throws -> String {
    func count(_ offset: RowFrame.Offset) throws -> Int64 {
      guard case .count(let count) = offset, count <= Int64(Int32.max) else {
        throw Inexpressible(what: "a frame of this size")
      }
      return count
    }
    switch bound {
    case .unboundedPreceding: return "UNBOUNDED PRECEDING"
    case .preceding(let offset): return "\(try count(offset)) PRECEDING"
    case .currentRow: return "CURRENT ROW"
    case .following(let offset): return "\(try count(offset)) FOLLOWING"
    case .unboundedFollowing: return "UNBOUNDED FOLLOWING"
    }
  }
}

extension AggregateFunction {
  /// Whether a window has other rows for it than SQL can say: it looks at their places, or sorts them.
  fileprivate var seesPlaces: Bool {
    switch self {
    case .first, .last, .anyValue, .concatenation, .list, .jsonList, .median, .quantile, .quantileDiscrete,
      .approximateCountDistinct:
      true
    default: false
    }
  }
}
