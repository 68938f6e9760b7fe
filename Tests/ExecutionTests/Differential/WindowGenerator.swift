import ColumnStore

/// Writes random window functions. What depends on single rows is ordered by all columns, so that rows which the order
/// leaves open are the same in all of them.
struct WindowGenerator {
  var generator: FixedGenerator
  let columns: [GeneratedColumn]

  private mutating func write(_ type: DataType, depth: Int) -> String {
    var expressions = ExpressionGenerator(generator: generator, columns: columns)
    defer { generator = expressions.generator }
    return expressions.expression(type, depth: depth)
  }

  private mutating func literal(_ type: DataType) -> String {
    var expressions = ExpressionGenerator(generator: generator, columns: columns)
    defer { generator = expressions.generator }
    return expressions.literal(type)
  }

  /// A function over a window, and the type of its result.
  mutating func function() -> (text: String, type: DataType) {
    let type = generator.pick([DataType.integer, .double, .text])
    switch generator.below(8) {
    case 0: return ("row_number() over (\(partition()) \(wholeOrder()))", .integer)
    case 1: return ("\(generator.pick(["rank", "dense_rank"]))() over (\(partition()) \(someOrder()))", .integer)
    case 2: return ("\(generator.pick(["percent_rank", "cume_dist"]))() over (\(partition()) \(someOrder()))", .double)
    case 3: return ("ntile(\(1 + generator.below(4))) over (\(partition()) \(wholeOrder()))", .integer)
    case 4:
      let name = generator.pick(["lag", "lead"])
      let call = "\(name)(\(write(type, depth: 1)), \(generator.below(4)), \(literal(type)))"
      return ("\(call) over (\(partition()) \(wholeOrder()))", type)
    case 5:
      let argument = write(type, depth: 1)
      let call = generator.pick([
        "first_value(\(argument))", "last_value(\(argument))", "nth_value(\(argument), \(1 + generator.below(3)))",
      ])
      return ("\(call) over (\(partition()) \(framedByRows()))", type)
    default: return aggregate(type)
    }
  }

  private mutating func aggregate(_ type: DataType) -> (text: String, type: DataType) {
    let argument = write(type, depth: 1)
    var condition = ""
    if generator.oneIn(4) {
      var expressions = ExpressionGenerator(generator: generator, columns: columns)
      condition = " filter (where \(expressions.condition(depth: 1)))"
      generator = expressions.generator
    }
    let (call, result): (String, DataType)
    switch generator.below(6) {
    case 0: (call, result) = ("count(*)", .integer)
    case 1: (call, result) = ("min(\(argument))", type)
    case 2: (call, result) = ("max(\(argument))", type)
    case 3 where type != .text: (call, result) = ("sum(\(argument))", type)
    case 4 where type != .text: (call, result) = ("avg(\(argument))", .double)
    default: (call, result) = ("count(\(argument))", .integer)
    }
    let window: String
    switch generator.below(5) {
    case 0: window = ""
    case 1: window = someOrder()
    case 2: window = "\(someOrder()) \(frame("groups"))"
    case 3: window = framedByDistance()
    default: window = framedByRows()
    }
    return ("\(call)\(condition) over (\(partition()) \(window))", result)
  }

  private mutating func partition() -> String {
    let keys = (0..<generator.below(3)).map { _ in write(generator.pick([.integer, .text]), depth: generator.below(2)) }
    return keys.isEmpty ? "" : "partition by \(keys.joined(separator: ", "))"
  }

  private mutating func direction() -> String {
    "\(generator.pick(["", " desc"])) nulls \(generator.pick(["first", "last"]))"
  }

  private mutating func someOrder() -> String {
    let keys = (0...generator.below(2)).map { _ in
      "\(write(generator.pick([.integer, .double, .text]), depth: 1))\(direction())"
    }
    return "order by \(keys.joined(separator: ", "))"
  }

  private mutating func wholeOrder() -> String {
    "order by " + columns.shuffled(using: &generator).map { "\($0.name)\(direction())" }.joined(separator: ", ")
  }

  private mutating func framedByRows() -> String { "\(wholeOrder()) \(frame("rows"))" }

  private mutating func framedByDistance() -> String {
    let type = generator.pick([DataType.integer, .double])
    let distances = type == .integer ? ["0", "1", "3"] : ["0.25", "0.5", "2"]
    return "order by \(write(type, depth: 1))\(direction()) \(frame("range", distances))"
  }

  /// A frame that does not end before it begins.
  private mutating func frame(_ unit: String, _ distances: [String] = ["0", "1", "2", "5"]) -> String {
    let bounds = ["unbounded preceding", "preceding", "current row", "following", "unbounded following"]
    let start = generator.below(4)
    let end = max(start, 1 + generator.below(4))
    func bound(_ index: Int, _ generator: inout FixedGenerator) -> String {
      index == 1 || index == 3 ? "\(generator.pick(distances)) \(bounds[index])" : bounds[index]
    }
    let exclusion = generator.pick([
      "", "", "", " exclude no others", " exclude current row", " exclude group", " exclude ties",
    ])
    return "\(unit) between \(bound(start, &generator)) and \(bound(end, &generator))\(exclusion)"
  }
}
