import ColumnStore
import Language
import Planning

/// `diff with old by keys [share columns]`: what has changed between two loads of a source.
///
/// Gives one row for each `change`, with the `column` and `value` that it is of, how many `rows` it has, what stood there
/// `before` and `after`, how far that has `moved`, and the smallest key as an `example`:
///
/// - `added`, `removed`, `changed`, `unchanged`: rows by their key. The two last and `column changed`, which tells for each
///   column in how many rows it has another value, with the first of them, are of rows in both.
/// - `key repeated`, `without a key`: rows that no other row can be held against, and that are in none of the above.
/// - `column added`, `column removed`: columns that only one of the loads has.
/// - `share moved`: for the columns after `share`, which share of the rows each value had and has, and the difference; the
///   largest first. `rows` is the number of rows now.
enum DiffMeasure {
  static func lower(_ diff: DiffOperator, on input: LogicalPlan, with resolver: Resolver, span: SourceSpan) throws
    -> LogicalPlan
  {
    let older = try resolver.rows(of: diff.old)
    let (new, old) = try KeyedSide.pair(input, older, by: diff.keys, names: ("new", "old"), with: resolver)
    let columns = Columns(old.rows.fields, new.rows.fields)
    let shares = try diff.shares.map { share in
      let pair = try resolver.unified([
        try share.projection(on: old.rows, with: resolver).expression,
        try share.projection(on: new.rows, with: resolver).expression,
      ])
      return (name: share.alias?.text ?? Resolver.name(of: share.expression), old: pair[0], new: pair[1])
    }
    func side(_ side: KeyedSide, _ positions: [Int], _ shares: [PlanExpression]) -> LogicalPlan {
      let values = positions.enumerated().map { number, position in
        Projection(
          name: "c\(number)",
          expression: PlanExpression(.column(position), type: side.rows.fields[position].type, span: span))
      }
      return .project(
        side.rows, side.keys + values + shares.enumerated().map { Projection(name: "s\($0)", expression: $1) })
    }
    let text = DiffQuery(keyCount: new.keys.count, columns: columns, shares: shares.map(\.name)).text
    let plan = try resolver.plan(
      text,
      on: [
        ("old", side(old, columns.both.map(\.old), shares.map(\.old))),
        ("new", side(new, columns.both.map(\.new), shares.map(\.new))),
      ], span: span)
    return .project(
      plan,
      plan.fields.enumerated().map { index, field in
        var field = field
        if field.type == .double { field.display = .percent }
        return Projection(passing: field, at: index, span: span)
      })
  }

  /// The columns that are shown of two loads, matched by name whatever its case.
  struct Columns {
    var both: [(name: String, old: Int, new: Int, isSameType: Bool)] = []
    var onlyOld: [String] = []
    var onlyNew: [String] = []

    init(_ old: [Field], _ new: [Field]) {
      var places: [String: Int] = [:]
      for (place, field) in old.enumerated() where !field.isHidden { places[field.name.lowercased()] = place }
      for (place, field) in new.enumerated() where !field.isHidden {
        if let other = places.removeValue(forKey: field.name.lowercased()) {
          both.append((field.name, other, place, old[other].type == field.type))
        } else {
          onlyNew.append(field.name)
        }
      }
      onlyOld = places.values.sorted().map { old[$0].name }
    }
  }
}

/// The query that a comparison is, on the rows `old` and `new`, each with its keys `k1` ..., the columns of both `c0` ... and
/// the columns of shares `s0` ...
private struct DiffQuery {
  let keyCount: Int
  let columns: DiffMeasure.Columns
  let shares: [String]

  private var keys: [String] { KeyedSide.keyNames(keyCount) }

  /// The rows of a side that have a key which no other row of either side has.
  private func single(_ side: String) -> String {
    "select * from \(side) where \(keys.map { "\($0) is not null" }.joined(separator: " and ")) "
      + "and not exists (select 1 from repeated where \(equal("repeated", side)))"
  }

  private func equal(_ left: String, _ right: String) -> String {
    keys.map { "\(left).\($0) = \(right).\($0)" }.joined(separator: " and ")
  }

  /// The keys that stand in a side more than once.
  private func repeatedKeys(_ side: String) -> String {
    let list = keys.joined(separator: ", ")
    return "select \(list) from \(side) group by \(list) having count(*) > 1"
  }

  private func differs(_ column: Int) -> String {
    let isSame = columns.both[column].isSameType
    let type = isSame ? "" : "::text"
    return "o.c\(column)\(type) is distinct from n.c\(column)\(type)"
  }

  private func key(_ side: String) -> String {
    "concat_ws(', ', \(keys.map { "\(side).\($0)::text" }.joined(separator: ", ")))"
  }

