import ColumnStore
import FixedRandom
import Testing

@testable import Execution

/// The ways that are taken for speed, against loops over arrays of Swift, at sizes around segments and code widths, on one
/// thread and on three.
@Suite("Fast paths", .serialized) struct FastPathTests {
  static let sizes = [0, 1, 63, 64, 65, 65_535, 65_536, 65_537, 140_000]

  /// A row of the table that the queries below are asked of.
  struct Row {
    var number: Int64?
    var text: String?
    var time: Int64?
    var weight: Double?
  }

  /// Rows in which the first and the last have no values, unless there is one row only.
  private func rows(_ count: Int, distinct: Int, seed: UInt64) -> [Row] {
    var generator = FixedGenerator(seed: seed)
    return (0..<count).map { index in
      if count > 1, index == 0 || index == count - 1 { return Row() }
      let number = generator.below(distinct)
      return Row(
        number: generator.oneIn(50) ? nil : Int64(number) - 40, text: generator.oneIn(50) ? nil : "text \(number)",
        // Some instants before 1970, and many at the edge of a day.
        time: Int64(generator.below(900) - 300) * 86_400_000_000 - (generator.oneIn(3) ? 1 : 0),
        weight: generator.oneIn(30) ? nil : Double(generator.below(1 << 20)) / 16 - 1000)
    }
  }

  private func session(_ rows: [Row]) -> TestSession {
    func values<Known>(_ path: KeyPath<Row, Known?>, _ value: (Known) -> Value) -> [Value] {
      rows.map { $0[keyPath: path].map(value) ?? .null }
    }
    let texts = Column(type: .text, values: values(\.text) { .text($0) })
    let session = TestSession()
    session.define(
      "t",
      Table([
        ("number", Column(type: .integer, values: values(\.number) { .integer($0) })),
        ("text", texts.dictionaryEncoded()), ("plain", texts),
        ("time", Column(type: .timestamp, values: values(\.time) { .timestamp($0) })),
        ("weight", Column(type: .double, values: values(\.weight) { .double($0) })),
      ]))
    return session
  }

