/// Lists: where each row's items begin, and the items of all rows as one column.
public struct ListData: Sendable {
  /// One more than there are rows: row `r` owns the items `offsets[r] ..< offsets[r + 1]`. The first need not be 0.
  public let offsets: Buffer<Int64>
  /// The items of all rows, one row's after the other's.
  public let items: Column

  /// Lists with as many offsets as rows plus one, ascending and inside the items.
  public init(offsets: Buffer<Int64>, items: Column) {
    precondition(offsets.count > 0)
    self.offsets = offsets
    self.items = items
  }

  /// Lists made of single values, each NULL or of the items' type.
  public init(_ lists: [[Value]], of element: DataType) {
    var offsets: [Int64] = [0]
    offsets.reserveCapacity(lists.count + 1)
    var builder = ColumnBuilder(type: element)
    for list in lists {
      for item in list { builder.append(item) }
      offsets.append(Int64(builder.count))
    }
    self.init(offsets: Buffer(offsets), items: builder.finish())
  }

  /// The number of rows.
  public var count: Int { offsets.count - 1 }

  /// Where a row's items stand.
  @inlinable
  public func range(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

  /// The items of a row.
  public subscript(row: Int) -> [Value] { range(row).map { items.value($0) } }

  /// The items of all rows and no others, and for each the row that it belongs to. Rows that the validity hides give none.
  public func unnested(validity: Bitmap? = nil) -> (items: Column, rows: Buffer<UInt32>) {
    var rows: [UInt32] = []
    var indices: [UInt32] = []
    for row in 0..<count where validity?[row] ?? true {
      for item in range(row) {
        rows.append(UInt32(truncatingIfNeeded: row))
        indices.append(UInt32(truncatingIfNeeded: item))
      }
    }
    return (items.gather(Buffer(indices)), Buffer(rows))
  }

  func slice(_ range: Range<Int>) -> ListData {
    ListData(offsets: offsets.slice(range.lowerBound..<range.upperBound + 1), items: items)
  }

  /// The lists at `indices`; an index of `UInt32.max` gives an empty one.
  func gather(_ indices: Buffer<UInt32>) -> ListData {
    var newOffsets: [Int64] = [0]
    newOffsets.reserveCapacity(indices.count + 1)
    var places: [UInt32] = []
    for index in indices {
      if index != .max { places.append(contentsOf: range(Int(index)).lazy.map { UInt32(truncatingIfNeeded: $0) }) }
      newOffsets.append(Int64(places.count))
    }
    return ListData(offsets: Buffer(newOffsets), items: items.gather(Buffer(places)))
  }

  /// The lists of several parts, one part after the other.
  static func concatenated(_ parts: [ListData], of element: DataType) -> ListData {
    var offsets: [Int64] = [0]
    var items: [Column] = []
    var total: Int64 = 0
    for part in parts {
      let (first, last) = (part.offsets[0], part.offsets[part.count])
      items.append(part.items.slice(Int(first)..<Int(last)))
      offsets.append(contentsOf: part.offsets.dropFirst().lazy.map { $0 - first + total })
      total += last - first
    }
    return ListData(offsets: Buffer(offsets), items: .concatenated(items, type: element))
  }

  var byteCount: Int { offsets.heldByteCount + items.byteCount }
}
