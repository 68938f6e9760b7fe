import ColumnStore
import FixedRandom
import Testing

/// Window functions against a slow model that goes by the definitions: for every row, which rows of its partition are in
/// the frame, and what they give.
@Suite("Windows") struct WindowPropertyTests {
  /// A row: its number, what it is partitioned and ordered by, and values.
  struct Row: Sendable {
    var id: Int
    var part: Int64?
    var key: Int64?
    var value: Int64?
  }

  struct Order {
    var isDescending: Bool
    var nullsFirst: Bool

    /// Negative, zero or positive, as the one key comes before, with or after the other.
    func compare(_ left: Int64?, _ right: Int64?) -> Int {
      switch (left, right) {
      case (nil, nil): 0
      case (nil, _): nullsFirst ? -1 : 1
      case (_, nil): nullsFirst ? 1 : -1
      case (let left?, let right?): (left < right ? -1 : left == right ? 0 : 1) * (isDescending ? -1 : 1)
      }
    }
  }

  /// An end of a frame: nil is unbounded, else how far it is from the current row, negative before it.
  struct Frame {
    var unit: String
    var start: Int?
    var end: Int?
    var exclusion: String

    var text: String {
      func bound(_ shift: Int?, _ unbounded: String) -> String {
        guard let shift else { return "unbounded \(unbounded)" }
        return shift == 0 ? "current row" : shift < 0 ? "\(-shift) preceding" : "\(shift) following"
      }
      return "\(unit) between \(bound(start, "preceding")) and \(bound(end, "following"))"
        + (exclusion.isEmpty ? "" : " exclude \(exclusion)")
    }

    /// The places of the rows in the frame of the row at a place of an ordered partition.
    func places(_ place: Int, _ partition: [Row], _ order: Order) -> [Int] {
      let own = partition[place].key
      func isPeer(_ other: Int) -> Bool { order.compare(partition[other].key, own) == 0 }
      /// How many steps of the unit another row is after the row.
      func distance(_ other: Int) -> Int {
        switch unit {
        case "rows": return other - place
        case "groups":
          let range = min(place, other)..<max(place, other)
          let steps = range.filter { order.compare(partition[$0].key, partition[$0 + 1].key) != 0 }.count
          return other < place ? -steps : steps
        default:
          // From a key to none it is farther than any distance; rows without a key have only their peers.
          guard let own else { return order.compare(partition[other].key, nil) * 1_000_000 }
          guard let its = partition[other].key else { return order.nullsFirst ? -1_000_000 : 1_000_000 }
          return Int(its - own) * (order.isDescending ? -1 : 1)
        }
      }
      func limit(_ shift: Int) -> Int { unit == "range" && own == nil ? 0 : shift }
      return partition.indices.filter { other in
        if let start, distance(other) < limit(start) { return false }
        if let end, distance(other) > limit(end) { return false }
        switch exclusion {
        case "current row": return other != place
        case "group": return !isPeer(other)
        case "ties": return other == place || !isPeer(other)
        default: return true
        }
      }
    }
  }

  /// What is asked, and what the model gives for the rows of a frame, in order.
  private struct Question: Sendable {
    var call: String
    var answer: @Sendable ([Row]) -> Value

    init(_ call: String, _ answer: @escaping @Sendable ([Row]) -> Value) {
      self.call = call
      self.answer = answer
    }
  }

  private static func integer(_ number: Int64?) -> Value { number.map { .integer($0) } ?? .null }
  private static func sum(_ values: [Int64]) -> Value { values.isEmpty ? .null : .integer(values.reduce(0, +)) }
  private static func mean(_ values: [Int64]) -> Value {
    values.isEmpty ? .null : .double(Double(values.reduce(0, +)) / Double(values.count))
  }

