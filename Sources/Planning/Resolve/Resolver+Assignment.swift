import ColumnStore
import Language

/// A column that takes values: what it is called and of what type it is.
public struct AssignedColumn: Sendable {
  /// The column's name.
  public var name: String
  /// Its type.
  public var type: DataType

  /// A column.
  public init(name: String, type: DataType) {
    self.name = name
    self.type = type
  }
}

extension Resolver {
  /// How a column that queries do not see, unless they name it, begins.
  public static let hiddenMark: Character = "\u{0}"

  /// The type that a name means. Throws a `Diagnostic` if it means none.
  public func type(named name: TypeName) throws -> DataType {
    let null = Expression(.literal(.null), span: name.span)
    return try resolveConstant(Expression(.cast(null, name, isTry: false), span: name.span)).type
  }

  /// The value that an expression written out gives a column; nil for one that has to be computed. Throws for a text
  /// that does not read as the type.
  public func constant(_ expression: Language.Expression, assignedTo column: AssignedColumn) throws -> Value? {
    switch expression.kind {
    case .literal, .parameter: break
    case .unary(_, let operand):
      guard case .literal = operand.kind else { return nil }
    default: return nil
    }
    return try Coercion.coerce(try resolveConstant(expression), to: column.type)?.literal
  }

  /// The plan with each of its columns brought to the type of the column that takes it: by itself where the one turns
  /// into the other, else by a cast, which may fail for a value. Throws a `Diagnostic` where there is no cast.
  public func assigned(_ plan: LogicalPlan, to columns: [AssignedColumn], span: SourceSpan) throws -> LogicalPlan {
    var written: [PlanExpression?] = []
    if case .project(_, let projections) = plan { written = projections.map(\.expression) }
    let projections = try zip(plan.fields, columns).enumerated().map { index, pair -> Projection in
      let (field, column) = pair
      let value = PlanExpression(.column(index), type: field.type, span: span)
      let literal = index < written.count ? written[index].flatMap { $0.literal == nil ? nil : $0 } : nil
      if let converted = try Coercion.coerce(literal ?? value, to: column.type) {
        return Projection(name: column.name, expression: converted)
      }
      guard Casts.exists(from: field.type, to: column.type) else {
        throw Diagnostic(
          "`\(column.name)` takes \(article(column.type)), and this is \(article(field.type))",
          at: written.indices.contains(index) ? written[index]?.span ?? span : span)
      }
      return Projection(
        name: column.name, expression: PlanExpression(.cast(value, lenient: false), type: column.type, span: span))
    }
    return .project(plan, projections)
  }
}
