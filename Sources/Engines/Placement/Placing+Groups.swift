import Planning

/// Groups of what has no words: rows that agree in all that is needed of them are counted there, and sent once with their
/// number. So one row comes for each different value, not for each row (W. P. Yan and P.-Å. Larson, "Eager Aggregation and
/// Lazy Aggregation", VLDB 1995).
extension Placing {
  /// An aggregate on steps that are each made of one row at a time, up to a query of a server; nil where the aggregates
  /// cannot be made of groups of rows.
  func grouped(_ keys: [Projection], _ aggregates: [Aggregate], _ input: Placement, reason: String?) -> Placement? {
    guard let (steps, why, source) = input.rowSteps, let rows = RowSteps(steps, on: source.plan) else { return nil }
    var division = GroupDivision(rows, on: source.plan, writer: writer(source.server))
    guard let rest = division.divided(keys, aggregates),
      var placement = sent(division.sent, on: .there(source.server, sql: source.sql, source.plan))
    else { return nil }
    var reason = reason ?? why
    for step in rest {
      placement = placement.followed(by: step, reason: reason)
      reason = nil
    }
    return placement
  }
}
