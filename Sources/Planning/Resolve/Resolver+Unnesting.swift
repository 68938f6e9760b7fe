import ColumnStore
import Language

extension Resolver {
  /// The rows of a function in `from`: the items of the lists that it is given, or of the list that it makes.
  ///
  /// - Parameter alias: the table's alias, which also names the column where there is one only.
  func rows(of call: FunctionCall, named alias: String?, withOrdinality: Bool) throws -> LogicalPlan {
    let isUnnest = call.name.text.lowercased() == "unnest"
    let span = call.name.span
    var binder = Binder(self, fields: [])
    let made = Language.Expression(.call(call), span: span)
    let lists = try isUnnest ? binder.lists(of: call) : [binder.bind(made)]
    for list in lists where list.type.element == nil {
      throw Diagnostic(
        "`\(call.name.text)` gives \(article(list.type)), and only lists stand for rows", at: span,
        help: "for example: from unnest([1, 2, 3]) as x")
    }
    let name = (lists.count == 1 ? alias : nil) ?? call.name.text.lowercased()
    let ordinality = withOrdinality ? Field(name: "ordinality", type: .integer) : nil
    return .unnest(
      UnnestPlan(
        input: .oneRow, lists: lists.map { UnnestPlan.List(name: name, expression: $0) }, ordinality: ordinality))
  }
}

extension Binder {
  /// The nth list that `unnest` stands for in a select list is the column `firstUnnest + n` until it is known how many
  /// columns its input has; see `firstWindow`.
  static let firstUnnest = firstWindow << 1

  /// `unnest(list)` as a value: the row comes out once for every item.
  mutating func bind(unnest call: FunctionCall, span: SourceSpan) throws -> PlanExpression {
    guard allowsUnnest else {
      throw Diagnostic(
        "`unnest` makes many rows of one and cannot stand here", at: span,
        help: "join them: from t cross join unnest(t.list) as item")
    }
    allowsUnnest = false
    defer { allowsUnnest = true }
    guard let list = try lists(of: call).first, call.arguments.count == 1 else {
      throw Diagnostic("`unnest` takes one list here", at: span)
    }
    let index = unnests.firstIndex(of: list) ?? unnests.count
    if index == unnests.count { unnests.append(list) }
    return PlanExpression(.column(Binder.firstUnnest + index), type: list.type.element ?? list.type, span: span)
  }

  /// The lists that are the arguments of `unnest`.
  fileprivate mutating func lists(of call: FunctionCall) throws -> [PlanExpression] {
    let lists = try call.arguments.map { try bind($0.value) }
    guard !lists.isEmpty, !call.isStar, lists.allSatisfy({ $0.type.element != nil }) else {
      throw Diagnostic.wrongArguments("unnest", usage: "unnest(list)", found: lists.map(\.type), span: call.name.span)
    }
    return lists
  }
}

extension PlanExpression {
  /// The expression on an input whose columns from an index on hold the items of lists.
  func onUnnests(_ width: Int) -> PlanExpression {
    remapped { $0 >= Binder.firstUnnest ? width + $0 - Binder.firstUnnest : $0 }
  }
}
