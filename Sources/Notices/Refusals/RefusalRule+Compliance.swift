import ColumnStore
import Language
import Planning

extension RefusalRule {
  /// A rate of what was asked for, from a source that never says that nothing was done.
  static let compliance = RefusalRule(
    name: "compliance",
    refused:
      "share of what a source did in what others asked for, or of `none` and the like, where it never records them",
    allowed: "shares among the actions of such a source: share action"
  ) { context in
    guard case .share(let share) = context.operation.kind else { return nil }
    let items = try share.items.map { try context.resolver.bind($0.expression, on: context.input) }
    if let base = try share.base.map({ try context.resolver.bind($0.expression, on: context.input) }) {
      let asked = context.input.origins(of: base.columns).map { context.sources.adapter(of: $0.scan)?.name }
      for item in items {
        for (source, _) in context.origins(of: item)
        where source.recordsRefusals == false && asked.contains(where: { $0 != source.name }) {
          return RefusalRule.refusal(source, words: ["none"], span: item.span)
        }
      }
    }
    for item in items {
      for (operand, words) in item.comparedWords {
        for (source, column) in context.origins(of: operand)
        where source.vocabulary.contains(where: { $0.column == column }) {
          let missing = words.filter { ActionVocabulary.contains($0) && !source.recordedActions.contains($0) }
          if !missing.isEmpty { return RefusalRule.refusal(source, words: missing, span: item.span) }
        }
      }
    }
    return nil
  }

  private static func refusal(_ source: SourceAdapter, words: [String], span: SourceSpan) -> Refusal {
    Refusal(
      reason:
        "\(source.name) never records \(words.map { "`\($0)`" }.joined(separator: ", ")), so no rate of it or against "
        + "it can be told: what was refused and what never came look the same",
      instead: "ask for shares among its actions: share action", span: span)
  }
}

extension SourceAdapter {
  /// The words for actions that it can give.
  var recordedActions: Set<String> {
    var words: Set<String> = []
    for meaning in vocabulary.flatMap(\.words.values) {
      switch meaning {
      case .action(let action): words.insert(action)
      case .cases(let cases): words.formUnion(cases.map(\.action))
      case .kept: break
      }
    }
    if let action = actions?.columns["action"] {
      words.formUnion(ActionVocabulary.names.filter { action.contains("'\($0)'") })
    }
    return words
  }

  /// Whether it says of what was asked for that nothing was done; nil for one that tells of no single actions.
  var recordsRefusals: Bool? { actions == nil ? nil : recordedActions.contains("none") }
}

extension PlanExpression {
  /// The texts that something is compared with, wherever in the expression.
  fileprivate var comparedWords: [(operand: PlanExpression, words: [String])] {
    var found = children.flatMap(\.comparedWords)
    func words(_ values: [Value]) -> [String] {
      values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }
    switch kind {
    case .memberOf(let operand, let values): found.append((operand, words(values)))
    case .call(.equal, let sides), .call(.notEqual, let sides), .call(.isDistinctFrom, let sides),
      .call(.isNotDistinctFrom, let sides):
      if let value = sides[1].literal { found.append((sides[0], words([value]))) }
      if let value = sides[0].literal { found.append((sides[1], words([value]))) }
    default: break
    }
    return found
  }
}
