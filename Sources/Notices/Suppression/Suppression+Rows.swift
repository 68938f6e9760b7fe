import ColumnStore
import Language
import Planning

// Operators that make rows of rows, one by one or in pairs.

extension Suppression {
  /// `select` and the like.
  func projected(_ input: Rewritten, _ projections: [Projection]) -> Rewritten {
    switch input {
    case .tracked(var rows):
      let origins = projections.map { projection -> String? in
        if case .column(let index) = projection.expression.kind { rows.origins[index] } else { nil }
      }
      rows.plan = .project(rows.plan, projections + rows.plan.fields.passed(span: .none)[rows.units])
      rows.width = projections.count
      rows.origins = origins
      return .tracked(rows)
    case .pending(var cells):
      let masked = projections.masked(by: cells.masked)
      cells.plan = .project(cells.plan, projections + cells.plan.fields.passed(span: .none)[cells.width...])
      cells.width = projections.count
      cells.masked = masked
      return .pending(cells)
    case .released(var rows):
      let masked = projections.masked(by: rows.masked)
      rows.plan = .project(rows.plan, projections + rows.plan.fields.passed(span: .none)[rows.width...])
      rows.masked = masked
      return .released(rows)
    }
  }

  mutating func unnested(_ unnest: UnnestPlan) throws -> Rewritten {
    switch sealed(try rewrite(unnest.input)) {
    case .tracked(var rows):
      let inner = rows.plan.fields.count
      let added = unnest.fields.count - rows.width
      rows.plan = LogicalPlan.unnest(unnest.on(rows.plan)).picking(
        Array(0..<rows.width) + (inner..<inner + added) + rows.units)
      rows.origins += Array(repeating: nil, count: added)
      rows.width += added
      return .tracked(rows)
    case .released(var rows):
      let (flag, added) = (rows.width, unnest.fields.count - rows.width)
      rows.plan = LogicalPlan.unnest(unnest.on(rows.plan)).picking(
        Array(0..<flag) + (flag + 1..<flag + 1 + added) + [flag])
      return .released(rows)
    case let pending: return pending
    }
  }

  mutating func united(_ inputs: [LogicalPlan]) throws -> Rewritten {
    let parts = try inputs.map { sealed(try rewrite($0)) }
    let tracked = parts.compactMap { if case .tracked(let rows) = $0 { rows } else { nil } }
    let released = parts.compactMap { if case .released(let rows) = $0 { rows } else { nil } }
    if released.count == parts.count {
      return .released(
        ReleasedRows(
          plan: .unionAll(released.map(\.plan)), masked: released.reduce(into: []) { $0.formUnion($1.masked) }))
    }
    guard tracked.count == parts.count, let first = tracked.first else {
      throw Suppression.cannotFollow("a union of single records and counts", at: nil)
    }
    let unitCount = tracked.map(\.units.count).min() ?? 0
    var rows = first
    rows.plan = .unionAll(tracked.map { $0.plan.picking(0..<$0.width + unitCount) })
    rows.holdsCounts = tracked.allSatisfy(\.holdsCounts)
    rows.origins = first.origins.indices.map { index in
      tracked.allSatisfy { $0.origins[index] == first.origins[index] } ? first.origins[index] : nil
    }
    return .tracked(rows)
  }

  // MARK: Pairs

  mutating func joined(_ join: JoinPlan) throws -> Rewritten {
    let sides = (sealed(try rewrite(join.left)), sealed(try rewrite(join.right)))
    return try paired(sides, join.kind, at: join.span) { left, right, move in
      var moved = join
      moved.left = left
      moved.right = right
      moved.condition = join.condition?.remapped(move)
      return .join(moved)
    }
  }

