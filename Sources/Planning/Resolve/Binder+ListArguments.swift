import ColumnStore
import Language

extension Binder {
  /// Brings the lists among the arguments to one type, and items to that of the lists' items: gives that type, or nil
  /// where they do not go together. Without lists there is nothing to do.
  func convertLists(_ arguments: inout [PlanExpression], to signature: Signature, span: SourceSpan) throws -> DataType?
  {
    let lists = arguments.indices.filter { signature.parameter($0) == .anyList }
    guard !lists.isEmpty else { return .text }
    guard let unified = try? unify(lists.map { arguments[$0] }, span: span), var element = unified[0].type.element
    else {
      return nil
    }
    for (index, expression) in zip(lists, unified) { arguments[index] = expression }
    for index in arguments.indices where signature.parameter(index) == .item {
      let item = arguments[index]
      if let coerced = try? Coercion.coerce(item, to: element) {
        arguments[index] = coerced
        continue
      }
      // An item may be of a wider type than the list's.
      guard lists.count == 1, let wider = try? Coercion.coerce(arguments[lists[0]], to: .list(item.type)) else {
        return nil
      }
      arguments[lists[0]] = wider
      element = item.type
    }
    return element
  }

  /// `list_aggregate(list, 'sum')` is `list_sum(list)`.
  func listAggregate(_ arguments: [PlanExpression], name: String, span: SourceSpan) throws -> PlanExpression {
    guard arguments.count == 2, case .text(let which)? = arguments[1].literal else {
      throw Diagnostic.wrongArguments(
        name, usage: "\(name)(list, 'sum')", found: arguments.map(\.type), span: span)
    }
    guard let entry = FunctionRegistry.listAggregate(named: which.lowercased()) else {
      throw Diagnostic(
        "'\(which)' does not aggregate lists", at: arguments[1].span,
        help: "one of 'sum', 'avg', 'min', 'max', 'median', 'count', 'first', 'last', 'distinct', 'unique'")
    }
    return try call(
      entry.function, named: name, usage: entry.usage, entry.signatures, [arguments[0]], span: span)
  }

  /// `json -> path` and `json ->> path`.
  func jsonMember(
    _ operation: BinaryOperator, _ json: PlanExpression, _ path: PlanExpression, span: SourceSpan
  ) throws -> PlanExpression {
    let function: ScalarFunction = operation == .arrow ? .jsonExtract : .jsonExtractText
    return try call(
      function, named: operation.rawValue, usage: "json \(operation.rawValue) path",
      FunctionRegistry.scalar(named: "json_extract")?.signatures ?? [], [json, path], span: span)
  }
}

extension Diagnostic {
  static func invalidPath(_ text: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "'\(text)' is no path into JSON", at: span,
      help: "paths are '$.a.b[0]', '$.\"odd name\"', '$[*].a', or the name of a member")
  }
}
