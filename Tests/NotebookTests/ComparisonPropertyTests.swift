import ColumnStore
import FixedRandom
import Language
import Testing

@testable import Notebook

/// Reconciliations and differences of random tables against a slow and obvious count of the same things.
@Suite("reconcile and diff, against a model") struct ComparisonPropertyTests {
  /// A row: a key that is often repeated and sometimes NULL, and a value that is sometimes NULL.
  private struct Row {
    let key: Int?
    let value: Int?
  }

  private func rows(_ random: inout FixedGenerator, keys: Int) -> [Row] {
    (0..<Int.random(in: 0...40, using: &random)).map { _ in
      Row(
        key: Int.random(in: 0...9, using: &random) == 0 ? nil : Int.random(in: 0..<keys, using: &random),
        value: Int.random(in: 0...5, using: &random) == 0 ? nil : Int.random(in: 0...3, using: &random))
    }
  }

  private func session(_ left: [Row], _ right: [Row]) throws -> Session {
    let session = Session()
    for (name, rows) in [("left_rows", left), ("right_rows", right)] {
      let values = rows.map { "(\($0.key.map(String.init) ?? "null"), \($0.value.map(String.init) ?? "null"))" }
      let text =
        "let \(name) := select k::integer as k, v::integer as v from "
        + "(values (null, null), \((values + ["(null, null)"]).joined(separator: ", "))) as t(k, v)"
        + " offset 1 limit \(rows.count)"
      _ = try session.evaluate(SourceText(text: text))
    }
    return session
  }

  private func table(_ session: Session, _ query: String) throws -> [[Value]] {
    let table = try #require(try session.evaluate(SourceText(text: query)))
    return (0..<table.rowCount).map { table.row($0) }
  }

  @Test(arguments: 0..<40) func reconciliations(_ seed: Int) throws {
    var random = FixedGenerator(seed: UInt64(seed))
    let left = rows(&random, keys: 12)
    let right = rows(&random, keys: 12)
    var expected: [String: [Int]] = [:]
    func count(_ finding: String, _ leftRows: [Row], _ rightRows: [Row], _ difference: Int?) {
      let sums = [leftRows.count, rightRows.count, difference ?? 0]
      let before = expected[finding] ?? [0, 0, 0, 0]
      expected[finding] = zip(before, [1] + sums).map(+)
    }
    for key in 0..<12 {
      let ours = left.filter { $0.key == key }
      let theirs = right.filter { $0.key == key }
      let known = theirs.compactMap(\.value)
      let reported = known.isEmpty ? nil : known.reduce(0, +)
      let difference = reported.map { ours.count - $0 }
      if ours.isEmpty, theirs.isEmpty { continue }
      if theirs.isEmpty {
        count("only in left_rows", ours, theirs, nil)
      } else if ours.isEmpty {
        count("only in right_rows", ours, theirs, difference)
      } else if let difference {
        count(
          difference == 0 ? "as reported" : difference > 0 ? "more than reported" : "fewer than reported", ours, theirs,
          difference)
      } else {
        count("no number reported", ours, theirs, nil)
      }
      if ours.count > 1 { count("more than once in left_rows", ours, theirs, difference) }
      if theirs.count > 1 { count("more than once in right_rows", ours, theirs, difference) }
    }
    let found = try table(
      try session(left, right),
      "reconcile left_rows with right_rows on k reported v |> select finding, keys, rows, other_rows, difference")
    #expect(found.count == 9)
    for row in found {
      let finding = row[0].description
      if finding == "without a key" {
        #expect(row[1] == .null)
        #expect(row[2] == .integer(Int64(left.count { $0.key == nil })))
        #expect(row[3] == .integer(Int64(right.count { $0.key == nil })))
        continue
      }
      let wanted = expected[finding] ?? [0, 0, 0, 0]
      #expect(row[1...3] == wanted[0...2].map { .integer(Int64($0)) }[...], "\(finding), seed \(seed)")
      // Where nothing was reported of any of the keys, there is no difference; else it is the sum of those there are.
      if row[4] != .null { #expect(row[4] == .integer(Int64(wanted[3])), "\(finding), seed \(seed)") }
    }
  }

  @Test(arguments: 0..<40) func differences(_ seed: Int) throws {
    var random = FixedGenerator(seed: UInt64(seed) + 1000)
    let old = rows(&random, keys: 60)
    let new = rows(&random, keys: 60)
    var expected = ["added": 0, "removed": 0, "changed": 0, "unchanged": 0]
    var repeated = [0, 0]
    for key in 0..<60 {
      let before = old.filter { $0.key == key }
      let after = new.filter { $0.key == key }
      if before.count > 1 || after.count > 1 {
        repeated[0] += before.count
        repeated[1] += after.count
        continue
      }
      switch (before.first, after.first) {
      case (nil, nil): break
      case (nil, _): expected["added", default: 0] += 1
      case (_, nil): expected["removed", default: 0] += 1
      case (let before?, let after?): expected[before.value == after.value ? "unchanged" : "changed", default: 0] += 1
      }
    }
    let found = try table(
      try session(old, new),
      "diff left_rows right_rows by k share v |> select change, value, rows, before, after, moved")
    for row in found {
      let change = row[0].description
      switch change {
      case "key repeated": #expect(row[2] == .integer(Int64(repeated[row[1] == .text("old") ? 0 : 1])))
      case "without a key":
        #expect(row[2] == .integer(Int64((row[1] == .text("old") ? old : new).count { $0.key == nil })))
      case "column changed": #expect(row[2] == .integer(Int64(expected["changed"] ?? 0)))
      case "share moved":
        let value = row[1] == .null ? nil : Int(row[1].description)
        let shares = [old, new].map { rows -> Double? in
          rows.isEmpty ? nil : Double(rows.count { $0.value == value }) / Double(rows.count)
        }
        #expect(row[3...4] == shares.map { $0.map { .double($0) } ?? .null }[...])
        #expect(row[5] == (shares[0].flatMap { before in shares[1].map { .double($0 - before) } } ?? .null))
      default: #expect(row[2] == .integer(Int64(expected[change] ?? -1)), "\(change), seed \(seed)")
      }
    }
    #expect(found.count(where: { $0[0] == .text("share moved") }) == Set((old + new).map(\.value)).count)
  }
}
