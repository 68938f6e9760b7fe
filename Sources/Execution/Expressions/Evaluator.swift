import ColumnStore
import Language
import Planning

/// Computes expressions over batches. One evaluator serves all workers of a query: what it works out once per dictionary
/// is shared.
final class Evaluator: Sendable {
  private let domains = DictionaryDomains()
  /// How many rows the whole input has, to judge whether a dictionary is worth going through first.
  private let rowCount: Int
  /// Whether it is known that all of them will come.
  private let allCome: Bool

  init(rowCount: Int, allCome: Bool = false) {
    self.rowCount = rowCount
    self.allCome = allCome
  }

  /// The value of an expression in every row of a batch.
  func column(_ expression: PlanExpression, _ batch: Batch) throws -> Column {
    switch try operand(expression, batch) {
    case .column(let column): return column
    case .constant(let value): return Column(repeating: value, type: expression.type, count: batch.count)
    }
  }

  /// The rows for which a predicate is true; unknown counts as false.
  func selection(_ predicate: PlanExpression, _ batch: Batch) throws -> Bitmap {
    switch try operand(predicate, batch) {
    case .constant(let value): return Bitmap(repeating: value == .boolean(true), count: batch.count)
    case .column(let column): return column.trueRows
    }
  }

  /// The value of an expression, kept as one value where all rows have the same.
  func operand(_ expression: PlanExpression, _ batch: Batch) throws -> Operand {
    switch expression.kind {
    case .column(let index): return .column(batch.columns[index])
    case .literal(let value): return .constant(value)
    default: break
    }
    if let throughDictionary = try evaluateThroughDictionary(expression, batch) { return .column(throughDictionary) }
    return try evaluate(expression, batch)
  }

  private func evaluate(_ expression: PlanExpression, _ batch: Batch) throws -> Operand {
    switch expression.kind {
    case .column, .literal: return try operand(expression, batch)
    case .outer, .subquery, .grouping: throw ExecutionError.outOfPlace
    case .and(let operands): return .column(try logical(operands, batch, isAnd: true))
    case .or(let operands): return .column(try logical(operands, batch, isAnd: false))
    case .call(let function, let arguments):
      let values = try arguments.map { try operand($0, batch) }
      return try call(function, values, arguments, expression, count: batch.count)
    case .cast(let inner, let lenient):
      return try cast(
        try operand(inner, batch), from: inner.type, to: expression.type, lenient: lenient, span: expression.span,
        count: batch.count)
    case .memberOf(let inner, let values):
      return try member(try operand(inner, batch), of: values, type: inner.type, count: batch.count)
    case .conditional(let branches, let otherwise):
      return .column(try conditional(branches, otherwise, expression, batch))
    }
  }

  // MARK: Dictionaries

  /// An expression that reads one dictionary column only is computed once per entry and looked up per row.
  private func evaluateThroughDictionary(_ expression: PlanExpression, _ batch: Batch) throws -> Column? {
    let columns = expression.columns
    guard columns.count == 1, let index = columns.first, let dictionary = batch.columns[index].dictionary,
      dictionary.count <= max(DictionaryDomains.fewEntries, rowCount / 4)
    else { return nil }
    let onlyColumn = expression.remapped { _ in 0 }
    let domain = try domains.domain(of: expression, over: dictionary, rows: allCome ? nil : batch.count) { entries in
      switch try self.evaluate(onlyColumn, entries) {
      case .column(let column): return column
      case .constant(let value): return Column(repeating: value, type: expression.type, count: entries.count)
      }
    }
    return domain?.lookUp(batch.columns[index])
  }

  // MARK: Logic

  private func logical(_ operands: [PlanExpression], _ batch: Batch, isAnd: Bool) throws -> Column {
    var result: Column?
    for expression in operands {
      let next: Column
      if let result, expression.mayFail {
        next = try column(expression, amongThose: LogicKernels.undecided(result, isAnd: isAnd), of: batch)
      } else {
        next = try column(expression, batch)
      }
      result = result.map { isAnd ? LogicKernels.and($0, next) : LogicKernels.or($0, next) } ?? next
      // No operand that follows can change the answer.
      if let result, isAnd, LogicKernels.isAllFalse(result) { return result }
    }
    return result ?? Column(repeating: .boolean(isAnd), type: .boolean, count: batch.count)
  }

