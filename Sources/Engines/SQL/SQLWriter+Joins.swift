import ColumnStore
import Planning

extension SQLWriter {
  func sql(_ join: JoinPlan, _ left: String, _ right: String) throws -> String {
    let width = join.left.fields.count
    func column(_ index: Int) -> String { index < width ? "l.c\(index)" : "r.c\(index - width)" }
    if join.kind == .full, !dialect.joinsFullyOnAnything,
      join.condition != nil || join.equalities.isEmpty || join.equalities.contains(where: \.nullsMatch)
    {
      throw Inexpressible(what: "a full join on something other than equal values")
    }
    let equalities = try join.equalities.map { equality in
      let sides = (
        try expression(equality.left) { "l.c\($0)" }, try expression(equality.right) { "r.c\($0)" }
      )
      return equality.nullsMatch ? dialect.isSame(sides.0, sides.1) : "(\(sides.0) = \(sides.1))"
    }
    let further = try join.condition.map { try expression($0, column) }
    func all(_ conditions: [String]) -> String {
      conditions.isEmpty ? "(1 = 1)" : conditions.joined(separator: " AND ")
    }
    let condition = all(equalities + (further.map { [$0] } ?? []))
    let passed = (0..<width).map(column)
    func pairs(_ word: String) -> String {
      let values = passed + join.right.fields.indices.map { "r.c\($0)" }
      return "SELECT \(list(values)) FROM (\(left)) AS l \(word) JOIN (\(right)) AS r ON \(condition)"
    }
    func exists(_ condition: String) -> String { "EXISTS (SELECT 1 FROM (\(right)) AS r WHERE \(condition))" }
    switch join.kind {
    case .inner, .left, .right, .full: return pairs(join.kind.rawValue.uppercased())
    case .semi: return "SELECT * FROM (\(left)) AS l WHERE \(exists(condition))"
    case .anti: return "SELECT * FROM (\(left)) AS l WHERE NOT \(exists(condition))"
    case .mark:
      let isUnknown = further.map { " WHEN \(exists(all(equalities + ["(\($0)) IS NULL"]))) THEN NULL" } ?? ""
      let mark = "CASE WHEN \(exists(condition)) THEN \(try truth(true))\(isUnknown) ELSE \(try truth(false)) END"
      return "SELECT \(list(passed + [mark])) FROM (\(left)) AS l"
    case .single:
      let keys = join.equalities.compactMap { if case .column(let index) = $0.right.kind { index } else { nil } }
      if join.right.isUnique(in: Set(keys)) { return pairs("LEFT") }
      guard dialect.refusesSeveralValues else { throw Inexpressible(what: "a query that may give several values") }
      let values = join.right.fields.indices.map { "(SELECT r.c\($0) FROM (\(right)) AS r WHERE \(condition))" }
      return "SELECT \(list(passed + values)) FROM (\(left)) AS l"
    case .nearest, .nearestLeft: throw Inexpressible(what: "`asof`")
    }
  }

  private func truth(_ value: Bool) throws -> String {
    try expression(PlanExpression(.literal(.boolean(value)), type: .boolean, span: .init(start: 0, end: 0)))
  }
}
