/// A table of groups while it is decided what of it is hidden.
struct Release {
  /// Which rows are hidden.
  var hidden: [Bool]
  /// For each measure the cells that are told where they are not hidden.
  private(set) var told: [String: Set<Int>] = [:]
  /// For each measure and cell the rows that tell it: all of them have to be hidden for the cell to be.
  private(set) var members: [String: [Int: [Int]]] = [:]
  /// For each measure the cells that are told not to be empty, hidden or not.
  var listed: [String: Set<Int>] = [:]

  init(rowCount: Int) { hidden = Array(repeating: false, count: rowCount) }

  /// Adds a cell that some rows tell, if they are shown.
  mutating func add(_ cell: Int, of measure: String, rows: [Int], isTold: Bool) {
    members[measure, default: [:]][cell, default: []] += rows
    if isTold { told[measure, default: []].insert(cell) }
  }

  /// All cells of a measure.
  func cells(of measure: String) -> [Int] { (members[measure] ?? [:]).keys.sorted() }

  /// The cells of a measure that are told as things stand.
  func visible(of measure: String) -> Set<Int> {
    (told[measure] ?? []).filter { cell in members[measure]?[cell]?.contains { !hidden[$0] } ?? false }
  }

  /// Hides one more row to keep a small cell from being worked out: of the rows that stand with it in the smallest sum that
  /// is told, the one that counts least. Where there is none, the row that counts least of all.
  ///
  /// - Parameter relieved: the sums in which something was hidden for other cells; where the small cell stands in one of
  ///   them, that may be enough for it too, and nothing is done.
  mutating func hideOne(
    for small: Int, of measure: String, in universe: CellUniverse, relieved: inout Set<Int>
  ) {
    let visible = visible(of: measure)
    let known = members[measure] ?? [:]
    func row(of candidates: some Sequence<Int>) -> Int? {
      let open = Set(candidates).filter { visible.contains($0) && !universe.cells[$0].isTold }
      let smallest = open.sorted { (universe.cells[$0].weight, $0) < (universe.cells[$1].weight, $1) }
      for cell in smallest {
        if let row = known[cell]?.first(where: { !hidden[$0] }) { return row }
      }
      return nil
    }
    let sums = Set(universe.cells[small].atoms.flatMap { universe.atoms[$0].cells }).filter {
      visible.contains($0) || universe.cells[$0].isTold
    }
    if !relieved.isDisjoint(with: sums) { return }
    for sum in sums.sorted(by: { (universe.cells[$0].weight, $0) < (universe.cells[$1].weight, $1) }) {
      let beside = universe.cells[sum].atoms.flatMap { universe.atoms[$0].cells }
      if let found = row(of: beside) {
        hidden[found] = true
        relieved.insert(sum)
        return
      }
    }
    relieved.formUnion(sums)
    if let found = row(of: visible) ?? hidden.firstIndex(of: false) { hidden[found] = true }
  }
}
