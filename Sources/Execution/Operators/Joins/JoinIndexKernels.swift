import ColumnStore
import Planning

/// Pairs of a left and a right row, by their numbers in a batch and in a table.
struct RowPairs {
  var left: Buffer<UInt32>
  /// `UInt32.max` where no right row matches.
  var right: Buffer<UInt32>
  /// Whether the left rows are all rows of the batch, each once, in order.
  var hasEveryLeftRow = false

  var count: Int { left.count }

  /// Some of the pairs.
  func gather(_ chosen: Buffer<UInt32>) -> RowPairs {
    if chosen.count == count { return self }
    return RowPairs(left: left.gather(chosen), right: right.gather(chosen))
  }
}

/// The rows of a table by their join keys. Built once; read by all workers.
struct JoinIndex: Sendable {
  private let keys: any JoinKeys
  /// The rows of each key side by side, in order: key `k` has those from `starts[k]` on.
  private let rows: Buffer<UInt32>
  private let starts: Buffer<UInt32>
  /// Where no key has several rows, the row of each key; `UInt32.max` for none.
  private let only: Buffer<UInt32>?
  /// Whether key `k` has row `k` and no other, as identifiers in their order have.
  private let keysAreRows: Bool
  /// Whether each key has a row, where few of many have: it stays in a cache where the rest does not.
  private let present: Bitmap?

  /// An index of all rows by the right sides of equalities; rows with a NULL that equals nothing are left out.
  ///
  /// - Parameters:
  ///   - left: the rows whose matches will be looked for, if that is known: many are worth a place for every key that
  ///     there could be.
  ///   - oneRowEach: whether one row of each key is enough, since nobody asks how many there are or which.
  ///   - order: the rows to take, in the order in which those of a key are to come; all in their own order if it is not
  ///     given.
  init(
    _ table: Table, _ equalities: [JoinPlan.Equality], _ context: ExecutionContext, left: (any RowSource)? = nil,
    oneRowEach: Bool = false, order: Buffer<UInt32>? = nil
  ) throws {
    let parts = try ProjectSource(TableSource(table), equalities.map(\.right)).batches(context)
    var numbers = MutableBuffer<UInt32>(count: table.rowCount)
    let single = equalities.count == 1 && !equalities[0].nullsMatch
    let column = single ? Column.concatenated(parts.map { $0.columns[0] }, type: equalities[0].right.type) : nil
    if let column, let keys: any JoinKeys = Self.placedKeys(column, equalities[0].left, left) {
      self.keys = keys
      numbers = MutableBuffer(copying: keys.numbers([column], count: table.rowCount))
    } else {
      let grouper = HashGrouper(types: equalities.map(\.right.type))
      var first = 0
      for batch in parts {
        try context.checkCancellation()
        let groups = grouper.groups(batch.columns, count: batch.count, firstRow: first)
        let valid = zip(batch.columns, equalities).reduce(nil as Bitmap?) { valid, key in
          key.1.nullsMatch ? valid : Bitmap.both(valid, key.0.validity)
        }
        for row in 0..<batch.count { numbers[first + row] = valid.map { $0[row] } ?? true ? groups[row] : .max }
        first += batch.count
      }
      keys = HashedKeys(grouper, nullsMatch: equalities.map(\.nullsMatch))
    }
    let taken = oneRowEach ? JoinIndex.firstRows(numbers.frozen(), keyCount: keys.count) : order
    (starts, rows) = JoinIndex.sorted(numbers.frozen(), keyCount: keys.count, order: taken)
    only = JoinIndex.only(starts, rows)
    keysAreRows = only?.enumerated().allSatisfy { $0.offset == Int($0.element) } ?? false
    present = JoinIndex.present(numbers.frozen(), keyCount: keys.count)
  }

  /// Beyond this there are no places for keys that there could be.
  private static let mostPlaces = 1 << 24

  /// Numbers for keys that are places already, or nearly so; nil for others.
  private static func placedKeys(_ column: Column, _ key: PlanExpression, _ left: (any RowSource)?) -> (any JoinKeys)? {
    let usual = max(1 << 16, 4 * column.count)
    let many = max(usual, min((left?.rowBound ?? 0) / 4, mostPlaces))
    if let keys = RangeKeys(column, limit: many) { return keys }
    // The codes of another dictionary would first have to be found for all of its texts.
    guard case .column(let index) = key.kind, let dictionary = left?.domain(index).dictionary,
      dictionary === column.dictionary
    else { return CodedKeys(column, limit: usual) }
    return CodedKeys(column, limit: many)
  }

  private static func present(_ numbers: Buffer<UInt32>, keyCount: Int) -> Bitmap? {
    guard keyCount > 1 << 16, numbers.count <= keyCount / 8 else { return nil }
    let present = MutableBitmap(count: keyCount)
    for number in numbers where number != .max { present.set(Int(number)) }
    return present.frozen()
  }

  /// The number of each row's key; `UInt32.max` where it has no row.
  private func numbers(_ columns: [Column], count: Int) -> Buffer<UInt32> {
    let numbers = keys.numbers(columns, count: count)
    guard let present else { return numbers }
    // Every number is that of a key, or of none.
    let source = RowSelection(numbers, of: present.count).rows.pointer
    let result = MutableBuffer<UInt32>(count: numbers.count)
    let (words, target) = (present.words.pointer, result.pointer)
    for row in 0..<numbers.count {
      let number = source[row]
      let place = number == .max ? 0 : Int(number)
      let isThere = number != .max && words[place >> 6] >> UInt64(place & 63) & 1 == 1
      target[row] = isThere ? number : .max
    }
    return result.frozen()
  }

