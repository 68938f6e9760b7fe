/// Rows to take from columns of a known length, in any order, checked once for all of the columns.
public struct RowSelection: Sendable {
  /// The rows; `UInt32.max` where there is none.
  public let rows: Buffer<UInt32>
  /// Whether some of them are missing.
  public let hasMissing: Bool
  /// What every row that is not missing is below.
  public let bound: Int

  /// Rows of columns that are `count` long; `UInt32.max` stands for a row that is missing. Every other must be a row.
  public init(_ rows: Buffer<UInt32>, of count: Int) {
    let (least, bound) = rows.boundsOfSuccessors
    precondition(Int(bound) <= count, "row index out of range")
    hasMissing = least == 0
    self.rows = rows
    self.bound = count
  }
}

extension Column {
  /// The rows at `indices`, in that order; an index of `UInt32.max` gives NULL. Every other index must be a row.
  public func gather(_ indices: Buffer<UInt32>) -> Column { gather(RowSelection(indices, of: count)) }

  /// The rows of a selection made for columns of this length.
  public func gather(_ selection: RowSelection) -> Column {
    precondition(selection.bound <= count, "the selection is of a longer column")
    let indices = selection.rows
    if count == 0 { return .nulls(type: type, count: indices.count) }
    let hasMissing = selection.hasMissing
    let data: ColumnData =
      switch data {
      case .boolean(let bits): .boolean(gatherBits(bits, indices, hasMissing))
      case .integer8(let values): .integer8(gatherValues(values, indices, hasMissing))
      case .integer16(let values): .integer16(gatherValues(values, indices, hasMissing))
      case .integer32(let values): .integer32(gatherValues(values, indices, hasMissing))
      case .integer64(let values): .integer64(gatherValues(values, indices, hasMissing))
      case .double(let values): .double(gatherValues(values, indices, hasMissing))
      case .decimal64(let values): .decimal64(gatherValues(values, indices, hasMissing))
      case .decimal128(let values): .decimal128(gatherValues(values, indices, hasMissing))
      case .date(let values): .date(gatherValues(values, indices, hasMissing))
      case .time(let values): .time(gatherValues(values, indices, hasMissing))
      case .timestamp(let values): .timestamp(gatherValues(values, indices, hasMissing))
      case .interval(let values): .interval(gatherValues(values, indices, hasMissing))
      case .counts(let values): .counts(gatherValues(values, indices, hasMissing))
      case .codes8(let codes, let dictionary): .codes8(gatherValues(codes, indices, hasMissing), dictionary)
      case .codes16(let codes, let dictionary): .codes16(gatherValues(codes, indices, hasMissing), dictionary)
      case .codes32(let codes, let dictionary): .codes32(gatherValues(codes, indices, hasMissing), dictionary)
      case .views(let views, let heap): .views(gatherValues(views, indices, hasMissing), heap)
      case .lists(let lists): .lists(lists.gather(indices))
      }
    return Column(type: type, data: data, validity: gatheredValidity(indices, hasMissing))
  }

  private func gatheredValidity(_ indices: Buffer<UInt32>, _ hasMissing: Bool) -> Bitmap? {
    if let validity { return gatherBits(validity, indices, hasMissing).validity }
    guard hasMissing else { return nil }
    return packBits(indices.count) { indices.pointer[$0] != .max }
  }
}

/// A missing index takes the first value, which the validity hides.
private func gatherValues<Value: BitwiseCopyable & Sendable>(
  _ values: Buffer<Value>, _ indices: Buffer<UInt32>, _ hasMissing: Bool
) -> Buffer<Value> {
  let result = MutableBuffer<Value>(count: indices.count)
  let (source, rows, target) = (values.pointer, indices.pointer, result.pointer)
  if hasMissing {
    for row in 0..<indices.count {
      let index = rows[row]
      target[row] = source[index == .max ? 0 : Int(index)]
    }
  } else {
    for row in 0..<indices.count { target[row] = source[Int(rows[row])] }
  }
  return result.frozen()
}

private func gatherBits(_ bits: Bitmap, _ indices: Buffer<UInt32>, _ hasMissing: Bool) -> Bitmap {
  let (words, rows) = (bits.words.pointer, indices.pointer)
  if hasMissing {
    return packBits(indices.count) { row in
      let index = rows[row]
      return index != .max && words[Int(index) >> 6] >> UInt64(index & 63) & 1 == 1
    }
  }
  return packBits(indices.count) { row in words[Int(rows[row]) >> 6] >> UInt64(rows[row] & 63) & 1 == 1 }
}

/// A bitmap of an answer per row, 64 of them to a word.
@inlinable
@inline(__always)
public func packBits(_ count: Int, _ answer: (Int) -> Bool) -> Bitmap {
  let words = MutableBuffer<UInt64>(count: Bitmap.wordCount(count))
  for index in 0..<words.count {
    let first = index << 6
    var word: UInt64 = 0
    for bit in 0..<min(64, count - first) { word |= (answer(first + bit) ? 1 : 0) << UInt64(bit) }
    words.pointer[index] = word
  }
  return Bitmap(words: words.frozen(), count: count)
}
