import ColumnStore

/// Keys as unsigned words whose order is the keys' order.
extension SortOperator {
  /// The words of a key, the most significant first: where nulls are, if there are any, and the values.
  static func sortWords(_ column: Column, isDescending: Bool, nullsFirst: Bool) -> [Buffer<UInt64>] {
    let (values, low) = wideValues(column) ?? (orderedValues(column), nil)
    let result = MutableBuffer<UInt64>(count: column.count)
    let flip: UInt64 = isDescending ? .max : 0
    for row in 0..<column.count {
      // The sign bit turned round makes signed order unsigned.
      result.pointer[row] = (UInt64(bitPattern: values.pointer[row]) ^ 1 << 63) ^ flip
    }
    if let low {
      for row in 0..<column.count { low.pointer[row] ^= flip }
    }
    let words = [result] + (low.map { [$0] } ?? [])
    guard let validity = column.validity else { return words.map { $0.frozen() } }
    let nulls = MutableBuffer<UInt64>(count: column.count)
    for row in 0..<column.count {
      let isNull = !validity[row]
      if isNull { for word in words { word.pointer[row] = 0 } }
      nulls.pointer[row] = isNull != nullsFirst ? 1 : 0
    }
    return [nulls.frozen()] + words.map { $0.frozen() }
  }

  /// Signed numbers that order as the column's values do, but for values of 128 bits of which the upper halves are equal.
  static func leadingNumbers(_ column: Column) -> Buffer<Int64> { wideValues(column)?.high ?? orderedValues(column) }

  /// The upper and lower halves of values of 128 bits; nil for a column of others.
  private static func wideValues(_ column: Column) -> (high: Buffer<Int64>, low: MutableBuffer<UInt64>?)? {
    let high = MutableBuffer<Int64>(count: column.count)
    let low = MutableBuffer<UInt64>(count: column.count)
    func split(_ value: (Int) -> Int128) {
      for row in 0..<column.count {
        high.pointer[row] = Int64(truncatingIfNeeded: value(row) >> 64)
        low.pointer[row] = UInt64(truncatingIfNeeded: value(row))
      }
    }
    switch column.data {
    case .decimal128(let values): split { values.pointer[$0] }
    case .interval(let values): split { values.pointer[$0].length }
    case .counts(let values): split { values.pointer[$0].orderKey }
    default: return nil
    }
    return (high.frozen(), low)
  }

  /// Signed numbers that order as the column's values do.
  private static func orderedValues(_ column: Column) -> Buffer<Int64> {
    let count = column.count
    switch column.data {
    case .boolean(let bits):
      let result = MutableBuffer<Int64>(count: count, zeroed: true)
      bits.forEachTrue { result.pointer[$0] = 1 }
      return result.frozen()
    case .double(let values):
      let result = MutableBuffer<Int64>(count: count)
      for row in 0..<count { result.pointer[row] = values.pointer[row].orderedBits }
      return result.frozen()
    case .codes8, .codes16, .codes32, .views:
      // Of a dictionary that is larger than the column most entries are of no interest.
      let isFew = column.dictionary.map { !$0.isSorted && $0.count > count } ?? false
      let encoded = (isFew ? Column(views: column) : column).dictionaryEncoded()
      guard let dictionary = encoded.dictionary else { return Buffer(repeating: 0, count: count) }
      if dictionary.isSorted { return encoded.widened() }
      let ranks = MutableBuffer<Int64>(count: dictionary.count)
      for (rank, code) in dictionary.sortedCodes().enumerated() { ranks[Int(code)] = Int64(rank) }
      let codes = encoded.widened()
      let result = MutableBuffer<Int64>(count: count)
      for row in 0..<count { result.pointer[row] = ranks[Int(codes.pointer[row])] }
      return result.frozen()
    case .lists:
      // Equal lists get one rank.
      let places = (0..<count).filter { !column.isNull($0) }.sorted { column.order($0, column, $1) < 0 }
      let ranks = MutableBuffer<Int64>(count: count, zeroed: true)
      for (index, row) in places.enumerated() where index > 0 {
        let previous = places[index - 1]
        ranks[row] = ranks[previous] + (column.order(previous, column, row) < 0 ? 1 : 0)
      }
      return ranks.frozen()
    default: return column.widened()
    }
  }

  /// The rows by their word, the smallest first; rows of one word stay in their order. The rows given are overwritten.
  static func sorted(_ rows: MutableBuffer<UInt32>, by words: Buffer<UInt64>) -> MutableBuffer<UInt32> {
    guard rows.count > 1 else { return rows }
    var varying: UInt64 = 0
    let reference = words[Int(rows[0])]
    for place in 0..<rows.count { varying |= words[Int(rows.pointer[place])] ^ reference }
    if varying == 0 { return rows }
    var rows = rows
    var other = MutableBuffer<UInt32>(count: rows.count)
    for byte in 0..<8 where varying >> UInt64(byte * 8) & 0xFF != 0 {
      let shift = UInt64(byte * 8)
      var places = [Int](repeating: 0, count: 257)
      for place in 0..<rows.count { places[Int(words.pointer[Int(rows.pointer[place])] >> shift & 0xFF) + 1] += 1 }
      for digit in 0..<256 { places[digit + 1] += places[digit] }
      for place in 0..<rows.count {
        let row = rows.pointer[place]
        let digit = Int(words.pointer[Int(row)] >> shift & 0xFF)
        other.pointer[places[digit]] = row
        places[digit] += 1
      }
      swap(&rows, &other)
    }
    return rows
  }
}