  /// A plan that is run for each row of another. What is asked of single records for a row of theirs, such as whether
  /// there is one, belongs to the row; everything else has to be released by itself.
  mutating func applied(_ apply: ApplyPlan) throws -> Rewritten {
    let left = sealed(try rewrite(apply.left))
    let right: Rewritten
    let asksOnlyWhether = [.semi, .anti, .mark].contains(apply.kind)
    if case .tracked = left, asksOnlyWhether || apply.right.isMadeOfReleasedRows {
      right = .released(ReleasedRows(plan: apply.right.flagged))
    } else if apply.parameters.isEmpty {
      right = .released(try releasedRows(apply.right, "this query"))
    } else {
      guard apply.right.isMadeOfReleasedRows else {
        throw Suppression.cannotFollow("a query that is asked for every row", at: apply.span)
      }
      right = .released(ReleasedRows(plan: apply.right.flagged))
    }
    return try paired((left, right), apply.kind.joinKind, at: apply.span) { left, right, move in
      var moved = apply
      moved.left = left
      moved.right = right
      moved.condition = apply.condition?.remapped(move)
      return .apply(moved)
    }
  }

  /// Pairs of rows of two inputs. `make` puts the inputs together, given where the columns of both sides as the query
  /// knows them have gone.
  private func paired(
    _ sides: (left: Rewritten, right: Rewritten), _ kind: JoinPlan.Kind, at span: SourceSpan?,
    _ make: (LogicalPlan, LogicalPlan, (Int) -> Int) -> LogicalPlan
  ) throws -> Rewritten {
    guard let left = sides.left.parts, let right = sides.right.parts else {
      throw Suppression.cannotFollow("this join", at: span)
    }
    if case .released = sides.left, case .tracked = sides.right, !kind.keepsRight {
      throw Suppression.cannotFollow("the question whether there is a record", at: span)
    }
    let leftCount = left.plan.fields.count
    let both = make(left.plan, right.plan) { $0 < left.width ? $0 : $0 - left.width + leftCount }
    // Where the columns stand that the query sees, and those behind them.
    var seen = Array(0..<left.width)
    var behindRight: [Int] = []
    if kind.keepsRight {
      seen += leftCount..<leftCount + right.width
      behindRight = Array(leftCount + right.width..<leftCount + right.plan.fields.count)
    } else if kind == .mark {
      seen.append(leftCount)
    }
    let behindLeft = Array(left.width..<leftCount)
    let added = seen.count - left.width
    switch (sides.left, sides.right) {
    case (.released(let one), .released(let other)):
      let flags = (behindLeft + behindRight).map { PlanExpression.column($0, .boolean).isTrue }
      let flag = PlanExpression(.or(flags), type: .boolean, span: .none)
      let passed = both.fields.passed(span: .none)
      var masked = one.masked
      if kind.keepsRight { masked.formUnion(other.masked.map { $0 + left.width }) }
      return .released(
        ReleasedRows(
          plan: .project(
            both, seen.map { passed[$0] } + [Projection(name: Self.flagName, expression: flag, isHidden: true)]),
          masked: masked))
    default:
      let leftUnits = sides.left.isTracked ? behindLeft : []
      let rightUnits = sides.right.isTracked ? behindRight : []
      return .tracked(
        TrackedRows(
          plan: both.picking(seen + leftUnits + rightUnits), width: seen.count,
          origins: left.origins + (kind.keepsRight ? right.origins : Array(repeating: nil, count: added)),
          holdsCounts: left.holdsCounts && right.holdsCounts))
    }
  }
}

extension Suppression.Rewritten {
  fileprivate var isTracked: Bool { if case .tracked = self { true } else { false } }

  /// The rows of a side of a join, and what is known of its columns.
  fileprivate var parts: (plan: LogicalPlan, width: Int, origins: [String?], holdsCounts: Bool)? {
    switch self {
    case .tracked(let rows): (rows.plan, rows.width, rows.origins, rows.holdsCounts)
    case .released(let rows): (rows.plan, rows.width, Array(repeating: nil, count: rows.width), true)
    case .pending: nil
    }
  }
}

extension [Projection] {
  /// Which of them read one of some columns.
  fileprivate func masked(by columns: Set<Int>) -> Set<Int> {
    Set(indices.filter { self[$0].expression.reads(columns) })
  }
}

extension UnnestPlan {
  /// The same lists of another input that begins with the same columns.
  fileprivate func on(_ input: LogicalPlan) -> UnnestPlan {
    var copy = self
    copy.input = input
    return copy
  }
}