  /// The rows of a query, which must be the same on one thread and on three.
  private func answer(_ query: String, _ session: TestSession) throws -> [[Value]] {
    let usual = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = usual }
    let answers = try [1, 3].map { threads in
      WorkerPool.shared.threadCount = threads
      let table = try #require(try session.run(query))
      return (0..<table.rowCount).map { table.row($0) }
    }
    #expect(answers[0] == answers[1])
    return answers[0]
  }

  @Test("quantiles of few groups and of many are those of sorted values", arguments: sizes, [3, 700])
  func quantiles(_ count: Int, _ distinct: Int) throws {
    let rows = rows(count, distinct: distinct, seed: 1)
    let found = try answer(
      """
      select number, median(weight), quantile_cont(weight, 0.9), quantile_disc(weight, 0.25), median(time)
      from t group by number order by number nulls last;
      """, session(rows))
    let groups = Dictionary(grouping: rows, by: \.number)
    #expect(found.count == groups.count)
    for row in found {
      var key: Int64?
      if case .integer(let number) = row[0] { key = number }
      let group = groups[key] ?? []
      let weights = group.compactMap(\.weight).sorted()
      let times = group.compactMap(\.time).sorted()
      #expect(row[1] == interpolated(weights, 0.5))
      #expect(row[2] == interpolated(weights, 0.9))
      // The smallest value whose rank is at least a quarter of their number.
      #expect(row[3] == (weights.isEmpty ? .null : .double(weights[max(0, (weights.count + 3) / 4 - 1)])))
      let middle = times.count / 2
      let between = times.isEmpty || times.count % 2 == 1 ? 0 : Double(times[middle] - times[middle - 1]) / 2
      #expect(
        row[4]
          == (times.isEmpty
            ? .null : .timestamp(times[(times.count - 1) / 2] + Int64(between.rounded()))))
    }
  }

  private func interpolated(_ sorted: [Double], _ part: Double) -> Value {
    if sorted.isEmpty { return .null }
    let place = part * Double(sorted.count - 1)
    let low = sorted[Int(place)]
    let fraction = place - place.rounded(.down)
    if fraction == 0 || low == sorted[Int(place) + 1] { return .double(low) }
    return .double(low * (1 - fraction) + sorted[Int(place) + 1] * fraction)
  }

  @Test("keys worked out once per day or number group as keys worked out in every row", arguments: sizes)
  func codedKeys(_ count: Int) throws {
    let rows = rows(count, distinct: 500, seed: 2)
    let session = session(rows)
    let byDay = try answer("select cast(time as date) as day, count(*) from t group by day;", session)
    var days: [Int64?: Int64] = [:]
    for row in rows { days[row.time.map { floorDivide($0, 86_400_000_000) }, default: 0] += 1 }
    #expect(byDay.count == days.count)
    var last: Int32?
    for row in byDay {
      guard case .date(let day) = row[0] else {
        #expect(row == byDay.last && row[1] == .integer(days[nil] ?? 0))
        continue
      }
      #expect(row[1] == .integer(days[Int64(day)] ?? 0))
      #expect(last.map { $0 < day } ?? true)
      last = day
    }
    let weekdays = try answer("select date_part('dow', time) as d, count(*) from t group by d;", session)
    var wanted: [Int64: Int64] = [:]
    // 1970-01-01 was a Thursday, the fourth day after Sunday.
    for case let time? in rows.map(\.time) {
      let day = floorDivide(time, 86_400_000_000) + 4
      wanted[day - floorDivide(day, 7) * 7, default: 0] += 1
    }
    for row in weekdays {
      if case .integer(let day) = row[0] { #expect(row[1] == .integer(wanted[day] ?? 0)) }
    }
    let remainders = try answer("select number % 7 as r, count(*), sum(number) from t group by r;", session)
    var sums: [Int64?: (Int64, Int64)] = [:]
    for row in rows {
      let known = sums[row.number.map { $0 % 7 }] ?? (0, 0)
      sums[row.number.map { $0 % 7 }] = (known.0 + 1, known.1 + (row.number ?? 0))
    }
    #expect(remainders.count == sums.count)
    for row in remainders {
      if case .integer(let remainder) = row[0] {
        #expect(row[1] == .integer(sums[remainder]?.0 ?? -1) && row[2] == .integer(sums[remainder]?.1 ?? -1))
      }
    }
  }

  @Test("comparisons with a constant in every width", arguments: sizes, [100, 30_000, 100_000])
  func comparisons(_ count: Int, _ distinct: Int) throws {
    let rows = rows(count, distinct: distinct, seed: 3)
    let session = session(rows)
    let signs: [(String, (Int64, Int64) -> Bool)] = [
      ("=", { $0 == $1 }), ("<>", { $0 != $1 }), ("<", { $0 < $1 }), ("<=", { $0 <= $1 }), (">", { $0 > $1 }),
      (">=", { $0 >= $1 }),
    ]
    for (sign, holds) in signs {
      for bound in [Int64(-40), 7, Int64(distinct) - 41, 1 << 40, -(1 << 40)] {
        let found = try answer("select count(*) from t where number \(sign) \(bound);", session)
        let wanted = rows.filter { $0.number.map { holds($0, bound) } ?? false }.count
        #expect(found == [[.integer(Int64(wanted))]], "number \(sign) \(bound)")
      }
    }
  }

  @Test("the first rows of an order", arguments: sizes, [1, 10, 1000])
  func first(_ count: Int, _ limit: Int) throws {
    let rows = rows(count, distinct: 300, seed: 4)
    let found = try answer(
      "select text, number, weight from t order by number desc nulls last, text, weight limit \(limit);", session(rows))
    let sorted = rows.sorted { left, right in
      // Descending, NULL last; then texts and weights ascending, where NULL is the largest.
      if left.number != right.number { return left.number ?? .min > right.number ?? .min }
      if left.text != right.text { return left.text ?? "~" < right.text ?? "~" }
      return left.weight ?? .infinity < right.weight ?? .infinity
    }
    #expect(
      found
        == sorted.prefix(limit).map { row in
          [
            row.text.map { .text($0) } ?? .null, row.number.map { .integer($0) } ?? .null,
            row.weight.map { .double($0) } ?? .null,
          ]
        })
  }

  @Test(
    "joins by close numbers, by codes, and by texts without a dictionary",
    arguments: [0, 1, 65, 65_535, 65_536, 65_537], [255, 256, 257])
  func joins(_ count: Int, _ distinct: Int) throws {
    let rows = rows(count, distinct: distinct, seed: 5)
    let session = session(rows)
    try session.run(
      """
      let few := select number as n, text as s, count(*) as c from t where number % 3 = 0 group by n, s;
      let numbers := select n, sum(c) as c from few where n is not null group by n;
      """)
    var numbers: [Int64: Int64] = [:]
    var texts: [String: Int64] = [:]
    for case let row in rows where row.number.map({ $0 % 3 == 0 }) ?? false {
      numbers[row.number ?? 0, default: 0] += 1
      if let text = row.text { texts[text, default: 0] += 1 }
    }
    let byNumber = try answer("select count(*), sum(c) from t join numbers on number = n;", session)
    let matched = rows.compactMap { $0.number.flatMap { numbers[$0] } }
    let sum: Value = matched.isEmpty ? .null : .integer(matched.reduce(0, +))
    #expect(byNumber == [[.integer(Int64(matched.count)), sum]])
    let outer = try answer("select count(*), count(c) from t left join numbers on number = n;", session)
    #expect(outer == [[.integer(Int64(rows.count)), .integer(Int64(matched.count))]])
    for column in ["text", "plain"] {
      let semi = try answer("select count(*) from t where \(column) in (select s from few);", session)
      #expect(semi == [[.integer(Int64(rows.filter { $0.text.map { texts[$0] != nil } ?? false }.count))]])
      let anti = try answer(
        "select count(*) from t where not exists (select 1 from few where s = \(column));", session)
      #expect(anti == [[.integer(Int64(rows.filter { $0.text.map { texts[$0] == nil } ?? true }.count))]])
    }
  }

  @Test("joins to identifiers in their order", arguments: [0, 1, 65, 65_537], [true, false])
  func joinsToIdentifiers(_ count: Int, _ allMatch: Bool) throws {
    let rows = rows(count, distinct: 100, seed: 6)
    let session = session(rows)
    // Numbers are from -40 to 59; where not all match, those from 50 on do not.
    let last: Int64 = allMatch ? 59 : 49
    session.define(
      "ids",
      Table([
        ("id", Column(type: .integer, values: (-40...last).map { .integer($0) })),
        ("square", Column(type: .integer, values: (-40...last).map { .integer($0 * $0) })),
      ]))
    let matched = rows.compactMap(\.number).filter { $0 <= last }
    let sum: Value = matched.isEmpty ? .null : .integer(matched.reduce(0) { $0 + $1 * $1 })
    let inner = try answer("select count(*), sum(square) from t join ids on number = id;", session)
    #expect(inner == [[.integer(Int64(matched.count)), sum]])
    let outer = try answer("select count(*), count(square), sum(square) from t left join ids on number = id;", session)
    #expect(outer == [[.integer(Int64(count)), .integer(Int64(matched.count)), sum]])
    let present = try answer(
      "select count(*), sum(square) from (select * from t where number is not null) "
        + "join ids on number = id;", session)
    #expect(present == inner)
  }

  @Test("joins to few of many keys that there could be")
  func joinsToFewKeys() throws {
    // 200,000 rows of 80,000 keys and of as many texts, some missing; those of every thousandth key are asked for.
    let (count, keys) = (200_000, 80_000)
    var generator = FixedGenerator(seed: 8)
    let numbers = (0..<count).map { _ in generator.oneIn(50) ? nil : Int64(generator.below(keys)) }
    let texts = Column(type: .text, values: numbers.map { $0.map { .text("key \($0)") } ?? .null })
    let session = TestSession()
    session.define(
      "t",
      Table([
        ("number", Column(type: .integer, values: numbers.map { $0.map { .integer($0) } ?? .null })),
        ("text", texts.dictionaryEncoded()), ("plain", texts),
      ]))
    let wanted = numbers.compactMap(\.self).filter { $0 % 1000 == 999 }
    let expected: [[Value]] = [[.integer(Int64(wanted.count)), .integer(wanted.reduce(0, +))]]
    #expect(wanted.count > 100)
    for key in ["number", "text", "plain"] {
      let few = "(select \(key) from t where number % 1000 = 999)"
      #expect(try answer("select count(*), sum(number) from t where \(key) in \(few);", session) == expected)
      let joined = "t join (select distinct \(key) as k from \(few)) on \(key) = k"
      #expect(try answer("select count(*), sum(number) from \(joined);", session) == expected)
      let others = try answer("select count(*) from t where \(key) not in \(few);", session)
      #expect(others == [[.integer(Int64(numbers.count { $0 != nil } - wanted.count))]])
    }
    let far = "(select number * 3 - 1000 as k from t where number % 1000 = 999)"
    let met = Set(wanted.map { $0 * 3 - 1000 })
    let hits = numbers.compactMap(\.self).filter(met.contains).count
    #expect(try answer("select count(*) from t where number in \(far);", session) == [[.integer(Int64(hits))]])
  }
}
