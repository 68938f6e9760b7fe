import ColumnStore

/// Conversions over whole columns that cannot fail.
enum CastKernels {
  /// The column as another type; nil where a value might not convert, or nothing is faster than row by row.
  static func cast(_ column: Column, to type: DataType) -> Column? {
    switch (column.type, type) {
    case (.integer, .double):
      let values = column.widened()
      let result = MutableBuffer<Double>(count: column.count)
      for row in 0..<column.count { result.pointer[row] = Double(values.pointer[row]) }
      return Column(type: .double, data: .double(result.frozen()), validity: column.validity)
    case (.double, .integer):
      guard case .double(let values) = column.data else { return nil }
      let (result, source) = (MutableBuffer<Int64>(count: column.count), values.pointer)
      for row in 0..<column.count {
        let whole = source[row].rounded(.toNearestOrEven)
        let fits = whole >= -0x1p63 && whole < 0x1p63
        if !fits, !column.isNull(row) { return nil }
        result.pointer[row] = fits ? Int64(whole) : 0
      }
      return Column(type: .integer, data: .integer64(result.frozen()), validity: column.validity)
    case (.date, .timestamp):
      let values = column.widened()
      let result = MutableBuffer<Int64>(count: column.count)
      // Where there is no value the buffer may hold anything, hence the wrapping product.
      for row in 0..<column.count { result.pointer[row] = values.pointer[row] &* microsecondsPerDay }
      return Column(type: .timestamp, data: .timestamp(result.frozen()), validity: column.validity)
    case (.timestamp, .date):
      let values = column.widened()
      let result = MutableBuffer<Int32>(count: column.count)
      for row in 0..<column.count {
        result.pointer[row] = Int32(truncatingIfNeeded: floorDivide(values.pointer[row], microsecondsPerDay))
      }
      return Column(type: .date, data: .date(result.frozen()), validity: column.validity)
    case (.decimal, .double): return DecimalKernels.doubles(column)
    case (_, .decimal): return DecimalKernels.cast(column, to: type)
    default: return nil
    }
  }
}
