/// A scalar expression.
public struct Expression: Sendable, Hashable {
  /// What kind of expression it is, with its parts.
  public let kind: Kind
  /// Where it stands; brackets around it are left out.
  public let span: SourceSpan

  /// Makes an expression.
  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  /// The kinds of expressions.
  public indirect enum Kind: Sendable, Hashable {
    /// A value written out.
    case literal(Literal)
    /// `interval '1 day'` (no unit), `interval 1 day`, `interval (x) month`: the amount and the unit.
    case interval(Expression, unit: Identifier?)
    /// `c`, `t.c`
    case column(QualifiedName)
    /// `$name`, without the `$`
    case parameter(String)
    /// `-x`, `not x`
    case unary(UnaryOperator, Expression)
    /// `x + y`
    case binary(BinaryOperator, Expression, Expression)
    /// `a and b and c`: two or more operands
    case logical(LogicalOperator, [Expression])
    /// `x is [not] null | true | false | unknown`
    case isTest(Expression, IsTest, isNegated: Bool)
    /// `x [not] like y [escape z]`
    case like(LikeTest)
    /// `x [not] between low and high`
    case between(Expression, low: Expression, high: Expression, isNegated: Bool)
    /// `x [not] in (a, b)`; `x` may be a tuple
    case inList(Expression, [Expression], isNegated: Bool)
    /// `x [not] in (select ...)`
    case inQuery(Expression, Query, isNegated: Bool)
    /// `x = any (select ...)`, `x > all (...)`
    case quantified(Expression, BinaryOperator, Quantifier, QuantifiedOperand)
    /// `case ... end`
    case caseWhen(CaseExpression)
    /// `cast(x as t)`, `x::t`; `try_cast`, also `safe_cast`, gives null where the cast fails
    case cast(Expression, TypeName, isTry: Bool)
    /// `f(x)`. Also what SQL writes with words: `substring(x from 2 for 3)` is `substring(x, 2, 3)`,
    /// `position(a in b)` is `position(a, b)`, `trim(leading a from b)` is `ltrim(b, a)`,
    /// `x at time zone z` is `timezone(z, x)`, `current_date` is `current_date()`.
    case call(FunctionCall)
    /// `extract(year from x)`
    case extract(part: Identifier, Expression)
    /// `exists (select ...)`
    case exists(Query)
    /// `(select ...)` where a value is wanted
    case subquery(Query)
    /// `[a, b]`
    case list([Expression])
    /// `(a, b)`
    case tuple([Expression])
    /// `x[i]`
    case index(Expression, Expression)
    /// `x[low:high]`, either left out
    case slice(Expression, low: Expression?, high: Expression?)
    /// `x collate name`
    case collate(Expression, Identifier)
    /// `*` as one argument among others, as in `f(*, x)`; `count(*)` is `FunctionCall.isStar`.
    case star(Star)
  }
}

/// What `is` asks.
public enum IsTest: String, Sendable, Hashable {
  case null
  case `true`
  case `false`
  case unknown
}

/// `x [not] like y [escape z]`, `ilike`.
public struct LikeTest: Sendable, Hashable {
  /// The text to test.
  public let value: Expression
  /// The pattern with `%` and `_`.
  public let pattern: Expression
  /// The escape character, if given.
  public let escape: Expression?
  /// `ilike`
  public let ignoresCase: Bool
  /// `not like`
  public let isNegated: Bool
}

/// `any` (also `some`) or `all`.
public enum Quantifier: String, Sendable, Hashable {
  case any
  case all
}

/// What `any` or `all` ranges over.
public enum QuantifiedOperand: Sendable, Hashable {
  /// `any (select ...)`
  case query(Query)
  /// `any (list)`
  case list(Expression)
}

/// `case [operand] when ... then ... [else ...] end`.
public struct CaseExpression: Sendable, Hashable {
  /// One `when ... then ...`.
  public struct Branch: Sendable, Hashable {
    /// The condition; with an operand, the value that it is compared to.
    public let condition: Expression
    /// The value of the whole where the condition holds.
    public let result: Expression
  }
  /// The value that branches compare to, if given.
  public let operand: Expression?
  /// The branches, at least one.
  public let branches: [Branch]
  /// `else`
  public let otherwise: Expression?
}
