import ColumnStore
import Language

// Functions that are written as other expressions while planning, so that only the branch that is asked for is computed.

extension Binder {
  /// The expression that a call of such a function stands for; nil for other functions.
  func rewritten(_ function: ScalarFunction, _ arguments: [PlanExpression], type: DataType, span: SourceSpan)
    throws -> PlanExpression?
  {
    func choice(_ condition: PlanExpression, _ result: PlanExpression, _ otherwise: PlanExpression) -> PlanExpression {
      PlanExpression(
        .conditional(branches: [.init(condition: condition, result: result)], otherwise: otherwise), type: type,
        span: span)
    }
    let zero = PlanExpression(.literal(type == .integer ? .integer(0) : .double(0)), type: type, span: span)
    switch function {
    case .convert:
      if arguments.count == 3 { return PlanExpression(.call(.makeDate, arguments), type: .date, span: span) }
      return try cast(arguments[0], to: type, lenient: false, span: span)
    case .dateTruncate where arguments.count == 3: return truncatedInZone(arguments, span: span)
    case .choose: return choice(arguments[0], arguments[1], arguments[2])
    case .chooseNull:
      let isKnown = PlanExpression(.call(.isNotNull, [arguments[0]]), type: .boolean, span: arguments[0].span)
      return choice(isKnown, arguments[1], arguments[2])
    case .zeroIfNull: return PlanExpression(.call(.coalesce, [arguments[0], zero]), type: type, span: span)
    case .nullIf where type == .count:
      let isEqual = try compare(.equal, arguments[0], arguments[1], span: span)
      return choice(isEqual, PlanExpression(.literal(.null), type: type, span: span), arguments[0])
    case .nullIfZero: return PlanExpression(.call(.nullIf, [arguments[0], zero]), type: type, span: span)
    case .typeName: return PlanExpression(.literal(.text(arguments[0].type.name)), type: .text, span: span)
    default: return nil
    }
  }

  /// `decode(x, a, result, b, result, ..., otherwise)` of Oracle: NULL equals NULL.
  func decoded(_ arguments: [PlanExpression], span: SourceSpan) throws -> PlanExpression {
    let rest = Array(arguments.dropFirst())
    let pairs = rest.count / 2
    let nothing = PlanExpression(.literal(.null), type: .text, span: span)
    let results = (0..<pairs).map { rest[2 * $0 + 1] } + [rest.count % 2 == 1 ? rest[rest.count - 1] : nothing]
    let unified = try unify(results, span: span)
    let branches = try (0..<pairs).map { index in
      PlanExpression.Branch(
        condition: try compare(.isNotDistinctFrom, arguments[0], rest[2 * index], span: rest[2 * index].span),
        result: unified[index])
    }
    let otherwise = unified[pairs]
    return PlanExpression(.conditional(branches: branches, otherwise: otherwise), type: otherwise.type, span: span)
  }
}
