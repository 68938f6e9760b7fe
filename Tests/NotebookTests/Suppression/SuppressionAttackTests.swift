import FixedRandom
import Testing

@testable import Notebook

/// Tables of random records are shown one after the other, and then everything is tried that the records could be.
@Suite("An attack on what suppress_below shows") struct SuppressionAttackTests {
  /// A question about records of two columns: its text, by what it groups, what it takes, and whether its shares tell the
  /// sums over the first group.
  private struct Question: Sendable {
    var text: String
    var keys: [Int]
    var takes: @Sendable (String, String) -> Bool = { _, _ in true }
    var tellsGroups = false
  }

  private static let questions = [
    Question(text: "aggregate count(*) as n group by a", keys: [0]),
    Question(text: "aggregate count(*) as n group by b", keys: [1]),
    Question(text: "aggregate count(*) as n group by a, b", keys: [0, 1]),
    Question(text: "where a <> 'x' |> aggregate count(*) as n group by b", keys: [1]) { a, _ in a != "x" },
    Question(text: "where b = 'p' |> aggregate count(*) as n group by a", keys: [0]) { _, b in b == "p" },
    Question(text: "where a = 'y' or b = 'q' |> aggregate count(*) as n", keys: []) { a, b in a == "y" || b == "q" },
    Question(text: "aggregate count_if(b = 'p') as n group by a", keys: [0]) { _, b in b == "p" },
    Question(text: "share b by a |> select a, b, count as n", keys: [0, 1], tellsGroups: true),
    Question(text: "top 3 a |> select a, count as n", keys: [0]),
  ]

  private static let kinds = ["x", "y", "z"].flatMap { a in ["p", "q"].map { (a, $0) } }
  private static let threshold = 3

  /// What a table says: a sum over kinds of records, which is a number, or only not 0.
  private struct Fact {
    var kinds: [Int]
    var value: Int?
  }

  /// Every way to deal so many records to so many kinds.
  private static func deals(_ count: Int, to kinds: Int) -> [[Int]] {
    if kinds == 1 { return [[count]] }
    return (0...count).flatMap { first in deals(count - first, to: kinds - 1).map { [first] + $0 } }
  }

  @Test(arguments: 0..<60) func leavesEverySmallNumberOpen(_ seed: UInt64) throws {
    var generator = FixedGenerator(seed: seed &* 7919 &+ 1)
    let total = Int.random(in: 8...13, using: &generator)
    var counts = [Int](repeating: 0, count: Self.kinds.count)
    for _ in 0..<total { counts[Int.random(in: 0..<counts.count, using: &generator)] += 1 }
    let notebook = try TestNotebook()
    let lines = zip(Self.kinds, counts).flatMap { Array(repeating: "\($0.0),\($0.1)\n", count: $1) }
    try notebook.write("t.csv", "a,b\n" + lines.shuffled(using: &generator).joined())
    try notebook.run("load $d/t.csv\nset suppress_below \(Self.threshold)")

    var facts: [Fact] = []
    var small: [[Int]] = []
    for _ in 0..<Int.random(in: 1...5, using: &generator) {
      let question = try #require(Self.questions.randomElement(using: &generator))
      let text = try notebook.run("from t |> \(question.text)")
      if text.isEmpty { continue }
      var seen: Set<[String]> = []
      var shownGroups: Set<String> = []
      for line in text.split(separator: "\n").dropFirst() {
        let parts = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let key = Array(parts[..<question.keys.count])
        seen.insert(key)
        let members = Self.kinds.indices.filter { index in
          let kind = Self.kinds[index]
          return question.takes(kind.0, kind.1)
            && zip(question.keys, key).allSatisfy { ($0 == 0 ? kind.0 : kind.1) == $1 }
        }
        let truth = members.reduce(0) { $0 + counts[$1] }
        if let number = Int(parts[question.keys.count]) {
          #expect(number == truth && (number == 0 || number >= Self.threshold))
          facts.append(Fact(kinds: members, value: number))
          if question.tellsGroups { shownGroups.insert(key[0]) }
        } else {
          if !question.text.contains("count_if") { facts.append(Fact(kinds: members, value: nil)) }
          if truth > 0, truth < Self.threshold { small.append(members) }
        }
      }
      // A group that is not listed has no records, unless only the first ones are.
      if !question.text.contains("top"), !question.keys.isEmpty {
        for (index, kind) in Self.kinds.enumerated() where question.takes(kind.0, kind.1) {
          if !seen.contains(question.keys.map { $0 == 0 ? kind.0 : kind.1 }) {
            facts.append(Fact(kinds: [index], value: 0))
          }
        }
      }
      for group in shownGroups {
        let members = Self.kinds.indices.filter { Self.kinds[$0].0 == group }
        facts.append(Fact(kinds: members, value: members.reduce(0) { $0 + counts[$1] }))
      }
    }
    let possible = Self.deals(total, to: Self.kinds.count).filter { deal in
      facts.allSatisfy { fact in
        let sum = fact.kinds.reduce(0) { $0 + deal[$1] }
        return fact.value.map { $0 == sum } ?? (sum > 0)
      }
    }
    #expect(possible.contains(counts))
    for members in small {
      let values = Set(possible.map { deal in members.reduce(0) { $0 + deal[$1] } })
      #expect(values.count > 1 && (values.max() ?? 0) >= Self.threshold, "\(members) of \(counts): \(values)")
    }
  }
}
