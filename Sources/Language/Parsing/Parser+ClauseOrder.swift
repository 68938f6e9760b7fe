// What to say about a clause of SQL that stands in a wrong place.

extension Parser {
  /// Throws a `Diagnostic` if a clause follows a query that it cannot follow.
  func checkClauseOrder(after query: Query) throws(Diagnostic) {
    guard let keyword = token.keyword else { return }
    if [.union, .intersect, .except].contains(keyword), !query.orderBy.isEmpty || query.limit != nil {
      let clause = query.orderBy.isEmpty ? "limit" : "order by"
      throw Diagnostic(
        "`\(clause)` cannot stand before `\(keyword.text)`", at: token.span,
        help: "put it at the end, where it is for all rows, or put brackets around the query that it is for")
    }
    let beginsWithFrom = query.beginsWithFrom
    let order = beginsWithFrom ? Self.orderFromFirst : Self.order
    guard let place = order.firstIndex(where: { $0.keyword == keyword }) else { return }
    if case .setOperation = query.body, keyword != .order { return }
    let name = order[place].name
    let clauses = query.clauses
    if clauses.contains(name) {
      let together = keyword == .where || keyword == .having ? "; put conditions together with `and`" : ""
      throw Diagnostic(
        "there is a `\(name)` already", at: token.span, help: "a query has one `\(name)`\(together)")
    }
    let next = order[(place + 1)...].first { clauses.contains($0.name) }
    let list = order.map { "`\($0.name)`" }.joined(separator: ", ")
    throw Diagnostic(
      "`\(name)` cannot stand here", at: token.span,
      help: next.map { "it goes before `\($0.name)`" } ?? "the order is \(list)")
  }

  private static let order: [(keyword: Keyword, name: String)] = [
    (.select, "select"), (.from, "from"), (.where, "where"), (.group, "group by"), (.having, "having"),
    (.window, "window"), (.qualify, "qualify"), (.order, "order by"), (.limit, "limit"),
  ]

  private static let orderFromFirst = [order[1], order[0]] + order[2...]
}

extension Query {
  /// Whether `from` comes first.
  fileprivate var beginsWithFrom: Bool {
    switch body {
    case .from: return true
    case .select(let select):
      guard let from = select.from, let item = select.items.first else { return false }
      return from.span.start < item.span.start
    default: return false
    }
  }

  /// The clauses that it has.
  fileprivate var clauses: Set<String> {
    var result: Set<String> = []
    if !orderBy.isEmpty { result.insert("order by") }
    if limit != nil { result.insert("limit") }
    switch body {
    case .from: result.insert("from")
    case .select(let select):
      if select.items.first.map({ !$0.span.isEmpty }) ?? false { result.insert("select") }
      if select.from != nil { result.insert("from") }
      if select.filter != nil { result.insert("where") }
      if select.groupBy != nil { result.insert("group by") }
      if select.having != nil { result.insert("having") }
      if !select.windows.isEmpty { result.insert("window") }
      if select.qualify != nil { result.insert("qualify") }
    default: break
    }
    return result
  }
}
