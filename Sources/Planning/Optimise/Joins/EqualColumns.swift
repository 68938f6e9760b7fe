import ColumnStore
import Language

/// Columns that the conditions of a group make equal, and the constants that they are equal to: `a = b and b = 5` says
/// that a is 5 as well.
struct EqualColumns {
  /// Columns of equal value.
  struct Class {
    /// In ascending order, of all relations side by side.
    var columns: [Int]
    /// What type they have.
    var type: DataType
    /// What they equal. Several different ones leave no rows, which running it finds out.
    var constants: [PlanExpression]

    /// One of the columns as an expression.
    func expression(_ column: Int) -> PlanExpression {
      PlanExpression(.column(column), type: type, span: SourceSpan(start: 0, end: 0))
    }

    /// The condition that one of the columns equals something.
    func isEqual(_ column: Int, to other: PlanExpression) -> PlanExpression {
      PlanExpression(.call(.equal, [expression(column), other]), type: .boolean, span: other.span)
    }
  }

  /// The classes of more than one column or of a column and a constant.
  private(set) var classes: [Class] = []
  /// The conditions that say something else.
  private(set) var others: [JoinGroup.Condition] = []

  /// The equalities among conditions.
  init(_ conditions: [JoinGroup.Condition]) {
    var classOf: [Int: Int] = [:]
    for condition in conditions {
      guard case .call(.equal, let sides) = condition.predicate.kind, sides[0].type == sides[1].type,
        sides[0].type != .textList
      else {
        others.append(condition)
        continue
      }
      switch (sides[0].kind, sides[1].kind) {
      case (.column(let first), .column(let second)) where first != second: join(first, second, sides[0].type, &classOf)
      case (.column(let column), .literal(let value)) where !value.isNull:
        classes[place(of: column, sides[0].type, &classOf)].constants.append(sides[1])
      case (.literal(let value), .column(let column)) where !value.isNull:
        classes[place(of: column, sides[0].type, &classOf)].constants.append(sides[0])
      default: others.append(condition)
      }
    }
    classes.removeAll { $0.columns.isEmpty }
    for index in classes.indices { classes[index].columns.sort() }
  }

  private mutating func place(of column: Int, _ type: DataType, _ classOf: inout [Int: Int]) -> Int {
    if let known = classOf[column] { return known }
    classes.append(Class(columns: [column], type: type, constants: []))
    classOf[column] = classes.count - 1
    return classes.count - 1
  }

  private mutating func join(_ first: Int, _ second: Int, _ type: DataType, _ classOf: inout [Int: Int]) {
    let target = place(of: first, type, &classOf)
    let source = place(of: second, type, &classOf)
    guard target != source else { return }
    for column in classes[source].columns { classOf[column] = target }
    classes[target].columns += classes[source].columns
    classes[target].constants += classes[source].constants
    classes[source].columns = []
    classes[source].constants = []
  }
}
