import ColumnStore

/// Three-valued logic on whole words of 64 rows.
enum LogicKernels {
  /// False where either is false, true where both are true, else unknown.
  static func and(_ left: Column, _ right: Column) -> Column {
    let (leftTrue, leftFalse) = known(left)
    let (rightTrue, rightFalse) = known(right)
    return made(leftTrue.combined(with: rightTrue, &), leftFalse.combined(with: rightFalse, |), left, right)
  }

  /// True where either is true, false where both are false, else unknown.
  static func or(_ left: Column, _ right: Column) -> Column {
    let (leftTrue, leftFalse) = known(left)
    let (rightTrue, rightFalse) = known(right)
    return made(leftTrue.combined(with: rightTrue, |), leftFalse.combined(with: rightFalse, &), left, right)
  }

  /// True for false, false for true, unknown for unknown.
  static func not(_ column: Column) -> Column {
    Column(type: .boolean, data: .boolean(bits(column).inverted()), validity: column.validity)
  }

  /// Whether every row is false, not merely unknown.
  static func isAllFalse(_ column: Column) -> Bool {
    column.validity == nil && bits(column).trueCount == 0
  }

  /// The rows whose answer a further operand can still change: those that are not false, or for `or` not true.
  static func undecided(_ column: Column, isAnd: Bool) -> Bitmap {
    let (isTrue, isFalse) = known(column)
    return (isAnd ? isFalse : isTrue).inverted()
  }

  /// Where it is true, and where it is false.
  private static func known(_ column: Column) -> (Bitmap, Bitmap) {
    let bits = bits(column)
    guard let validity = column.validity else { return (bits, bits.inverted()) }
    return (bits.combined(with: validity, &), bits.combined(with: validity) { ~$0 & $1 })
  }

  private static func made(_ isTrue: Bitmap, _ isFalse: Bitmap, _ left: Column, _ right: Column) -> Column {
    let hasNulls = left.validity != nil || right.validity != nil
    return Column(
      type: .boolean, data: .boolean(isTrue), validity: hasNulls ? isTrue.combined(with: isFalse, |) : nil)
  }

  private static func bits(_ column: Column) -> Bitmap {
    if case .boolean(let bits) = column.data { return bits }
    preconditionFailure("a boolean column holds bits")
  }
}
