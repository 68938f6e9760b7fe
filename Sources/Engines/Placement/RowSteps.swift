import ColumnStore
import Language
import Planning

/// Steps that are each made of one row at a time, as one: conditions, then the items of lists, then further conditions, and
/// what the columns that come out are, all on the columns of the rows that go in.
struct RowSteps {
  /// The conditions on the rows.
  private(set) var before: [PlanExpression] = []
  /// The lists whose items make several rows of one; the input stands for any.
  private(set) var unnest: UnnestPlan?
  /// The conditions on the rows with the items.
  private(set) var after: [PlanExpression] = []
  /// The columns that come out.
  private(set) var columns: [PlanExpression]

  /// Whether the rows are as many as before.
  var areProjections: Bool { before.isEmpty && after.isEmpty && unnest == nil }

  /// The column of the first item; those of the input come before it.
  static let firstItem = 1 << 40

  /// The steps, the highest one first; nil where lists of several steps are gone through.
  init?(_ steps: [LogicalPlan], on input: LogicalPlan) {
    columns = input.fields.enumerated().map {
      PlanExpression(.column($0.offset), type: $0.element.type, span: SourceSpan(start: 0, end: 0))
    }
    for step in steps.reversed() {
      switch step {
      case .filter(_, let predicate):
        let condition = predicate.substituting(columns)
        if unnest == nil { before.append(condition) } else { after.append(condition) }
      case .project(_, let projections): columns = projections.map { $0.expression.substituting(columns) }
      case .unnest(var lists):
        guard unnest == nil else { return nil }
        for index in lists.lists.indices {
          lists.lists[index].expression = lists.lists[index].expression.substituting(columns)
        }
        let items = lists.lists.map(\.field) + (lists.ordinality.map { [$0] } ?? [])
        columns += items.enumerated().map {
          PlanExpression(
            .column(RowSteps.firstItem + $0.offset), type: $0.element.type, span: SourceSpan(start: 0, end: 0))
        }
        lists.input = input
        unnest = lists
      default: return nil
      }
    }
  }
}
