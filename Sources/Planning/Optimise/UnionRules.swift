extension Optimiser {
  /// A union of unions is one union, and rows that are made different in the end need not be different before.
  static let flattenUnion = Rule(name: "flatten union") { plan in
    switch plan {
    case .unionAll(let inputs):
      guard inputs.contains(where: \.isUnion) else { return nil }
      return .unionAll(
        inputs.flatMap { input in
          if case .unionAll(let nested) = input { nested } else { [input] }
        })
    case .distinct(.unionAll(let inputs)):
      guard inputs.contains(where: \.isDistinct) else { return nil }
      return .distinct(
        .unionAll(
          inputs.map { input in
            if case .distinct(let below) = input { below } else { input }
          }))
    default: return nil
    }
  }
}

extension LogicalPlan {
  fileprivate var isUnion: Bool {
    if case .unionAll = self { true } else { false }
  }

  fileprivate var isDistinct: Bool {
    if case .distinct = self { true } else { false }
  }
}
