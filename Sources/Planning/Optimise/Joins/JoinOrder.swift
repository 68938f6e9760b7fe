/// Chooses how the relations of a group nest, by the estimated sizes of what comes out of each join.
///
/// Few relations are tried in every connected nesting (dynamic programming over sets: G. Moerkotte, T. Neumann, "Analysis
/// of two existing and one new dynamic programming algorithm for the generation of optimal bushy join trees without cross
/// products", VLDB 2006); of many the two that give the fewest rows are joined first, again and again (greedy operator
/// ordering: L. Fegaras, "A new heuristic for optimizing large queries", DEXA 1998).
struct JoinOrder {
  typealias Tree = JoinGroup.Tree

  /// Columns that are equal, one from each relation that has any.
  struct EqualityClass {
    var relations: UInt64
    /// How many different values the column of each relation has.
    var distinct: [(relation: Int, count: Double)]
  }

  /// A nesting and what it is thought to cost.
  struct Plan {
    var tree: Tree
    var relations: UInt64
    var rows: Double
    var cost: Double
  }

  /// Up to here every connected nesting is tried.
  static let exhaustiveLimit = 10

  let rows: [Double]
  let classes: [EqualityClass]
  /// Other conditions on several relations.
  let predicates: [(relations: UInt64, selectivity: Double, isEquality: Bool)]
  private let neighbours: [UInt64]

  init(
    rows: [Double], classes: [EqualityClass],
    predicates: [(relations: UInt64, selectivity: Double, isEquality: Bool)]
  ) {
    self.rows = rows
    self.classes = classes
    self.predicates = predicates
    var neighbours = [UInt64](repeating: 0, count: rows.count)
    let edges = classes.map(\.relations) + predicates.filter(\.isEquality).map(\.relations)
    for edge in edges { edge.forEachBit { neighbours[$0] |= edge } }
    self.neighbours = neighbours
  }

  /// About how many rows the relations of a set have together, whatever the order.
  func rowCount(_ set: UInt64) -> Double {
    var count = 1.0
    set.forEachBit { count *= rows[$0] }
    for equal in classes where (equal.relations & set).nonzeroBitCount > 1 {
      // Each value of the column with the fewest finds its partners in the others.
      var fewest = Double.infinity
      for (relation, distinct) in equal.distinct where set >> UInt64(relation) & 1 == 1 {
        count /= distinct
        fewest = min(fewest, distinct)
      }
      count *= fewest
    }
    for predicate in predicates where predicate.relations & ~set == 0 { count *= predicate.selectivity }
    return count
  }

  private func neighbours(_ set: UInt64) -> UInt64 {
    var all: UInt64 = 0
    set.forEachBit { all |= neighbours[$0] }
    return all
  }

  private func relation(_ number: Int) -> Plan {
    Plan(tree: .relation(number), relations: 1 << UInt64(number), rows: rows[number], cost: 0)
  }

  /// The rows that come out, those that are looked up, and twice those that are put into a table to look up in. Without
  /// an equality all pairs are gone through.
  private func joining(_ left: Plan, _ right: Plan, rows: Double) -> Plan {
    let isConnected = neighbours(left.relations) & right.relations != 0
    let work = isConnected ? left.rows + 2 * right.rows : left.rows * right.rows
    return Plan(
      tree: .join(left.tree, right.tree), relations: left.relations | right.relations, rows: rows,
      cost: left.cost + right.cost + rows + work)
  }

  /// The larger one streams, the smaller one is held.
  private func joiningLarger(_ first: Plan, _ second: Plan, rows: Double) -> Plan {
    first.rows >= second.rows ? joining(first, second, rows: rows) : joining(second, first, rows: rows)
  }

  /// What a nesting costs.
  func plan(_ tree: Tree) -> Plan {
    switch tree {
    case .relation(let number): return relation(number)
    case .join(let left, let right):
      let (left, right) = (plan(left), plan(right))
      return joining(left, right, rows: rowCount(left.relations | right.relations))
    }
  }

