extension Optimiser {
  /// A filter that lets no row pass that was filled up with NULLs makes an outer join an inner one, or a one-sided one.
  static let narrowOuterJoin = Rule(name: "narrow outer join") { plan in
    guard case .filter(.join(var join), let predicate) = plan else { return nil }
    let leftCount = join.left.columnCount
    func rejects(_ isFilledUp: (Int) -> Bool) -> Bool {
      predicate.conjuncts.contains { !$0.truths { isFilledUp($0) ? .null : .unknown }.contains(.isTrue) }
    }
    let needsLeft = [.right, .full].contains(join.kind) && rejects { $0 < leftCount }
    let needsRight = [.left, .full, .nearestLeft].contains(join.kind) && rejects { $0 >= leftCount }
    switch (join.kind, needsLeft, needsRight) {
    case (.left, _, true), (.right, true, _), (.full, true, true): join.kind = .inner
    case (.nearestLeft, _, true): join.kind = .nearest
    case (.full, true, false): join.kind = .left
    case (.full, false, true): join.kind = .right
    default: return nil
    }
    return .filter(.join(join), predicate: predicate)
  }
}
