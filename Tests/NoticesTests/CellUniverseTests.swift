import Testing

@testable import Notices

@Suite("What can be worked out from what was told") struct CellUniverseTests {
  /// Records 0 to 99, of which how many there are is known.
  private func universe() -> CellUniverse {
    var universe = CellUniverse()
    universe.addWhole(0..<100)
    return universe
  }

  private func cell(of units: [Int], weights: [Int]?, in universe: inout CellUniverse) -> Int {
    universe.cell(of: units, weights: weights) ?? -1
  }

  private func exposed(_ universe: CellUniverse, _ small: [Int], listed: Set<Int> = []) -> [Int] {
    var limit = CellUniverse.AttackLimit()
    return universe.exposed(small, told: [], listed: listed, limit: &limit)
  }

  @Test func aSystemOfSumsHasASolutionOrNone() throws {
    typealias Sum = IntegerProgram.Sum
    // x + y = 7, y + z = 3, x + z >= 8: x = 6, y = 1, z = 2 and x = 7, y = 0, z = 3 are the only solutions.
    let sums = [
      Sum(variables: [0, 1], value: 7, isExact: true), Sum(variables: [1, 2], value: 3, isExact: true),
      Sum(variables: [0, 2], value: 8, isExact: false),
    ]
    let found = try #require(IntegerProgram(variableCount: 3, sums: sums).solution())
    #expect(found == [6, 1, 2] || found == [7, 0, 3])
    let more = sums + [Sum(variables: [1], value: 2, isExact: false)]
    #expect(IntegerProgram(variableCount: 3, sums: more).solution() == nil)
  }

  @Test func halvesAreNoSolution() {
    typealias Sum = IntegerProgram.Sum
    // x + y = y + z = x + z = 1 is solved by halves only.
    let sums = [[0, 1], [1, 2], [0, 2]].map { Sum(variables: $0, value: 1, isExact: true) }
    #expect(IntegerProgram(variableCount: 3, sums: sums).solution() == nil)
    #expect(IntegerProgram(variableCount: 0, sums: []).solution() == nil)
  }

  @Test func recordsThatNoCellTellsApartAreOneAtom() {
    var universe = universe()
    let first = cell(of: Array(0..<40), weights: nil, in: &universe)
    let second = cell(of: Array(30..<60), weights: nil, in: &universe)
    // 0-29, 30-39, 40-59 and the rest.
    #expect(universe.atoms.map(\.unitCount).sorted() == [10, 20, 30, 40])
    #expect(universe.cells[first].weight == 40)
    #expect(universe.cells[second].weight == 30)
    #expect(cell(of: (0..<40).reversed(), weights: nil, in: &universe) == first)
    #expect(cell(of: [], weights: nil, in: &universe) == -1)
    #expect(universe.smallDifferences(first, with: [], below: 5) == [])
  }

  @Test func aCellThatIsLeftOverIsExposed() {
    var universe = universe()
    let large = cell(of: Array(0..<97), weights: nil, in: &universe)
    let small = cell(of: Array(97..<100), weights: nil, in: &universe)
    universe.cells[small].protection = 5
    // 100 in all, so that the others can have given it some.
    #expect(exposed(universe, [small]) == [])
    universe.cells[large].isTold = true
    #expect(exposed(universe, [small]) == [small])
    #expect(universe.smallDifferences(large, with: [], below: 5).count == 1)
  }

  @Test func anotherHiddenCellProtectsAsFarAsItReaches() {
    var universe = universe()
    let large = cell(of: Array(0..<94), weights: nil, in: &universe)
    let other = cell(of: Array(94..<98), weights: nil, in: &universe)
    let small = cell(of: Array(98..<100), weights: nil, in: &universe)
    universe.cells[large].isTold = true
    for cell in [other, small] { universe.cells[cell].protection = 5 }
    // Together they are 6: each can be 5 if the other is 1, and 6 if it need not be there.
    #expect(exposed(universe, [small, other], listed: [small, other]) == [])
    for cell in [other, small] { universe.cells[cell].protection = 6 }
    #expect(exposed(universe, [small, other], listed: [small, other]) == [small, other])
    #expect(exposed(universe, [small, other]) == [])
  }

  @Test func weightsAreWhatAddsUp() {
    var universe = CellUniverse()
    universe.grow(to: 4)
    let all = cell(of: [0, 1, 2, 3], weights: [10, 2, 30, 0], in: &universe)
    let some = cell(of: [0, 2], weights: [10, 30], in: &universe)
    let rest = cell(of: [1, 3], weights: [2, 0], in: &universe)
    #expect([all, some, rest].map { universe.cells[$0].weight } == [42, 40, 2])
    universe.cells[rest].protection = 5
    universe.cells[all].isTold = true
    #expect(exposed(universe, [rest]) == [])
    universe.cells[some].isTold = true
    #expect(exposed(universe, [rest]) == [rest])
  }
}