  /// The best nesting that was found.
  func best() -> Plan? {
    var parts = components().map { $0.nonzeroBitCount <= Self.exhaustiveLimit ? exhaustive($0) : greedy($0) }
    // What no equality connects is multiplied, the smallest first.
    parts.sort { $0.rows < $1.rows }
    guard var result = parts.first else { return nil }
    for part in parts.dropFirst() {
      result = joiningLarger(result, part, rows: rowCount(result.relations | part.relations))
    }
    return result
  }

  /// The sets of relations that equalities connect.
  private func components() -> [UInt64] {
    var rest = JoinGroup.all(rows.count)
    var found: [UInt64] = []
    while rest != 0 {
      var component: UInt64 = 1 << UInt64(rest.trailingZeroBitCount)
      while true {
        let grown = component | neighbours(component)
        if grown == component { break }
        component = grown
      }
      found.append(component)
      rest &= ~component
    }
    return found
  }

  private func exhaustive(_ component: UInt64) -> Plan {
    var members: [Int] = []
    component.forEachBit { members.append($0) }
    // Sets are numbered within the component.
    var best = [Plan?](repeating: nil, count: 1 << members.count)
    var near = [Int](repeating: 0, count: members.count)
    for (place, member) in members.enumerated() {
      best[1 << place] = relation(member)
      for (other, otherMember) in members.enumerated() where neighbours[member] >> UInt64(otherMember) & 1 == 1 {
        near[place] |= 1 << other
      }
    }
    var reach = [Int](repeating: 0, count: best.count)
    for set in 1..<best.count { reach[set] = reach[set & (set - 1)] | near[set.trailingZeroBitCount] }
    for set in 1..<best.count where set & (set - 1) != 0 {
      let lowest = set & -set
      var count: Double?
      // Both halves of every split that keeps the lowest member on one side.
      var part = (set - 1) & set
      while part != 0 {
        let other = set ^ part
        if part & lowest != 0, reach[part] & other != 0, let first = best[part], let second = best[other] {
          let rows = count ?? rowCount(first.relations | second.relations)
          count = rows
          let joined = joiningLarger(first, second, rows: rows)
          if joined.cost < best[set]?.cost ?? .infinity { best[set] = joined }
        }
        part = (part - 1) & set
      }
    }
    return best[best.count - 1] ?? greedy(component)
  }

  private func greedy(_ component: UInt64) -> Plan {
    var parts: [Plan] = []
    component.forEachBit { parts.append(relation($0)) }
    var pairRows = parts.indices.map { first in
      parts.indices.map { second in first < second ? pair(parts[first], parts[second]) : .infinity }
    }
    while parts.count > 1 {
      var (first, second) = (0, 1)
      for left in parts.indices {
        for right in left + 1..<parts.count where pairRows[left][right] < pairRows[first][second] {
          (first, second) = (left, right)
        }
      }
      let rows = rowCount(parts[first].relations | parts[second].relations)
      parts[first] = joiningLarger(parts[first], parts[second], rows: rows)
      parts.remove(at: second)
      pairRows.remove(at: second)
      for index in pairRows.indices { pairRows[index].remove(at: second) }
      for other in parts.indices where other != first {
        pairRows[min(first, other)][max(first, other)] = pair(parts[first], parts[other])
      }
    }
    return parts[0]
  }

  /// The rows of two parts joined; without an equality between them they are not to be chosen.
  private func pair(_ first: Plan, _ second: Plan) -> Double {
    neighbours(first.relations) & second.relations == 0 ? .infinity : rowCount(first.relations | second.relations)
  }
}

extension UInt64 {
  /// Calls `body` with the number of every bit that is set, in ascending order.
  func forEachBit(_ body: (Int) -> Void) {
    var rest = self
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
  }
}
