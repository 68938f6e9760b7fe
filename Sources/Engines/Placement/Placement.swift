import Planning

/// Where the steps of a plan are run.
indirect enum Placement {
  /// On a server, as one query.
  case there(Server, sql: String, LogicalPlan)
  /// In this process, on what the inputs give; why not there, where its inputs would be.
  case here(LogicalPlan, [Placement], reason: String? = nil)

  /// The plan that is run so.
  var plan: LogicalPlan {
    switch self {
    case .there(_, _, let plan), .here(let plan, _, _): plan
    }
  }

  /// Whether it is a query of a server.
  var isThere: Bool { if case .there = self { true } else { false } }

  /// A step of this process on it.
  func followed(by plan: (LogicalPlan) -> LogicalPlan, reason: String? = nil) -> Placement {
    .here(plan(self.plan), [self], reason: reason)
  }

  /// The steps of this process that stand one on the other, each made of one row at a time, the highest one first, up to a
  /// query of a server; nil where there is no such query, or the steps are others.
  var rowSteps: (steps: [LogicalPlan], reason: String?, source: Source)? {
    var steps: [LogicalPlan] = []
    var lowest = self
    var why: String?
    while case .here(let plan, let inputs, let reason) = lowest, inputs.count == 1 {
      switch plan {
      case .filter, .project, .unnest: steps.append(plan)
      default: return nil
      }
      why = reason ?? why
      lowest = inputs[0]
    }
    guard case .there(let server, let sql, let plan) = lowest else { return nil }
    return (steps, why, Source(server: server, sql: sql, plan: plan))
  }

  /// A query of a server.
  struct Source {
    let server: Server
    let sql: String
    let plan: LogicalPlan
  }
}
