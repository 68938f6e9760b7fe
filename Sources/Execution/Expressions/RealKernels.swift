import ColumnStore
import Planning

/// Functions of doubles over whole columns.
enum RealKernels {
  /// A function of a column, with decimal places where it takes any; nil where it is none of doubles.
  static func call(_ function: ScalarFunction, _ values: [Operand]) -> Column? {
    guard let column = values[0].column, case .double = column.data else { return nil }
    if values.count == 1 { return RealFunctions.table[function].map { map(column, $0) } }
    guard case .constant(.integer(let places)) = values[1] else { return nil }
    return switch function {
    case .round: map(column) { NumberFunctions.rounded($0, places) }
    case .truncate: map(column) { NumberFunctions.truncated($0, places) }
    default: nil
    }
  }

  private static func map(_ column: Column, _ body: (Double) -> Double) -> Column {
    guard case .double(let values) = column.data else { return column }
    let result = MutableBuffer<Double>(count: values.count)
    let (source, target) = (values.pointer, result.pointer)
    var isOutside = false
    for row in 0..<values.count {
      let value = body(source[row])
      target[row] = value
      isOutside = isOutside || value.isNaN
    }
    var validity = column.validity
    if isOutside {
      let inside = packBits(values.count) { !target[$0].isNaN || source[$0].isNaN }
      validity = Bitmap.both(validity, inside)?.validity
    }
    return Column(type: .double, data: .double(result.frozen()), validity: validity)
  }
}
