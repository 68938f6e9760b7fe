import FixedRandom

/// Random statements that read, of every kind and depth.
struct StatementGenerator {
  private var random: FixedGenerator

  init(state: UInt64) { random = FixedGenerator(seed: state) }

  private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func list(_ most: Int, _ item: (inout StatementGenerator) -> String) -> String {
    (0..<Int.random(in: 1...most, using: &random)).map { _ in item(&self) }.joined(separator: pick([", ", ",", " ,"]))
  }

  private mutating func name() -> String {
    pick(["a", "b", "Country", "\"Odd Name\"", "t.c", "a_rather_long_column_name", "action", "`x y`"])
  }

  private mutating func table() -> String { pick(["t", "actions", "removals!rejects", "\"Some Table\"", "s.u"]) }

  mutating func value(_ depth: Int = 0) -> String {
    if depth > 3 || chance(30) {
      return pick(["1", "'a text'", "null", "0x1F", ".5", "date '2021-01-31'", "$p", "e'a\\nb'", "-1", "true", name()])
    }
    let next = depth + 1
    switch Int.random(in: 0..<18, using: &random) {
    case 0: return value(next) + pick([" + ", "*", " || ", " - ", "/", " // ", " -> "]) + value(next)
    case 1: return "(\(condition(next)))"
    case 2: return "COUNT(*)"
    case 3:
      return "sum(\(value(next))) filter (where \(condition(next))) over (partition by \(name()) order by \(name()))"
    case 4: return "case when \(condition(next)) then \(value(next)) else \(value(next)) end"
    case 5: return "cast(\(value(next)) as \(pick(["integer", "DECIMAL(10,2)", "text[]", "double precision"])))"
    case 6: return "coalesce(\(list(3) { $0.value(next) }))"
    case 7: return "(\(query(next)))"
    case 8: return "[\(list(3) { $0.value(next) })]"
    case 9: return "\(name())[\(value(next)):\(value(next))]"
    case 10: return "- (\(value(next)))"
    case 11: return "extract(year from \(value(next)))"
    case 12: return "substring(\(value(next)) from 2 for 3)"
    case 13: return "interval 3 days"
    case 14: return "- -\(name())"
    case 15: return "(\(value(next)))::text"
    case 16: return "first(\(value(next)) order by \(name()) desc)"
    default: return name()
    }
  }

  mutating func condition(_ depth: Int = 0) -> String {
    let next = depth + 1
    if depth > 3 { return "a = 1" }
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return "(\(condition(next))) and (\(condition(next))) AND \(name()) = 1"
    case 1: return "(\(condition(next))) or \(name()) > 2 or (\(condition(next)))"
    case 2: return "not (\(condition(next)))"
    case 3: return "\(name()) in (\(list(30) { $0.pick(["1", "-2", "'x'"]) }))"
    case 4: return "\(name()) not in (\(query(next)))"
    case 5: return "\(name()) between \(name()) and \(name())"
    case 6: return "exists (\(query(next)))"
    case 7: return "\(name()) not null"
    case 8: return "\(name()) like 'a%' escape '!'"
    default: return "(\(value(next))) <= (\(value(next)))"
    }
  }

  private mutating func source(_ depth: Int) -> String {
    switch Int.random(in: 0..<6, using: &random) {
    case 0 where depth < 3: return "(\(query(depth + 1))) x"
    case 1 where depth < 3:
      return
        "\(table()) \(pick(["join", "left join", "asof join", "full outer join"])) \(table()) u on \(condition(depth + 1))"
    case 2: return "\(table()) cross join lateral unnest(a) v, \(table())"
    case 3: return "(values (1, 'a'), (2, 'b')) v (c, d)"
    default: return table()
    }
  }

  private mutating func order() -> String { list(3) { $0.name() + $0.pick(["", " desc", " asc nulls first"]) } }

  private mutating func pipe(_ depth: Int) -> String {
    let next = depth + 1
    switch Int.random(in: 0..<21, using: &random) {
    case 0: return "where \(condition(next))"
    case 1: return "select distinct \(list(6) { $0.value(next) + " as x" })"
    case 2: return "extend \(list(3) { $0.value(next) + " y" })"
    case 3: return "aggregate \(list(3) { "sum(\($0.value(next))) as n" }) group and order by \(list(3) { $0.name() })"
    case 4: return "order by \(order())"
    case 5: return "limit 10 offset 2"
    case 6: return "join \(table()) using (id)"
    case 7: return "union all by name (\(query(next))), (\(query(next)))"
    case 8: return "rename a as b, c as d"
    case 9: return "\(pick(["", "force "]))share \(list(2) { $0.name() }) by \(list(2) { $0.name() }) without nulls"
    case 10: return "with w as (\(query(next)))"
    case 11: return "distinct"
    case 12: return "set a = \(value(next))"
    case 13: return "latency in days from \(name()) to \(value(next)) by \(list(2) { $0.name() }) until '2021-06-30'"
    case 14: return "check \(pick(["", "'a name' that "]))\(condition(next))"
    case 15:
      return "reconcile with \(table()) on \(list(2) { $0.name() })"
        + pick(["", " by \(name())", " by \(name()) reported n", " reported \(name()) observed count(*)"])
    case 16: return "diff with \(table()) by \(list(2) { $0.name() })" + pick(["", " share \(name())"])
    case 17: return "audit"
    case 18: return "pseudonymise \(list(2) { $0.name() })" + pick(["", " with key 'my.key'"])
    case 19:
      return "plot \(pick(["bar", "line", "hist"])) \(list(2) { $0.name() }) by \(list(2) { $0.name() })"
        + pick(["", " log", " title 'T'", " width 60 height 12", " save 'x.svg'"])
    default: return "top 5 \(name()) by sum(n)"
    }
  }

  mutating func query(_ depth: Int = 0) -> String {
    let next = depth + 1
    var text: String
    switch Int.random(in: 0..<(depth > 3 ? 2 : 6), using: &random) {
    case 0: text = "from \(table())"
    case 1: text = "select \(list(3) { $0.name() }) from \(table())"
    case 2: text = "select 1 union all select 2 except select \(value(next))"
    case 3: text = "with q as (\(query(next))), r (x) as (\(query(next))) select * from q"
    default:
      text = "select \(pick(["", "distinct ", "distinct on (a) "]))\(list(6) { $0.value(next) }) from \(source(next))"
      if chance(50) { text += " where \(condition(next))" }
      if chance(30) { text += " group by \(list(3) { $0.name() }) having \(condition(next))" }
      if chance(30) { text += " order by \(order())" }
      if chance(30) { text += " limit 10" }
    }
    for _ in 0..<Int.random(in: 0...(depth > 2 ? 1 : 4), using: &random) { text += " |> \(pipe(next))" }
    return text
  }

  mutating func statement() -> String {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return "let x = \(query());"
    case 1: return "create table t as \(query());"
    case 2:
      return
        "create table t (a integer primary key default \(pick(["1", "-1", "'x'"])), b text not null check (\(condition())),"
        + " unique (a, b));"
    case 3: return "insert into t (a, b) values (\(value()), \(value())), (1, 2);"
    case 4: return "insert or replace into t \(query());"
    case 5: return "update t set a = \(value()), (b, c) = (\(query())) from \(source(1)) where \(condition());"
    case 6: return "delete from t using u where \(condition());"
    case 7: return "create view v (a, b) as \(query());"
    case 8: return "explain analyze \(query());"
    case 9: return "print \(list(4) { $0.value() });"
    case 10: return "\(table()) |> \(pipe(0)) |> \(pipe(0));"
    default: return query() + ";"
    }
  }
}
