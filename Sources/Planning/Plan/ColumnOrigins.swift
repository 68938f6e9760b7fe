/// A column of a stored table from which a value comes.
public struct ColumnOrigin: Sendable {
  /// The place where the table is read.
  public let scan: Scan
  /// The table's column; nil where only its rows were counted.
  public let column: Int?

  /// What the column is called in the table.
  public var name: String? { column.map { scan.table.descriptions[$0].name } }
}

extension LogicalPlan {
  /// From which columns of stored tables some columns of the rows that come out are worked out.
  public func origins(of columns: Set<Int>) -> [ColumnOrigin] {
    var search = OriginSearch()
    search.follow(columns, of: self)
    return search.found
  }

  /// From which columns the conditions come that choose the rows.
  public var originsOfConditions: [ColumnOrigin] {
    var search = OriginSearch()
    search.followConditions(of: self)
    return search.found
  }
}

/// A way down a plan with all columns that are asked for at once, so that it takes no longer than the plan is long.
private struct OriginSearch {
  private(set) var found: [ColumnOrigin] = []
  /// The columns of shared plans that have been followed already, and the plans whose conditions have.
  private var followed: [Int: Set<Int>] = [:]
  private var searched: Set<Int> = []

  mutating func follow(_ columns: Set<Int>, of plan: LogicalPlan) {
    guard !columns.isEmpty else { return }
    switch plan {
    case .scan(let scan):
      for column in columns.sorted() {
        if case .column(let index) = scan.sources[column] { found.append(ColumnOrigin(scan: scan, column: index)) }
      }
    case .filter(let input, _), .sort(let input, _, _), .limit(let input, _, _), .distinct(let input),
      .sample(let input, _):
      follow(columns, of: input)
    case .project(let input, let projections):
      follow(Self.read(by: columns.map { projections[$0].expression }), of: input)
    case .aggregate(let input, let keys, let aggregates):
      let chosen = columns.filter { $0 >= keys.count }.map { aggregates[$0 - keys.count] }
      let expressions = columns.filter { $0 < keys.count }.map { keys[$0].expression } + chosen.flatMap(\.expressions)
      follow(Self.read(by: expressions), of: input)
      if chosen.contains(where: { $0.expressions.isEmpty }) { countRows(of: input) }
    case .window(let input, let functions):
      let width = input.columnCount
      let own = columns.filter { $0 >= width }.flatMap { functions[$0 - width].expressions }
      follow(columns.filter { $0 < width }.union(Self.read(by: own)), of: input)
    case .unnest(let unnest):
      let width = unnest.input.columnCount
      let own = columns.filter { $0 >= width && $0 - width < unnest.lists.count }
      follow(
        columns.filter { $0 < width }.union(Self.read(by: own.map { unnest.lists[$0 - width].expression })),
        of: unnest.input)
    case .join(let join): follow(columns, of: join.left, and: join.right)
    case .apply(let apply): follow(columns, of: apply.left, and: apply.right)
    case .unionAll(let inputs): for input in inputs { follow(columns, of: input) }
    case .setOperation(_, let left, let right, _):
      follow(columns, of: left)
      follow(columns, of: right)
    case .transform(let input, let transform):
      // What a transform computes comes of the counts; what it hands on has kept its place and name.
      let fields = input.fields
      follow(
        columns.filter { $0 < fields.count && fields[$0].name == transform.fields[$0].name }, of: input)
    case .shared(let shared):
      let fresh = columns.subtracting(followed[shared.number] ?? [])
      followed[shared.number, default: []].formUnion(fresh)
      follow(fresh, of: shared.plan)
    case .recursive(let recursive): follow(columns, of: recursive.seed)
    case .round: break
    }
  }

  mutating func followConditions(of plan: LogicalPlan) {
    if case .shared(let shared) = plan, !searched.insert(shared.number).inserted { return }
    if case .filter(let input, let predicate) = plan { follow(predicate.columns, of: input) }
    for input in plan.inputs { followConditions(of: input) }
  }

  private mutating func follow(_ columns: Set<Int>, of left: LogicalPlan, and right: LogicalPlan) {
    let (width, rightWidth) = (left.columnCount, right.columnCount)
    follow(columns.filter { $0 < width }, of: left)
    follow(Set(columns.filter { $0 >= width && $0 - width < rightWidth }.map { $0 - width }), of: right)
  }

  private mutating func countRows(of plan: LogicalPlan) {
    found += plan.scans.map { ColumnOrigin(scan: $0, column: nil) }
  }

  private static func read(by expressions: [PlanExpression]) -> Set<Int> {
    expressions.reduce(into: []) { $0.formUnion($1.columns) }
  }
}
