import ColumnStore
import Language

/// How texts are compared where `collate` says so. Elsewhere they are ordered by code point.
///
/// A collation holds for the expression that it is written on: in comparisons, `in`, `like`, `order by`, `group by`,
/// `distinct`, `min` and `max`. Texts are then compared by a key that is made of them.
enum Collation: String, CaseIterable {
  /// By code point.
  case binary
  /// By Unicode's full case folding: `a` equals `A`.
  case nocase
  /// Without diacritics: `e` equals `é`.
  case noaccent
  /// As a dictionary has it: by base letters first, then by accents, then by case, then by code point. Different texts are
  /// never equal.
  case unicode

  /// The collation of a name, whatever its case; nil for none.
  init?(named name: String) {
    switch name.lowercased() {
    case "c", "posix", "ucs_basic": self = .binary
    case "und", "und-x-icu", "unicode": self = .unicode
    case let other:
      guard let collation = Collation(rawValue: other) else { return nil }
      self = collation
    }
  }

  /// What makes the key by which texts are ordered; nil where the text itself is.
  var orderKey: ScalarFunction? { self == .unicode ? .collationKey : equalityKey }

  /// What makes the key by which texts are equal; nil where the text itself is.
  var equalityKey: ScalarFunction? {
    switch self {
    case .binary, .unicode: nil
    case .nocase: .caseFold
    case .noaccent: .stripAccents
    }
  }
}

extension PlanExpression {
  /// The collation written on the expression.
  var collation: Collation? {
    guard case .call(.collated, let arguments) = kind, case .text(let name)? = arguments.last?.literal else {
      return nil
    }
    return Collation(rawValue: name)
  }

  /// The expression to order by.
  var orderKeyed: PlanExpression { keyed(collation?.orderKey) }

  /// The expression to group by.
  var equalityKeyed: PlanExpression { keyed(collation?.equalityKey) }

  /// The expression without the collation written on it.
  var withoutCollation: PlanExpression {
    if case .call(.collated, let arguments) = kind { return arguments[0] }
    return self
  }

  /// The key that a function makes of a text; the text without one.
  func keyed(_ function: ScalarFunction?) -> PlanExpression {
    function.map { PlanExpression(.call($0, [withoutCollation]), type: .text, span: span) } ?? self
  }
}

extension Binder {
  /// `text collate name`.
  mutating func bind(_ operand: Language.Expression, collatedBy name: Identifier, span: SourceSpan) throws
    -> PlanExpression
  {
    let value = try bind(operand)
    guard let collation = Collation(named: name.text) else {
      throw Diagnostic(
        "there is no collation `\(name.text)`", at: name.span,
        help: Diagnostic.suggestion(for: name.text, among: Collation.allCases.map(\.rawValue))
          ?? "collations: \(Collation.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard let text = try Coercion.coerce(value, to: .text) else {
      throw Diagnostic.wrongType(
        "what `collate` stands behind", expected: "a text", found: value.type, span: value.span,
        help: "only texts have a collation")
    }
    let constant = PlanExpression(.literal(.text(collation.rawValue)), type: .text, span: name.span)
    return PlanExpression(.call(.collated, [text, constant]), type: .text, span: span)
  }

  /// The collation by which two texts are compared.
  func collation(_ left: PlanExpression, _ right: PlanExpression, span: SourceSpan) throws -> Collation? {
    if let first = left.collation, let second = right.collation, first != second {
      throw Diagnostic("one side is compared by `\(first.rawValue)`, the other by `\(second.rawValue)`", at: span)
    }
    return left.collation ?? right.collation
  }
}
