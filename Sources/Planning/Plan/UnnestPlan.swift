import ColumnStore

/// The rows of an input, each once for every item of its lists.
public struct UnnestPlan: Sendable {
  /// A list and what its items are called.
  public struct List: Sendable {
    /// The column of the items.
    public var field: Field
    /// The list, on the input's columns.
    public var expression: PlanExpression

    /// The items of a list under a name.
    public init(name: String, expression: PlanExpression) {
      field = Field(name: name, type: expression.type.element ?? expression.type)
      self.expression = expression
    }
  }

  /// The rows.
  public var input: LogicalPlan
  /// The lists, gone through side by side: where one is shorter, the rest of its column is NULL.
  public var lists: [List]
  /// The column of the items' places, from 1, where they are wanted.
  public var ordinality: Field?
  /// Whether a row without items comes out once, with NULL in their place.
  public var keepsEmpty: Bool

  /// An unnesting.
  public init(input: LogicalPlan, lists: [List], ordinality: Field? = nil, keepsEmpty: Bool = false) {
    self.input = input
    self.lists = lists
    self.ordinality = ordinality
    self.keepsEmpty = keepsEmpty
  }

  /// The input's fields, the items, and their places.
  public var fields: [Field] { input.fields + addedFields }

  /// The fields that stand behind the input's.
  var addedFields: [Field] { lists.map(\.field) + (ordinality.map { [$0] } ?? []) }

  /// The same lists with every expression put through a function, of another input.
  func mapped(on input: LogicalPlan, _ transform: (PlanExpression) -> PlanExpression) -> UnnestPlan {
    var copy = self
    copy.input = input
    for index in lists.indices { copy.lists[index].expression = transform(lists[index].expression) }
    return copy
  }
}
