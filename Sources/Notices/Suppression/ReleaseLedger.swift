import Language

/// What was told of which records, for every measure.
struct ReleaseLedger {
  private var universes: [String: CellUniverse] = ["": CellUniverse()]
  private var tables: [Range<Int>] = []

  /// Numbers for the records of another table; how many it has is no secret.
  mutating func addRecords(_ count: Int) -> Int {
    let first = tables.last?.upperBound ?? 0
    tables.append(first..<first + count)
    universes["", default: CellUniverse()].addWhole(first..<first + count)
    return first
  }

  /// Which rows of a table of groups are to be hidden; the others are noted as told.
  ///
  /// A row is hidden where one of its counts is small. Then, as long as something small can be worked out, one more row is
  /// hidden: of those that stand in a sum with it the smallest.
  ///
  /// - Throws: `Diagnostic` where nothing is left to be shown.
  mutating func decide(_ request: CellRequest, threshold: Int) throws -> [Bool] {
    var release = Release(rowCount: request.rowCount)
    release.hidden = request.smallRows
    let source = try recordSource(of: request)
    for (index, kind) in request.kinds.enumerated() {
      var universe = universes[kind.measure] ?? CellUniverse()
      universe.grow(to: tables.last?.upperBound ?? 0)
      let isWhole = index == 0 && kind.measure.isEmpty
      let rows = (0..<request.rowCount).map { row in
        universe.cell(of: Array(kind.units[source][row]), weights: kind.weights.map { Array($0[row]) })
      }
      for (row, cell) in rows.enumerated() {
        guard let cell else { continue }
        if universe.cells[cell].weight > 0, universe.cells[cell].weight < threshold { release.hidden[row] = true }
        if kind.isTold, universe.cells[cell].wasHidden { release.hidden[row] = true }
        if isWhole || kind.weights != nil, universe.cells[cell].weight > 0 {
          release.listed[kind.measure, default: []].insert(cell)
        }
        release.add(cell, of: kind.measure, rows: [row], isTold: kind.isTold)
      }
      if kind.isTold {
        for total in request.totals {
          for (_, members) in Dictionary(grouping: 0..<request.rowCount, by: { total[$0] }).sorted(by: {
            $0.key < $1.key
          }) {
            let atoms = Set(members.compactMap { rows[$0] }.flatMap { universe.cells[$0].atoms })
            guard let cell = universe.cell(of: atoms.sorted()) else { continue }
            release.add(cell, of: kind.measure, rows: members, isTold: true)
          }
        }
      }
      universes[kind.measure] = universe
      protect(&release, kind, rows: rows, isWhole: isWhole, threshold: threshold)
    }
    try hideMore(&release, threshold: threshold)
    commit(release)
    return release.hidden
  }

  /// Which of the tables that the rows are joined from gives the records: the first of which each is once in a group.
  private func recordSource(of request: CellRequest) throws -> Int {
    let count = request.kinds.map(\.units.count).min() ?? 0
    var seen = [Int32](repeating: -1, count: tables.last?.upperBound ?? 0)
    for source in 0..<count {
      let isFit = request.kinds.allSatisfy { kind in
        guard kind.units[source].isComplete else { return false }
        for index in seen.indices { seen[index] = -1 }
        for row in 0..<request.rowCount {
          for unit in kind.units[source][row] {
            if seen[unit] == Int32(row) { return false }
            seen[unit] = Int32(row)
          }
        }
        return request.totals.allSatisfy { totals in
          // A record in two rows of one total would be counted twice there.
          for index in seen.indices { seen[index] = -1 }
          for row in 0..<request.rowCount {
            for unit in kind.units[source][row] {
              if seen[unit] == Int32(totals[row]) { return false }
              seen[unit] = Int32(totals[row])
            }
          }
          return true
        }
      }
      if isFit { return source }
    }
    if request.kinds.isEmpty { return 0 }
    throw Diagnostic(
      "single records occur several times in one group, so that nothing can be said of how many there are", at: nil,
      help: "join so that each comes once, or count before joining; or `set suppress_below off`")
  }

  /// Notes which cells are small: those of the table, what it leaves out, and what lies between two cells of which one
  /// holds the other.
  private mutating func protect(
    _ release: inout Release, _ kind: CellRequest.Kind, rows: [Int?], isWhole: Bool, threshold: Int
  ) {
    guard var universe = universes[kind.measure] else { return }
    let told = release.told[kind.measure] ?? []
    var small = release.cells(of: kind.measure)
    if kind.isTold {
      for cell in told.sorted() {
        for between in universe.smallDifferences(cell, with: told, below: threshold) {
          if let cell = universe.cell(of: between) { small.append(cell) }
        }
      }
    }
    if isWhole {
      let own = Set(rows.compactMap { $0 })
      let reached = Set(own.flatMap { universe.cells[$0].atoms })
      for table in tables {
        let atoms = universe.atoms(of: table)
        if reached.isDisjoint(with: atoms) { continue }
        // What no row of this table holds, and what no cell at all does.
        let asked = universe.cells.indices.filter {
          universe.cells[$0].isTold && universe.cells[$0].unitCount < table.count
        }
        for others in [own, own.union(asked)] {
          let rest = atoms.filter { others.isDisjoint(with: universe.atoms[$0].cells) }
          if let cell = universe.cell(of: rest) { small.append(cell) }
        }
      }
    }
    for cell in small {
      let weight = universe.cells[cell].weight
      guard weight > 0, weight < threshold, !universe.cells[cell].isTold else { continue }
      universe.cells[cell].protection = max(threshold, universe.cells[cell].protection ?? 0)
    }
    universes[kind.measure] = universe
  }

  private func hideMore(_ release: inout Release, threshold: Int) throws {
    var limit = CellUniverse.AttackLimit()
    let measures = release.told.keys.sorted()
    var open: [String: [Int]] = [:]
    for measure in measures {
      guard let universe = universes[measure] else { continue }
      open[measure] = universe.cells.indices.filter {
        universe.cells[$0].protection != nil && !universe.cells[$0].isTold
      }
    }
    while true {
      guard release.hidden.contains(false) else {
        throw Diagnostic(
          "nothing of this can be shown: every row is made of fewer than \(threshold) records, or would tell of some",
          at: nil, help: "take larger groups, or `set suppress_below off`")
      }
      var isSafe = true
      for measure in measures {
        guard let universe = universes[measure], let small = open[measure], !small.isEmpty else { continue }
        let told = release.visible(of: measure)
        let exposed = universe.exposed(
          small, told: told, listed: release.listed[measure] ?? [], limit: &limit)
        // What is safe stays so when more is hidden.
        open[measure] = exposed
        var relieved: Set<Int> = []
        for cell in exposed { release.hideOne(for: cell, of: measure, in: universe, relieved: &relieved) }
        if !exposed.isEmpty { isSafe = false }
      }
      if isSafe { return }
    }
  }

  private mutating func commit(_ release: Release) {
    for measure in release.members.keys {
      let visible = release.visible(of: measure)
      for cell in release.cells(of: measure) {
        if visible.contains(cell) {
          universes[measure]?.cells[cell].isTold = true
        } else if release.told[measure]?.contains(cell) == true, universes[measure]?.cells[cell].isTold == false {
          universes[measure]?.cells[cell].wasHidden = true
        }
      }
      for cell in release.listed[measure] ?? [] { universes[measure]?.cells[cell].isListed = true }
    }
  }
}
