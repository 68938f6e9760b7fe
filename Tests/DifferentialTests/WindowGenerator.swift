import ColumnStore

/// Writes random window functions. What depends on single rows is ordered by all columns, so that rows which the order
/// leaves open are the same in all of them.
struct WindowGenerator {
  let choices: Choices
  let columns: [GeneratedColumn]

  private var expressions: ExpressionGenerator { ExpressionGenerator(choices: choices, columns: columns) }

  /// A function over a window, and the type of its result.
  func function() -> (text: String, type: DataType) {
    let type = choices.pick([DataType.integer, .double, .text])
    switch choices.below(8) {
    case 0: return ("row_number() over (\(partition()) \(wholeOrder()))", .integer)
    case 1: return ("\(choices.pick(["rank", "dense_rank"]))() over (\(partition()) \(someOrder()))", .integer)
    case 2: return ("\(choices.pick(["percent_rank", "cume_dist"]))() over (\(partition()) \(someOrder()))", .double)
    case 3: return ("ntile(\(1 + choices.below(4))) over (\(partition()) \(wholeOrder()))", .integer)
    case 4:
      let name = choices.pick(["lag", "lead"])
      let call = "\(name)(\(expressions.expression(type, depth: 1)), \(choices.below(4)), \(expressions.literal(type)))"
      return ("\(call) over (\(partition()) \(wholeOrder()))", type)
    case 5:
      let argument = expressions.expression(type, depth: 1)
      let call = choices.pick([
        "first_value(\(argument))", "last_value(\(argument))", "nth_value(\(argument), \(1 + choices.below(3)))",
      ])
      return ("\(call) over (\(partition()) \(framedByRows()))", type)
    default: return aggregate(type)
    }
  }

  private func aggregate(_ type: DataType) -> (text: String, type: DataType) {
    let argument = expressions.expression(type, depth: 1)
    var condition = ""
    if choices.oneIn(4) {
      condition = " filter (where \(expressions.condition(depth: 1)))"
    }
    let (call, result): (String, DataType)
    switch choices.below(6) {
    case 0: (call, result) = ("count(*)", .integer)
    // SQLite 3.40 forgets the condition of a minimum or maximum over a frame that moves.
    case 1 where condition.isEmpty: (call, result) = ("min(\(argument))", type)
    case 2 where condition.isEmpty: (call, result) = ("max(\(argument))", type)
    case 3 where type != .text: (call, result) = ("sum(\(argument))", type)
    case 4 where type != .text: (call, result) = ("avg(\(argument))", .double)
    default: (call, result) = ("count(\(argument))", .integer)
    }
    let window: String
    switch choices.below(5) {
    case 0: window = ""
    case 1: window = someOrder()
    case 2: window = "\(someOrder()) \(frame("groups"))"
    case 3 where columns.contains { $0.type.isNumeric }: window = framedByDistance()
    default: window = framedByRows()
    }
    return ("\(call)\(condition) over (\(partition()) \(window))", result)
  }

  private func partition() -> String {
    let keys = (0..<choices.below(3)).map { _ in
      expressions.expression(choices.pick([.integer, .text]), depth: choices.below(2))
    }
    return keys.isEmpty ? "" : "partition by \(keys.joined(separator: ", "))"
  }

  private func direction() -> String {
    "\(choices.pick(["", " desc"])) nulls \(choices.pick(["first", "last"]))"
  }

  private func someOrder() -> String {
    let keys = (0...choices.below(2)).map { _ in
      "\(expressions.expression(choices.pick([.integer, .double, .text]), depth: 1))\(direction())"
    }
    return "order by \(keys.joined(separator: ", "))"
  }

  private func wholeOrder() -> String {
    "order by " + choices.shuffled(columns).map { "\($0.name)\(direction())" }.joined(separator: ", ")
  }

  private func framedByRows() -> String { "\(wholeOrder()) \(frame("rows"))" }

  private func framedByDistance() -> String {
    let type = choices.pick([DataType.integer, .double].filter { type in columns.contains { $0.type == type } })
    let distances = type == .integer ? ["0", "1", "3"] : ["0.25", "0.5", "2"]
    return
      "order by \(choices.pick(columns.filter { $0.type == type }).name)\(direction()) \(frame("range", distances))"
  }

  /// A frame that does not end before it begins.
  private func frame(_ unit: String, _ distances: [String] = ["0", "1", "2", "5"]) -> String {
    let bounds = ["unbounded preceding", "preceding", "current row", "following", "unbounded following"]
    let start = choices.below(4)
    let end = max(start, 1 + choices.below(4))
    func bound(_ index: Int) -> String {
      index == 1 || index == 3 ? "\(choices.pick(distances)) \(bounds[index])" : bounds[index]
    }
    let exclusion = choices.pick([
      "", "", "", " exclude no others", " exclude current row", " exclude group", " exclude ties",
    ])
    return "\(unit) between \(bound(start)) and \(bound(end))\(exclusion)"
  }
}