  /// The first row of each key.
  private static func firstRows(_ numbers: Buffer<UInt32>, keyCount: Int) -> Buffer<UInt32> {
    let known = MutableBitmap(count: keyCount)
    var rows: [UInt32] = []
    // Every number is that of a key, or of none.
    let (keys, words) = (RowSelection(numbers, of: keyCount).rows.pointer, known.words.pointer)
    for row in 0..<numbers.count where keys[row] != .max {
      let word = Int(keys[row] >> 6)
      let bit = UInt64(1) << UInt64(keys[row] & 63)
      if words[word] & bit != 0 { continue }
      words[word] |= bit
      rows.append(UInt32(truncatingIfNeeded: row))
    }
    return Buffer(rows)
  }

  /// The rows by their keys' numbers, by counting.
  private static func sorted(_ numbers: Buffer<UInt32>, keyCount: Int, order: Buffer<UInt32>?)
    -> (starts: Buffer<UInt32>, rows: Buffer<UInt32>)
  {
    let next = MutableBuffer<UInt32>(count: keyCount + 1, zeroed: true)
    // Every number is that of a key, or of none.
    let keys = RowSelection(numbers, of: keyCount).rows.pointer
    func forEach(_ body: (_ row: UInt32, _ key: Int) -> Void) {
      if let order {
        for row in order where numbers[Int(row)] != .max { body(row, Int(keys[Int(row)])) }
      } else {
        for row in 0..<numbers.count where keys[row] != .max {
          body(UInt32(truncatingIfNeeded: row), Int(keys[row]))
        }
      }
    }
    let counts = next.pointer
    forEach { _, key in counts[key &+ 1] &+= 1 }
    for key in 0..<keyCount { counts[key + 1] += counts[key] }
    let starts = MutableBuffer(copying: next.frozen()).frozen()
    let rows = MutableBuffer<UInt32>(count: Int(starts[keyCount]))
    let places = rows.pointer
    forEach { row, key in
      places[Int(counts[key])] = row
      counts[key] &+= 1
    }
    return (starts, rows.frozen())
  }

  private static func only(_ starts: Buffer<UInt32>, _ rows: Buffer<UInt32>) -> Buffer<UInt32>? {
    // Without several rows for one key there are at most as many as keys.
    let keyCount = starts.count - 1
    if rows.count > keyCount { return nil }
    let result = MutableBuffer<UInt32>(count: keyCount)
    for key in 0..<keyCount {
      let count = starts.pointer[key + 1] - starts.pointer[key]
      if count > 1 { return nil }
      result.pointer[key] = count == 0 ? .max : rows[Int(starts.pointer[key])]
    }
    return result.frozen()
  }

  /// The pairs of the rows of a batch and their matches, in order of both. Throws when there are more than `limit`.
  func pairs(_ columns: [Column], count: Int, limit: Int) throws -> RowPairs {
    let numbers = numbers(columns, count: count)
    if let only { return onePairEach(numbers, only) }
    var total = 0
    for row in 0..<count where numbers[row] != .max {
      let key = Int(numbers[row])
      total += Int(starts[key + 1] - starts[key])
      if total > limit { throw ExecutionError.tooManyRows }
    }
    let left = MutableBuffer<UInt32>(count: total)
    let right = MutableBuffer<UInt32>(count: total)
    var next = 0
    for row in 0..<count where numbers[row] != .max {
      let key = Int(numbers[row])
      for place in Int(starts[key])..<Int(starts[key + 1]) {
        left[next] = UInt32(truncatingIfNeeded: row)
        right[next] = rows[place]
        next += 1
      }
    }
    return RowPairs(left: left.frozen(), right: right.frozen())
  }

  /// The pairs where each left row has one at most.
  private func onePairEach(_ numbers: Buffer<UInt32>, _ only: Buffer<UInt32>) -> RowPairs {
    let count = numbers.count
    if keysAreRows {
      let left = numbers.notEqual(to: .max).trueIndices()
      return RowPairs(left: left, right: numbers.gather(left), hasEveryLeftRow: left.count == count)
    }
    let left = MutableBuffer<UInt32>(count: count)
    let right = MutableBuffer<UInt32>(count: count)
    var found = 0
    for row in 0..<count {
      let number = numbers.pointer[row]
      let match = number == .max ? .max : only[Int(number)]
      left.pointer[found] = UInt32(truncatingIfNeeded: row)
      right.pointer[found] = match
      found += match == .max ? 0 : 1
    }
    return RowPairs(
      left: left.frozen().slice(0..<found), right: right.frozen().slice(0..<found), hasEveryLeftRow: found == count)
  }

  /// Calls `body(row, matches)` for every row of a batch that has matches. Throws when there are more than `limit`.
  func match(_ columns: [Column], count: Int, limit: Int, _ body: (UInt32, Buffer<UInt32>) -> Void) throws {
    let numbers = numbers(columns, count: count)
    var total = 0
    for row in 0..<count where numbers[row] != .max {
      let key = Int(numbers[row])
      let matches = rows.slice(Int(starts[key])..<Int(starts[key + 1]))
      total += matches.count
      if total > limit { throw ExecutionError.tooManyRows }
      if matches.count > 0 { body(UInt32(truncatingIfNeeded: row), matches) }
    }
  }
}

extension Buffer<UInt32> {
  /// The numbers at some places.
  func gather(_ places: Buffer<UInt32>) -> Buffer<UInt32> {
    let result = MutableBuffer<UInt32>(count: places.count)
    for index in 0..<places.count { result.pointer[index] = self[Int(places.pointer[index])] }
    return result.frozen()
  }
}
