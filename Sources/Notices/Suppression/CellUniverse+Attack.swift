// What somebody can work out who has read everything that was told.
//
// They know that every atom counts 0 or more, what the cells that were told count, and that the groups that were listed
// are not empty. They cannot say that a cell counts less than `k` as long as there is a way to deal the records to atoms
// that agrees with all of this and gives the cell `k` or more. Such a way is looked for, and checked in whole numbers: a
// cell is taken for safe only where one was found. (Linear programming as an attack on tables: M. Fischetti and
// J. J. Salazar-González, "Models and Algorithms for Optimizing Cell Suppression in Tabular Data with Linear
// Constraints", JASA 95, 2000.)

extension CellUniverse {
  /// How many programs may be solved for one table, and how large they may be. Beyond that a cell is taken for exposed.
  struct AttackLimit {
    var programs = 2000
    var variables = 3000
  }

  /// Those of some small cells of which it can be said that they are small, if besides the cells that are told already
  /// `told` were told, and it were told that the `listed` are not empty.
  func exposed(_ small: [Int], told: Set<Int>, listed: Set<Int>, limit: inout AttackLimit) -> [Int] {
    let isTold = { (cell: Int) in cells[cell].isTold || told.contains(cell) }
    // Atoms in the same told cells can take over each other's records.
    var numbers: [[Int]: Int] = [:]
    var weights: [Int] = []
    var counts: [Int] = []
    let classOfAtom = atoms.map { atom -> Int in
      let signature = atom.cells.filter(isTold)
      let number = numbers[signature] ?? weights.count
      if number == weights.count {
        numbers[signature] = number
        weights.append(0)
        counts.append(0)
      }
      weights[number] += atom.weight
      counts[number] += 1
      return number
    }
    let free = numbers[[]]
    return small.filter { cell in
      guard let least = cells[cell].protection else { return false }
      var own: [Int: (weight: Int, count: Int)] = [:]
      for atom in cells[cell].atoms {
        own[classOfAtom[atom], default: (0, 0)].weight += atoms[atom].weight
        own[classOfAtom[atom]]?.count += 1
      }
      if let free, own[free] != nil { return false }
      // Whatever the others of its class have beyond one each, it could have instead.
      let movable = own.reduce(0) { sum, part in
        sum + max(0, weights[part.key] - part.value.weight - (counts[part.key] - part.value.count))
      }
      if cells[cell].weight + movable >= least { return false }
      return !canCount(cell, least, isTold: isTold, listed: listed, limit: &limit)
    }
  }

  /// Whether a cell could count so much for all that is told.
  private func canCount(
    _ cell: Int, _ least: Int, isTold: (Int) -> Bool, listed: Set<Int>, limit: inout AttackLimit
  ) -> Bool {
    guard limit.programs > 0 else { return false }
    limit.programs -= 1
    let isListed = { (cell: Int) in cells[cell].isListed || listed.contains(cell) }
    // One variable for all atoms that stand in the same sums.
    var variables: [[Int]: Int] = [:]
    var sums: [Int: [Int]] = [:]
    var free: Set<Int> = []
    for atom in atoms {
      let known = atom.cells.filter { $0 == cell || isTold($0) || isListed($0) }
      guard atom.cells.contains(where: isTold) else {
        // Nothing bounds it, so that a group that it is in needs no other to be filled.
        free.formUnion(known)
        continue
      }
      guard variables[known] == nil else { continue }
      for sum in known { sums[sum, default: []].append(variables.count) }
      variables[known] = variables.count
      if variables.count > limit.variables { return false }
    }
    let constraints = sums.sorted { $0.key < $1.key }.compactMap { key, members -> IntegerProgram.Sum? in
      if key == cell { return IntegerProgram.Sum(variables: members, value: least, isExact: false) }
      if isTold(key) { return IntegerProgram.Sum(variables: members, value: cells[key].weight, isExact: true) }
      return free.contains(key) ? nil : IntegerProgram.Sum(variables: members, value: 1, isExact: false)
    }
    return IntegerProgram(variableCount: variables.count, sums: constraints).solution() != nil
  }
}
