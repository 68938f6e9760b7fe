import ColumnStore
import Planning

/// How a scalar function is computed for single values.
///
/// What depends on constants only, such as a compiled pattern, is prepared once and then used for every row.
struct RowFunction: Sendable {
  /// Computes a row. Where the function is strict, no value is NULL.
  typealias Body = ([Value]) throws -> Value

  /// Makes what computes rows. Gets the arguments that are constants, nil for the others, and the call itself.
  let prepare: @Sendable (_ constants: [Value?], _ call: PlanExpression) throws -> Body

  /// A function that has something to prepare.
  init(preparing prepare: @escaping @Sendable (_ constants: [Value?], _ call: PlanExpression) throws -> Body) {
    self.prepare = prepare
  }

  /// A function of the values alone.
  init(_ body: @escaping @Sendable (_ values: [Value]) throws -> Value) {
    prepare = { _, _ in body }
  }

  /// A function of the values that fails with the place of its call.
  init(failing body: @escaping @Sendable (_ values: [Value], _ call: PlanExpression) throws -> Value) {
    prepare = { _, call in { try body($0, call) } }
  }
}

extension RowFunctions {
  /// The functions that are computed by one of these, by what they do.
  static let table: [ScalarFunction: RowFunction] = [
    UnicodeFunctions.table, LikenessFunctions.table, CodeFunctions.table, PatternFunctions.table,
    TimeFunctions.table, ListRowFunctions.table, CountFunctions.table, TerritoryFunctions.table, JSONFunctions.table,
    MathFunctions.table, ConditionalFunctions.table, RealFunctions.rowFunctions,
  ].reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }
}

extension Array where Element == Value {
  /// The text of an argument; nil where it is left out or no text.
  func text(_ index: Int) -> String? {
    if index < count, case .text(let text) = self[index] { return text }
    return nil
  }

  /// The whole number of an argument; nil where it is left out or none.
  func integer(_ index: Int) -> Int64? {
    if index < count, case .integer(let number) = self[index] { return number }
    return nil
  }

  /// The double of an argument; nil where it is left out or none.
  func double(_ index: Int) -> Double? {
    if index < count, case .double(let number) = self[index] { return number }
    return nil
  }
}
