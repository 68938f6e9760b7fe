import ColumnStore
import Language

/// A scalar expression whose names and types are settled: it reads the columns of one input by their position.
public struct PlanExpression: Sendable, Hashable {
  /// What it does.
  public indirect enum Kind: Sendable, Hashable {
    /// The input's column at a position.
    case column(Int)
    /// A value of a row of an enclosing query, by the number that an `ApplyPlan` gives it.
    case outer(Int)
    /// A query that stands for a value; put below the operator as an `ApplyPlan` before the plan is run.
    case subquery(SubqueryExpression)
    /// Which of some keys the row's set of groups is made without; settled when the keys are known.
    case grouping([PlanExpression])
    /// A constant.
    case literal(Value)
    /// A function or operator applied to arguments that have the types of its signature.
    case call(ScalarFunction, [PlanExpression])
    /// True when all are true, false when one is false, else unknown.
    case and([PlanExpression])
    /// True when one is true, false when all are false, else unknown.
    case or([PlanExpression])
    /// The first result whose condition is true.
    case conditional(branches: [Branch], otherwise: PlanExpression)
    /// Whether a value equals one of the constants: unknown for NULL, or when a NULL is among them and none is equal.
    case memberOf(PlanExpression, [Value])
    /// Conversion to the expression's type; `lenient` gives NULL where the value cannot be converted.
    case cast(PlanExpression, lenient: Bool)
  }

  /// A condition and its result.
  public struct Branch: Sendable, Hashable {
    /// The condition, a boolean.
    public var condition: PlanExpression
    /// The result.
    public var result: PlanExpression

    /// A branch.
    public init(condition: PlanExpression, result: PlanExpression) {
      self.condition = condition
      self.result = result
    }
  }

  /// What it does.
  public var kind: Kind
  /// The type of its value.
  public var type: DataType
  /// Where it stands in the source, for errors found while it runs.
  public var span: SourceSpan
  /// The digits of a constant that was written with a point. It is a double, but beside a decimal exactly what was written.
  public var written: String?

  /// An expression.
  public init(_ kind: Kind, type: DataType, span: SourceSpan, written: String? = nil) {
    self.kind = kind
    self.type = type
    self.span = span
    self.written = written
  }

  /// The expressions directly below.
  public var children: [PlanExpression] {
    switch kind {
    case .column, .outer, .literal: []
    case .subquery(let subquery): subquery.operands + subquery.parameters.map(\.value)
    case .grouping(let arguments), .call(_, let arguments), .and(let arguments), .or(let arguments): arguments
    case .conditional(let branches, let otherwise): branches.flatMap { [$0.condition, $0.result] } + [otherwise]
    case .memberOf(let operand, _), .cast(let operand, _): [operand]
    }
  }

  /// The same expression with `transform` applied to the expressions directly below.
  public func mapChildren(_ transform: (PlanExpression) throws -> PlanExpression) rethrows -> PlanExpression {
    var copy = self
    switch kind {
    case .column, .outer, .literal: break
    case .subquery(var subquery):
      subquery.operands = try subquery.operands.map(transform)
      for index in subquery.parameters.indices {
        subquery.parameters[index].value = try transform(subquery.parameters[index].value)
      }
      copy.kind = .subquery(subquery)
    case .call(let function, let arguments): copy.kind = .call(function, try arguments.map(transform))
    case .grouping(let operands): copy.kind = .grouping(try operands.map(transform))
    case .and(let operands): copy.kind = .and(try operands.map(transform))
    case .or(let operands): copy.kind = .or(try operands.map(transform))
    case .conditional(let branches, let otherwise):
      copy.kind = .conditional(
        branches: try branches.map { Branch(condition: try transform($0.condition), result: try transform($0.result)) },
        otherwise: try transform(otherwise))
    case .memberOf(let operand, let values): copy.kind = .memberOf(try transform(operand), values)
    case .cast(let operand, let lenient): copy.kind = .cast(try transform(operand), lenient: lenient)
    }
    return copy
  }

  /// The positions of all input columns that it reads.
  public var columns: Set<Int> {
    var found: Set<Int> = []
    addColumns(to: &found)
    return found
  }

  private func addColumns(to found: inout Set<Int>) {
    if case .column(let index) = kind { found.insert(index) }
    for child in children { child.addColumns(to: &found) }
  }

  /// The expression with every column position replaced.
  public func remapped(_ position: (Int) -> Int) -> PlanExpression {
    if case .column(let index) = kind {
      var copy = self
      copy.kind = .column(position(index))
      return copy
    }
    return mapChildren { $0.remapped(position) }
  }

  /// The expression with every column replaced by what a projection below computes for it.
  public func substituting(_ expressions: [PlanExpression]) -> PlanExpression {
    if case .column(let index) = kind { return expressions[index] }
    return mapChildren { $0.substituting(expressions) }
  }

  /// The constant, if it is one.
  public var literal: Value? {
    if case .literal(let value) = kind { return value }
    return nil
  }

  /// Two expressions are the same when they compute the same, wherever they were written.
  public static func == (left: PlanExpression, right: PlanExpression) -> Bool {
    left.type == right.type && left.kind == right.kind
  }

  /// Equal expressions hash alike.
  public func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}
