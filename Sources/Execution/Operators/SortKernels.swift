import ColumnStore
import Planning

/// Puts the rows of a table in order.
///
/// Every key becomes unsigned words whose order is the key's order; the rows are then sorted by the last key first, one
/// byte at a time (least significant digit radix sort; D. E. Knuth, TAOCP 3, 5.2.5). That is stable and linear, and
/// bytes in which all words agree cost nothing. With a limit only the rows that can come first are sorted.
struct SortOperator {
  let keys: [SortKey]
  let limit: Int?
  let context: ExecutionContext

  func run(_ table: Table) throws -> Table {
    guard table.rowCount < Int(UInt32.max) else { throw ExecutionError.tooManyRows }
    var table = table
    if let limit, limit < table.rowCount / 4, let first = keys.first,
      // A key that may fail must be worked out for all rows.
      keys.dropFirst().allSatisfy({ !$0.expression.mayFail })
    {
      table = taken(candidates(try words(of: [first], table)[0], limit), of: table)
    }
    var rows = (0..<UInt32(truncatingIfNeeded: table.rowCount)).map { $0 }
    for word in try words(of: keys, table).reversed() {
      try context.checkCancellation()
      rows = SortOperator.sorted(rows, by: word)
    }
    if let limit, rows.count > limit { rows.removeLast(rows.count - limit) }
    return taken(Buffer(rows), of: table)
  }

  private func words(of keys: [SortKey], _ table: Table) throws -> [Buffer<UInt64>] {
    let parts = try ProjectSource(TableSource(table), keys.map(\.expression)).batches(context)
    return keys.enumerated().flatMap { index, key in
      let column = Column.concatenated(parts.map { $0.columns[index] }, type: key.expression.type)
      return SortOperator.sortWords(column, isDescending: key.isDescending, nullsFirst: key.nullsFirst)
    }
  }

  private func taken(_ rows: Buffer<UInt32>, of table: Table) -> Table {
    let selection = RowSelection(rows, of: table.rowCount)
    return Table(
      descriptions: table.descriptions, columns: table.columns.map { $0.gather(selection) }, rowCount: rows.count)
  }

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

  /// The rows whose word is among the `limit` smallest, ties included, in order of place.
  private func candidates(_ words: Buffer<UInt64>, _ limit: Int) -> Buffer<UInt32> {
    guard limit > 0 else { return Buffer([]) }
    // The `limit` smallest so far; once it is twice as long, the larger half goes.
    var smallest: [Int64] = []
    var threshold = UInt64.max
    for index in 0..<words.count where words.pointer[index] <= threshold {
      smallest.append(Int64(bitPattern: words.pointer[index] ^ 1 << 63))
      if smallest.count == 2 * limit + 64 {
        let largest = smallest.withUnsafeMutableBufferPointer { $0.select(limit - 1) }
        smallest.removeLast(smallest.count - limit)
        threshold = UInt64(bitPattern: largest) ^ 1 << 63
      }
    }
    let largest = smallest.withUnsafeMutableBufferPointer { $0.select(limit - 1) }
    threshold = UInt64(bitPattern: largest) ^ 1 << 63
    return packBits(words.count) { words.pointer[$0] <= threshold }.trueIndices()
  }

  /// The rows by their word, the smallest first; rows of one word stay in their order.
  static func sorted(_ rows: [UInt32], by words: Buffer<UInt64>) -> [UInt32] {
    var varying: UInt64 = 0
    guard let first = rows.first else { return rows }
    let reference = words[Int(first)]
    for row in rows { varying |= words[Int(row)] ^ reference }
    var rows = rows
    var other = rows
    for byte in 0..<8 where varying >> UInt64(byte * 8) & 0xFF != 0 {
      let shift = UInt64(byte * 8)
      var places = [Int](repeating: 0, count: 257)
      for row in rows { places[Int(words.pointer[Int(row)] >> shift & 0xFF) + 1] += 1 }
      for digit in 0..<256 { places[digit + 1] += places[digit] }
      for row in rows {
        let digit = Int(words.pointer[Int(row)] >> shift & 0xFF)
        other[places[digit]] = row
        places[digit] += 1
      }
      swap(&rows, &other)
    }
    return rows
  }
}