  var text: String {
    let isMatched = "o.k1 is not null and n.k1 is not null"
    let differences = columns.both.indices.map(differs)
    let isChanged = differences.isEmpty ? "false" : "(\(differences.joined(separator: " or ")))"
    let counts = columns.both.indices.map { column in
      let condition = "filter (where \(isMatched) and \(differs(column)))"
      return """
        , count(*) \(condition) as n\(column), first(\(key("n"))) \(condition) as e\(column),
        first(o.c\(column)::text) \(condition) as b\(column), first(n.c\(column)::text) \(condition) as a\(column)
        """
    }.joined()
    let noKey = keys.map { "\($0) is null" }.joined(separator: " or ")
    let repeated = "exists (select 1 from repeated where \(equal("repeated", "t")))"
    let lines: [String] = [
      line(1, "added", rows: "added", example: "added_key"),
      line(2, "removed", rows: "removed", example: "removed_key"),
      line(3, "changed", rows: "changed", example: "changed_key"),
      line(4, "unchanged", rows: "matched - changed", example: "null"),
      sideLine(5, "key repeated", where: repeated, example: "min(\(key("t")))"),
      sideLine(6, "without a key", where: noKey, example: "null"),
    ]
    let columnLines = columns.both.enumerated().map { number, column in
      "select 7 as part, \(number) as place, 'column changed' as change, \(Quoting.text(column.name)) as column, "
        + "null::text as value, n\(number) as rows, null::double as before, null::double as after, "
        + "e\(number) || ': ' || coalesce(b\(number), 'NULL') || ' -> ' || coalesce(a\(number), 'NULL') as example "
        + "from facts where n\(number) > 0"
    }
    let schemaLines =
      columns.onlyNew.map { schemaLine(8, "column added", $0) }
      + columns.onlyOld.map { schemaLine(9, "column removed", $0) }
    let all = lines + columnLines + schemaLines + shares.indices.map(shareLines)
    return """
      with repeated as (\(repeatedKeys("old")) union \(repeatedKeys("new"))),
      o as (\(single("old"))), n as (\(single("new"))),
      facts as (
        select count(*) filter (where o.k1 is null) as added, count(*) filter (where n.k1 is null) as removed,
          count(*) filter (where \(isMatched)) as matched, count(*) filter (where \(isMatched) and \(isChanged)) as changed,
          min(\(key("n"))) filter (where o.k1 is null) as added_key,
          min(\(key("o"))) filter (where n.k1 is null) as removed_key,
          min(\(key("n"))) filter (where \(isMatched) and \(isChanged)) as changed_key \(counts)
        from o full join n on \(equal("o", "n"))
      )
      select change, column, value, rows, before, after, after - before as moved, example
      from (\(all.joined(separator: "\nunion all ")))
      order by part, place, abs(after - before) desc nulls last, value;
      """
  }

  private func line(_ part: Int, _ change: String, rows: String, example: String) -> String {
    "select \(part) as part, 0 as place, '\(change)' as change, null::text as column, null::text as value, "
      + "\(rows) as rows, null::double as before, null::double as after, \(example)::text as example from facts"
  }

  private func sideLine(_ part: Int, _ change: String, where condition: String, example: String) -> String {
    ["old", "new"].enumerated().map { place, side in
      "select \(part) as part, \(place) as place, '\(change)' as change, null::text as column, '\(side)' as value, "
        + "count(*) as rows, null::double as before, null::double as after, \(example)::text as example "
        + "from \(side) as t where \(condition)"
    }.joined(separator: " union all ")
  }

  private func schemaLine(_ part: Int, _ change: String, _ name: String) -> String {
    "select \(part) as part, 0 as place, '\(change)' as change, \(Quoting.text(name)) as column, null::text as value, "
      + "null::integer as rows, null::double as before, null::double as after, null::text as example"
  }

  private func shareLines(_ number: Int) -> String {
    let counted = ["old", "new"].map {
      "(select s\(number) as s, count(*) as n, sum(count(*)) over () as total from \($0) group by s\(number))"
    }
    return """
      select 10 as part, \(number) as place, 'share moved' as change, \(Quoting.text(shares[number])) as column,
        coalesce(b.s, a.s)::text as value, coalesce(a.n, 0) as rows,
        case when b.n is null and (select count(*) from old) = 0 then null
          else coalesce(b.n / b.total, 0) end as before,
        case when a.n is null and (select count(*) from new) = 0 then null else coalesce(a.n / a.total, 0) end as after,
        null::text as example
      from \(counted[0]) as b full join \(counted[1]) as a on b.s is not distinct from a.s
      """
  }
}