  private static func variance(_ values: [Int64]) -> Value {
    guard values.count > 1 else { return .null }
    let mean = Double(values.reduce(0, +)) / Double(values.count)
    return .double(values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count - 1))
  }

  private static func median(_ values: [Int64]) -> Value {
    guard !values.isEmpty else { return .null }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return .double(
      sorted.count % 2 == 1 ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2)
  }

  private static let questions: [Question] = [
    Question("count(*)") { .integer(Int64($0.count)) },
    Question("count(value)") { .integer(Int64($0.compactMap(\.value).count)) },
    Question("sum(value)") { sum($0.compactMap(\.value)) },
    Question("sum(value / 4)") { rows in
      let values = rows.compactMap(\.value)
      return values.isEmpty ? .null : .double(Double(values.reduce(0, +)) / 4)
    },
    Question("avg(value)") { mean($0.compactMap(\.value)) },
    Question("avg(value / 1)") { mean($0.compactMap(\.value)) },
    Question("variance(value)") { variance($0.compactMap(\.value)) },
    Question("min(value)") { integer($0.compactMap(\.value).min()) },
    Question("max(cast(value as text))") { rows in
      rows.compactMap(\.value).map { String($0) }.max { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { .text($0) }
        ?? .null
    },
    Question("sum(value) filter (where id % 2 = 0)") { rows in sum(rows.filter { $0.id % 2 == 0 }.compactMap(\.value))
    },
    Question("count(distinct value)") { .integer(Int64(Set($0.compactMap(\.value)).count)) },
    Question("sum(distinct value)") { sum(Array(Set($0.compactMap(\.value)))) },
    Question("median(value)") { median($0.compactMap(\.value)) },
    Question("quantile_disc(value, 0.25)") { rows in
      let sorted = rows.compactMap(\.value).sorted()
      return sorted.isEmpty ? .null : .integer(sorted[max(0, Int((Double(sorted.count) * 0.25).rounded(.up)) - 1)])
    },
    Question("string_agg(cast(id as text), '')") { rows in
      rows.isEmpty ? .null : .text(rows.map { String($0.id) }.joined())
    },
    Question("string_agg(cast(id as text), '' order by id desc)") { rows in
      rows.isEmpty ? .null : .text(rows.map(\.id).sorted(by: >).map { String($0) }.joined())
    },
    Question("bool_and(value > 0)") { rows in
      let values = rows.compactMap(\.value)
      return values.isEmpty ? .null : .boolean(values.allSatisfy { $0 > 0 })
    },
    Question("bool_or(value > 3)") { rows in
      let values = rows.compactMap(\.value)
      return values.isEmpty ? .null : .boolean(values.contains { $0 > 3 })
    },
    Question("count_if(value > 3)") { rows in .integer(Int64(rows.compactMap(\.value).filter { $0 > 3 }.count)) },
    Question("first_value(value)") { integer($0.first?.value) },
    Question("last_value(value)") { integer($0.last?.value) },
    Question("nth_value(value, 2)") { integer($0.count > 1 ? $0[1].value : nil) },
    Question("first_value(value) ignore nulls") { integer($0.compactMap(\.value).first) },
    Question("last_value(value ignore nulls)") { integer($0.compactMap(\.value).last) },
    Question("nth_value(value, 2) ignore nulls") { rows in
      let values = rows.compactMap(\.value)
      return integer(values.count > 1 ? values[1] : nil)
    },
    Question("first(value) filter (where id > 3)") { rows in integer(rows.first { $0.id > 3 }?.value) },
    Question("any_value(value)") { integer($0.compactMap(\.value).first) },
    Question("last(value order by id)") { integer($0.max { $0.id < $1.id }?.value) },
  ]

  private func randomRows(_ generator: inout FixedGenerator) -> [Row] {
    func number(_ bound: Int, _ generator: inout FixedGenerator) -> Int64? {
      generator.oneIn(5) ? nil : Int64(generator.below(bound)) - 1
    }
    return (0..<generator.below(14)).map { id in
      Row(id: id, part: number(3, &generator), key: number(6, &generator), value: number(9, &generator))
    }
  }

  private func table(_ rows: [Row]) -> Table {
    func column(_ values: [Int64?]) -> Column { Column(type: .integer, values: values.map { Self.integer($0) }) }
    return Table([
      ("id", column(rows.map { Int64($0.id) })), ("part", column(rows.map(\.part))), ("key", column(rows.map(\.key))),
      ("value", column(rows.map(\.value))),
    ])
  }

  private func isSame(_ left: Value, _ right: Value) -> Bool {
    guard case .double(let first) = left, case .double(let second) = right else { return left == right }
    return abs(first - second) <= 1e-12 * max(1, abs(second))
  }

  @Test("every kind of frame", arguments: ["rows", "range", "groups"])
  func frames(_ unit: String) throws {
    var generator = FixedGenerator(seed: 7)
    let ends: [Int?] = [nil, -3, -1, 0, 1, 2, nil]
    for start in ends.dropLast() {
      for end in ends.dropFirst() where (start ?? .min) <= (end ?? .max) {
        for exclusion in ["", "no others", "current row", "group", "ties"] {
          let frame = Frame(unit: unit, start: start, end: end, exclusion: exclusion)
          try check(frame, randomRows(&generator), &generator)
        }
      }
    }
  }

  private func check(_ frame: Frame, _ rows: [Row], _ generator: inout FixedGenerator) throws {
    let order = Order(isDescending: generator.oneIn(2), nullsFirst: generator.oneIn(2))
    let window =
      "partition by part order by key\(order.isDescending ? " desc" : "") nulls "
      + "\(order.nullsFirst ? "first" : "last") \(frame.text)"
    let session = TestSession()
    session.define("t", table(rows))
    let items = Self.questions.map { "\($0.call) over w" }.joined(separator: ", ")
    let found = try #require(try session.run("select \(items) from t window w as (\(window));"))
    for row in rows {
      let partition = rows.filter { $0.part == row.part }.sorted { left, right in
        let comparison = order.compare(left.key, right.key)
        return comparison == 0 ? left.id < right.id : comparison < 0
      }
      let place = try #require(partition.firstIndex { $0.id == row.id })
      let seen = frame.places(place, partition, order).map { partition[$0] }
      for (index, question) in Self.questions.enumerated() {
        let value = found.columns[index].value(row.id)
        let answer = question.answer(seen)
        #expect(isSame(value, answer), "\(question.call) over (\(window)) of row \(row.id) of \(rows)")
      }
    }
  }

  @Test("many rows: partitions of all sizes, on one thread and on two", arguments: [1, 2])
  func manyRows(_ threads: Int) throws {
    let usual = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = usual }
    WorkerPool.shared.threadCount = threads
    var generator = FixedGenerator(seed: 11)
    // One partition of about half of the rows, others of a few rows.
    let rows = (0..<30_000).map { id in
      let part = generator.oneIn(2) ? 0 : Int64(generator.below(8_000))
      return Row(id: id, part: part, key: Int64(generator.below(1 << 20)), value: Int64(generator.below(100)))
    }
    let session = TestSession()
    session.define("t", table(rows))
    let found = try #require(
      try session.run(
        """
        select row_number() over w, sum(value) over w, lag(value) over w, min(value) over v, median(value) over v,
          sum(value / 1) over v, max(value) over (partition by part), median(value) over (partition by part),
          count(distinct value) over (partition by part), string_agg(cast(value as text)) over v
        from t window w as (partition by part order by key, id), v as (w rows between 2 preceding and current row);
        """))
    let partitions = Dictionary(grouping: rows) { $0.part }.values.map { partition in
      partition.sorted { ($0.key ?? 0, $0.id) < ($1.key ?? 0, $1.id) }
    }
    var wrong = 0
    for partition in partitions {
      var running: Int64 = 0
      let values = partition.compactMap(\.value)
      let whole: [Value] = [
        Self.integer(values.max()), Self.median(values), .integer(Int64(Set(values).count)),
      ]
      for (place, row) in partition.enumerated() {
        running += row.value ?? 0
        let near = Array(values[max(0, place - 2)...place])
        let expected: [Value] =
          [
            .integer(Int64(place + 1)), .integer(running), Self.integer(place > 0 ? partition[place - 1].value : nil),
            Self.integer(near.min()), Self.median(near), .double(Double(near.reduce(0, +))),
          ] + whole + [.text(near.map { String($0) }.joined(separator: ","))]
        if zip(found.row(row.id), expected).contains(where: { !isSame($0, $1) }) { wrong += 1 }
      }
    }
    #expect(wrong == 0)
  }
}
