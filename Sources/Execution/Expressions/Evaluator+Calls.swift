import ColumnStore
import Language
import Planning

extension Evaluator {
  /// A function of operands: by a kernel over whole columns where there is one, else row by row.
  func call(
    _ function: ScalarFunction, _ values: [Operand], _ arguments: [PlanExpression], _ expression: PlanExpression,
    count: Int
  ) throws -> Operand {
    if values.allSatisfy({ $0.column == nil }) {
      return .constant(try RowFunctions.call(function, values.map { $0.value(0) }, expression))
    }
    // A strict function of NULL is NULL, whatever the other arguments.
    if function.isStrict, values.contains(where: { if case .constant(.null) = $0 { true } else { false } }) {
      return .constant(.null)
    }
    if let column = try kernel(function, values, arguments, expression, count: count) { return .column(column) }
    guard let rowFunction = RowFunctions.table[function] else {
      return try mapRows(values, to: expression.type, count: count) {
        try RowFunctions.call(function, $0, expression)
      }
    }
    let body = try rowFunction.prepare(values.map(\.constant), expression)
    return try mapRows(values, to: expression.type, count: count) { row in
      function.isStrict && row.contains(.null) ? .null : try body(row)
    }
  }

  private func kernel(
    _ function: ScalarFunction, _ values: [Operand], _ arguments: [PlanExpression], _ expression: PlanExpression,
    count: Int
  ) throws -> Column? {
    switch function {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return ComparisonKernels.compare(function, values[0], values[1], type: arguments[0].type, count: count)
    case .isNull, .isNotNull:
      guard let column = values[0].column else { return nil }
      let valid = column.validity ?? Bitmap(repeating: true, count: count)
      return Column(type: .boolean, data: .boolean(function == .isNull ? valid.inverted() : valid))
    case .not: return values[0].column.map(LogicKernels.not)
    case .add, .subtract, .multiply:
      return try TemporalKernels.calculate(function, values[0], values[1], expression, count: count)
        ?? ArithmeticKernels.calculate(function, values[0], values[1], expression, count: count)
    case .negate, .absolute, .sign:
      return ArithmeticKernels.signs(function, values[0]) ?? RealKernels.call(function, values)
    case .divide: return ArithmeticKernels.divide(values[0], values[1], count: count)
    case .contains, .startsWith, .endsWith:
      guard let column = values[0].column, case .constant(.text(let part)) = values[1] else { return nil }
      return TextKernels.search(column, for: part, function)
    case .like, .ilike:
      guard let column = values[0].column, case .constant(.text(let text)) = values[1] else { return nil }
      var escape: Unicode.Scalar?
      if values.count > 2 {
        guard case .constant(.text(let given)) = values[2] else { return nil }
        escape = given.unicodeScalars.first
      }
      let pattern = LikePattern(text, escape: escape, ignoresCase: function == .ilike)
      if function == .like, let (search, part) = pattern.simpleSearch {
        return TextKernels.search(column, for: part, search)
      }
      return TextKernels.match(column, pattern, ignoresCase: function == .ilike)
    case .regexMatches, .regexFullMatch:
      guard let column = values[0].column, case .constant(.text(let pattern)) = values[1] else { return nil }
      var flags = ""
      if values.count > 2 {
        guard case .constant(.text(let given)) = values[2] else { return nil }
        flags = given
      }
      let regex = try PatternFunctions.regex(pattern, flags, expression)
      return TextKernels.search(column, for: regex, whole: function == .regexFullMatch)
    case .epoch: return values[0].column.map { DateKernels.epoch($0) }
    case .dateTruncate, .datePart:
      guard let column = values[1].column, case .constant(.text(let name)) = values[0],
        let part = DatePart(rawValue: name)
      else { return nil }
      return function == .dateTruncate ? DateKernels.truncate(column, to: part) : DateKernels.part(part, of: column)
    case .dateDifference:
      guard case .constant(.text(let name)) = values[0], let part = DatePart(rawValue: name) else { return nil }
      return DateKernels.difference(part, from: values[1], to: values[2], count: count)
    case .length: return values[0].column.flatMap { TextPartKernels.length($0) }
    case .lower, .upper:
      return try values[0].column.flatMap { try TextMakingKernels.inCase($0, isUpper: function == .upper) }
    case .substring, .left, .right, .trim, .trimStart, .trimEnd, .splitPart:
      return TextPartKernels.part(function, values)
    case .replace:
      guard case .constant(.text(let old)) = values[1], case .constant(.text(let new)) = values[2] else { return nil }
      return try values[0].column.flatMap { try TextMakingKernels.replaced($0, old, with: new) }
    case .concatenate:
      guard expression.type == .text else { return nil }
      let validity = values.reduce(nil as Bitmap?) { Bitmap.both($0, $1.column?.validity) }
      return try TextMakingKernels.joined(values, validity: validity, count: count)
    case .concat: return try TextMakingKernels.joined(values, validity: nil, count: count)
    case .greatest, .least: return ArithmeticKernels.extreme(values, isLeast: function == .least, count: count)
    case .integerDivide, .modulo:
      return ArithmeticKernels.divideWhole(function, values[0], values[1], count: count)
    default: return RealKernels.call(function, values)
    }
  }

