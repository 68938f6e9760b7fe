/// Everything that was asked about one measure: cells, which are sets of records, and which of their counts were told.
///
/// Records that no cell tells apart are kept as one *atom*. Every cell is then a sum of atoms, and what somebody knows who
/// has read everything that was told is a system of linear equations in them: see `CellUniverse+Attack`.
struct CellUniverse {
  /// Records that no cell tells apart.
  struct Atom {
    /// How many records it has.
    var unitCount: Int
    /// What they count together.
    var weight: Int
    /// The cells that it is in, ascending.
    var cells: [Int]
  }

  /// A set of records that was asked about.
  struct Cell {
    var unitCount: Int
    var weight: Int
    var atoms: [Int]
    /// Whether its count was told.
    var isTold = false
    /// Whether it was kept hidden once.
    var wasHidden = false
    /// Whether it was told that it is not empty.
    var isListed = false
    /// For a small cell: what nobody may be able to say is that it counts less than this.
    var protection: Int?
  }

  private(set) var atoms: [Atom] = []
  var cells: [Cell] = []
  /// The atom of each record; -1 for one that was never asked about.
  private var atomOfUnit: [Int32] = []

  /// Notes that there are so many records more than before, and tells how many.
  mutating func addWhole(_ units: Range<Int>) {
    grow(to: units.upperBound)
    guard !units.isEmpty else { return }
    for unit in units { atomOfUnit[unit] = Int32(truncatingIfNeeded: atoms.count) }
    atoms.append(Atom(unitCount: units.count, weight: units.count, cells: [cells.count]))
    cells.append(
      Cell(unitCount: units.count, weight: units.count, atoms: [atoms.count - 1], isTold: true, isListed: true))
  }

  /// Makes room for records up to a number.
  mutating func grow(to count: Int) {
    if atomOfUnit.count < count { atomOfUnit += repeatElement(-1, count: count - atomOfUnit.count) }
  }

  /// The cell of some records, each of which is there once and counts a weight (1 where none are given); nil of none.
  mutating func cell(of units: [Int], weights: [Int]?) -> Int? {
    guard !units.isEmpty else { return nil }
    var parts: [Int: (units: [Int], weight: Int)] = [:]
    for (index, unit) in units.enumerated() {
      parts[Int(atomOfUnit[unit]), default: ([], 0)].units.append(unit)
      parts[Int(atomOfUnit[unit])]?.weight += weights?[index] ?? 1
    }
    var found: [Int] = []
    for (atom, part) in parts.sorted(by: { $0.key < $1.key }) {
      if atom >= 0, atoms[atom].unitCount == part.units.count {
        found.append(atom)
      } else {
        found.append(split(atom, part.units, weight: part.weight))
      }
    }
    return cell(of: found.sorted())
  }

  /// The cell of some atoms, in ascending order; nil of none.
  mutating func cell(of members: [Int]) -> Int? {
    guard let first = members.first else { return nil }
    if let known = atoms[first].cells.first(where: { cells[$0].atoms == members }) { return known }
    var cell = Cell(unitCount: 0, weight: 0, atoms: members)
    for atom in members {
      cell.unitCount += atoms[atom].unitCount
      cell.weight += atoms[atom].weight
      atoms[atom].cells.append(cells.count)
    }
    cells.append(cell)
    return cells.count - 1
  }

  /// Makes an atom of some records of another one.
  private mutating func split(_ atom: Int, _ units: [Int], weight: Int) -> Int {
    let new = atoms.count
    for unit in units { atomOfUnit[unit] = Int32(truncatingIfNeeded: new) }
    guard atom >= 0 else {
      atoms.append(Atom(unitCount: units.count, weight: weight, cells: []))
      return new
    }
    atoms[atom].unitCount -= units.count
    atoms[atom].weight -= weight
    atoms.append(Atom(unitCount: units.count, weight: weight, cells: atoms[atom].cells))
    // The new atom has the largest number, so that the cells' atoms stay in order.
    for cell in atoms[atom].cells { cells[cell].atoms.append(new) }
    return new
  }

  /// The atoms that some records are in, in ascending order.
  func atoms(of units: Range<Int>) -> [Int] {
    var found: Set<Int32> = []
    for unit in units where unit < atomOfUnit.count && atomOfUnit[unit] >= 0 { found.insert(atomOfUnit[unit]) }
    return found.map { Int($0) }.sorted()
  }

  /// Cells that are told, or in `others`, and lie in a cell or hold it, and what lies between the two if it counts
  /// something, but less than a threshold.
  func smallDifferences(_ cell: Int, with others: Set<Int>, below threshold: Int) -> [[Int]] {
    var overlaps: [Int: Int] = [:]
    for atom in cells[cell].atoms {
      for other in atoms[atom].cells where other != cell && (cells[other].isTold || others.contains(other)) {
        overlaps[other, default: 0] += atoms[atom].unitCount
      }
    }
    var found: [[Int]] = []
    for (other, overlap) in overlaps.sorted(by: { $0.key < $1.key }) {
      let pair: (outer: Int, inner: Int)
      if overlap == cells[other].unitCount {
        pair = (cell, other)
      } else if overlap == cells[cell].unitCount {
        pair = (other, cell)
      } else {
        continue
      }
      let between = cells[pair.outer].weight - cells[pair.inner].weight
      guard between > 0, between < threshold else { continue }
      let inner = Set(cells[pair.inner].atoms)
      found.append(cells[pair.outer].atoms.filter { !inner.contains($0) })
    }
    return found
  }
}
