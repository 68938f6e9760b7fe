import Language
import Planning

/// One of two tables that are held against each other, with what says which rows belong together under the names `k1`,
/// `k2` ...
struct KeyedSide {
  /// The table's rows.
  let rows: LogicalPlan
  /// The keys on them.
  let keys: [Projection]
  /// What messages and results call it.
  let name: String

  /// The columns `k1`, `k2` ... in the order of the keys.
  static func keyNames(_ count: Int) -> [String] { (0..<count).map { "k\($0 + 1)" } }

  private init(_ rows: LogicalPlan, _ keys: [PlanExpression], name: String) {
    self.rows = rows
    self.keys = zip(keys, Self.keyNames(keys.count)).map { Projection(name: $1, expression: $0) }
    self.name = name
  }

  /// Two tables by keys that are names of columns of both, or an equality between a column of the first and one of the
  /// second. Keys of different types are brought together as they are in a join.
  static func pair(
    _ left: LogicalPlan, _ right: LogicalPlan, by keys: [Expression], names: (String, String), with resolver: Resolver
  ) throws -> (KeyedSide, KeyedSide) {
    var leftKeys: [PlanExpression] = []
    var rightKeys: [PlanExpression] = []
    for key in keys {
      var (first, second) = (key, key)
      if case .binary(.equal, let leftKey, let rightKey) = key.kind { (first, second) = (leftKey, rightKey) }
      let unified = try resolver.unified([try resolver.bind(first, on: left), try resolver.bind(second, on: right)])
      guard unified[0].type.element == nil else {
        throw Diagnostic("a list is no key", at: key.span, help: "take a column of single values")
      }
      leftKeys.append(unified[0])
      rightKeys.append(unified[1])
    }
    return (KeyedSide(left, leftKeys, name: names.0), KeyedSide(right, rightKeys, name: names.1))
  }

  /// The name of the table that all columns of some rows come from; else what stands in for it.
  static func name(of rows: LogicalPlan, else other: String) -> String {
    let names = Set(rows.fields.map(\.qualifier))
    return names.count == 1 ? names.first.flatMap { $0 } ?? other : other
  }
}