  /// Whether values are among some constants. So many of these are looked for one after the other.
  func member(_ operand: Operand, of values: [Value], type: DataType, count: Int) throws -> Operand {
    let candidates = values.filter { !$0.isNull }
    let hasNull = candidates.count < values.count
    if let column = operand.column, candidates.count <= 64 {
      var found = Bitmap(repeating: false, count: count)
      let equal = candidates.compactMap {
        ComparisonKernels.compare(.equal, operand, .constant($0), type: type, count: count)?.data
      }
      for case .boolean(let bits) in equal { found = found.combined(with: bits, |) }
      if equal.count == candidates.count {
        // Something that is not found among known values may still be the one that is not known.
        let validity = hasNull ? Bitmap.both(column.validity, found) : column.validity
        return .column(Column(type: .boolean, data: .boolean(found), validity: validity))
      }
    }
    let otherwise: Value = hasNull ? .null : .boolean(false)
    return try mapRows([operand], to: .boolean, count: count) { row in
      if row[0].isNull { return .null }
      return candidates.contains { RowFunctions.compare($0, row[0]) == 0 } ? .boolean(true) : otherwise
    }
  }

  /// A result worked out one row after the other.
  func mapRows(_ operands: [Operand], to type: DataType, count: Int, _ body: ([Value]) throws -> Value) throws
    -> Operand
  {
    if operands.allSatisfy({ $0.column == nil }) { return .constant(try body(operands.map { $0.value(0) })) }
    var builder = ColumnBuilder(type: type, capacity: count)
    var row: [Value] = operands.map { $0.constant ?? .null }
    // Copying an operand for every row would count references.
    let columns = operands.enumerated().compactMap { position, operand in
      operand.column.map { column in (position: position, value: { column.value($0) }) }
    }
    for index in 0..<count {
      for (position, value) in columns { row[position] = value(index) }
      let value = try body(row)
      builder.append(value)
      if index & 63 == 0 || value.isLarge { try MemoryBudget.shared.check() }
    }
    return .column(builder.finish())
  }

  /// Conversion to another type.
  func cast(
    _ operand: Operand, from: DataType, to type: DataType, lenient: Bool, span: SourceSpan, count: Int
  ) throws -> Operand {
    if let column = operand.column, let converted = CastKernels.cast(column, to: type) { return .column(converted) }
    if type == .text, let column = operand.column,
      let texts = try TextMakingKernels.joined([operand], validity: column.validity, count: count)
    {
      return .column(texts)
    }
    return try mapRows([operand], to: type, count: count) { row in
      if let value = RowFunctions.cast(row[0], to: type) { return value }
      if lenient { return .null }
      throw ExecutionError.uncastable(value: row[0].description, to: type, span: span)
    }
  }
}

extension Value {
  /// Whether some thousands of values like it are more than a morsel may hold.
  fileprivate var isLarge: Bool {
    switch self {
    case .text(let text): text.utf8.count > 1 << 16
    case .list(let items, _): items.count > 1 << 12
    default: false
    }
  }
}
