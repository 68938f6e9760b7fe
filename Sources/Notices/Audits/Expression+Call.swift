import Language

extension Expression {
  /// A call of a function; without arguments `count(*)` and the like.
  static func call(_ name: String, _ arguments: [Expression], at span: SourceSpan) -> Expression {
    var call = FunctionCall(
      name: Identifier(name, span: span), arguments: arguments.map { FunctionCall.Argument(name: nil, value: $0) })
    call.isStar = arguments.isEmpty
    return Expression(.call(call), span: span)
  }
}