  /// The value of an expression in some rows of a batch, NULL in the others; it is not computed for those.
  private func column(_ expression: PlanExpression, amongThose rows: Bitmap, of batch: Batch) throws -> Column {
    let indices = rows.trueIndices()
    if indices.count == batch.count { return try column(expression, batch) }
    // A constant may fail too.
    if indices.isEmpty { return Column(repeating: .null, type: expression.type, count: batch.count) }
    let values = try column(expression, batch.gather(indices, columns: expression.columns))
    var places = [UInt32](repeating: .max, count: batch.count)
    for (place, row) in indices.enumerated() { places[Int(row)] = UInt32(truncatingIfNeeded: place) }
    return values.gather(Buffer(places))
  }

  /// Each branch is computed only for the rows that reach it, so that a guarded cast or division does not fail.
  private func conditional(
    _ branches: [PlanExpression.Branch], _ otherwise: PlanExpression, _ expression: PlanExpression, _ batch: Batch
  ) throws -> Column {
    var open = Bitmap(repeating: true, count: batch.count)
    var parts: [Column] = []
    var filled: UInt32 = 0
    let places = MutableBuffer<UInt32>(repeating: .max, count: batch.count)
    // One value is as good as a column of it where all results are such.
    let areConstants = (branches.map(\.result) + [otherwise]).allSatisfy { $0.literal != nil }
    func fill(_ rows: Bitmap, with result: PlanExpression) throws {
      let indices = rows.trueIndices()
      if indices.isEmpty { return }
      if areConstants, let value = result.literal {
        for index in indices { places[Int(index)] = filled }
        parts.append(Column(repeating: value, type: expression.type, count: 1))
        filled += 1
        return
      }
      let part =
        indices.count == batch.count
        ? try column(result, batch) : try column(result, batch.gather(indices, columns: result.columns))
      for index in indices {
        places[Int(index)] = filled
        filled += 1
      }
      parts.append(part)
    }
    for branch in branches {
      let condition = try selectionAmong(open, branch.condition, batch)
      try fill(condition, with: branch.result)
      open = open.combined(with: condition) { $0 & ~$1 }
    }
    try fill(open, with: otherwise)
    let results = Column.concatenated(parts, type: expression.type)
    let areFew = areConstants && expression.type == .text
    return (areFew ? results.dictionaryEncoded() : results).gather(places.frozen())
  }

  private func selectionAmong(_ open: Bitmap, _ condition: PlanExpression, _ batch: Batch) throws -> Bitmap {
    let indices = open.trueIndices()
    if indices.count == batch.count { return try selection(condition, batch) }
    // Rows that are decided already do no harm where nothing can fail.
    if !condition.mayFail, indices.count > batch.count / 8 {
      return open.combined(with: try selection(condition, batch), &)
    }
    let chosen = try selection(condition, batch.gather(indices, columns: condition.columns))
    let result = MutableBitmap(count: batch.count)
    chosen.forEachTrue { result.set(Int(indices[$0])) }
    return result.frozen()
  }
}

extension Column {
  /// The rows in which a column of truth values is true; unknown counts as false.
  var trueRows: Bitmap {
    guard case .boolean(let bits) = data else { return Bitmap(repeating: false, count: count) }
    return validity.map { bits.combined(with: $0, &) } ?? bits
  }
}

/// What an operator works on: a column, or one value for all rows.
enum Operand: Sendable {
  case column(Column)
  case constant(Value)

  /// The value in a row.
  func value(_ row: Int) -> Value {
    switch self {
    case .column(let column): column.value(row)
    case .constant(let value): value
    }
  }

  /// The value, where it is the same for all rows.
  var constant: Value? {
    if case .constant(let value) = self { return value }
    return nil
  }

  /// The column, where it is one.
  var column: Column? {
    if case .column(let column) = self { return column }
    return nil
  }
}
