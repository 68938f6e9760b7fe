import ColumnStore

/// Inner and cross joins that hang together, with the conditions on them, taken apart: the relations in the order in
/// which they were written, and conditions on their columns side by side. In what order they are joined is open.
struct JoinGroup {
  /// A condition that all rows must pass.
  struct Condition {
    /// On the columns of all relations side by side.
    var predicate: PlanExpression
    /// The relations that must be joined before it can be computed.
    var relations: UInt64
    /// Whether it might end the query with an error for a row that does not get so far as written.
    var mayFail: Bool
  }

  /// How joins nest.
  indirect enum Tree {
    /// One relation.
    case relation(Int)
    /// The rows of both, the second held as a whole.
    case join(Tree, Tree)
  }

  /// A set of relations is a word, so there are no more of them.
  static let largest = 64

  /// What is joined.
  private(set) var relations: [LogicalPlan] = []
  /// For every column of all relations side by side, whose it is.
  private(set) var relationOfColumn: [Int] = []
  /// The place of each relation's first column.
  private(set) var firstColumn: [Int] = []
  /// The conditions in the order in which they are computed as written.
  private(set) var conditions: [Condition] = []
  /// For every column that comes out, which one of the relations' it is.
  private(set) var output: [Int] = []
  /// Whether projections among the joins were taken out, so that names must be given anew.
  private(set) var hasProjections = false
  /// How the joins were written.
  private(set) var written = Tree.relation(0)

  /// The joins of a plan with the filters and column choices on and between them; nil where it does not begin with one.
  init?(_ plan: LogicalPlan) {
    guard Self.joins(plan) else { return nil }
    (output, written) = flatten(plan)
  }

  /// Whether an inner join comes first, below filters and projections of plain columns.
  private static func joins(_ plan: LogicalPlan) -> Bool {
    switch plan {
    case .join(let join): join.kind == .inner
    case .filter(let input, _): joins(input)
    case .project(let input, let projections): projections.allSatisfy { $0.expression.isColumn } && joins(input)
    default: false
    }
  }

  /// How many relations a plan would add.
  private static func count(_ plan: LogicalPlan) -> Int {
    guard joins(plan) else { return 1 }
    switch plan {
    case .join(let join): return count(join.left) + count(join.right)
    case .filter(let input, _), .project(let input, _): return count(input)
    default: return 1
    }
  }

  private mutating func flatten(_ plan: LogicalPlan) -> (columns: [Int], tree: Tree) {
    guard Self.joins(plan) else { return add(plan) }
    let before = relations.count
    switch plan {
    case .join(let join):
      // What is too much stays one relation, and is a group of its own.
      let isLarge = before + Self.count(plan) > Self.largest
      let (left, leftTree) = isLarge ? add(join.left) : flatten(join.left)
      let (right, rightTree) = isLarge ? add(join.right) : flatten(join.right)
      let both = left + right
      for equality in join.equalities {
        let sides = [equality.left.remapped { left[$0] }, equality.right.remapped { right[$0] }]
        let function: ScalarFunction = equality.nullsMatch ? .isNotDistinctFrom : .equal
        let span = equality.left.span.merged(with: equality.right.span)
        add(PlanExpression(.call(function, sides), type: .boolean, span: span), since: before)
      }
      for conjunct in join.condition?.conjuncts ?? [] { add(conjunct.remapped { both[$0] }, since: before) }
      return (both, .join(leftTree, rightTree))
    case .filter(let input, let predicate):
      let (columns, tree) = flatten(input)
      for conjunct in predicate.conjuncts { add(conjunct.remapped { columns[$0] }, since: before) }
      return (columns, tree)
    case .project(let input, let projections):
      let (columns, tree) = flatten(input)
      hasProjections = true
      let chosen = projections.map { projection -> Int in
        if case .column(let index) = projection.expression.kind { return columns[index] }
        return 0
      }
      return (chosen, tree)
    default: return add(plan)
    }
  }

  private mutating func add(_ relation: LogicalPlan) -> (columns: [Int], tree: Tree) {
    let number = relations.count
    let first = relationOfColumn.count
    let count = relation.columnCount
    relations.append(relation)
    firstColumn.append(first)
    relationOfColumn.append(contentsOf: repeatElement(number, count: count))
    return (Array(first..<first + count), .relation(number))
  }

  /// - Parameter since: the first of the relations over which the condition was written.
  private mutating func add(_ predicate: PlanExpression, since: Int) {
    let mayFail = predicate.mayFail(range)
    // What may fail is computed for no row that does not get where it was written.
    let needed = mayFail ? Self.all(relations.count) & ~Self.all(since) : relations(of: predicate)
    conditions.append(Condition(predicate: predicate, relations: needed, mayFail: mayFail))
  }

  /// The bounds of a column of all relations side by side.
  func range(_ column: Int) -> ClosedRange<Int64>? {
    let relation = relationOfColumn[column]
    return ColumnFacts.range(of: column - firstColumn[relation], in: relations[relation])
  }

  /// The relations that an expression reads.
  func relations(of expression: PlanExpression) -> UInt64 {
    if case .column(let index) = expression.kind { return 1 << UInt64(relationOfColumn[index]) }
    return expression.children.reduce(0) { $0 | relations(of: $1) }
  }

  /// The first relations.
  static func all(_ count: Int) -> UInt64 { count >= 64 ? .max : 1 << UInt64(count) - 1 }

  /// Puts a relation in another form; its columns stay.
  mutating func change(_ relation: Int, _ transform: (LogicalPlan) -> LogicalPlan) {
    relations[relation] = transform(relations[relation])
  }
}
